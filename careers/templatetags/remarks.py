"""From a place on a form of the HR desk to what was said about it."""

from django import template
from django.utils.http import urlencode

register = template.Library()


@register.inclusion_tag("careers/desk/words/_remark_link.html")
def remark_link(remarks, place, label):
    """`remarks`: url and counts, {place: open ones}; nothing is shown where one cannot remark on that place."""
    if not remarks or not place or place not in remarks["counts"]:
        return {}
    number = remarks["counts"][place]
    return {"url": f"{remarks['url']}?{urlencode({'at': place})}", "number": number, "label": label}


@register.filter
def row_place(row, prefix):
    """The place of a row of a form, whose original is on it."""
    return f"{prefix}/{row.original.pk}" if row.original else ""
