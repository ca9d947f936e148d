from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import capfirst, date

from careers.guide.models.choices import Track
from careers.guide.models.publishing import lines
from careers.lib.hours import hours_in_words
from careers.lib.months import months_in_words
from careers.lib.words import money

register = template.Library()

register.filter(money)
register.filter("hours", hours_in_words)
register.filter("months", months_in_words)


@register.filter
def track_letter(track):
    """The letter of a track's value: “operations” → “O”."""
    return Track(track).letter


@register.filter
def as_lines(text):
    """The lines of a "one per line" field."""
    return lines(text)


@register.filter
def as_points(text):
    """Lines of "term: meaning" as (term, meaning) pairs; the meaning is empty where there is no colon."""
    return [tuple(part.strip() for part in (line.partition(":")[0], line.partition(":")[2])) for line in lines(text)]


@register.filter
def at_page(filters, number):
    """The query string of the same list at another page."""
    return filters.query(page=number)


@register.filter
def begins_any(text, beginnings):
    """Whether `text` begins with one of the blank-separated `beginnings`; an empty text with none."""
    return bool(text) and text.startswith(tuple(beginnings.split()))


@register.filter
def in_words(number):
    """Numbers below ten as words: “three”."""
    return apnumber(number)


@register.filter
def on_day(when, form):
    """An `About` at the start of a line: a day in the form of `date`, else “About May 2019”."""
    return date(when.day, form) if when.is_exact else capfirst(when)


@register.filter
def badge_on(plan, day):
    """The badge of a certification plan as it is on a day."""
    return plan.badge_on(day)


@register.filter
def of_key(values, key):
    """The value of a dictionary for a key that a template knows by name only."""
    return values.get(key)
