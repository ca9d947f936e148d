"""Dates of a person as an iCalendar file (RFC 5545), for the calendar programs of phones and computers.

A moment is written in UTC: that is one instant for every program, whatever it knows of time zones and of the changes
between summer and winter time, and the file says the same after rules of a zone were changed. The exam's own clock
stands in its text. A day is written as a day, so it is the same one in Auckland and in Honolulu.

Nothing here rings by itself: the portal's own reminders come at the distances the person chose, and alarms would come
beside them. They are an offer: a day before each date, and thirty days before a certificate lapses.

The library writes the file's head. Events are written here, byte for byte as it would write them (a test compares): its
way takes 0.4 ms for each, more than ten times as long, and a person may have thousands of dates.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, vText

from careers.lib.days import moment_in_words
from careers.plans.rules.dates import Kind

NAME = "BPO Careers: My plan"
PROGRAM = "-//BPO Careers//My plan//EN"
ASK_AGAIN = timedelta(hours=4)  # how often a program is asked to look for changes


CATEGORIES = {Kind.EXAM: "Exam", Kind.STEP: "Study", Kind.LAPSE: "Renewal"}
ALARM_DAYS = {Kind.EXAM: [1], Kind.STEP: [1], Kind.LAPSE: [30, 1]}  # before
ALARM_HOUR = timedelta(hours=9)  # of a date that is a whole day: nobody wants to be rung at midnight
LONGEST = 74  # bytes of a line, without its end
END = b"END:VCALENDAR\r\n"
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
    head: bytes = made.to_ical().removesuffix(END)
    return b"".join([head, *map(event, entries), END])


def entry_digest(entry: Entry) -> str:
    """The same for two entries that say the same, however new they are."""
    return sha256(event(replace(entry, sequence=0, changed_at=NUMBERED_FROM))).hexdigest()


def next_sequence(last: int, now: datetime) -> int:
    """Higher than `last`; and than all earlier ones where nobody remembers the last, as it goes with the minutes.

    >>> next_sequence(0, datetime(2026, 1, 1, 2, tzinfo=UTC)), next_sequence(500, datetime(2026, 1, 1, 2, tzinfo=UTC))
    (120, 501)
    """
    return max(last + 1, (now - NUMBERED_FROM) // timedelta(minutes=1))


def event(entry: Entry) -> bytes:
    """Its lines in the library's order, alarms last."""
    written, ends, title = stamp(entry.changed_at), end_of(entry), escaped(entry.title)
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{title}",
        f"DTSTART{stamp(entry.begins)}",
        f"DTEND{stamp(ends)}" if ends else "",
        f"DTSTAMP{written}",
        f"UID:{entry.key}@bpo-careers",
        f"SEQUENCE:{entry.sequence}",
        f"CATEGORIES:{CATEGORIES[entry.kind]}",
        f"DESCRIPTION:{escaped(entry.text)}" if entry.text else "",
        f"LAST-MODIFIED{written}",
        f"LOCATION:{escaped(entry.place)}" if entry.place else "",
        f"TRANSP:{'OPAQUE' if isinstance(entry.begins, datetime) else 'TRANSPARENT'}",
        f"URL:{entry.url}",
    ]
    for days in ALARM_DAYS[entry.kind] if entry.rings else []:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", trigger(entry, days), "END:VALARM"]
    return b"".join(folded(line.encode()) for line in [*lines, "END:VEVENT"] if line)


def stamp(when: date) -> str:
    """Return what follows the name of a property that is a day or a moment.

    >>> stamp(date(2026, 12, 12)), stamp(datetime(2026, 12, 12, 1, 30, tzinfo=UTC))
    (';VALUE=DATE:20261212', ':20261212T013000Z')
    """
    day = f"{when.year:04}{when.month:02}{when.day:02}"
    if not isinstance(when, datetime):
        return f";VALUE=DATE:{day}"
    there = when.astimezone(UTC)
    return f":{there.year:04}{there.month:02}{there.day:02}T{there.hour:02}{there.minute:02}{there.second:02}Z"


def trigger(entry: Entry, days: int) -> str:
    """Counted from the beginning: of an exam its hour, of a day midnight where the reader is."""
    if isinstance(entry.begins, datetime):
        return f"TRIGGER:-P{days}D"
    before = timedelta(days=days) - ALARM_HOUR
    return f"TRIGGER:-P{f'{before.days}D' if before.days else ''}T{before.seconds // 3600}H"


def escaped(text: str) -> str:
    r"""As the standard says. The library's own way makes a new line of a written `\N`, as in `C:\New`."""
    return plain(text).replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")


def folded(line: bytes) -> bytes:
    r"""With its end. A long one goes on after a blank: none is cut within a character, or after a `\` or `^`."""
    parts = []
    while len(line) > LONGEST:
        cut = LONGEST
        while line[cut] & 0xC0 == 0x80:  # the middle of a character
            cut -= 1
        if line[cut - 1 : cut] in (b"\\", b"^"):
            cut -= 1
        parts.append(line[:cut])
        line = line[cut:]
    return b"\r\n ".join([*parts, line]) + b"\r\n"


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


def plain(text: str) -> str:
    r"""Text as a calendar may hold it: lines, but no other control characters and no halves of characters.

    >>> plain("A\x00b\r\nc\ud83d")
    'A b\nc '
    """
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if char != "\n" and unicodedata.category(char) in ("Cc", "Cs") else char for char in lines)


def clock_in(moment: datetime, zone: str) -> str:
    """Return day and time as clocks show them there; empty if the zone is not known.

    >>> clock_in(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), "Asia/Manila")
    'Saturday, 12 December 2026, 09:30 (Asia/Manila)'
    >>> clock_in(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), "Moon/Crater")
    ''
    """
    try:
        there = moment.astimezone(ZoneInfo(zone))
    except (OSError, KeyError, ValueError, OverflowError):
        return ""
    return f"{moment_in_words(there, 'weekday')} ({zone})"
