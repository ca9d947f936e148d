"""The narrow map: levels from top to bottom, lanes on the left, all names in one column on the right.

Every line runs straight down its lane. A lane is used again by a line that begins where another one has ended.
"""

from functools import lru_cache
from itertools import count, groupby, pairwise, permutations

from careers.planning.metro import Lines, Network, Station
from careers.planning.metro_names import (
    LETTER,
    PLATE_HEIGHT,
    PLATE_PITCH,
    PLATE_WORDS,
    ROW,
    height_of,
    plate_width,
    rows_within,
)
from careers.planning.metro_picture import MARK, Picture, PlacedLine, PlacedStation, Plate, Text, Zone
from careers.planning.metro_shapes import Box, Point, rounded

WIDTH = 328  # a phone of 360: text keeps its size
RADIUS = 10
LANE = 19
GUTTER = 7  # where sideways moves run
FEEDERS = 22
TRUNK = 44
LABEL_GAP = 14
HEAD = 38  # a zone's name and the room above its first station
PITCH = 52  # a station's least height: room for a finger, and for a line's letter below it
FOOT = 10
LETTER_DOWN = 27
LETTER_RADIUS = 9
BLEED = 600  # the panel around it may be as wide as a tablet


@lru_cache(maxsize=32)
def vertical(network: Network) -> Picture | None:
    """The picture; None without a station."""
    return Column(Lines(network)).picture() if network.stations else None


class Column:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.ends = {track: (lines.rank[stops[0]], lines.rank[stops[-1]]) for track, stops in lines.stops.items()}
        self.column = self.choose_columns()
        self.label_x = self.x_of(max(self.column.values())) + MARK + LABEL_GAP
        self.rows = {s.key: rows_within(s.name, WIDTH - self.label_x - 2) for s in lines.order}
        self.y: dict[str, float] = {}
        self.zones: list[Zone] = []
        self.height = self.place()

    def x_of(self, column: int) -> float:
        return TRUNK + LANE * column if self.lines.feeders else FEEDERS + LANE * column

    def choose_columns(self) -> dict[str, int]:
        """The trunk first; of the orders of the others the one in which fewest lines pass through a foreign pill."""
        others = [track for track in self.lines.stops if track != self.lines.trunk]
        orders = permutations(others) if len(others) <= 6 else iter([tuple(others)])
        return min((self.packed(order) for order in orders), key=self.passed)

    def packed(self, order: tuple[str, ...]) -> dict[str, int]:
        used: dict[int, list[tuple[int, int]]] = {}
        columns: dict[str, int] = {}
        for track in (self.lines.trunk, *order):
            first, last = self.ends[track]
            column = 0
            while any(
                (start < last and first < end) or (start, end) == (first, last) for start, end in used.get(column, ())
            ):
                column += 1
            used.setdefault(column, []).append((first, last))
            columns[track] = column
        return columns

    def passed(self, columns: dict[str, int]) -> tuple[int, int]:
        """Foreign lines within pills, then how wide it gets."""
        within = 0
        for key, tracks in self.lines.at.items():
            if key not in self.lines.feeders:
                own = {columns[track] for track in tracks}
                within += sum(min(own) < column < max(own) for column in self.foreign(key, columns))
        return within, max(columns.values())

    def foreign(self, key: str, columns: dict[str, int]) -> set[int]:
        """Columns in which a line passes this station without a stop."""
        rank, at = self.lines.rank[key], self.lines.at[key]
        passing = (t for t, (first, last) in self.ends.items() if t not in at and first < rank < last)
        return {columns[track] for track in passing}

    def place(self) -> float:
        names, y = dict(self.lines.network.levels), 0.0
        for number, (level, stations) in enumerate(groupby(self.lines.order, key=lambda station: station.level)):
            top = y
            name = names.get(level, "")
            is_stacked = (len(name) + 8) * LETTER > WIDTH - self.label_x
            y += HEAD + (ROW if is_stacked else 0)
            for station in stations:
                free = PITCH - self.label_height(station)
                above = max(free / 2, 7)
                self.y[station.key] = y + above + ROW * len(self.rows[station.key]) / 2
                y += above + self.label_height(station) + above
            y += FOOT
            self.zones.append(
                Zone(
                    level=level,
                    name=name,
                    box=Box(0, top, WIDTH, y - top),
                    ground=Box(-BLEED, top, WIDTH + 2 * BLEED, y - top),
                    text_x=self.label_x,
                    is_sunken=bool(number % 2),
                    is_stacked=is_stacked,
                )
            )
        return y

    def label_height(self, station: Station) -> float:
        return height_of(self.rows[station.key], station.plates)

    def picture(self) -> Picture:
        stations = tuple(self.placed(station) for station in self.lines.order)
        lines = tuple(self.line(track) for track in self.lines.stops)
        leaders = tuple(
            ((station.marks[-1].right, station.y), (self.label_x - 5, station.y))
            for station in stations
            if self.label_x - station.marks[-1].right > 3 * LABEL_GAP / 2
        )
        dots = self.sideways(stations)
        return Picture(WIDTH, self.height, tuple(self.zones), lines, stations, dots, leaders, LETTER_RADIUS)

    def line(self, track: str) -> PlacedLine:
        stops, x = self.lines.stops[track], self.x_of(self.column[track])
        main: tuple[Point, ...] = ((x, self.y[stops[0]]), (x, self.y[stops[-1]]))
        runs = [main] if len(stops) > 1 else []
        if track == self.lines.trunk and self.lines.feeders:
            runs.append(self.feeder_run(x))
        letter = (x, self.y[stops[0]] + LETTER_DOWN) if len(stops) > 1 else None
        return PlacedLine(track, tuple(runs), "".join(rounded(run, RADIUS) for run in runs), letter)

    def feeder_run(self, x: float) -> tuple[Point, ...]:
        """Down past all feeders, then over to the trunk within the foot of their level."""
        ys = sorted(self.y[key] for key in self.lines.feeders)
        turn = ys[-1] + MARK + 2
        return ((FEEDERS, ys[0]), (FEEDERS, turn), (x, turn + x - FEEDERS), (x, turn + x - FEEDERS + 2))

    def columns_at(self, key: str) -> list[int]:
        return sorted({self.column[track] for track in self.lines.at[key]})

    def marks(self, key: str) -> tuple[Box, ...]:
        """One box for each group of columns that no foreign line parts."""
        y = self.y[key]
        if key in self.lines.feeders:
            return (Box(FEEDERS - MARK, y - MARK, 2 * MARK, 2 * MARK),)
        foreign, groups = self.foreign(key, self.column), list[list[int]]()
        for column in self.columns_at(key):
            if groups and not any(groups[-1][-1] < other < column for other in foreign):
                groups[-1].append(column)
            else:
                groups.append([column])
        return tuple(
            Box(self.x_of(group[0]) - MARK, y - MARK, LANE * (group[-1] - group[0]) + 2 * MARK, 2 * MARK)
            for group in groups
        )

    def placed(self, station: Station) -> PlacedStation:
        key, y, names = station.key, self.y[station.key], self.rows[station.key]
        marks = self.marks(key)
        links = tuple(Box(one.right - 2, y - 2, other.x - one.right + 4, 4) for one, other in pairwise(marks))
        top = y - ROW * len(names) / 2
        label = Box(self.label_x, top, WIDTH - self.label_x, self.label_height(station))
        rows = tuple(Text(name, self.label_x, top + 15 + ROW * number) for number, name in enumerate(names))
        under = top + ROW * len(names) + 4
        plates = tuple(
            Plate(kind, PLATE_WORDS[kind], Box(self.label_x, y, plate_width(kind), PLATE_HEIGHT))
            for kind, y in zip(station.plates, count(under, PLATE_PITCH), strict=False)
        )
        x = marks[0].x + MARK
        return PlacedStation(
            key, station.name, station.url, station.level, x, y, marks, links, label, "start", rows, plates
        )

    def sideways(self, stations: tuple[PlacedStation, ...]) -> tuple[str, ...]:
        """Each goes out to the left edge, down and back in, below the lines that it passes."""
        places = {station.key: station for station in stations}
        found = []
        for start, end in self.lines.sideways():
            one, other = places[start], places[end]
            found.append(rounded([(one.x, one.y), (GUTTER, one.y), (GUTTER, other.y), (other.x, other.y)], RADIUS))
        return tuple(found)
