"""Whether a certificate is valid on a day, and when its renewal is due."""

from datetime import date
from enum import StrEnum

DUE_DAYS = 90  # before it lapses: time to find an exam or to gather points


class Standing(StrEnum):
    VALID = "valid"
    DUE = "due"
    UNSURE = "unsure"  # it lapses in a month or a year that has begun: nobody said on which day
    LAPSED = "lapsed"


def has_lapsed(today: date, last: date | None) -> bool:
    """`last` is the last day on which it can be valid, and that day still counts. Without one nothing lapses."""
    return last is not None and last < today


def standing_on(today: date, expires_on: date | None, *, last: date | None = None) -> Standing:
    """`last` is the last day that it can be, where only the month or the year is known.

    >>> [str(standing_on(date(2026, 1, day), date(2026, 1, 2))) for day in (1, 2, 3)]
    ['due', 'due', 'lapsed']
    """
    if expires_on is None or (expires_on - today).days > DUE_DAYS:
        return Standing.VALID
    if last and last > expires_on and expires_on <= today <= last:
        return Standing.UNSURE
    return Standing.LAPSED if has_lapsed(today, expires_on) else Standing.DUE
