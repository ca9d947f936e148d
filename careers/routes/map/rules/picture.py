"""What a drawn map consists of, in units of the picture; y grows downwards. Shared by both pictures."""

from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from careers.routes.map.rules.names import PLATE_ICONS
from careers.routes.map.rules.shapes import Box, Point

MARK = 11  # half of a station's outer width
MARK_STROKE = 4
APART = 10  # between the middles of lines that run together
LINE = 8
LEAST_SCALE = 15 / 13  # names of 15 are shown with at least 13 px


@dataclass(frozen=True)
class Text:
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Plate:
    """Its box; the words begin at (`text_x`, `text_y`) behind an icon, or have their middle there without one."""

    corner: ClassVar[int] = 6
    icon_size: ClassVar[int] = 16

    kind: str
    words: str
    box: Box

    @property
    def icon(self) -> str:
        return PLATE_ICONS.get(self.kind, "")

    @property
    def icon_x(self) -> float:
        return self.box.x + 6

    @property
    def icon_y(self) -> float:
        return self.box.y + (self.box.height - self.icon_size) / 2

    @property
    def text_x(self) -> float:
        return self.box.x + (24 if self.icon else self.box.width / 2)

    @property
    def text_y(self) -> float:
        return self.box.y + 16.5


@dataclass(frozen=True)
class PlacedStation:
    """`marks` are the outer boxes of its circle or pill, several where a line passes between; `links` join them."""

    here_radius: ClassVar[float] = MARK / 2

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


@dataclass(frozen=True)
class PlacedLine:
    """`runs` are its corners, `path` the same rounded. The letter stands at `letter`, None where no line is drawn."""

    track: str
    runs: tuple[tuple[Point, ...], ...]
    path: str
    letter: Point | None = None


@dataclass(frozen=True)
class Zone:
    """A level. Its `ground` goes beyond its box where the panel around the picture has room.

    Its name and number begin at (`text_x`, `text_y`), where it is stacked the name below the number.
    """

    level: int
    name: str
    box: Box
    text_x: float
    is_sunken: bool
    ground: Box
    is_stacked: bool = True

    @property
    def text_y(self) -> float:
        return self.box.y + (27 if self.is_stacked else 25)

    @property
    def second_y(self) -> float:
        return self.text_y + 18


@dataclass(frozen=True)
class Picture:
    """`sideways` are paths to be dotted, `leaders` hairlines from marks to names.

    `undotted` are the names at both ends of the sideways moves that have no dots of their own.
    """

    width: float
    height: float
    zones: tuple[Zone, ...]
    lines: tuple[PlacedLine, ...]
    stations: tuple[PlacedStation, ...]
    sideways: tuple[str, ...]
    leaders: tuple[tuple[Point, Point], ...]
    letter_radius: float
    undotted: tuple[tuple[str, str], ...] = ()

    @property
    def least_width(self) -> float:
        """In pixels: on less room its names would be smaller than 13 px."""
        return ceil(self.width / LEAST_SCALE)
