"""Until when a certificate is valid."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month where it is shorter.

    >>> months_after(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def as_long_from(day: date, *, begins: date, ends: date) -> date:
    """As long after `day` as `ends` is after `begins`: whole months where it is some, else days.

    >>> as_long_from(date(2028, 2, 29), begins=date(2025, 3, 1), ends=date(2028, 3, 1))
    datetime.date(2031, 2, 28)
    """
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    return months_after(day, months) if months_after(begins, months) == ends else day + (ends - begins)
