"""The way of a certification plan: which status follows which, and which dates can be.

A start is the earliest day that is known of. The portal sets it by the first tick or entry, so an earlier attempt,
entry or day of earning moves it back and is never refused for it; only a start that they write has to fit the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from careers.lib.about import About, Precision
from careers.lib.days import day_in_words


class Status(StrEnum):
    PLANNED = "planned"
    STUDYING = "studying"
    BOOKED = "booked"
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    DROPPED = "dropped"


FOLLOWS = {
    Status.PLANNED: {Status.STUDYING, Status.BOOKED, Status.PASSED, Status.DROPPED},
    Status.STUDYING: {Status.PLANNED, Status.BOOKED, Status.PASSED, Status.NOT_PASSED, Status.DROPPED},
    # Booked again: the exam was moved.
    Status.BOOKED: {Status.STUDYING, Status.BOOKED, Status.PASSED, Status.NOT_PASSED, Status.DROPPED},
    Status.NOT_PASSED: {Status.STUDYING, Status.BOOKED, Status.PASSED, Status.DROPPED},
    # Taken back: it was a mistake, or the certificate was withdrawn. A pass is never dropped.
    Status.PASSED: {Status.STUDYING},
    Status.DROPPED: {Status.PLANNED, Status.STUDYING},
}


def may_follow(now: Status, then: Status) -> bool:
    return then in FOLLOWS[now]


@dataclass(frozen=True)
class Problem:
    """A date that cannot be: the field it is in, and why in words."""

    field: str
    text: str


def problems_of_plan(
    *, today: date, started_on: date | None = None, target_on: date | None = None
) -> Iterator[Problem]:
    """Yield what cannot be of the days of a plan. Give only those that were newly written."""
    if started_on and started_on > today:
        yield Problem("started_on", "You cannot have started on a day that is still to come.")
    if target_on and target_on < today:
        yield Problem("target_on", "Choose today or a later day to be ready by.")
    if started_on and target_on and target_on < started_on:
        yield Problem("target_on", f"You started on {day_in_words(started_on)}. Choose a later day to be ready by.")


def problems_of_exam(*, now: datetime, exam_at: datetime) -> Iterator[Problem]:
    """Both know their time zone."""
    if exam_at <= now:
        yield Problem("exam_at", "This exam would be in the past. Choose a later time, or record how it went.")


def problems_of_certificate(
    *,
    today: date,
    earned: About | None,
    expires: About | None = None,
    started_on: date | None = None,
    renewed: About | None = None,
    target_on: date | None = None,
) -> Iterator[Problem]:
    """`started_on` is given only where they wrote it just now."""
    if earned and earned.day > today:
        yield Problem("earned_on", "You cannot have earned it on a day that is still to come.")
    if earned and started_on and earned.last < started_on:
        yield Problem("earned_on", f"You started on {day_in_words(started_on)}, so you cannot have earned it before.")
    if started_on and target_on and started_on > target_on:
        yield Problem(
            "started_on", f"You wanted to be ready by {day_in_words(target_on)}. Write that day or an earlier one."
        )
    if renewed and renewed.day > today:
        yield Problem("renewed_on", "You cannot have renewed it on a day that is still to come.")
    if renewed and earned and renewed.day < earned.day:
        yield Problem("renewed_on", before(renewed, earned, "earned") or renewed_before(earned))
    begins = max((one for one in (earned, renewed) if one), key=lambda one: one.day, default=None)
    if expires and begins and expires.day <= begins.day:
        word = "renewed" if begins == renewed else "earned"
        lapsed = f"You {word} it {begins.on}. It cannot lapse on that day or before."
        yield Problem("expires_on", before(expires, begins, word) or lapsed)


def renewed_before(earned: About) -> str:
    return f"You earned it {earned.on}, so you cannot have renewed it before."


def before(later: About, sooner: About, word: str) -> str:
    """Return what to write if the two fit once the later one is known better; empty if they never do."""
    if later.last <= sooner.day:
        return ""
    more = "month" if later.precision == Precision.YEAR else "day"
    return f"You {word} it {sooner.on}. Write the {more}, too."


def failed_in_words(day: date) -> str:
    """Of an exam that they record as passed now."""
    return (
        f"You recorded that you did not pass on {day_in_words(day)}. Write another day, or say that this was that exam."
    )


def first_day(started_on: date | None, target_on: date | None, *, today: date) -> date:
    """The day they started, or the latest that it can have been."""
    return started_on or min(today, target_on or today)
