"""The wide map: levels from left to right, drawn from a sketch that says where everything lies."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from math import inf

from careers.routes.map.rules.dots import dots_between, pieces
from careers.routes.map.rules.extras import eased, letter_place
from careers.routes.map.rules.lanes import Lanes
from careers.routes.map.rules.lines import LineNetwork, Lines, Station, firsts
from careers.routes.map.rules.names import PLATE_HEIGHT, PLATE_PITCH, PLATE_WORDS, ROW, plate_width
from careers.routes.map.rules.picture import LEAST_SCALE, MARK, Picture, PlacedLine, PlacedStation, Plate, Text, Zone
from careers.routes.map.rules.room import AMPLE, ROOMS
from careers.routes.map.rules.settle import place_stations
from careers.routes.map.rules.shapes import Box, Point, rounded
from careers.routes.map.rules.sketch import RADIUS, Sketch

WIDE = 1134  # the inside of its card where the page holds the wide picture
WIDEST = int(WIDE * LEAST_SCALE * 1.6)  # what is wider than the page scrolls, as far as one still finds one's way
SMALL = 664  # beside the words of the first page: its names are not smaller than 13 px there
HEAD = 76  # where the levels' names stand
LETTER = 13  # the radius of a line's letter
BLEED = 8  # how far the ground of a level goes on above and below the picture
LOOSEST = 120.0
MOST_SKETCHED = 2000  # stations, while an order of lanes is looked for that takes less room


@lru_cache(maxsize=32)  # a person's own map is drawn at each of their visits
def horizontal(
    network: LineNetwork, *, width: float = 0, widest: float = inf, is_small: bool = False
) -> Picture | None:
    """The picture, loosened until it is about `width` wide where there is room.

    None without a station, and where it needs more than `widest`.

    A small one stands beside something: no levels, no sideways moves, no room around it.
    """
    if not network.stations:
        return None
    lanes = Lanes(Lines(network))
    sketch = fitting(lanes, width, is_small=is_small)
    if sketch.width > widest:
        return None
    low, high = 0.0, LOOSEST
    if sketch.width < width:
        for _ in range(7):
            middle = (low + high) / 2
            tried = Sketch(lanes, air=middle, is_small=is_small, room=sketch.room)
            if tried.width > width:
                high = middle
            else:
                low, sketch = middle, tried
    place_stations(sketch)
    return Drawing(sketch, is_small=is_small).picture(max(width, sketch.width))


def fitting(lanes: Lanes, width: float, *, is_small: bool) -> Sketch:
    """The first room with which names do not shrink too far at this width; where none does, the narrowest."""
    tried: list[Sketch] = []
    for room in ROOMS if width else (AMPLE,):
        tried.append(Sketch(lanes, air=0, is_small=is_small, room=room))
        if tried[-1].width <= width * LEAST_SCALE:
            return tried[-1]
    if width:
        slim = slim_lanes(lanes.lines.network.marked({}), width * LEAST_SCALE)
        tried.append(Sketch(Lanes(lanes.lines, slim), air=0, is_small=is_small, room=ROOMS[-1]))
    return min(tried, key=lambda sketch: sketch.width)


@lru_cache(maxsize=8)
def slim_lanes(network: LineNetwork, enough: float) -> tuple[Sequence[str], Sequence[str]]:
    """The order of lanes that takes least room; of those that take no more than `enough`, with the fewest crossings."""
    lines = Lines(network)
    some = islice(Lanes(lines).orders(), MOST_SKETCHED // len(lines.order))

    def cost(order: tuple[Sequence[str], Sequence[str]]) -> tuple[float, int]:
        lanes = Lanes(lines, order)
        return max(Sketch(lanes, air=0, room=ROOMS[-1]).width, enough), lanes.crossings

    return min(some, key=cost)


def small_horizontal(network: LineNetwork, *, widest: float) -> Picture | None:
    """The first stations of each line, from the lowest level to the highest one that still fits.

    Where it then reaches higher, the trunk has no station at levels at which other lines have theirs.
    """
    reduced = firsts(network)
    tried = [rising(reduced, widest), rising(roomier(reduced), widest)]
    return max(filter(None, tried), key=lambda one: (one.stations[-1].level, len(one.stations)), default=None)


def rising(network: LineNetwork, widest: float) -> Picture | None:
    picture = None
    for level in sorted({station.level for station in network.stations}):
        lower = network.only({station.key for station in network.stations if station.level <= level})
        more = horizontal(lower, widest=widest, is_small=True)
        if more is None:
            break
        picture = more
    return picture


def roomier(network: LineNetwork) -> LineNetwork:
    trunk = Lines(network).trunk
    lowest = min((station.level for station in network.stations), default=0)
    crowded = {station.level for station in network.stations if station.track != trunk and station.level > lowest}
    return network.only({s.key for s in network.stations if s.track != trunk or s.level not in crowded})


class Drawing:
    """A sketch moved to where the picture begins, with letters and dots."""

    def __init__(self, sketch: Sketch, *, is_small: bool) -> None:
        self.sketch, self.lines, self.is_small = sketch, sketch.lines, is_small
        head, foot = (4, 4) if is_small else (HEAD, AMPLE.edge)
        boxes = [box for key in sketch.x for box in (sketch.label(key), sketch.mark(key))]
        corners = [y for track in self.lines.stops for run in sketch.runs(track) for _, y in run]
        self.raised = head - min([box.y for box in boxes] + [y - MARK for y in corners])
        self.height = max([box.bottom for box in boxes] + [y + MARK for y in corners]) + self.raised + foot

    def picture(self, width: float) -> Picture:
        runs = {track: self.runs(track) for track in self.lines.stops}
        ends = [] if self.is_small else self.lines.sideways()
        stations = eased([self.placed(station) for station in self.lines.order], ends, runs, width)
        lines: list[PlacedLine] = []
        for track, drawn in runs.items():
            others = [run for other, theirs in runs.items() if other != track for run in theirs]
            letters = [line.letter for line in lines if line.letter]
            letter = letter_place(drawn, others, stations, letters, LETTER) if drawn else None
            lines.append(PlacedLine(track, drawn, "".join(rounded(run, RADIUS) for run in drawn), letter))
        places = {station.key: station for station in stations}
        letters = [line.letter for line in lines if line.letter]
        discs = [Box(x, y, 0, 0).grown(LETTER + 2) for x, y in letters]
        taken: list[Sequence[Point]] = [run for line in lines for run in line.runs]
        found: dict[tuple[str, str], list[Point]] = {}
        for one, other in ends:
            way = dots_between(places[one], places[other], stations, pieces(taken), discs, self.height)
            found[one, other] = way
            taken.append(way)  # two moves never share their dots
        without = [pair for pair in ends if not found[pair]]
        return Picture(
            width=width,
            height=self.height,
            zones=self.zones(width),
            lines=tuple(lines),
            stations=stations,
            sideways=tuple(rounded(way, RADIUS) for way in found.values() if way),
            leaders=(),
            letter_radius=LETTER,
            undotted=() if self.is_small else self.lines.names([*without, *self.lines.sideways(joined=True)]),
        )

    def runs(self, track: str) -> tuple[tuple[Point, ...], ...]:
        return tuple(tuple((x, y + self.raised) for x, y in run) for run in self.sketch.runs(track))

    def zones(self, width: float) -> tuple[Zone, ...]:
        levels = [] if self.is_small else sorted({station.level for station in self.lines.order})
        borders, names = [*self.sketch.borders[:-1], width], dict(self.lines.network.levels)
        return tuple(
            Zone(
                level=level,
                name=names.get(level, ""),
                box=Box(left, 0, right - left, self.height),
                ground=Box(left, -BLEED, right - left, self.height + 2 * BLEED),
                text_x=left + 18,
                is_sunken=bool(number % 2),
            )
            for number, (level, left, right) in enumerate(zip(levels, borders, borders[1:], strict=False))
        )

    def placed(self, station: Station) -> PlacedStation:
        sketch, key, name = self.sketch, station.key, self.sketch.names[station.key]
        x, row = sketch.x[key], sketch.row_of(key)
        label, mark = sketch.label(key).moved(0, self.raised), sketch.mark(key).moved(0, self.raised)
        below = row <= 0
        first_row = label.y if below else label.bottom - ROW * len(name.rows)
        text_x = label.x if name.flush else x
        rows = tuple(Text(words, text_x, first_row + 15 + ROW * number) for number, words in enumerate(name.rows))
        plates, y = [], label.y + (ROW * len(name.rows) + 4 if below else 0)
        for kind in name.plates:
            wide = plate_width(kind)
            left = label.x if name.flush else x - wide / 2
            plates.append(Plate(kind, PLATE_WORDS[kind], Box(left, y, wide, PLATE_HEIGHT)))
            y += PLATE_PITCH
        return PlacedStation(
            key=key,
            name=station.name,
            url=station.url,
            level=station.level,
            x=x,
            y=sketch.y[row] + self.raised,
            marks=(mark,),
            links=(),
            label=label,
            anchor="start" if name.flush else "middle",
            rows=rows,
            plates=tuple(plates),
        )
