"""Which reminder of an event is due at a moment.

An offset is a number of days before the event, and its day is the person's own. Of several that have come at once,
after days in which nobody looked, only the nearest is told: the others would say less.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from careers.planning.plans import in_words

AFTERWARDS = -1  # the offset of what is told of a certificate that lapsed unseen
AFTERWARDS_DAYS = 30  # how long that is worth telling


class Kind(StrEnum):
    """What comes: named as the column of the reminder that points to it."""

    HELD = "held"
    PLAN = "plan"
    STEP = "step"


@dataclass(frozen=True)
class Event:
    """`set_on` is the day on which its date was last set; `ends_at` the moment of an exam, after which it is over."""

    kind: Kind
    key: int
    on: date
    set_on: date
    offsets: tuple[int, ...]
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Due:
    event: Event
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


def exam_day(exam_at: datetime, exam_zone: str) -> date:
    """The day of an exam where it takes place."""
    return exam_at.astimezone(zone_named(exam_zone)).date()


def zone_named(*names: str) -> ZoneInfo:
    """The first of `names` that is one of a time zone; UTC where none is.

    >>> zone_named("Asia/Nowhere", "", "../x", "Asia/Manila").key
    'Asia/Manila'
    """
    for name in filter(None, names):
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError):  # no path at all, a folder, or not there
            continue
    return ZoneInfo("UTC")


def due_reminders(
    events: Iterable[Event], *, now: datetime, zone: tzinfo, given: dict[tuple[Kind, int, date], set[int]]
) -> Iterator[Due]:
    """`given` are the offsets that were told already, by kind, key and day of the event."""
    today = now.astimezone(zone).date()
    for event in events:
        told = given.get((event.kind, event.key, event.on), set())
        offset = due_offset(event, today=today, now=now, told=told)
        if offset is not None:
            yield Due(event, offset)


def due_offset(event: Event, *, today: date, now: datetime, told: set[int]) -> int | None:
    """The one offset that is to be told now; None where nothing is, or as near a one was told."""
    reached = [offset for offset in telling_offsets(event) if event.on - timedelta(days=offset) <= today]
    if not reached:
        return None
    nearest = min(reached)
    if told and min(told) <= nearest:
        return None
    if not is_over(event, today=today, now=now):
        return nearest
    lapsed_unseen = event.kind == Kind.HELD and (today - event.on).days <= AFTERWARDS_DAYS
    return AFTERWARDS if lapsed_unseen else None


def telling_offsets(event: Event) -> list[int]:
    """Without those whose day was over when the date was set: who books an exam for Friday knows that it is near."""
    return [offset for offset in event.offsets if (event.on - event.set_on).days >= offset]


def is_over(event: Event, *, today: date, now: datetime) -> bool:
    """An exam is over with its moment, all else with its day."""
    return event.ends_at <= now if event.ends_at else today > event.on


def coming(events: Iterable[Event], *, today: date, now: datetime) -> list[tuple[date, Event, int]]:
    """The reminders still to come, as (day, event, offset), the next first."""
    found = [
        (day, event, offset)
        for event in events
        if not is_over(event, today=today, now=now)
        for offset in telling_offsets(event)
        if (day := event.on - timedelta(days=offset)) > today
    ]
    return sorted(found, key=lambda one: (one[0], one[1].kind, one[1].key))


def in_how_many_days(days: int) -> str:
    """
    >>> [in_how_many_days(days) for days in (60, 1, 0, -1, -9)]
    ['in 60 days', 'tomorrow', 'today', 'yesterday', '9 days ago']
    """
    near = {1: "tomorrow", 0: "today", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


VERBS = {Kind.HELD: ("lapses", "lapsed"), Kind.PLAN: ("has its exam", "had its exam"), Kind.STEP: ("is due", "was due")}


def said(kind: Kind, title: str, days: int) -> str:
    """What a reminder says, `days` before the event.

    >>> said(Kind.PLAN, "Six Sigma Yellow Belt", 7)
    'Six Sigma Yellow Belt has its exam in 7 days'
    >>> said(Kind.HELD, "COPC", -2)
    'COPC lapsed 2 days ago'
    """
    return f"{named(kind, title)} {VERBS[kind][days < 0]} {in_how_many_days(days)}"


def named(kind: Kind, title: str) -> str:
    """A step's title is a sentence of its own.

    >>> named(Kind.STEP, "Read the handbook")
    '“Read the handbook”'
    """
    return f"“{one_line(title)}”" if kind == Kind.STEP else one_line(title)


def ahead(event: Event, title: str, offset: int) -> str:
    """What a reminder is for that is still to come.

    >>> exam = Event(Kind.PLAN, 1, date(2027, 6, 1), date(2027, 1, 1), (7, 1, 0))
    >>> ahead(exam, "Yellow Belt", 7)
    '7 days before the exam of Yellow Belt on 1 June 2027'
    >>> ahead(exam, "Yellow Belt", 0)
    'The day of the exam of Yellow Belt'
    """
    day = "1 day" if offset == 1 else f"{offset} days"
    if event.kind == Kind.PLAN:
        what = f"the exam of {one_line(title)}"
        return f"{day} before {what} on {in_words(event.on)}" if offset else f"The day of {what}"
    what = f"{named(event.kind, title)} {VERBS[event.kind][0]}"
    return f"{day} before {what} on {in_words(event.on)}" if offset else f"The day on which {what}"


def one_line(text: str) -> str:
    """Nothing in it begins a new line, so it can stand in the head of a mail.

    >>> one_line("Title\\r\\nBcc: x\\x00")
    'Title Bcc: x'
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
