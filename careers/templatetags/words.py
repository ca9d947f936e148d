"""Days, numbers of things and money, as `careers/lib` says them. Known to every template without `{% load %}`."""

from django import template
from django.template.defaultfilters import capfirst

from careers.lib.about import About
from careers.lib.days import day_in_words, moment_in_words
from careers.lib.words import counted, money, plural

register = template.Library()

register.filter(counted)
register.filter(money)
register.filter(plural)


@register.filter(expects_localtime=True)
def day(when, form="full"):
    """A day, a moment, or an `About` at the start of a line: “About May 2019”. Empty where there is none."""
    if isinstance(when, About):
        return day_in_words(when.day, form) if when.is_exact else capfirst(when)
    return day_in_words(when, form) if when else ""


@register.filter(expects_localtime=True)
def moment(when, form="full"):
    """A day with its clock, in the zone of the reader; empty where there is none."""
    return moment_in_words(when, form) if when else ""
