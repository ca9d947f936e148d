"""Fitted into a map when lines and names have their places: the lines' letters, and names that make room for dots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import hypot

from careers.routes.map.rules.dots import Runs, around, near, pieces, straight_ways
from careers.routes.map.rules.picture import LINE, MARK, PlacedStation, Text
from careers.routes.map.rules.shapes import Box, Point, crossed, distance, towards

STEP = 5  # between the points that are tried
PART = 16
CLEAR = 4


def letter_place(
    runs: Sequence[Sequence[Point]],
    others: Sequence[Sequence[Point]],
    stations: Sequence[PlacedStation],
    letters: Sequence[Point],
    radius: float,
) -> Point:
    """The middle of the first long free stretch of a line, for a disc of `radius`; the freest place where none is."""
    boxes = [box for station in stations for box in (station.label, *station.marks)]
    lines = pieces(others)
    samples = [point for run in runs for point in along(run, 1.5 * radius)]
    rooms: list[float] = []
    stretches: list[list[Point]] = [[]]
    for some in parts(samples):
        # No more room counts than three radii, so nothing farther away than four does.
        area = around(some).grown(4 * radius + LINE)
        close_boxes, close_lines = [box for box in boxes if box.meets(area)], near(lines, area)
        for point in some:
            to_lines = [from_piece(point, *piece) - LINE / 2 - CLEAR for piece in close_lines]
            to_boxes = [from_box(point, box) - 2 for box in close_boxes]
            to_letters = [distance(point, other) - radius - CLEAR for other in letters]
            rooms.append(min([*to_lines, *to_boxes, *to_letters, 3 * radius]) - radius)
            if rooms[-1] >= 0:
                stretches[-1].append(point)
            elif len(stretches[-1]) * STEP >= 3 * radius:
                return middle(stretches[-1])
            elif stretches[-1]:
                stretches.append([])
    best = max(stretches, key=lambda stretch: (len(stretch) * STEP >= 3 * radius, len(stretch)))
    return middle(best) if best else samples[rooms.index(max(rooms))]


def middle(stretch: Sequence[Point]) -> Point:
    return stretch[len(stretch) // 2]


def parts(points: Sequence[Point]) -> Iterable[Sequence[Point]]:
    """The points in parts so short that little lies near each."""
    return (points[start : start + PART] for start in range(0, len(points), PART))


def along(run: Sequence[Point], margin: float = 0) -> Iterable[Point]:
    """Points on a run, away from its corners where a piece is long enough."""
    for start, end in pairwise(run):
        length = distance(start, end)
        first = min(margin, length / 3)
        for number in range(int((length - 2 * first) // STEP) + 1):
            yield towards(start, end, first + number * STEP)


def from_piece(point: Point, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    squared = across * across + down * down
    if not squared:
        return distance(point, start)
    share = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / squared
    share = min(1.0, max(0.0, share))
    return distance(point, (start[0] + share * across, start[1] + share * down))


def from_box(point: Point, box: Box) -> float:
    across = max(box.x - point[0], 0, point[0] - box.right)
    down = max(box.y - point[1], 0, point[1] - box.bottom)
    return hypot(across, down)


def names_met(run: Sequence[Point], stations: Sequence[PlacedStation]) -> int:
    return sum(crossed([run], station.label) for station in stations)


def eased(
    stations: Sequence[PlacedStation], sideways: Sequence[tuple[str, str]], lines: Mapping[str, Runs], width: float
) -> tuple[PlacedStation, ...]:
    """The stations, where a name stands in the way of its own dots moved aside if there is room."""
    places = {station.key: station for station in stations}
    for ends in sideways:
        for key in ends:
            one, other = places[ends[0]], places[ends[1]]
            ways = straight_ways((one.x, one.y), (other.x, other.y))
            if min(names_met(way, list(places.values())) for way in ways):
                others = [station for station in places.values() if station.key != key]
                tries = [aside(places[key], side) for side in (-1, 1)]
                tries = [moved for moved in tries if moved.label.x >= 0 and moved.label.right <= width]
                for moved in tries:
                    if is_clear(moved, others, lines) and not min(names_met(way, [moved, *others]) for way in ways):
                        places[key] = moved
                        break
    return tuple(places.values())


def aside(station: PlacedStation, side: int) -> PlacedStation:
    """The name to the left (−1) or right of its station, flush with it."""
    if station.anchor != "middle":
        return station
    shift = side * (station.label.width / 2 - MARK)
    return replace(
        station,
        label=station.label.moved(shift, 0),
        rows=tuple(Text(row.words, row.x + shift, row.y) for row in station.rows),
        plates=tuple(replace(plate, box=plate.box.moved(shift, 0)) for plate in station.plates),
    )


def is_clear(station: PlacedStation, others: Sequence[PlacedStation], lines: Mapping[str, Runs]) -> bool:
    label = station.label.grown(6)
    boxes = [box for other in others for box in (other.label, *other.marks)]
    return not any(label.meets(box) for box in boxes) and not any(crossed(runs, label) for runs in lines.values())
