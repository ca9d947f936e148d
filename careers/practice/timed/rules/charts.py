"""The results of one kind as a line over time, as what an SVG draws: along it percent, up and down pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

TOP, FLOOR, HEIGHT = 34, 150, 160
LEFT, RIGHT = 4, 76  # percent: the rest is for the name of the norm
MOST_POINTS = 20
MOST_FIGURES = 8  # points that have their figure beside them; of more only the best and the last


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    figure: str


@dataclass(frozen=True)
class Curve:
    """`lines` lead from each point to the next. `norm_at` is where the norm stands, None where there is none."""

    points: Sequence[Point]
    norm_at: float | None
    height: int = HEIGHT

    @property
    def lines(self) -> list[tuple[Point, Point]]:
        return list(zip(self.points, self.points[1:], strict=False))


def curve_of(values: Sequence[int], *, norm: int | None = None) -> Curve:
    """`values` are the oldest first; the last `MOST_POINTS` are drawn."""
    shown = list(values)[-MOST_POINTS:]
    highest = max([*shown, norm or 0, 1])
    step = (RIGHT - LEFT) / max(1, len(shown) - 1)
    told = set(range(len(shown))) if len(shown) <= MOST_FIGURES else {shown.index(max(shown)), len(shown) - 1}
    points = [
        Point(round(LEFT + place * step, 2), height_of(value, highest), f"{value:,}" if place in told else "")
        for place, value in enumerate(shown)
    ]
    return Curve(points, None if norm is None else height_of(norm, highest))


def height_of(value: int, highest: int) -> float:
    return round(FLOOR - value * (FLOOR - TOP) / highest, 1)
