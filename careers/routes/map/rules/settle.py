"""The last step of the wide map: stations that have room on their lane move to where they look best.

Best is where a sideways move becomes one straight line of 45°; else the middle of the free stretch.
"""

from collections.abc import Iterator
from itertools import pairwise

from careers.routes.map.rules.shapes import crossed
from careers.routes.map.rules.sketch import Sketch

MARGIN = 8


def place_stations(sketch: Sketch) -> None:
    lines = sketch.lines
    partners: dict[str, list[str]] = {}
    for one, other in lines.sideways():
        partners.setdefault(one, []).append(other)
        partners.setdefault(other, []).append(one)
    # The trunk stays; who moves sideways to it comes first, then who moves to those.
    free = [station.key for station in lines.order if sketch.row_of(station.key) > 0]
    settled = {station.key for station in lines.order} - set(free)
    while free:
        key = max(free, key=lambda key: sum(partner in settled for partner in partners.get(key, ())))
        free.remove(key)
        settle_station(sketch, key, [partner for partner in partners.get(key, ()) if partner in settled])
        settled.add(key)


def settle_station(sketch: Sketch, key: str, partners: list[str]) -> None:
    old, busy = sketch.x[key], sketch.busy[sketch.row_of(key)]
    before, after = [x for x in busy if x < old], [x for x in busy if x > old]
    if not before or not after:
        return
    low, high = max(before) + sketch.room.turn, min(after) - sketch.room.turn
    name = sketch.names[key]
    left, right = next(pair for pair in pairwise(sketch.borders) if pair[0] <= old < pair[1])
    low, high = max(low, left + MARGIN - name.left), min(high, right - MARGIN - name.left - name.width)
    for x in candidates(sketch, key, partners, low, high):
        if low <= x <= high:
            sketch.shift(key, x)
            if is_free(sketch, key):
                return
            sketch.shift(key, old)


def candidates(sketch: Sketch, key: str, partners: list[str], low: float, high: float) -> Iterator[float]:
    y = sketch.y[sketch.row_of(key)]
    for partner in partners:
        reach = abs(sketch.y[sketch.row_of(partner)] - y)
        yield sketch.x[partner] - reach
        yield sketch.x[partner] + reach
    old, middle = sketch.x[key], round((low + high) / 2)
    for share in (1, 0.75, 0.5, 0.25):
        yield round(old + (middle - old) * share)


def is_free(sketch: Sketch, key: str) -> bool:
    """Whether a station's name keeps its distance from all names, stations and lines, and the station from slopes."""
    label, mark = sketch.label(key).grown(MARGIN), sketch.mark(key)
    others = [other for other in sketch.x if other != key]
    if any(label.meets(sketch.label(other)) or label.meets(sketch.mark(other)) for other in others):
        return False
    if any(mark.grown(MARGIN).meets(sketch.label(other)) for other in others):
        return False
    for track in sketch.lines.stops:
        runs = sketch.runs(track)
        if crossed(runs, label) or (track not in sketch.lines.at[key] and crossed(runs, mark.grown(MARGIN / 2))):
            return False
    return True
