"""Boxes, and lines of straight pieces with rounded corners."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def roundest(self) -> float:
        """The radius of corners that makes it a circle or a pill."""
        return min(self.width, self.height) / 2

    def grown(self, by: float) -> "Box":
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, across: float, down: float) -> "Box":
        return Box(self.x + across, self.y + down, self.width, self.height)

    def meets(self, other: "Box") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def rounded(points: Sequence[Point], radius: float) -> str:
    """An SVG path through the points, each corner rounded as far as its two sides allow."""
    corners = without_repeats(points)
    if len(corners) < 2:
        return ""
    path = f"M{figure(corners[0])}"
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        reach = min(radius * bend(before, corner, after), distance(before, corner) / 2, distance(corner, after) / 2)
        path += f"L{figure(towards(corner, before, reach))}Q{figure(corner)} {figure(towards(corner, after, reach))}"
    return f"{path}L{figure(corners[-1])}"


def bend(before: Point, corner: Point, after: Point) -> float:
    """The tangent of half the angle by which a line turns: .41 for 45°, 1 for 90°."""
    one, other = unit(before, corner), unit(corner, after)
    across, along = one[0] * other[1] - one[1] * other[0], one[0] * other[0] + one[1] * other[1]
    return abs(across) / (1 + along) if along > -0.99 else 1.0


def without_repeats(points: Sequence[Point]) -> list[Point]:
    """Only the ends and the corners between them."""
    kept: list[Point] = []
    for point in points:
        if kept and distance(kept[-1], point) < 0.01:
            continue
        if len(kept) > 1 and abs(bend(kept[-2], kept[-1], point)) < 0.001:
            kept.pop()
        kept.append(point)
    return kept


def distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def unit(start: Point, end: Point) -> Point:
    length = distance(start, end) or 1
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def towards(start: Point, end: Point, reach: float) -> Point:
    across, down = unit(start, end)
    return start[0] + across * reach, start[1] + down * reach


def figure(point: Point) -> str:
    return " ".join(f"{round(value, 1):g}" for value in point)


def reaches(start: Point, end: Point, box: Box) -> bool:
    """Whether a straight piece of a line, without its width, enters a box."""
    least, most = 0.0, 1.0
    for first, last, low, high in ((start[0], end[0], box.x, box.right), (start[1], end[1], box.y, box.bottom)):
        if first == last:
            if not low < first < high:
                return False
            continue
        enter, leave = sorted(((low - first) / (last - first), (high - first) / (last - first)))
        least, most = max(least, enter), min(most, leave)
    return least < most


def crossed(runs: Sequence[Sequence[Point]], box: Box) -> bool:
    return any(reaches(start, end, box) for run in runs for start, end in pairwise(run))
