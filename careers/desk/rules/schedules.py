"""A clock's time on a day in the portal's zone as a moment, where it is one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from careers.lib.days import day_in_words
from careers.lib.zones import city, local_time, offset_in_words, zone_of

FIRST, SECOND = "first", "second"  # of a time that comes twice
MOST_YEARS = 2
PASSED = "That moment has passed. Choose one to come, or do it now."
TOO_FAR = f"Choose a day within {MOST_YEARS} years."


@dataclass(frozen=True)
class Planned:
    """`at` is a moment of UTC, or none and `problem` says why. `choices` are [(value, words)] where a time comes twice
    and nobody has said yet which one.
    """

    at: datetime | None = None
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def planned_moment(day: date, clock: time, key: str, *, now: datetime, which: str = "") -> Planned:
    """
    >>> now = datetime(2026, 10, 1, tzinfo=UTC)
    >>> planned_moment(date(2026, 10, 25), time(2, 30), "Europe/Berlin", now=now).problem
    '02:30 comes twice on 25 October 2026 in Berlin, as clocks go back. Say which one.'
    >>> str(planned_moment(date(2026, 10, 25), time(2, 30), "Europe/Berlin", now=now, which="second").at)
    '2026-10-25 01:30:00+00:00'
    >>> planned_moment(date(2026, 9, 30), time(9), "Asia/Manila", now=now).problem == PASSED
    True
    """
    if not now.year - 1 <= day.year <= now.year + MOST_YEARS + 1:
        return Planned(problem=PASSED if day.year < now.year else TOO_FAR)
    local = local_time(day, clock, key)
    if local.at is None:
        return Planned(problem=local.problem)
    choices: tuple[tuple[str, str], ...] = ()
    at = local.at
    if local.note:  # it comes twice
        choices = both_times(day, clock, key)
        if which not in (FIRST, SECOND):
            when = f"{clock:%H:%M} comes twice on {day_in_words(day)} in {city(key)}"
            return Planned(problem=f"{when}, as clocks go back. Say which one.", choices=choices)
        at = moment_of(day, clock, key, which)
    if at <= now:
        return Planned(problem=PASSED, choices=choices)
    if at > now + timedelta(days=366 * MOST_YEARS):
        return Planned(problem=TOO_FAR)
    return Planned(at, choices=choices)


def moment_of(day: date, clock: time, key: str, which: str) -> datetime:
    local = datetime.combine(day, clock, tzinfo=zone_of(key))
    return local.replace(fold=1 if which == SECOND else 0).astimezone(UTC)


def both_times(day: date, clock: time, key: str) -> tuple[tuple[str, str], ...]:
    """
    >>> both_times(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    (('first', 'The first 02:30 (GMT+2)'), ('second', 'The second 02:30 (GMT+1)'))
    """
    return tuple(
        (which, f"The {which} {clock:%H:%M} ({offset_in_words(offset_there(moment_of(day, clock, key, which), key))})")
        for which in (FIRST, SECOND)
    )


def which_of(at: datetime, key: str) -> str:
    """Which of two times of the same name a moment is there; empty where there is one.

    >>> which_of(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin")
    'second'
    """
    there = at.astimezone(zone_of(key))
    if there.utcoffset() == there.replace(fold=1 - there.fold).utcoffset():
        return ""
    return SECOND if there.fold else FIRST


def offset_there(at: datetime, key: str) -> timedelta | None:
    return at.astimezone(zone_of(key)).utcoffset()
