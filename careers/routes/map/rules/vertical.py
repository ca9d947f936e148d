"""The narrow map: levels from top to bottom, lanes on the left, all names in one column on the right.

Every line runs straight down its lane. A lane is used again by a line that begins where another one has ended.
"""

from functools import lru_cache
from itertools import count, groupby, pairwise, permutations

from careers.routes.map.rules.lines import LineNetwork, Lines, Station
from careers.routes.map.rules.names import (
    LETTER,
    PLATE_HEIGHT,
    PLATE_PITCH,
    PLATE_WORDS,
    ROW,
    height_of,
    plate_width,
    rows_within,
)
from careers.routes.map.rules.picture import MARK, Picture, PlacedLine, PlacedStation, Plate, Text, Zone
from careers.routes.map.rules.shapes import Box, Point, distance, rounded

WIDTH = 328  # a phone of 360: text keeps its size
RADIUS = 10
LANE = 19
TRACKS = (7, 15, 23)  # where sideways moves run, the first one also beside feeders
DOTS_APART = 8  # of sideways moves that leave the same station
EDGE = 10  # right of all names
FEEDERS = 22
TRUNK = 44
LABEL_GAP = 14
HEAD = 38  # a zone's name and the room above its first station
PITCH = 52  # a station's least height: room for a finger, and for a line's letter below it
FOOT = 10
LETTER_DOWN = 27
LETTER_RADIUS = 9
LETTERS_APART = 24
BLEED = 600  # the panel around it may be as wide as a tablet


@lru_cache(maxsize=32)
def vertical(network: LineNetwork) -> Picture | None:
    """The picture; None without a station."""
    return Column(Lines(network)).picture() if network.stations else None


class Column:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.ends = {track: (lines.rank[stops[0]], lines.rank[stops[-1]]) for track, stops in lines.stops.items()}
        self.column = self.choose_columns()
        self.label_x = self.x_of(max(self.column.values())) + MARK + LABEL_GAP
        self.rows = {s.key: rows_within(s.name, WIDTH - self.label_x - EDGE) for s in lines.order}
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
        letters = self.letters()
        lines = tuple(self.line(track, letters.get(track)) for track in self.lines.stops)
        leaders = tuple(
            ((station.marks[-1].right, station.y), (self.label_x - 5, station.y))
            for station in stations
            if self.label_x - station.marks[-1].right > 3 * LABEL_GAP / 2
        )
        tracks = self.dotted_tracks()
        without = [*(pair for pair in self.lines.sideways() if pair not in tracks), *self.lines.sideways(joined=True)]
        return Picture(
            width=WIDTH,
            height=self.height,
            zones=tuple(self.zones),
            lines=lines,
            stations=stations,
            sideways=self.sideways(stations, tracks),
            leaders=leaders,
            letter_radius=LETTER_RADIUS,
            undotted=self.lines.names(without),
        )

    def letters(self) -> dict[str, Point]:
        """Below the first stop of each line that keeps it away from other letters; else below its first."""
        found: dict[str, Point] = {}
        for track, stops in self.lines.stops.items():
            if len(stops) > 1:
                first, last = self.ends[track]
                keys = [station.key for station in self.lines.order[first:last]]
                places = [(self.x_of(self.column[track]), self.y[key] + LETTER_DOWN) for key in keys]
                free = (p for p in places if all(distance(p, other) >= LETTERS_APART for other in found.values()))
                found[track] = next(free, places[0])
        return found

    def line(self, track: str, letter: Point | None) -> PlacedLine:
        stops, x = self.lines.stops[track], self.x_of(self.column[track])
        main: tuple[Point, ...] = ((x, self.y[stops[0]]), (x, self.y[stops[-1]]))
        runs = [main] if len(stops) > 1 else []
        if track == self.lines.trunk and self.lines.feeders:
            runs.append(self.feeder_run(x))
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

    def dotted_tracks(self) -> dict[tuple[str, str], float]:
        """Where each sideways move runs beside the lines; moves side by side have tracks of their own or none."""
        rank, feeders = self.lines.rank, [self.lines.rank[key] for key in self.lines.feeders]
        found: dict[tuple[str, str], float] = {}
        pairs = sorted(self.lines.sideways(), key=lambda pair: rank[pair[1]] - rank[pair[0]], reverse=True)
        for start, end in pairs:
            inner = bool(feeders) and rank[start] > max(feeders)
            taken = {x for (a, b), x in found.items() if rank[a] <= rank[end] and rank[start] <= rank[b]}
            free = [x for x in (TRACKS if inner else TRACKS[:1]) if x not in taken]
            crowded = any(sum(key in pair for pair in found) == 2 for key in (start, end))
            if free and not crowded:
                found[start, end] = free[0]
        return found

    def sideways(self, stations: tuple[PlacedStation, ...], tracks: dict[tuple[str, str], float]) -> tuple[str, ...]:
        """Each goes out to its track, along it and back in, below the lines that it passes."""
        places = {station.key: station for station in stations}
        found = []
        for (start, end), x in tracks.items():
            (one_x, one_y), (other_x, other_y) = (self.exit(places[key], (start, end), tracks) for key in (start, end))
            found.append(rounded([(one_x, one_y), (x, one_y), (x, other_y), (other_x, other_y)], RADIUS))
        return tuple(found)

    def exit(self, station: PlacedStation, pair: tuple[str, str], tracks: dict[tuple[str, str], float]) -> Point:
        """Where dots leave a station: in its middle, or the upper and the lower ones beside it."""
        mine = [other for other in tracks if station.key in other]
        if len(mine) == 1:
            return station.x, station.y
        # The one that comes from farther above enters higher, and of those from one side the outer one farther out.
        mine.sort(key=lambda other: self.outwards(station.key, other, tracks[other]))
        return station.x, station.y + DOTS_APART * (mine.index(pair) - 0.5)

    def outwards(self, key: str, pair: tuple[str, str], x: float) -> tuple[bool, float]:
        leaves = pair[0] == key
        return leaves, x if leaves else -x
