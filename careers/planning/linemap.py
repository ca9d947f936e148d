"""A small map of lines for the home page: the trunk runs straight through its levels, the other lines leave it by 45°.

Everything is counted in units of the picture; y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

COLUMN = 132
LANE = 52
LEFT = 30
FEWEST_LABEL_LETTERS = 12


@dataclass(frozen=True)
class Station:
    name: str
    url: str
    track: str
    level: int


@dataclass(frozen=True)
class PlacedStation:
    name_rows: tuple[str, ...]
    url: str
    track: str
    x: int
    y: int
    label_above: bool


@dataclass(frozen=True)
class PlacedLine:
    track: str
    path: str
    letter_x: int
    letter_y: int


@dataclass(frozen=True)
class LineMap:
    width: int
    height: int
    lines: tuple[PlacedLine, ...]
    stations: tuple[PlacedStation, ...]


def line_map(stations: Sequence[Station], *, trunk: str) -> LineMap | None:
    """Place one station a level on the trunk and one on every other line; None where the trunk has no station.

    The other lines leave the trunk's last station below their own first one and take lanes above and below the trunk in
    turn. Where several roles share a place the first is shown; a line with nothing below it is a lone station.
    """
    firsts: dict[tuple[str, int], Station] = {}
    for station in stations:
        firsts.setdefault((station.track, station.level), station)
    trunk_levels = sorted(level for track, level in firsts if track == trunk)
    if not trunk_levels:
        return None
    branches = sorted((s.level, s.track) for s in firsts.values() if s.track != trunk and is_first(s, firsts))
    lanes = lanes_for(branches)
    middle = 1 + max([0, *(-lane for lane in lanes.values())])
    y_of = {trunk: middle * LANE, **{track: (middle + lane) * LANE for track, lane in lanes.items()}}
    drawn = [*((trunk, level) for level in trunk_levels), *((track, level) for level, track in branches)]
    placed = tuple(place(firsts[track, level], y_of[track], above=lanes.get(track, 1) < 0) for track, level in drawn)
    lines = [straight(trunk, trunk_levels, y_of[trunk])]
    for level, track in branches:
        leaves_at = max((trunk_level for trunk_level in trunk_levels if trunk_level < level), default=None)
        if leaves_at is not None:
            lines.append(branch(track, leaves_at, level, y_of[trunk], y_of[track]))
    depth = max(y_of.values()) + LANE
    return LineMap(x_of(max(level for _, level in drawn)) + COLUMN // 2, depth, tuple(lines), placed)


def is_first(station: Station, firsts: dict[tuple[str, int], Station]) -> bool:
    return station.level == min(level for track, level in firsts if track == station.track)


def lanes_for(branches: Sequence[tuple[int, str]]) -> dict[str, int]:
    """Lane of each branch: −1, 1, −2, 2 … counted anew for every level at which branches end."""
    lanes: dict[str, int] = {}
    used: dict[int, int] = {}
    for level, track in branches:
        number = used.get(level, 0)
        lanes[track] = (number // 2 + 1) * (1 if number % 2 else -1)
        used[level] = number + 1
    return lanes


def x_of(level: int) -> int:
    return LEFT + (level - 1) * COLUMN


def place(station: Station, y: int, *, above: bool) -> PlacedStation:
    return PlacedStation(wrap(station.name), station.url, station.track, x_of(station.level), y, above)


def straight(track: str, levels: Sequence[int], y: int) -> PlacedLine:
    start, end = x_of(levels[0]), x_of(levels[-1])
    return PlacedLine(track, f"M{start} {y}H{end}", start + COLUMN // 2, y)


def branch(track: str, leaves_at: int, level: int, trunk_y: int, y: int) -> PlacedLine:
    start, end = x_of(leaves_at), x_of(level)
    rise = abs(y - trunk_y)
    turn = start + 14
    return PlacedLine(
        track,
        f"M{start} {trunk_y}H{turn}L{turn + rise} {y}H{max(end, turn + rise)}",
        turn + rise // 2,
        (trunk_y + y) // 2,
    )


def wrap(name: str) -> tuple[str, ...]:
    """A name in at most two rows of about the same length, parted at a blank."""
    words = name.split()
    if len(name) <= FEWEST_LABEL_LETTERS or len(words) == 1:
        return (name,)
    cuts = [(abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))), cut) for cut in range(1, len(words))]
    cut = min(cuts)[1]
    return (" ".join(words[:cut]), " ".join(words[cut:]))
