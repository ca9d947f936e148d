"""What a drawn map consists of, in units of the picture; y grows downwards. Shared by both pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers.planning.metro_shapes import Box, Point

LETTER = 9  # .6em of 15 px: an estimate that also holds for a wide font
ROW = 19
MARK = 11  # half of a station's outer width
MARK_STROKE = 4
APART = 10  # between the middles of lines that run together
LINE = 8
PLATE_HEIGHT = 26
PLATE_WORDS = {"here": "You are here", "start": "Start here", "target": "Your target", "saved": "Saved"}
PLATE_ICONS = ("target", "saved")
PLATE_LETTER = 8


@dataclass(frozen=True)
class Text:
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Plate:
    """Its box; the words begin at (`text_x`, `text_y`) behind an icon, or have their middle there without one."""

    kind: str
    words: str
    box: Box

    @property
    def has_icon(self) -> bool:
        return self.kind in PLATE_ICONS

    @property
    def icon_x(self) -> float:
        return self.box.x + 6

    @property
    def icon_y(self) -> float:
        return self.box.y + 5

    @property
    def text_x(self) -> float:
        return self.box.x + (24 if self.has_icon else self.box.width / 2)

    @property
    def text_y(self) -> float:
        return self.box.y + 16.5


@dataclass(frozen=True)
class PlacedStation:
    """`marks` are the outer boxes of its circle or pill, several where a line passes between; `links` join them."""

    key: str
    name: str
    url: str
    level: int
    x: float
    y: float
    marks: tuple[Box, ...]
    links: tuple[Box, ...]
    label: Box
    anchor: str
    rows: tuple[Text, ...]
    plates: tuple[Plate, ...]

    @property
    def rings(self) -> tuple[Box, ...]:
        """Where the stroke of each mark runs."""
        return tuple(mark.grown(-MARK_STROKE / 2) for mark in self.marks)

    @property
    def focus_rings(self) -> tuple[Box, ...]:
        return tuple(mark.grown(5) for mark in self.marks)

    @property
    def outer_rings(self) -> tuple[Box, ...]:
        """A second ring around each mark of a target."""
        return tuple(mark.grown(4.5) for mark in self.marks) if "target" in self.kinds else ()

    @property
    def is_here(self) -> bool:
        return "here" in self.kinds or "start" in self.kinds

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(plate.kind for plate in self.plates)

    @property
    def is_interchange(self) -> bool:
        return len(self.marks) > 1 or self.marks[0].width != self.marks[0].height


@dataclass(frozen=True)
class PlacedLine:
    """`runs` are its corners, `path` the same rounded. The letter stands at `letter`, None where no line is drawn."""

    track: str
    runs: tuple[tuple[Point, ...], ...]
    path: str
    letter: Point | None = None


@dataclass(frozen=True)
class Zone:
    """The ground of a level; its number and name begin at `text_x`, below each other where it is stacked."""

    level: int
    name: str
    box: Box
    text_x: float
    is_sunken: bool
    is_stacked: bool = True


@dataclass(frozen=True)
class Picture:
    """`sideways` are paths to be dotted, `leaders` hairlines from marks to names, `letter` the letters' radius."""

    width: float
    height: float
    zones: tuple[Zone, ...]
    lines: tuple[PlacedLine, ...]
    stations: tuple[PlacedStation, ...]
    sideways: tuple[str, ...]
    leaders: tuple[tuple[Point, Point], ...] = ()
    letter: float = 13


def rows_of(name: str, most: int, *, most_rows: int = 0) -> tuple[str, ...]:
    """The name in as few rows as hold `most` letters each, about equally long.

    With `most_rows` it is never more rows, however long they get. A word longer than a row is parted.
    """
    words = name.split() or [""]
    limit = most
    while True:
        rows = filled(words, limit)
        if not most_rows or len(rows) <= most_rows:
            break
        limit += 1
    while limit > 1 and len(filled(words, limit - 1)) == len(rows) and fits(words, limit - 1):
        limit -= 1
    return tuple(filled(words, limit))


def fits(words: Sequence[str], limit: int) -> bool:
    return max(map(len, words)) <= limit


def filled(words: Sequence[str], limit: int) -> list[str]:
    rows = [""]
    for word in words:
        parts = [word[start : start + limit] for start in range(0, len(word), limit)] or [""]
        for number, part in enumerate(parts):
            joined = f"{rows[-1]} {part}" if rows[-1] and not number else part
            if len(joined) <= limit and (not number or not rows[-1]):
                rows[-1] = joined
            else:
                rows.append(part)
    return rows


def width_of(rows: Sequence[str], plates: Sequence[str]) -> float:
    texts = [len(row) * LETTER for row in rows]
    return max([*texts, *(plate_width(kind) for kind in plates)])


def plate_width(kind: str) -> float:
    return len(PLATE_WORDS[kind]) * PLATE_LETTER + (32 if kind in PLATE_ICONS else 16)
