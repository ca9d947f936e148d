"""A year of events as a picture: months from left to right, today's mark, and each event with a label below its day.

Across, places are percent; labels are as wide as they are on the narrowest screen that shows the picture. Where it is
wider they only part further, so labels that do not meet here meet nowhere. A label stands to the right of its day, or
to its left where it would leave the picture.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from unicodedata import east_asian_width

from careers.planning.events import Event

MONTHS = 12
MOST = 60  # labels; what is more is counted
MOST_UNCROSSED = 9  # lanes
LEAST_WIDTH = 540  # pixels of the narrowest picture
LETTER = 7.6  # pixels at most, of what is written in the label's size on average
GAP = 10
LONGEST = 24  # characters of a label's row
AXIS, FIRST_LANE, LANE = 48, 94, 44  # pixels down to the line of the year, to the first label, and from lane to lane
WORDS = {"exam": "exam", "due": "due", "target": "be ready", "lapse": "lapses"}


@dataclass(frozen=True)
class Label:
    """`at` is its day in percent. Its two rows begin there, or end there where `ends`; `lane` counts from 0 below."""

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
class Span:
    """From where to where a label goes, in pixels of the narrowest picture; `ends`: its day is at its right."""

    left: float
    right: float
    ends: bool

    @property
    def x(self) -> float:
        return self.right if self.ends else self.left


@dataclass(frozen=True)
class Month:
    """Where it begins, in percent; `year` is written at the first one and in each January."""

    first: date
    at: float
    name: str
    year: str


@dataclass(frozen=True)
class Group:
    """The events of a month, for the list; `more` of it have no label in the picture."""

    first: date
    events: Sequence[Event]


@dataclass(frozen=True)
class Timeline:
    """`more` are (month, number) of events without a label; `later` counts those after the year."""

    months: Sequence[Month]
    today_at: float
    labels: Sequence[Label]
    more: Sequence[tuple[str, int]]
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
        return sum(len(group.events) for group in self.groups)


def year_from(events: Iterable[Event], today: date) -> Timeline:
    """Twelve months from the first of this one. Events before it are not on it."""
    starts = [month_after(today, number) for number in range(MONTHS + 1)]
    first, end = starts[0], starts[-1]
    every = sorted(events, key=lambda event: event.order)
    inside = [event for event in every if first <= event.day < end]
    shown, rest = inside[:MOST], inside[MOST:]
    hidden = Counter(f"{event.day:%B %Y}" for event in rest)
    months = [Month(day, at(day, first, end), f"{day:%b}", year_of(day, first)) for day in starts[:-1]]
    groups = [Group(day, [event for event in inside if event.day.replace(day=1) == day]) for day in starts[:-1]]
    return Timeline(
        months,
        at(today, first, end),
        placed(shown, first, end),
        list(hidden.items()),
        sum(event.day >= end for event in every),
        [group for group in groups if group.events],
    )


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


def placed(events: Sequence[Event], first: date, end: date) -> list[Label]:
    """So that no line crosses a label, where that takes few lanes; else in as few lanes as there can be."""
    rows = [(event, at(event.day, first, end), head_of(event), cut(event.name or event.title)) for event in events]
    spans = [span(place, width_of(head, text)) for _, place, head, text in rows]
    lanes = uncrossed(spans) or fewest(spans)
    return [
        Label(event, place, lane, where.ends, head, text)
        for (event, place, head, text), lane, where in zip(rows, lanes, spans, strict=True)
    ]


def span(place: float, width: float) -> Span:
    x = place * LEAST_WIDTH / 100
    return Span(x - width, x, True) if x + width > LEAST_WIDTH else Span(x, x + width, False)


def uncrossed(spans: Sequence[Span]) -> list[int] | None:
    """Each below all whose lines would cross it; None where two would cross each other, or it takes too many lanes."""
    above = {low: {high for high in range(len(spans)) if is_above(spans, high, low)} for low in range(len(spans))}
    lanes: dict[int, int] = {}
    try:
        for number in TopologicalSorter(above).static_order():
            lanes[number] = 1 + max((lanes[high] for high in above[number]), default=-1)
    except CycleError:
        return None
    return None if max(lanes.values(), default=0) >= MOST_UNCROSSED else [lanes[number] for number in range(len(spans))]


def is_above(spans: Sequence[Span], high: int, low: int) -> bool:
    """Whether the one has to stand above the other: its line would cross that. Of one day, the first stands above."""
    one, other = spans[high], spans[low]
    if one.x == other.x:
        return high < low
    crosses = other.left - GAP < one.x < other.right if other.ends else other.left < one.x < other.right + GAP
    faces = one.ends and not other.ends and other.x < one.x and not is_free([other], one)
    return crosses or faces


def fewest(spans: Sequence[Span]) -> list[int]:
    """Each on the highest lane that is free where it stands."""
    taken: list[list[Span]] = []
    lanes = []
    for one in spans:
        lane = next((number for number, others in enumerate(taken) if is_free(others, one)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(one)
        lanes.append(lane)
    return lanes


def is_free(others: Sequence[Span], one: Span) -> bool:
    return all(one.right + GAP <= other.left or other.right + GAP <= one.left for other in others)


def head_of(event: Event) -> str:
    return f"{event.day.day} {event.day:%b}, {WORDS[event.kind]}"


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
