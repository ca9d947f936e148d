from django import template

from careers.models import Track
from careers.models.publishing import lines

register = template.Library()

SIGNS = {"USD": "US$", "GBP": "£", "EUR": "€", "INR": "₹", "PHP": "₱"}


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
def money(amount, currency):
    """“US$422” or “CHF 1,200.50”: no decimals where there are none."""
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"{SIGNS[currency]}{number}" if currency in SIGNS else f"{currency} {number}"


@register.filter
def hours(number):
    """Hours as people say them: 2.3 → “2 h 18 min”, 0.5 → “30 min”, 8 → “8 h”."""
    whole, minutes = divmod(round(number * 60), 60)
    return " ".join(part for part in (f"{whole} h" if whole else "", f"{minutes} min" if minutes else "") if part)


@register.filter
def at_page(filters, number):
    """The query string of the same list at another page."""
    return filters.query(page=number)


@register.filter
def begins_any(text, beginnings):
    """Whether `text` begins with one of the blank-separated `beginnings`; an empty text with none."""
    return bool(text) and text.startswith(tuple(beginnings.split()))
