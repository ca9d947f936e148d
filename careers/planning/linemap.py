"""A small map of lines for the home page: the trunk runs straight through its levels, the other lines leave it by 45°.

Everything is counted in units of the picture; y grows downwards. Places are chosen so that nothing crosses and no name
lies on a line: lines of the middle levels fan out above the trunk and bear their names to the right, the trunk bears
its names below, and of the lines to the last level one goes up, the next one down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

COLUMN = 150
LANE = 44
LEFT = 24
ROW = 19
TURN = 22
APART = 10  # between the middles of lines that run together
BEND = 8
MARK = 9  # half of a station's width
PLATE = 26  # a plate's height with the room around it
LETTERS_BELOW = 10  # a column's width of them
LETTERS_BESIDE = 19
LETTERS_AT_END = 13  # between the end of the trunk and the edge


@dataclass(frozen=True)
class Station:
    name: str
    url: str
    track: str
    level: int


@dataclass(frozen=True)
class PlacedStation:
    """A station's mark, and its name in rows: `anchor` is SVG's text-anchor at (`label_x`, `label_y`) of the first row.

    Where lines run together the mark is a pill that reaches `above` and `below` its middle.
    """

    name: str
    url: str
    track: str
    x: int
    y: int
    rows: tuple[str, ...]
    label_x: int
    label_y: int
    anchor: str
    above: int = 0
    below: int = 0

    @property
    def mark_top(self) -> int:
        return self.y - self.above - MARK

    @property
    def plate_y(self) -> int:
        """Where a plate under the name begins."""
        return self.label_y + ROW * len(self.rows) - ROW + BEND

    @property
    def mark_height(self) -> int:
        return self.above + self.below + 2 * MARK


@dataclass(frozen=True)
class PlacedLine:
    track: str
    path: str
    letter_x: int
    letter_y: int


@dataclass(frozen=True)
class LineMap:
    width: int
    top: int
    height: int
    lines: tuple[PlacedLine, ...]
    stations: tuple[PlacedStation, ...]


def line_map(stations: Sequence[Station], *, trunk: str) -> LineMap | None:
    """Place one station a level on the trunk and the first one of every other line; None where there is no trunk.

    Another line leaves the trunk's last station below its own first one; with none below it is a lone station. Where
    several roles share a place the first is shown.
    """
    firsts: dict[tuple[str, int], Station] = {}
    for station in stations:
        firsts.setdefault((station.track, station.level), station)
    trunk_stations = sorted((s for s in firsts.values() if s.track == trunk), key=lambda s: s.level)
    if not trunk_stations:
        return None
    branches = sorted((s for s in firsts.values() if is_first_of_branch(s, firsts, trunk)), key=lambda s: s.level)
    last = max(s.level for s in (*trunk_stations, *branches))
    lanes = lanes_for(branches, last)
    leaves = {s.track: last_below(s.level, trunk_stations) for s in branches}
    fans = {level: [lanes[track] for track in leaves if leaves[track] == level] for level in set(leaves.values())}
    placed = [on_trunk(s, fans.get(s.level, []), is_last=s is trunk_stations[-1]) for s in trunk_stations]
    lines = [PlacedLine(trunk, f"M{placed[0].x} 0H{placed[-1].x}", placed[0].x + COLUMN // 2, 0)]
    for branch in branches:
        lane, x, leaves_at = lanes[branch.track], x_of(branch.level), leaves[branch.track]
        if leaves_at is not None:
            turn = x_of(leaves_at) + TURN + APART // 2 * (reach(fans[leaves_at], lane) - abs(lane))
            # Where many lines fan out, the outer ones need more than a column to rise.
            x = max(x, turn + abs(lane) * (LANE - APART) + BEND)
            lines.append(branch_line(branch.track, x_of(leaves_at), turn, x, lane))
        placed.append(on_branch(branch, x, lane, is_last=branch.level == last))
    top = min(station.label_y for station in placed) - ROW - TURN
    bottom = max(placed[0].plate_y + PLATE, *(station.label_y + ROW * len(station.rows) for station in placed))
    width = max(station.x for station in placed) + LEFT
    return LineMap(width, top, bottom - top, tuple(lines), tuple(placed))


def last_below(level: int, stations: Sequence[Station]) -> int | None:
    return max((station.level for station in stations if station.level < level), default=None)


def reach(lanes: Sequence[int], side: int) -> int:
    """How many lines of `lanes` run together on the side of the trunk to which `side` points."""
    return max((abs(lane) for lane in lanes if lane * side > 0), default=0)


def is_first_of_branch(station: Station, firsts: dict[tuple[str, int], Station], trunk: str) -> bool:
    levels = [level for track, level in firsts if track == station.track]
    return station.track != trunk and station.level == min(levels)


def lanes_for(branches: Sequence[Station], last: int) -> dict[str, int]:
    """Lanes above (−) and below (+) the trunk: the middle levels fan out above, the last level takes both sides."""
    lanes: dict[str, int] = {}
    used: dict[int, int] = {}
    for branch in branches:
        number = used.get(branch.level, 0)
        used[branch.level] = number + 1
        both_sides = branch.level == last
        lanes[branch.track] = (number // 2 + 1) * (1 if number % 2 else -1) if both_sides else -(number + 1)
    return lanes


def x_of(level: int) -> int:
    return LEFT + (level - 1) * COLUMN


def on_trunk(station: Station, fan: Sequence[int], *, is_last: bool) -> PlacedStation:
    """The name stands below: flush with the first station, ended before the last, where a line may turn down."""
    x = x_of(station.level)
    anchor, label_x = ("start", x - 9) if station.level == 1 else ("end", x + 9) if is_last else ("middle", x)
    above, below = APART * reach(fan, -1), APART * reach(fan, 1)
    rows, label_y = rows_of(station.name, LETTERS_BELOW), 30 + below
    return PlacedStation(
        station.name, station.url, station.track, x, 0, rows, label_x, label_y, anchor, above=above, below=below
    )


def on_branch(station: Station, x: int, lane: int, *, is_last: bool) -> PlacedStation:
    y = lane * LANE
    rows = rows_of(station.name, LETTERS_AT_END if is_last else LETTERS_BESIDE)
    if not is_last:
        label_y = y + 6 - ROW * (len(rows) - 1) // 2
        return PlacedStation(station.name, station.url, station.track, x, y, rows, x + 18, label_y, "start")
    label_y = y + 30 if lane > 0 else y - 18 - ROW * (len(rows) - 1)
    return PlacedStation(station.name, station.url, station.track, x, y, rows, x + 9, label_y, "end")


def rows_of(name: str, letters: int) -> tuple[str, ...]:
    return tuple(wrap(name, letters, break_long_words=False)) or ("",)


def branch_line(track: str, start: int, turn: int, end: int, lane: int) -> PlacedLine:
    """From beside the trunk at `start` along it to `turn`, by 45° to its lane, and along that to `end`."""
    y, leaves = lane * LANE, lane * APART
    up = turn + abs(y - leaves)
    step = BEND if lane > 0 else -BEND
    path = (
        f"M{start} {leaves}H{turn - BEND}Q{turn} {leaves} {turn + BEND} {leaves + step}"
        f"L{up - BEND} {y - step}Q{up} {y} {up + BEND} {y}H{end}"
    )
    # The letter sits on the slope, where the line is the outermost one.
    height = abs(y) - LANE // 2
    return PlacedLine(track, path, turn + height - abs(leaves), height if lane > 0 else -height)
