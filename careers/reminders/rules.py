"""Which reminder of an event is due at a moment.

An offset is a number of days before the event, and days are the person's own, also that of an exam elsewhere: what is
told in Honolulu of an exam in Auckland says “tomorrow” on the day before it by the clock in Honolulu. Of several that
have come at once, after days in which nobody looked, only the nearest is told: the others would say less.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from careers.lib.about import About
from careers.lib.days import day_in_words
from careers.lib.words import counted
from careers.lib.zones import day_in
from careers.plans.rules.countdowns import lapse_in_words
from careers.plans.rules.dates import Kind

AFTERWARDS = -1  # the offset of what is told of a certificate that lapsed unseen
AFTERWARDS_DAYS = 30  # how long that is worth telling
EVENING = timedelta(hours=2)  # long enough that a run meets it
IN_TIME = timedelta(hours=1)  # before the event
LEAST_AWAKE, DAY = 60, 24 * 60  # minutes


# Of what is reminded, and the column of the reminder that points to it.
COLUMN = {Kind.LAPSE: "held_certificate", Kind.EXAM: "plan", Kind.STEP: "step"}


@dataclass(frozen=True)
class ReminderEvent:
    """`on` is its day where the person is, `set_on` the day on which that was last set; `ends_at` is the moment of an
    exam, after which it is over.
    """

    kind: Kind
    key: int
    on: date
    set_on: date
    offsets: tuple[int, ...]
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Due:
    event: ReminderEvent
    offset: int


def is_quiet(clock: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether `clock` is in the quiet hours; their end is not. A window that ends where it begins has no minute.

    >>> [is_quiet(time(hour), time(21), time(8)) for hour in (7, 8, 20, 21)]
    [True, False, False, True]
    >>> [is_quiet(time(hour), time(12), time(14)) for hour in (11, 12, 14)]
    [False, True, False]
    """
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def minutes_awake(quiet_from: time, quiet_to: time) -> int:
    """Of a day without a change of clocks.

    >>> minutes_awake(time(21), time(8)), minutes_awake(time(8), time(7, 59)), minutes_awake(time(0), time(0))
    (780, 1, 1440)
    """
    begins, ends = (clock.hour * 60 + clock.minute for clock in (quiet_from, quiet_to))
    return (begins - ends) % DAY or DAY


def quiet_ends(now: datetime, zone: tzinfo, quiet_from: time, quiet_to: time) -> datetime:
    """The moment at which the quiet hours around `now` are over; `now` where it is not quiet.

    A clock that is set forward or back at night moves it by that hour, so what comes out is looked at again.
    """
    local = now.astimezone(zone)
    if not is_quiet(local.time(), quiet_from, quiet_to):
        return now
    day = local.date() if local.time() < quiet_to else local.date() + timedelta(days=1)
    end = datetime.combine(day, quiet_to, tzinfo=zone).astimezone(now.tzinfo)
    return max(end, now + timedelta(minutes=1))


@dataclass(frozen=True)
class Clock:
    """A person's days and nights."""

    zone: tzinfo = UTC
    quiet_from: time = time(0)
    quiet_to: time = time(0)

    def day(self, moment: datetime) -> date:
        return day_in(moment, self.zone)

    def begin(self, day: date) -> datetime:
        return datetime.combine(day, time(0), tzinfo=self.zone).astimezone(UTC)

    def awake_from(self, moment: datetime) -> datetime:
        """`moment`, or the end of the quiet hours around it. Hours that leave no run a chance are not kept."""
        if minutes_awake(self.quiet_from, self.quiet_to) < LEAST_AWAKE:
            return moment
        while (later := quiet_ends(moment, self.zone, self.quiet_from, self.quiet_to)) > moment:
            moment = later
        return moment

    def evening_before(self, day: date) -> datetime:
        """Two hours before `day` begins, or before the quiet hours in which it does."""
        if self.quiet_from <= self.quiet_to:
            return self.begin(day) - EVENING
        return datetime.combine(day - timedelta(days=1), self.quiet_from, tzinfo=self.zone).astimezone(UTC) - EVENING


def due_reminders(
    events: Iterable[ReminderEvent], *, now: datetime, clock: Clock, given: dict[tuple[Kind, int, date], set[int]]
) -> Iterator[Due]:
    """`given` are the offsets that were told already, by kind, key and day of the event."""
    for event in events:
        offset = due_offset(event, now=now, clock=clock, told=given.get((event.kind, event.key, event.on), set()))
        if offset is not None:
            yield Due(event, offset)


def due_offset(event: ReminderEvent, *, now: datetime, clock: Clock, told: set[int]) -> int | None:
    """The one offset that is to be told now; None where nothing is, or as near a one was told."""
    tomorrow = clock.day(now) + timedelta(days=1)  # whose reminders may come this evening
    near = [offset for offset in telling_offsets(event) if event.on - timedelta(days=offset) <= tomorrow]
    if not near or (told and min(told) <= min(near)):
        return None  # most of them; clocks of zones take their time
    reached = [offset for offset in near if told_from(event, offset, clock) <= now]
    nearest = min(reached, default=None)
    if nearest is None or (told and min(told) <= nearest):
        return None
    if now < end_of(event, clock):
        return nearest
    lapsed_unseen = event.kind == Kind.LAPSE and (clock.day(now) - event.on).days <= AFTERWARDS_DAYS
    return AFTERWARDS if lapsed_unseen else None


def telling_offsets(event: ReminderEvent) -> list[int]:
    """Without those whose day was over when the date was set: who books an exam for Friday knows that it is near."""
    return [offset for offset in event.offsets if (event.on - event.set_on).days >= offset]


def told_from(event: ReminderEvent, offset: int, clock: Clock) -> datetime:
    """The beginning of its day, whatever the hour: only the mail waits for the morning.

    The evening before, where that would be too late: an exam at seven is over, or near, when the quiet hours end.
    """
    day = event.on - timedelta(days=offset)
    begin = clock.begin(day)
    return begin if clock.awake_from(begin) + IN_TIME <= end_of(event, clock) else clock.evening_before(day)


def end_of(event: ReminderEvent, clock: Clock) -> datetime:
    """An exam is over with its moment, all else with its day."""
    return event.ends_at or clock.begin(event.on + timedelta(days=1))


def coming(events: Iterable[ReminderEvent], *, now: datetime, clock: Clock) -> list[tuple[date, ReminderEvent, int]]:
    """The reminders still to come, as (day, event, offset), the next first."""
    found = [
        (clock.day(moment), event, offset)
        for event in events
        if now < end_of(event, clock)
        for offset in telling_offsets(event)
        if (moment := told_from(event, offset, clock)) > now
    ]
    return sorted(found, key=lambda one: (one[0], COLUMN[one[1].kind], one[1].key))


def in_how_many_days(days: int) -> str:
    """
    >>> [in_how_many_days(days) for days in (60, 1, 0, -1, -9)]
    ['in 60 days', 'tomorrow', 'today', 'yesterday', '9 days ago']
    """
    near = {1: "tomorrow", 0: "today", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


VERBS = {
    Kind.LAPSE: ("lapses", "lapsed"),
    Kind.EXAM: ("has its exam", "had its exam"),
    Kind.STEP: ("is due", "was due"),
}


def sentence(kind: Kind, title: str, days: int) -> str:
    """Return the sentence of a reminder, `days` before the event.

    >>> sentence(Kind.EXAM, "Six Sigma Yellow Belt", 7)
    'Six Sigma Yellow Belt has its exam in 7 days'
    >>> sentence(Kind.LAPSE, "COPC", -2)
    'COPC lapsed 2 days ago'
    """
    return f"{named(kind, title)} {VERBS[kind][days < 0]} {in_how_many_days(days)}"


def lapse_sentence(title: str, expires: About, today: date) -> str:
    """The same of a certificate whose day is not known to the day.

    >>> from careers.lib.about import Precision
    >>> lapse_sentence("COPC", About(date(2027, 1, 1), Precision.MONTH), date(2026, 11, 22))
    'COPC lapses about January 2027, in about 2 months'
    """
    return f"{header_line(title)} {lapse_in_words(today, expires)}"


def named(kind: Kind, title: str) -> str:
    """A step's title is a sentence of its own.

    >>> named(Kind.STEP, "Read the handbook")
    '“Read the handbook”'
    """
    return f"“{header_line(title)}”" if kind == Kind.STEP else header_line(title)


def ahead(event: ReminderEvent, title: str, offset: int, *, day: date, about: About | None = None) -> str:
    """Return what a reminder on `day` is for. `about` is the event's day if that is known roughly.

    >>> exam = ReminderEvent(Kind.EXAM, 1, date(2027, 6, 1), date(2027, 1, 1), (7, 1, 0))
    >>> ahead(exam, "Yellow Belt", 7, day=date(2027, 5, 25))
    '7 days before the exam of Yellow Belt on 1 June 2027'
    >>> [ahead(exam, "Yellow Belt", 0, day=date(2027, *day)) for day in ((6, 1), (5, 31))]
    ['The day of the exam of Yellow Belt', 'The evening before the exam of Yellow Belt on 1 June 2027']
    """
    is_exam = event.kind == Kind.EXAM
    what = f"the exam of {header_line(title)}" if is_exam else f"{named(event.kind, title)} {VERBS[event.kind][0]}"
    if about and not about.is_exact:
        return f"Before {what}, {about}"
    if not offset and day == event.on:
        return f"The day {'of' if is_exam else 'on which'} {what}"
    before = counted(offset, "day") if offset else "The evening"
    return f"{before} before {what} on {day_in_words(event.on)}"


def header_line(text: str) -> str:
    """Nothing in it begins a new line, so it can stand in the head of a mail.

    >>> header_line("Title\\r\\nBcc: x\\x00")
    'Title Bcc: x'
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
