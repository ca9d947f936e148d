"""A year of events as a picture: months from left to right, today's mark, a mark for each event, and labels below.

Events of days that are too near to each other to tell them apart share a mark, which stands at the first of them and
says how many they are. The nearest have labels, as many as there is room for; the list names more, and counts the rest.

Across, places are percent; labels are as wide as they are on the narrowest screen that shows the picture. Where it is
wider they only part further, so labels that do not meet here meet nowhere. A label stands to the right of its day, or
to its left where it would leave the picture.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from unicodedata import east_asian_width

from careers.dashboard.rules.events import Event
from careers.dashboard.rules.timeline_lanes import Span, fitting, lanes_of
from careers.lib.days import day_in_words
from careers.plans.rules.dates import Kind

MONTHS = 12
LISTED = 24  # events that the list names; what is more is counted
LEAST_WIDTH = 540  # pixels of the narrowest picture
MARK = 20  # pixels that a mark is wide
LETTER = 7.6  # pixels at most, of what is written in the label's size on average
LONGEST = 24  # characters of a label's row
AXIS, FIRST_LANE, LANE = 48, 94, 44  # pixels down to the line of the year, to the first label, and from lane to lane
WORDS = {Kind.EXAM: "exam", Kind.STEP: "due", Kind.TARGET: "be ready", Kind.LAPSE: "lapses"}


@dataclass(frozen=True)
class Mark:
    """On the line of the year, at the first of its days, in percent. Where one of its events is an exam, it is one."""

    at: float
    events: Sequence[Event]

    @property
    def kind(self) -> Kind:
        return Kind.EXAM if any(event.kind == Kind.EXAM for event in self.events) else self.events[0].kind

    @property
    def is_overdue(self) -> bool:
        return any(event.is_overdue for event in self.events)


@dataclass(frozen=True)
class Label:
    """`at` is the place of its mark. Its rows begin there, or end there where `ends`; `lane` counts from 0 below."""

    event: Event
    at: float
    lane: int
    ends: bool
    head: str
    text: str

    @property
    def width(self) -> float:
        return width_of(self.head, self.text)

    @property
    def top(self) -> int:
        """Where the line from its day ends."""
        return self.y - 14

    @property
    def y(self) -> int:
        return FIRST_LANE + self.lane * LANE


@dataclass(frozen=True)
class Month:
    """Where it begins, in percent; `year` is written at the first one and in each January."""

    first: date
    at: float
    name: str
    year: str


@dataclass(frozen=True)
class Group:
    """The events of a month, for the list, which does not name `more` of them."""

    first: date
    events: Sequence[Event]
    more: int


@dataclass(frozen=True)
class Timeline:
    """`later` counts the events after the year."""

    months: Sequence[Month]
    today_at: float
    marks: Sequence[Mark]
    labels: Sequence[Label]
    later: int
    groups: Sequence[Group]

    @property
    def axis(self) -> int:
        return AXIS

    @property
    def height(self) -> int:
        return FIRST_LANE - 20 + LANE * (1 + max((label.lane for label in self.labels), default=-1))

    @property
    def count(self) -> int:
        return sum(len(mark.events) for mark in self.marks)

    @property
    def unnamed(self) -> int:
        return sum(group.more for group in self.groups)


def year_from(events: Iterable[Event], today: date) -> Timeline:
    """Twelve months from the first of this one. Events before it are not on it."""
    starts = [month_after(today, number) for number in range(MONTHS + 1)]
    first, end = starts[0], starts[-1]
    every = sorted(events, key=lambda event: event.order)
    inside = [event for event in every if first <= event.day < end]
    months = [
        Month(day, at(day, first, end), day_in_words(day, "short month"), year_of(day, first)) for day in starts[:-1]
    ]
    marks = marked(inside, first, end)
    return Timeline(
        months,
        at(today, first, end),
        marks,
        labelled(marks),
        sum(event.day >= end for event in every),
        grouped(inside),
    )


def grouped(events: Sequence[Event]) -> list[Group]:
    """By month, only months that have any."""
    named = Counter(event.day.replace(day=1) for event in events[:LISTED])
    months = groupby(events, key=lambda event: event.day.replace(day=1))
    every = [(first, list(of_month)) for first, of_month in months]
    return [Group(first, rows[: named[first]], len(rows) - named[first]) for first, rows in every]


def month_after(day: date, number: int) -> date:
    """The first of the month `number` months on; the last day there is where the calendar ends.

    >>> month_after(date(2026, 11, 22), 3)
    datetime.date(2027, 2, 1)
    """
    years, month = divmod(day.month - 1 + number, 12)
    return date(day.year + years, month + 1, 1) if day.year + years <= date.max.year else date.max


def year_of(day: date, first: date) -> str:
    return str(day.year) if day == first or day.month == 1 else ""


def at(day: date, first: date, end: date) -> float:
    """The middle of a day in percent of the year."""
    return round(100 * ((day - first) / timedelta(days=1) + 0.5) / (end - first).days, 3)


def marked(events: Sequence[Event], first: date, end: date) -> list[Mark]:
    """Two marks are never nearer to each other than a mark is wide."""
    places: dict[float, list[Event]] = {}
    here = -100.0
    for event in events:
        place = at(event.day, first, end)
        here = place if (place - here) * LEAST_WIDTH / 100 >= MARK else here
        places.setdefault(here, []).append(event)
    return [Mark(place, together) for place, together in places.items()]


def labelled(marks: Sequence[Mark]) -> list[Label]:
    """Of the nearest events, as many as there is room for."""
    rows = [(event, mark.at, head_of(event), cut(event.name or event.title)) for mark in marks for event in mark.events]
    every = [span(place, width_of(head, text)) for _, place, head, text in rows]
    numbers = fitting(every)
    spans = [every[number] for number in numbers]
    return [
        Label(event, place, lane, where.ends, head, text)
        for (event, place, head, text), lane, where in zip(
            (rows[number] for number in numbers), lanes_of(spans), spans, strict=True
        )
    ]


def span(place: float, width: float) -> Span:
    x = place * LEAST_WIDTH / 100
    return Span(x - width, x, True) if x + width > LEAST_WIDTH else Span(x, x + width, False)


def head_of(event: Event) -> str:
    day = day_in_words(event.day, "short") if event.when.is_exact else str(event.when).capitalize()
    return f"{day}, {WORDS[event.kind]}"


def width_of(head: str, text: str) -> float:
    return round(max(columns(head), columns(text)) * LETTER, 1)


def columns(text: str) -> int:
    """How many letters' width it takes: letters of some scripts take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str) -> str:
    """
    >>> cut("Six Sigma Yellow Belt"), cut("Certified Customer Service Professional")
    ('Six Sigma Yellow Belt', 'Certified Customer Serv…')
    """
    if columns(text) <= LONGEST:
        return text
    fitting = [end for end in range(LONGEST) if columns(text[:end]) < LONGEST]
    return text[: fitting[-1]].rstrip() + "…"
