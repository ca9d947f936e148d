"""Dates of a person as an iCalendar file (RFC 5545), for the calendar programs of phones and computers.

A moment is written in UTC: that is one instant for every program, whatever it knows of time zones and of the changes
between summer and winter time, and the file says the same after rules of a zone were changed. The exam's own clock
stands in its text. A day is written as a day, so it is the same one in Auckland and in Honolulu.

Nothing here rings by itself: the portal's own reminders come at the distances the person chose, and alarms would come
beside them. Who wishes gets them: a day before each date, and thirty days before a certificate lapses.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vText

NAME = "BPO Careers: My plan"
PROGRAM = "-//BPO Careers//My plan//EN"
ASK_AGAIN = timedelta(hours=4)  # how often a program is asked to look for changes


class Kind(StrEnum):
    EXAM = "exam"
    STEP = "step"
    LAPSE = "lapse"


CATEGORIES = {Kind.EXAM: "Exam", Kind.STEP: "Study", Kind.LAPSE: "Renewal"}
ALARM_DAYS = {Kind.EXAM: [1], Kind.STEP: [1], Kind.LAPSE: [30, 1]}  # before
ALARM_HOUR = timedelta(hours=9)  # of a date that is a whole day: nobody wants to be rung at midnight
NUMBERED_FROM = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One date. `uid` stays and `sequence` rises, so that what was moved moves in the person's calendar, too.

    `begins` is a day, or a moment that knows its zone; then `minutes` may be known. `sequence` and `changed_at` say how
    new all the rest is; `digest` tells whether it is another.
    """

    kind: Kind
    uid: str
    begins: date
    title: str
    url: str
    text: str = ""
    place: str = ""
    minutes: int | None = None
    rings: bool = False
    sequence: int = 0
    changed_at: datetime = NUMBERED_FROM

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.uid}"


class Text(vText):
    r"""Escaped as the standard says. The library's own way makes a new line of a written `\N`, as in `C:\New`."""

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return escaped.encode()


def calendar(entries: Iterable[Entry]) -> bytes:
    """The whole file. The same entries give the same bytes."""
    made = Calendar()
    made.add("prodid", PROGRAM)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    # Twice each, by the standard's name (RFC 7986) and by the one from before it, which most programs read.
    made.add("name", NAME)
    made.add("x-wr-calname", vText(NAME))
    made.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", f"PT{ASK_AGAIN // timedelta(hours=1)}H")
    for entry in entries:
        made.add_component(event(entry))
    written: bytes = made.to_ical()
    return written


def digest(entry: Entry) -> str:
    """The same for two entries that say the same, however new they are."""
    written: bytes = event(replace(entry, sequence=0, changed_at=NUMBERED_FROM)).to_ical()
    return sha256(written).hexdigest()


def next_sequence(last: int, now: datetime) -> int:
    """Higher than `last`; and than all earlier ones where nobody remembers the last, as it goes with the minutes.

    >>> next_sequence(0, datetime(2026, 1, 1, 2, tzinfo=UTC)), next_sequence(500, datetime(2026, 1, 1, 2, tzinfo=UTC))
    (120, 501)
    """
    return max(last + 1, (now - NUMBERED_FROM) // timedelta(minutes=1))


def event(entry: Entry) -> Event:
    made = Event()
    made.add("uid", f"{entry.key}@bpo-careers")
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.changed_at.astimezone(UTC))
    made.add("last-modified", entry.changed_at.astimezone(UTC))
    made.add("dtstart", in_utc(entry.begins))
    ends = end_of(entry)
    if ends:
        made.add("dtend", in_utc(ends))
    made.add("summary", Text(plain(entry.title)))
    for name, text in (("description", entry.text), ("location", entry.place)):
        if text:
            made.add(name, Text(plain(text)))
    made.add("categories", [CATEGORIES[entry.kind]])
    made.add("url", entry.url)
    made.add("transp", "OPAQUE" if isinstance(entry.begins, datetime) else "TRANSPARENT")
    for days in ALARM_DAYS[entry.kind] if entry.rings else []:
        made.add_component(alarm(entry, days))
    return made


def alarm(entry: Entry, days: int) -> Alarm:
    """Counted from the beginning: of an exam its hour, of a day midnight where the reader is."""
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", Text(plain(entry.title)))
    made.add("trigger", (timedelta() if isinstance(entry.begins, datetime) else ALARM_HOUR) - timedelta(days=days))
    return made


def end_of(entry: Entry) -> date | None:
    """The first day, or moment, after it; None where nobody knows, or no calendar goes that far.

    >>> from dataclasses import replace
    >>> now = datetime(2026, 12, 12, tzinfo=UTC)
    >>> step = Entry(Kind.STEP, "1", date(2028, 2, 29), "Read", "https://example.org")
    >>> end_of(step)
    datetime.date(2028, 3, 1)
    >>> end_of(replace(step, begins=date.max))
    >>> end_of(replace(step, begins=now))
    """
    is_moment = isinstance(entry.begins, datetime)
    if is_moment and not entry.minutes:
        return None
    try:
        return entry.begins + (timedelta(minutes=entry.minutes or 0) if is_moment else timedelta(days=1))
    except OverflowError:
        return None


def in_utc(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def plain(text: str) -> str:
    r"""Text as a calendar may hold it: lines, but no other control characters and no halves of characters.

    >>> plain("A\x00b\r\nc\ud83d")
    'A b\nc '
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if char != "\n" and unicodedata.category(char) in ("Cc", "Cs") else char for char in lines)


def clock_in(moment: datetime, zone: str) -> str:
    """What a clock shows there then; empty where the zone is not known.

    >>> clock_in(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), "Asia/Manila")
    'Saturday, 12 December 2026, 09:30 (Asia/Manila)'
    >>> clock_in(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), "Moon/Crater")
    ''
    """
    try:
        there = moment.astimezone(ZoneInfo(zone))
    except (OSError, KeyError, ValueError, OverflowError):
        return ""
    return f"{there:%A}, {there.day} {there:%B %Y, %H:%M} ({zone})"
