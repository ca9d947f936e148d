"""Where lines run beside each other: the order of lanes with the fewest crossings, and slots within a lane."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise, permutations, product

from careers.routes.map.rules.lines import Lines

Order = dict[str, int]


class Lanes:
    """Lanes and slots of lines.

    `order` counts outwards from the trunk (0): positive lanes lie above it, negative ones below. `row` is the same for
    what is drawn, where lanes that never meet share a row; feeders have rows below. `slot` is how many lines lie
    between a line and the middle of a station's lane; it is positive above the middle.
    """

    def __init__(self, lines: Lines, arranged: tuple[Sequence[str], Sequence[str]] | None = None) -> None:
        """`arranged` are the lines above and below the trunk, outwards from it, for another order than the best."""
        self.lines = lines
        self.ways = {
            (track, start, end): lines.way(track, start, end)
            for track, stops in lines.stops.items()
            for start, end in pairwise(stops)
        }
        above, below = arranged or map(self.arranged, self.sides())
        self.order: Order = {lines.trunk: 0}
        self.order |= {track: number for number, track in enumerate(above, start=1)}
        self.order |= {track: -number for number, track in enumerate(below, start=1)}
        self.slot = self.find_slots()
        self.row = self.find_rows()

    def orders(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """Every order of the lines above and below the trunk."""
        above, below = self.sides()
        return product(permutations(above), permutations(below))

    @property
    def crossings(self) -> int:
        heights = [self.heights(track, self.order) for track in self.order if track in self.lines.stops]
        return sum(count_crossings(one, other) for one, other in combinations(heights, 2))

    def row_of(self, key: str) -> int:
        return self.row[self.lines.lane[key]]

    def sides(self) -> tuple[list[str], list[str]]:
        """Lines fan out above the trunk. Of those that only begin where it ends, every second leaves downwards."""
        lines, above, below, leavers = self.lines, list[str](), list[str](), 0
        level = {station.key: station.level for station in lines.order}
        top = max((level[key] for key in lines.stops.get(lines.trunk, ())), default=0)
        for track in lines.stops:
            if track == lines.trunk:
                continue
            own = [level[key] for key in lines.on_lane.get(track, ())]
            leaves = bool(own) and min(own) >= top
            leavers += leaves
            (below if leaves and leavers % 2 == 0 else above).append(track)
        return above, below

    def arranged(self, tracks: Sequence[str]) -> Sequence[str]:
        """The order, from the trunk outwards, in which lines cross least; of equal ones the given order."""

        def crossings(candidate: Sequence[str]) -> int:
            order = {self.lines.trunk: 0, **{track: number for number, track in enumerate(candidate, start=1)}}
            heights = [self.heights(track, order) for track in candidate]
            return sum(count_crossings(one, other) for one, other in combinations(heights, 2))

        # Seven lines and more do not exist; should they, the given order is a sound one.
        return min(permutations(tracks), key=crossings) if len(tracks) <= 6 else tracks

    def heights(self, track: str, order: Mapping[str, int]) -> dict[int, tuple[int, int]]:
        """For each gap between two ranks the lane on which the line lies there, and its own place to break ties."""
        found = {}
        for start, end in pairwise(self.lines.stops[track]):
            lane = order.get(self.ways[track, start, end], 0)
            for gap in range(self.lines.rank[start], self.lines.rank[end]):
                found[gap] = (lane, order[track])
        return found

    def find_slots(self) -> dict[tuple[str, str], int]:
        """(track, station) → slot. Along a stretch with several stops a line keeps its slot."""
        slots: dict[tuple[str, str], int] = {}
        for outwards in (1, -1):
            for track in sorted(self.order, key=lambda track: self.order[track] * outwards):
                for stretch in self.stretches(track):
                    owner = self.order.get(self.lines.lane[stretch[0]], 0)
                    if (self.order[track] - owner) * outwards <= 0:
                        continue
                    taken = [abs(slots[other, key]) for key in stretch for other in self.lines.at[key]
                             if (self.order[other] - owner) * outwards > 0 and (other, key) in slots]  # fmt: skip
                    slots |= {(track, key): outwards * (1 + max(taken, default=0)) for key in stretch}
        for key, tracks in self.lines.at.items():
            for track in tracks:
                slots.setdefault((track, key), 0)
        return slots

    def stretches(self, track: str) -> list[list[str]]:
        """The line's stops, parted where it changes lanes."""
        found: list[list[str]] = []
        lane = self.lines.lane
        for key in self.lines.stops[track]:
            last = found[-1][-1] if found else None
            if last is not None and lane[last] == lane[key] == self.ways[track, last, key]:
                found[-1].append(key)
            else:
                found.append([key])
        return found

    def needs_lane(self, track: str) -> bool:
        own = self.lines.on_lane.get(track)
        return bool(own) or any(way == track for (line, _, _), way in self.ways.items() if line == track)

    def find_rows(self) -> Order:
        rows = {self.lines.trunk: 0}
        for lane in self.lines.feeders.values():
            rows[lane] = -int(lane.rpartition(" ")[2])
        for side in (1, -1):
            tracks = [t for t in self.order if self.order[t] * side > 0 and self.needs_lane(t)]
            placed: list[tuple[int, int, int]] = [
                (0, self.feeders_end, -row) for row in rows.values() if row * side > 0
            ]
            for track in sorted(tracks, key=lambda track: abs(self.order[track])):
                first, last = self.span(track)
                number = 1 + max((row for start, end, row in placed if start < last and first < end), default=0)
                placed.append((first, last, number))
                rows[track] = side * number
        return rows

    @property
    def feeders_end(self) -> int:
        """The rank of the last station at the level of the feeders, −1 without any."""
        order, feeders = self.lines.order, self.lines.feeders
        level = next((station.level for station in order if station.key in feeders), None)
        return max((rank for rank, station in enumerate(order) if station.level == level), default=-1)

    def span(self, track: str) -> tuple[int, int]:
        """The ranks between which something lies on a line's own lane: from the stop before it to the stop after it."""
        rank = self.lines.rank
        ranks = [rank[key] for key in self.lines.on_lane.get(track, ())]
        for (_, start, end), way in self.ways.items():
            if way == track or track in (self.lines.lane[start], self.lines.lane[end]):
                ranks += [rank[start], rank[end]]
        return min(ranks), max(ranks)


def count_crossings(one: Mapping[int, tuple[int, int]], other: Mapping[int, tuple[int, int]]) -> int:
    """How often two lines change sides where both run."""
    above = [one[gap] > other[gap] for gap in sorted(one.keys() & other.keys())]
    return sum(before != after for before, after in pairwise(above))
