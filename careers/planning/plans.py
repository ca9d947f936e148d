"""The way of a certification plan: which status follows which, and which dates can be.

A start is the earliest day that is known of. The portal sets it by the first tick or entry, so an earlier attempt,
entry or day of earning moves it back and is never refused for it; only a start that they write has to fit the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
    """What cannot be of the days of a plan. Only what was newly written is given."""
    if started_on and started_on > today:
        yield Problem("started_on", "You cannot have started on a day that is still to come.")
    if target_on and target_on < today:
        yield Problem("target_on", "Choose today or a later day to be ready by.")
    if started_on and target_on and target_on < started_on:
        yield Problem("target_on", f"You started on {in_words(started_on)}. Choose a later day to be ready by.")


def problems_of_exam(*, now: datetime, exam_at: datetime) -> Iterator[Problem]:
    """Both know their time zone."""
    if exam_at <= now:
        yield Problem("exam_at", "This exam would be in the past. Choose a later time, or record how it went.")


def problems_of_certificate(
    *,
    today: date,
    earned_on: date | None,
    expires_on: date | None = None,
    started_on: date | None = None,
    renewed_on: date | None = None,
    target_on: date | None = None,
) -> Iterator[Problem]:
    """`started_on` is given only where they wrote it just now."""
    if earned_on and earned_on > today:
        yield Problem("earned_on", "You cannot have earned it on a day that is still to come.")
    if earned_on and started_on and earned_on < started_on:
        yield Problem("earned_on", f"You started on {in_words(started_on)}, so you cannot have earned it before.")
    if started_on and target_on and started_on > target_on:
        yield Problem(
            "started_on", f"You wanted to be ready by {in_words(target_on)}. Write that day or an earlier one."
        )
    if renewed_on and renewed_on > today:
        yield Problem("renewed_on", "You cannot have renewed it on a day that is still to come.")
    if renewed_on and earned_on and renewed_on < earned_on:
        yield Problem("renewed_on", f"You earned it on {in_words(earned_on)}, so you cannot have renewed it before.")
    begins = max((day for day in (earned_on, renewed_on) if day), default=None)
    if expires_on and begins and expires_on <= begins:
        word = "renewed" if begins == renewed_on else "earned"
        yield Problem("expires_on", f"You {word} it on {in_words(begins)}. It cannot lapse on that day or before.")


def failed_in_words(day: date) -> str:
    """Of an exam that they record as passed now."""
    return f"You recorded that you did not pass on {in_words(day)}. Write another day, or say that this was that exam."


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
