import json

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.guide.models.choices import Track
from careers.guide.models.publishing import lines, points
from careers.guide.rules.changes import weight
from careers.guide.rules.exercises import exercise_in
from careers.guide.selectors.pay import in_countries, pay_of
from careers.lib.hours import hours_in_words
from careers.lib.months import months_in_words
from careers.lib.words import in_a_sentence

register = template.Library()
IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}  # nothing in it can end the element

register.filter("as_points", points)
register.filter("hours", hours_in_words)
register.filter("weight", weight)
register.filter("months", months_in_words)
register.filter("pay", pay_of)
register.filter("in_countries", in_countries)


@register.filter
def linked_data(company, url):
    """A company as data for search engines (JSON-LD), which say no more than its page at `url` does."""
    said = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": company.name,
        "description": company.summary,
        "url": company.careers_url,
        "mainEntityOfPage": url,
    }
    text = SafeString(json.dumps(said, ensure_ascii=False).translate(IN_A_SCRIPT))
    return format_html('<script type="application/ld+json">{}</script>', text)


@register.filter
def track_letter(track):
    """The letter of a track's value: “operations” → “O”."""
    return Track(track).letter


@register.filter
def as_lines(text):
    """The lines of a "one per line" field."""
    return lines(text)


@register.filter
def as_exercises(text):
    """The exercises of a skill, one per line, each with the address that it ends with."""
    return [exercise_in(line) for line in lines(text)]


@register.filter
def at_page(filters, number):
    """The query string of the same list at another page."""
    return filters.query(page=number)


@register.filter
def begins_any(text, beginnings):
    """Whether `text` begins with one of the blank-separated `beginnings`; an empty text with none."""
    return bool(text) and text.startswith(tuple(beginnings.split()))


@register.filter
def holds(values, one):
    """Whether `one` is among `values`."""
    return one in values


@register.filter
def in_words(number):
    """Numbers below ten as words: “three”."""
    return apnumber(number)


@register.filter
def names_listed(things):
    """“Excel, English and Coaching”."""
    return in_a_sentence(thing.name for thing in things)


@register.filter
def and_more(number):
    """The words behind the first of so many: “ and 2 more”."""
    return f" and {number - 1} more" if number > 1 else ""


@register.filter
def badge_on(plan, day):
    """The badge of a certification plan as it is on a day."""
    return plan.badge_on(day)


@register.filter
def days_on(held, day):
    """The days of a certificate, as they are said on a day."""
    return held.days_on(day)


@register.filter
def ends_on(held, day):
    """When it was earned and when it lapses, as is said on a day."""
    return held.ends_on(day)


@register.filter
def of_key(values, key):
    """The value of a dictionary for a key that a template knows by name only."""
    return values.get(key)
