"""What a certification plan asks of its person today, and which of several asks first.

What presses comes first, call by call; then what has a day, what has none, and what is to be renewed in time. Among
these the earlier day comes first, then what a step, an exam or a wish makes of the same day, then the plan that is
further on its way. The order in which plans are given never matters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from careers.evidence.rules.renewal import Standing, standing_on
from careers.lib.about import About
from careers.plans.rules.awaited import awaits_readiness
from careers.plans.rules.status import Status

SOON = timedelta(days=14)  # an exam or a lapse that comes before everything else
TOLD_AFTER = timedelta(days=30)  # a lapse is told so long; then only the list says it
FAR = date.max


class Call(StrEnum):
    """The things that a plan asks, most pressing first."""

    RESULT = "result"  # the exam is over, and nobody said how it went
    RENEW = "renew"  # it lapses within two weeks, or lapsed within the last thirty days
    PREPARE = "prepare"  # the exam is within two weeks
    STEP = "step"  # a step is open
    FINISH = "finish"  # every step is done, no exam is booked
    RENEW_IN_TIME = "renew-in-time"  # its renewal is due, with more than two weeks left


PRESSING = [Call.RESULT, Call.RENEW, Call.PREPARE]  # before all others, in this order
ON_ITS_WAY = [Status.BOOKED, Status.STUDYING, Status.NOT_PASSED, Status.PLANNED, Status.PASSED, Status.DROPPED]


@dataclass(frozen=True)
class PlanStanding:
    """A plan, or a certificate without one: then it is passed. `key` is different for each.

    `exam_on` is its day where the person is; `due_on` that of the open step which is due first.
    """

    key: str
    status: Status
    exam_on: date | None = None
    exam_is_over: bool = False
    target_on: date | None = None
    due_on: date | None = None
    open_steps: int = 0
    expires: About | None = None

    @property
    def expires_on(self) -> date | None:
        return self.expires.day if self.expires else None

    @property
    def is_live(self) -> bool:
        return awaits_readiness(self.status)

    @property
    def is_dropped(self) -> bool:
        return self.status == Status.DROPPED

    def call(self, today: date) -> Call | None:
        if self.status == Status.PASSED:
            return renewal_call(today, self.expires_on)
        if self.is_dropped:
            return None
        if self.exam_on:
            if self.exam_is_over:
                return Call.RESULT
            if self.exam_on - today <= SOON:
                return Call.PREPARE
        if self.open_steps:
            return Call.STEP
        return None if self.exam_on else Call.FINISH

    def day(self) -> tuple[date, int]:
        """The day that counts, and what makes it: a step before an exam, an exam before the wish to be ready."""
        if self.status == Status.PASSED:
            return self.expires_on or FAR, 0
        days = [(day, place) for place, day in enumerate((self.due_on, self.exam_on, self.target_on)) if day]
        return min(days, default=(FAR, 0))


def renewal_call(today: date, expires_on: date | None) -> Call | None:
    """
    >>> [str(renewal_call(date(2026, 11, 22), date(2026, 11, 22) + timedelta(days=n))) for n in (-31, -30, 14, 15, 91)]
    ['None', 'renew', 'renew', 'renew-in-time', 'None']
    """
    if expires_on is None or standing_on(today, expires_on) == Standing.VALID:
        return None
    left = expires_on - today
    if left > SOON:
        return Call.RENEW_IN_TIME
    return Call.RENEW if -left <= TOLD_AFTER else None


def token_of(call: Call, standing: PlanStanding) -> str:
    """Names what may be put off for a while: “step-plan-7”. Another call of the same plan is another thing."""
    return f"{call}-{standing.key}"


def most_urgent(
    standings: Iterable[PlanStanding], *, today: date, put_off: Iterable[str] = ()
) -> tuple[Call, PlanStanding] | None:
    """Return the first that asks and was not put off; None if nothing asks."""
    later = set(put_off)
    calls = [(call, one) for one in standings if (call := one.call(today)) and token_of(call, one) not in later]
    return min(calls, key=lambda pair: place_of(pair[1], today), default=None)


def order_of(one: PlanStanding) -> tuple[date, int, int, str]:
    return *one.day(), ON_ITS_WAY.index(one.status), one.key


def by_urgency(standings: Iterable[PlanStanding], *, today: date) -> list[PlanStanding]:
    """For the list: what presses, what has a day, what has none, what is earned; dropped ones are last.

    The first that asks for something is what asks first.
    """
    return sorted(standings, key=lambda one: place_of(one, today))


def place_of(one: PlanStanding, today: date) -> tuple[int, date, int, int, str]:
    return group_of(one, today), *order_of(one)


def group_of(one: PlanStanding, today: date) -> int:
    call = one.call(today)
    if call in PRESSING:
        return PRESSING.index(call)
    if one.is_live:
        return 3 if one.day()[0] != FAR else 4 if one.open_steps else 5
    if call == Call.RENEW_IN_TIME:
        return 6
    return 7 if one.status == Status.PASSED else 8


@dataclass(frozen=True)
class OpenStep:
    key: int
    due_on: date | None


DUE_FIRST = timedelta(days=7)


def next_of(steps: Iterable[OpenStep], *, today: date) -> int | None:
    """Which open step of a plan is next: one that is due within a week or overdue, else the first in their order.

    >>> next_of([OpenStep(1, None), OpenStep(2, date(2026, 11, 28)), OpenStep(3, None)], today=date(2026, 11, 22))
    2
    >>> next_of([OpenStep(1, None), OpenStep(2, date(2027, 2, 1))], today=date(2026, 11, 22))
    1
    """
    every = list(steps)
    due = [(one.due_on, place) for place, one in enumerate(every) if one.due_on and one.due_on - today <= DUE_FIRST]
    if due:
        return every[min(due)[1]].key
    return every[0].key if every else None
