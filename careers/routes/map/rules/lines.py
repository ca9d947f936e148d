"""The career map as plain data: stations and moves in, lines with their stations in order out.

A line is a track. It stops at the roles of that track and at both ends of its promotions, in the order of levels. One
line, the trunk, is drawn straight; the others have a lane of their own beside it and come to its stations where they
stop there. Beside its first station the trunk has feeders: entry roles that join it. A promotion from a feeder to
another line is ridden on the trunk as far as a station where that line stops too, so the line needs no stop of its own
at the feeder; without such a station it has one. `metro_horizontal` and `metro_vertical` draw the same lines.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

PROMOTION, LATERAL = "promotion", "lateral"
MOST_STATIONS = 40  # beyond it nobody finds anything: the page shows a neighbourhood
MOST_FEEDER_LANES = 8


@dataclass(frozen=True)
class Station:
    """`plates` are what stands beside the name, any of "here", "target", "saved"."""

    key: str
    name: str
    url: str
    track: str
    level: int
    position: int = 0
    plates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    start: str
    end: str
    kind: str
    track: str


@dataclass(frozen=True)
class LineNetwork:
    """`tracks` is the order in which equal lines are drawn, `trunk` the straight one where it has a station.

    `levels` names levels, as (level, name).
    """

    stations: tuple[Station, ...]
    moves: tuple[Move, ...]
    tracks: tuple[str, ...]
    trunk: str
    levels: tuple[tuple[int, str], ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Station]:
        return {station.key: station for station in self.stations}

    @cached_property
    def known_moves(self) -> tuple[Move, ...]:
        """Moves between two different stations of this network; ways out and ends that are gone fall away."""
        known = self.by_key
        return tuple(
            move for move in self.moves if move.start in known and move.end in known and move.start != move.end
        )

    def marked(self, plates: Mapping[str, tuple[str, ...]]) -> "LineNetwork":
        """The same with plates at the stations of these keys."""
        return replace(self, stations=tuple(replace(s, plates=plates.get(s.key, ())) for s in self.stations))

    def only(self, keys: Collection[str]) -> "LineNetwork":
        return replace(self, stations=tuple(station for station in self.stations if station.key in keys))


def firsts(network: LineNetwork) -> LineNetwork:
    """The first station of each track at each level: the same lines with less on them."""
    first: dict[tuple[str, int], str] = {}
    for station in sorted(network.stations, key=lambda s: (s.position, s.name.casefold(), s.key)):
        first.setdefault((station.track, station.level), station.key)
    return network.only(set(first.values()))


def neighbourhood(network: LineNetwork, centre: str, *, most: int = MOST_STATIONS) -> LineNetwork:
    """The station `centre` with what leads there and what comes next; the nearest levels first where it is too much."""
    if centre not in network.by_key:
        return network.only(())
    middle = network.by_key[centre]
    beside = {move.end for move in network.known_moves if move.start == centre}
    beside |= {move.start for move in network.known_moves if move.end == centre}
    nearest = sorted(
        (network.by_key[key] for key in beside), key=lambda s: (abs(s.level - middle.level), s.position, s.name, s.key)
    )
    kept = {centre, *(station.key for station in nearest[: most - 1])}
    around = network.only(kept)
    return replace(around, moves=tuple(move for move in around.known_moves if centre in (move.start, move.end)))


class Lines:
    """Which line stops where, in which order, and on whose lane each station lies.

    `order` is all stations from left to right, `stops` the stations of each line without the feeders, `lane` a
    station's lane: the trunk's where the trunk stops, else that of its own track. `feeders` are entry stations of the
    trunk alone; they lie on lanes "feeder 1", … and join the trunk before its next level.
    """

    def __init__(self, network: LineNetwork) -> None:
        self.network = network
        calling = calling_lines(network)
        self.trunk = self.choose_trunk(calling)
        first = self.first_of_trunk(calling)
        calling = self.without_feeders(calling, first)
        self.at = {key: tuple(t for t in self.known_tracks if key in calling[t]) for key in network.by_key}
        self.feeders = self.find_feeders(first)
        self.order = tuple(
            sorted(network.stations, key=lambda s: (s.level, s.key != first, s.position, s.name.casefold(), s.key))
        )
        self.rank = {station.key: rank for rank, station in enumerate(self.order)}
        self.stops = {
            track: [s.key for s in self.order if s.key in calling[track] and s.key not in self.feeders]
            for track in self.known_tracks
            if calling[track]
        }
        self.lane = {s.key: self.lane_of(s) for s in self.order}
        self.on_lane: dict[str, list[str]] = {}
        for station in self.order:
            self.on_lane.setdefault(self.lane[station.key], []).append(station.key)

    @cached_property
    def known_tracks(self) -> tuple[str, ...]:
        tracks = self.network.tracks
        others = {s.track for s in self.network.stations} | {m.track for m in self.network.known_moves}
        return (*tracks, *sorted(others - set(tracks)))

    def choose_trunk(self, calling: Mapping[str, Collection[str]]) -> str:
        wanted = self.network.trunk
        if calling.get(wanted):
            return wanted
        return max(self.known_tracks, key=lambda track: len(calling[track]), default=wanted)

    def of_trunk(self, calling: Mapping[str, Collection[str]]) -> list[Station]:
        """The stations of the trunk from its lowest level up, at each level those with the most lines first."""
        lines = Counter(key for keys in calling.values() for key in keys)
        return sorted(
            (station for station in self.network.stations if station.key in calling.get(self.trunk, ())),
            key=lambda s: (s.level, -lines[s.key], s.position, s.name.casefold(), s.key),
        )

    def first_of_trunk(self, calling: Mapping[str, Collection[str]]) -> str | None:
        return next((station.key for station in self.of_trunk(calling)), None)

    def without_feeders(self, calling: Mapping[str, set[str]], first: str | None) -> dict[str, set[str]]:
        """The same without stops at feeders from where one rides the trunk and changes on the way."""
        stations = self.of_trunk(calling)
        lowest = stations[0].level if stations else 0
        feeders = {s.key for s in stations if s.level == lowest and s.key != first and s.track == self.trunk}
        level = {s.key: s.level for s in stations if s.level > lowest}
        kept = {track: keys - feeders if track != self.trunk else set(keys) for track, keys in calling.items()}
        for move in self.network.known_moves:
            top = self.network.by_key[move.end].level
            changes = [k for k in calling[move.track] if level.get(k, top + 1) <= top and k != move.end]
            if move.kind == PROMOTION and not changes:
                kept[move.track] |= {move.start, move.end} & calling[move.track]
        return kept

    def find_feeders(self, first: str | None) -> dict[str, str]:
        """The lanes of the trunk's entry stations beside its first, where only the trunk stops."""
        of_trunk = self.of_trunk(
            {track: {k for k, at in self.at.items() if track in at} for track in self.known_tracks}
        )
        if not of_trunk or of_trunk[-1].level == of_trunk[0].level:
            return {}
        others = [s for s in of_trunk if s.level == of_trunk[0].level and s.key != first]
        alone = [s.key for s in others if len(self.at[s.key]) == 1]
        return {key: f"feeder {number % MOST_FEEDER_LANES + 1}" for number, key in enumerate(alone)}

    def lane_of(self, station: Station) -> str:
        if station.key in self.feeders:
            return self.feeders[station.key]
        return self.trunk if self.trunk in self.at[station.key] else station.track

    def between(self, lane: str, start: str, end: str) -> bool:
        """Whether a station of `lane` lies between two others."""
        return any(self.rank[start] < self.rank[key] < self.rank[end] for key in self.on_lane.get(lane, ()))

    def way(self, track: str, start: str, end: str) -> str:
        """The lane along which a line runs between two of its stops, one after the other."""
        lanes = self.lane[start], self.lane[end]
        if track in lanes:
            return track
        # The trunk is where most stations are, so whoever can runs along another lane.
        for lane in sorted(lanes, key=lambda lane: lane == self.trunk):
            if not self.between(lane, start, end):
                return lane
        return track

    def sideways(self, *, joined: bool = False) -> list[tuple[str, str]]:
        """Sideways moves between stations that no line joins, or that one does, each pair once, in order."""
        pairs = {
            (move.start, move.end) if self.rank[move.start] < self.rank[move.end] else (move.end, move.start)
            for move in self.network.known_moves
            if move.kind == LATERAL and bool(set(self.at[move.start]) & set(self.at[move.end])) == joined
        }
        return sorted(pairs, key=lambda pair: (self.rank[pair[0]], self.rank[pair[1]]))

    def names(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        found = self.network.by_key
        ordered = sorted(pairs, key=lambda pair: (self.rank[pair[0]], self.rank[pair[1]]))
        return tuple((found[one].name, found[other].name) for one, other in ordered)


def calling_lines(network: LineNetwork) -> dict[str, set[str]]:
    """The stations of each track: its own roles and both ends of its promotions."""
    calling: dict[str, set[str]] = {track: set() for track in network.tracks}
    for station in network.stations:
        calling.setdefault(station.track, set()).add(station.key)
    for move in network.known_moves:
        calling.setdefault(move.track, set())
        if move.kind == PROMOTION:
            calling[move.track] |= {move.start, move.end}
    return calling
