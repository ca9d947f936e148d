"""The day of a moment where the person is, whose page it is."""

from django.utils.timezone import get_current_timezone

from careers.lib.zones import day_in


def own_day(moment):
    """Where the person is, whose page it is: with the exam's day elsewhere “tomorrow” would not be true."""
    return day_in(moment, get_current_timezone())
