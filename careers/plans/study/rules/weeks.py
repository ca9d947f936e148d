"""Time spent on studying, week by week, against what is left to do until a day.

What is left of a plan are the hours of its open steps; one without hours counts as the median of the others, as in
`progress`. Minutes that were logged for an open step count towards it, up to its hours and no further: the step stays
open until the person ticks it. Minutes that were logged for no step shorten none. The day to be ready by is not a day
to study on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from statistics import median

WEEK = timedelta(days=7)
WEEKS_SHOWN = 8
WEEKS_AVERAGED = 4
MOST_A_WEEK = 60 * 60  # minutes; more than that nobody plans in earnest
ROUND = 5  # minutes


@dataclass(frozen=True)
class Week:
    """`begins` is a Monday. It `is_running` while it is not over."""

    begins: date
    minutes: int
    is_running: bool = False


@dataclass(frozen=True)
class Piece:
    """A step: its hours where they are known, whether it is done, and the minutes logged for it."""

    hours: Decimal | None
    is_done: bool
    logged: int = 0


def monday_of(day: date) -> date:
    """
    >>> monday_of(date(2026, 11, 22)), monday_of(date(2026, 11, 23))
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 23))
    """
    return day - timedelta(days=day.weekday())


def by_week(days: Iterable[tuple[date, int]]) -> dict[date, int]:
    """Minutes by their Monday, of (day, minutes)."""
    weeks: dict[date, int] = {}
    for day, minutes in days:
        monday = monday_of(day)
        weeks[monday] = weeks.get(monday, 0) + minutes
    return weeks


def last_weeks(minutes: Mapping[date, int], today: date, *, count: int = WEEKS_SHOWN) -> list[Week]:
    """The last `count` weeks, this one last, of minutes by their Monday."""
    this = monday_of(today)
    days = [this - WEEK * back for back in reversed(range(count))]
    return [Week(day, minutes.get(day, 0), is_running=day == this) for day in days]


def average(minutes: Mapping[date, int], today: date) -> int:
    """Minutes a week in the last four weeks that are over, to the nearest minute."""
    whole = [week for week in last_weeks(minutes, today, count=WEEKS_AVERAGED + 1) if not week.is_running]
    return round(Fraction(sum(week.minutes for week in whole), WEEKS_AVERAGED))


def streak(mondays: Collection[date], today: date) -> int:
    """Weeks in a row with study, up to this one; while this one has none yet, up to the last.

    >>> streak({date(2026, 11, 9), date(2026, 11, 16)}, date(2026, 11, 23))
    2
    """
    day = monday_of(today)
    if day not in mondays:
        day -= WEEK
    number = 0
    while day in mondays:
        number, day = number + 1, day - WEEK
    return number


def minutes_left(pieces: Iterable[Piece]) -> int | None:
    """Of the open steps; None where no step says how many hours it takes, but some is open.

    >>> minutes_left([Piece(Decimal(6), True), Piece(None, False), Piece(Decimal(2), False, logged=30)])
    330
    """
    every = list(pieces)
    if all(piece.is_done for piece in every):
        return 0
    known = [piece.hours for piece in every if piece.hours is not None]
    if not known:
        return None
    usual = median(known)
    hours = ((usual if piece.hours is None else piece.hours, piece) for piece in every if not piece.is_done)
    return sum(max(0, ceil(number * 60) - piece.logged) for number, piece in hours)


def need_a_week(left: int, today: date, until: date) -> int:
    """Minutes a week from today up to the day before `until`; of less than a week, all that is left."""
    days = max(7, (until - today).days)
    return rounded_up(Fraction(left * 7, days))


def need_a_day(left: int, today: date, until: date) -> int:
    """`until` is a later day than today."""
    return rounded_up(Fraction(left, (until - today).days))


def rounded_up(minutes: Fraction) -> int:
    """To five minutes, so that who does what is said is ready; little stays as it is."""
    return ceil(minutes) if minutes <= ROUND else ceil(minutes / ROUND) * ROUND
