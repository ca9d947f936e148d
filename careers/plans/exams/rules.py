"""The day of an exam: how far it is, in which time zone, and what to have ready."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from careers.lib.days import day_in_words
from careers.lib.zones import city, day_in, zone_in_words, zone_of
from careers.plans.rules.status import Status, may_follow

# Short, and true of any exam. What an issuer asks for beyond them stands in the booking.
CHECKLIST = (
    "An identity card with the same name as on the booking",
    "The booking number",
    "Where it is: the way there, or the link and the test of computer and camera",
    "The issuer's rules on what you may bring",
)


def days_until(exam_at: datetime, zone: str, *, now: datetime) -> int:
    """Midnights in `zone`, where the person is, from now to the exam; below zero when its day is over."""
    here = zone_of(zone)
    return (day_in(exam_at, here) - day_in(now, here)).days


@dataclass(frozen=True)
class ExamCountdown:
    """`number` is the large words, such as “20 days”."""

    days: int
    is_past: bool

    @property
    def number(self) -> str:
        if self.is_past:
            return "It is over"
        return {0: "Today", 1: "Tomorrow"}.get(self.days, f"{self.days} days")


def countdown(exam_at: datetime, zone: str, *, now: datetime) -> ExamCountdown:
    """
    >>> from datetime import UTC
    >>> exam_at, now = (datetime(2026, *day, tzinfo=UTC) for day in ((12, 12, 1, 30), (11, 22)))
    >>> countdown(exam_at, "Asia/Manila", now=now).number
    '20 days'
    """
    return ExamCountdown(days_until(exam_at, zone, now=now), exam_at <= now)


@dataclass(frozen=True)
class When:
    """The exam's moment in words: there, and where the person is where clocks differ."""

    day: str
    clock: str
    zone: str
    own: str
    on: date

    @property
    def where(self) -> str:
        """The zone there, and the moment where the person is if clocks differ."""
        return f"{self.zone}, {self.own}" if self.own else self.zone


def when(exam_at: datetime, zone: str, *, own_zone: str, minutes: int | None = None) -> When:
    """
    >>> from datetime import UTC
    >>> said = when(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), "Asia/Manila", own_zone="Europe/London", minutes=138)
    >>> said.day, said.clock, said.zone, said.own
    ('Saturday, 12 December 2026', '09:30 to 11:48', 'Manila time (GMT+8)', '01:30 in London')
    """
    there, here = exam_at.astimezone(zone_of(zone)), exam_at.astimezone(zone_of(own_zone))
    clock = f"{there:%H:%M}"
    if minutes:
        clock += f" to {(exam_at + timedelta(minutes=minutes)).astimezone(zone_of(zone)):%H:%M}"
    return When(day_in_words(there, "weekday"), clock, zone_in_words(zone, exam_at), own(there, here), there.date())


def own(there: datetime, here: datetime) -> str:
    """Empty where the clocks say the same."""
    if there.replace(tzinfo=None) == here.replace(tzinfo=None):
        return ""
    place = city(str(here.tzinfo))
    day = "" if there.date() == here.date() else f" on {day_in_words(here.date())}"
    return f"{here:%H:%M}{day} {'UTC' if place == 'UTC' else f'in {place}'}"


def cannot_book(status: Status) -> str:
    """Why no exam can be booked now; empty where one can."""
    if may_follow(status, Status.BOOKED):
        return ""
    if status == Status.PASSED:
        return "You passed this. Take the certificate back first if that was a mistake."
    return "This plan is dropped. Take it up again, then book."
