"""Where everything lies on the wide map: the trunk straight through, other lines on lanes above and below it.

Stations are placed in their order. Where a line changes lanes it climbs by 45°: right after a station where it leaves,
right before one where it arrives. Each thing takes the room that is free (`metro_space`), so no line meets a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from careers.routes.map.rules.heights import Heights, find_heights
from careers.routes.map.rules.lanes import Lanes
from careers.routes.map.rules.lines import Station
from careers.routes.map.rules.names import height_of, rows_of, width_of
from careers.routes.map.rules.picture import APART, MARK
from careers.routes.map.rules.room import AMPLE, Room
from careers.routes.map.rules.shapes import Box, Point
from careers.routes.map.rules.space import SLOPE, Space, SpacePiece, block, slope

RADIUS = 18
MOST_SLOPE = 60  # how high feeders climb by 45°: lower ones would push the next level far away


@dataclass(frozen=True)
class Name:
    """A name's rows and plates, and whether it begins flush with the station instead of standing around it."""

    rows: tuple[str, ...]
    plates: tuple[str, ...]
    flush: bool

    @property
    def height(self) -> float:
        return height_of(self.rows, self.plates)

    @property
    def width(self) -> float:
        return width_of(self.rows, self.plates)

    @property
    def left(self) -> float:
        return -MARK if self.flush else -self.width / 2


class Sketch:
    """One try at a given `air`, the room that is added between things. Heights are counted from the trunk."""

    def __init__(self, lanes: Lanes, *, air: float, is_small: bool = False, room: Room = AMPLE) -> None:
        self.lanes, self.lines, self.air = lanes, lanes.lines, air
        self.room = room
        self.edge = MARK if is_small else room.edge
        self.least_zone = 0 if is_small else room.least_zone
        self.names = {station.key: self.name(station) for station in self.lines.order}
        heights = self.heights()
        self.y, self.label_y = heights.lines, heights.names
        self.space = Space()
        self.x: dict[str, float] = {}
        self.last_station: dict[int, float] = {}
        self.last_turn: dict[int, float] = {}
        self.head: dict[str, float] = {}
        self.turns: dict[str, list[Point]] = {track: [] for track in self.lines.stops}
        self.busy: dict[int, list[float]] = {}
        self.joints: list[list[Point]] = []
        self.borders = [0.0]
        self.place_all()

    @property
    def width(self) -> float:
        return self.borders[-1]

    def row_of(self, key: str) -> int:
        return self.lanes.row_of(key)

    def name(self, station: Station) -> Name:
        lowest = self.lines.order[0].level
        flush = station.level == lowest and self.row_of(station.key) <= 0 and self.is_first(station)
        letters = self.room.trunk_letters if self.row_of(station.key) == 0 and not flush else self.room.letters
        return Name(rows_of(station.name, letters, most_rows=self.room.most_rows), station.plates, flush)

    def is_first(self, station: Station) -> bool:
        row = self.row_of(station.key)
        return next(other.key for other in self.lines.order if self.row_of(other.key) == row) == station.key

    def heights(self) -> Heights:
        tallest: dict[int, float] = {}
        for key, name in self.names.items():
            row = self.row_of(key)
            tallest[row] = max(tallest.get(row, 0), name.height)
        ringed = {self.row_of(key) for key, name in self.names.items() if "target" in name.plates}
        return find_heights(self.lanes, tallest, ringed, self.room)

    def place_all(self) -> None:
        level = self.lines.order[0].level
        for rank, station in enumerate(self.lines.order):
            if station.level != level:
                self.close_zone(level)
                level = station.level
            for track, before in self.neighbours(station.key, arriving=True):
                self.climb(track, self.lanes.ways[track, before, station.key], before, station.key, arriving=True)
            self.place(station)
            for track, after in self.neighbours(station.key, arriving=False):
                self.climb(track, self.lanes.ways[track, station.key, after], station.key, after, arriving=False)
            if self.lines.feeders and rank == self.lanes.feeders_end:
                self.join_feeders()
        self.close_zone(level)

    def close_zone(self, level: int) -> None:
        keys = [station.key for station in self.lines.order if station.level == level]
        if self.room.names_leave:
            ends = [self.x[key] + MARK for key in keys]
            # All names stay within the picture.
            keys = list(self.x) if level == self.lines.order[-1].level else []
        else:
            ends = []
        ends += [self.x[key] + max(MARK, self.names[key].left + self.names[key].width) for key in keys]
        ends += [joint[-3][0] for joint in self.joints[:1] if level == self.lines.order[0].level]
        self.borders.append(ceil(max(*ends, self.borders[-1] + self.least_zone - 14) + 14 + self.air / 3))

    def neighbours(self, key: str, *, arriving: bool) -> list[tuple[str, str]]:
        """(line, its stop before or after); who arrives on the inside comes first, who leaves on the outside."""
        found = []
        for track in self.lines.at[key]:
            stops = pairwise(self.lines.stops.get(track, []))
            found += [(track, a if arriving else b) for a, b in stops if (b if arriving else a) == key]
        order = self.lanes.order
        return sorted(found, key=lambda pair: (order[pair[0]] < 0, abs(order[pair[0]]) * (1 if arriving else -1)))

    def height(self, track: str, lane: str, key: str) -> float:
        """Where a line runs on a lane: in the middle of its own, else as at the station `key` that lies there."""
        y = self.y[self.lanes.row[lane]]
        return y if lane == track and self.lines.lane[key] != lane else y - APART * self.lanes.slot[track, key]

    def climb(self, track: str, way: str, start: str, end: str, *, arriving: bool) -> None:
        """Change lanes: before the station `end`, or else after the station `start`."""
        here = end if arriving else start
        there = start if arriving else end
        if way == self.lines.lane[here]:
            return
        mine = self.height(track, self.lines.lane[here], here)
        its = self.height(track, way, there if self.lines.lane[there] == way else here)
        first, last = (its, mine) if arriving else (mine, its)
        rows = [self.lanes.row[way], self.row_of(here)]
        rows = rows if arriving else rows[::-1]
        self.draw_climb(track, first, last, rows)

    def draw_climb(
        self, track: str, first: float, last: float, rows: list[int], beside: Sequence[SpacePiece] = ()
    ) -> None:
        """From one height to another by 45°; `beside` are pieces that go where the climb begins."""
        if first == last:
            return
        reach = abs(last - first)
        least = max(
            self.last_station.get(rows[0], 0) + self.room.turn,
            self.last_station.get(rows[1], 0) + self.room.turn - reach,
            self.head.get(track, 0) + RADIUS,
        )
        pieces = [slope(first, last), *beside]
        x = ceil(self.space.least(pieces, least))
        self.space.put(pieces, x)
        self.turns[track] += [(x, first), (x + reach, last)]
        self.busy.setdefault(rows[0], []).append(x)
        self.busy.setdefault(rows[1], []).append(x + reach)
        self.head[track] = x + reach
        self.last_turn[rows[0]] = max(self.last_turn.get(rows[0], 0), x)
        self.last_turn[rows[1]] = max(self.last_turn.get(rows[1], 0), x + reach)

    def place(self, station: Station) -> None:
        key, row, name = station.key, self.row_of(station.key), self.names[station.key]
        pieces = [block(-MARK - 8, MARK + 8, self.mark_top(key) - 4, self.mark_bottom(key) + 4)]
        top = self.label_top(key)
        left, right = name.left - self.room.aside, name.left + name.width + self.room.aside
        pieces.append(block(left, right, top - 2, top + name.height + 2))
        within = 0 if self.room.names_leave and self.borders[-1] else 14 - name.left
        first = max(self.borders[-1] + max(self.edge, within), 14 - name.left) + (0 if name.flush else self.air / 3)
        turned = self.last_turn.get(row, -self.room.turn) + self.room.turn
        passed = self.last_station[row] + self.room.apart + self.air if row in self.last_station else 0
        x = ceil(self.space.least(pieces, max(first, turned, passed)))
        self.space.put(pieces, x)
        self.x[key] = self.last_station[row] = x
        self.busy.setdefault(row, []).append(x)
        for track in self.lines.at[key]:
            self.head[track] = max(self.head.get(track, 0), x)
            if key not in self.lines.feeders:
                self.turns[track].append((x, self.height(track, self.lines.lane[key], key)))

    def join_feeders(self) -> None:
        """All feeders share the slope up to the trunk. Those that lie too low for it come straight up to its foot."""
        lanes = sorted(set(self.lines.feeders.values()), key=lambda lane: self.lanes.row[lane])
        lowest = self.lanes.row[lanes[0]]
        foot = min(self.y[lowest], MOST_SLOPE)
        upright = [block(-SLOPE, SLOPE, foot, self.y[lowest] + SLOPE)] if foot < self.y[lowest] else []
        self.head["feeders"] = max(self.last_station.get(self.lanes.row[lane], 0) for lane in lanes)
        self.turns["feeders"] = []
        self.draw_climb("feeders", foot, 0, [lowest, 0], upright)
        (start, _), (end, _) = self.turns.pop("feeders")
        for lane in lanes:
            y = self.y[self.lanes.row[lane]]
            first = min(self.x[key] for key in self.lines.on_lane[lane])
            turns = [(start + foot - y, y)] if y <= foot else [(start, y), (start, foot)]
            self.joints.append([(first, y), *turns, (end, 0), (end + self.room.turn - 2, 0)])

    def mark_top(self, key: str) -> float:
        return self.y[self.row_of(key)] - APART * max(self.slots(key)) - MARK

    def mark_bottom(self, key: str) -> float:
        return self.y[self.row_of(key)] - APART * min(self.slots(key)) + MARK

    def slots(self, key: str) -> list[int]:
        return [self.lanes.slot[track, key] for track in self.lines.at[key]]

    def label_top(self, key: str) -> float:
        row = self.row_of(key)
        return self.label_y[row] - self.names[key].height if row > 0 else self.label_y[row]

    def label(self, key: str) -> Box:
        name = self.names[key]
        return Box(self.x[key] + name.left, self.label_top(key), name.width, name.height)

    def mark(self, key: str) -> Box:
        top = self.mark_top(key)
        return Box(self.x[key] - MARK, top, 2 * MARK, self.mark_bottom(key) - top)

    def runs(self, track: str) -> list[list[Point]]:
        """The corners of a line: its own run, and for the trunk those of its feeders."""
        runs = [self.turns[track], *(self.joints if track == self.lines.trunk else [])]
        return [run for run in runs if len(run) > 1]

    def shift(self, key: str, x: float) -> None:
        """Move a station along its lane."""
        old, row = self.x[key], self.row_of(key)
        self.x[key] = x
        self.busy[row][self.busy[row].index(old)] = x
        for track in self.lines.at[key]:
            y = self.height(track, self.lines.lane[key], key)
            self.turns[track] = [(x, y) if point == (old, y) else point for point in self.turns[track]]
