"""Sideways moves on the wide map: dots that begin and end at a station, meet no name and hide under no line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from careers.routes.map.rules.picture import LINE, PlacedStation
from careers.routes.map.rules.shapes import Box, Point, crossed, distance, unit, without_repeats

Runs = Sequence[Sequence[Point]]
Pieces = Sequence[tuple[Box, Point, Point]]  # straight, each with the box around it
CLEAR = 3  # around names
HIDDEN = 16  # so far dots may run where a line runs
HEIGHTS = 14  # between the heights that are tried for a way around
AROUND = 5  # of them on each side


def dots_between(
    start: PlacedStation,
    end: PlacedStation,
    stations: Sequence[PlacedStation],
    lines: Pieces,
    letters: Sequence[Box],
    height: float,
) -> list[Point]:
    """The shortest open way, empty where none is."""
    foreign = [mark.grown(CLEAR) for station in stations if station not in (start, end) for mark in station.marks]
    closed = [*foreign, *letters, *(station.label.grown(CLEAR) for station in stations)]
    ends = (start.x, start.y), (end.x, end.y)
    for ways in (straight_ways(*ends), list(ways_around(*ends))):
        for way in sorted(ways, key=lambda way: (length(way) + 20 * len(way), way)):
            inside = all(0 <= y <= height for _, y in way)
            if inside and not any(crossed([way], box) for box in closed) and not is_hidden(way, lines):
                return way
    return []


def length(run: Sequence[Point]) -> float:
    return sum(distance(one, other) for one, other in pairwise(run))


def is_hidden(run: Sequence[Point], lines: Pieces) -> bool:
    """Whether a piece runs along a line instead of across it."""
    for start, end in pairwise(run):
        across, down = unit(start, end)
        for one, other in near(lines, around((start, end)).grown(LINE)):
            along = [(x - start[0]) * across + (y - start[1]) * down for x, y in (one, other)]
            beside = [(y - start[1]) * across - (x - start[0]) * down for x, y in (one, other)]
            if max(map(abs, beside)) < LINE:
                shared = min(max(along), distance(start, end)) - max(min(along), 0)
                if shared > HIDDEN:
                    return True
    return False


def straight_ways(start: Point, end: Point) -> list[list[Point]]:
    """Ways of at most three straight pieces, each level, upright or by 45°."""
    across, down = end[0] - start[0], end[1] - start[1]
    both = min(abs(across), abs(down))
    slope = (both if across > 0 else -both, both if down > 0 else -both)
    rest = (across - slope[0], down - slope[1])
    ways = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        first = (start[0] + rest[0] * share, start[1] + rest[1] * share)
        ways.append(without_repeats([start, first, (first[0] + slope[0], first[1] + slope[1]), end]))
        first = (start[0] + slope[0] * share, start[1] + slope[1] * share)
        ways.append(without_repeats([start, first, (first[0] + rest[0], first[1] + rest[1]), end]))
    return ways


def ways_around(start: Point, end: Point) -> Iterator[list[Point]]:
    """Ways that go level at another height, and leave for it and come back upright or by 45°."""
    top, bottom = sorted((start[1], end[1]))
    steps = int((bottom - top) // HEIGHTS)
    for number in range(-AROUND, steps + AROUND + 1):
        y = top + HEIGHTS * number
        for leaning, arriving in product((-1, 0, 1), repeat=2):
            first = (start[0] + leaning * abs(y - start[1]), y)
            last = (end[0] + arriving * abs(y - end[1]), y)
            way = without_repeats([start, first, last, end])
            if not turns_back(way):
                yield way


def turns_back(run: Sequence[Point]) -> bool:
    units = [unit(one, other) for one, other in pairwise(run)]
    return any(one[0] * other[0] + one[1] * other[1] < -0.01 for one, other in pairwise(units))


def pieces(runs: Runs) -> Pieces:
    return [(around(piece), *piece) for run in runs for piece in pairwise(run)]


def near(lines: Pieces, area: Box) -> list[tuple[Point, Point]]:
    """The pieces that may enter an area."""
    return [(start, end) for box, start, end in lines if box.meets(area)]


def around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
