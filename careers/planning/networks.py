"""The best chains of moves through a network.

A move costs something each time it is made (`Leg.cost`) and may bring things that are paid for once on the whole chain,
however many moves ask for them: a certificate, a proficiency to reach (`Leg.once`). Costs are whole numbers ≥ 0;
`weigh` packs several measures into one, the most important first.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from typing import Generic, TypeVar

Stop = TypeVar("Stop", bound=Hashable)
Item = Hashable
PLACE = 10**9  # a measure stays below it, summed over a whole chain
# The best chain is proven with one. More keep chains apart that reach a stop with the same things paid for.
MOST_AT_ONE_STATE = 20
MOST_TRIED = 5_000  # beyond it a reader has waited long enough for a further alternative


@dataclass(frozen=True)
class Leg(Generic[Stop]):
    """One move. A thing in `once` costs the same on every leg that brings it."""

    start: Stop
    end: Stop
    cost: int
    once: Mapping[Item, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Chain(Generic[Stop]):
    """Stops in order, `start` and `target` included, and the whole cost."""

    stops: tuple[Stop, ...]
    cost: int


class Network(Generic[Stop]):
    """Legs by where they leave. Between two stops in one direction only the first leg is kept."""

    def __init__(self, legs: Iterable[Leg[Stop]]) -> None:
        self.leaving: dict[Stop, dict[Stop, Leg[Stop]]] = {}
        for leg in legs:
            self.leaving.setdefault(leg.start, {}).setdefault(leg.end, leg)

    @cached_property
    def arriving(self) -> list[list[tuple[int, int]]]:
        """For each stop, by its number: where its legs come from, as a number, and what each costs at least."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.number]
        for leg in self.legs():
            found[self.number[leg.end]].append((self.number[leg.start], leg.cost))
        return found

    @cached_property
    def number(self) -> dict[Stop, int]:
        """Each stop's place in the order in which the legs name them, so that equal chains have a stable order."""
        stops = dict.fromkeys(stop for leg in self.legs() for stop in (leg.start, leg.end))
        return {stop: place for place, stop in enumerate(stops)}

    def legs(self) -> Iterable[Leg[Stop]]:
        return (leg for ends in self.leaving.values() for leg in ends.values())

    def reachable(self, start: Stop) -> dict[Stop, int]:
        """Every stop that can be reached, with the fewest moves to it; `start` itself takes none."""
        moves = {start: 0}
        fringe = deque([start])
        while fringe:
            here = fringe.popleft()
            for stop in self.leaving.get(here, {}):
                if stop not in moves:
                    moves[stop] = moves[here] + 1
                    fringe.append(stop)
        return moves


def weigh(*measures: int) -> int:
    """One number that orders as the tuple of `measures` does, and adds up as they do.

    >>> weigh(1, 20) + weigh(0, 5) == weigh(1, 25)
    True
    """
    packed = 0
    for measure in measures:
        packed = packed * PLACE + min(measure, PLACE - 1)
    return packed


def best_chains(network: Network[Stop], start: Stop, target: Stop, *, most: int = 3) -> list[Chain[Stop]]:
    """At most `most` chains from `start` to `target`, cheapest first, none through a stop twice, each with other stops.

    Empty where there is no chain, or where both are one. The first is the cheapest of all. Time: one Dijkstra from the
    target, then a best-first search that its distances guide.
    """
    if start == target:
        return []
    ahead = least_ahead(network, target, until=start)
    if start not in ahead:
        return []
    arrival = surely_paid(network, target)
    number = network.number
    first = sum(arrival.values())
    farthest = ahead[start]
    fringe: list[tuple[int, int, tuple[int, ...], int, tuple[Stop, ...], Mapping[Item, int]]] = [
        (first + ahead[start], ahead[start], (number[start],), first, (start,), arrival)
    ]
    found: dict[frozenset[Stop], Chain[Stop]] = {}
    seen: dict[tuple[Stop, frozenset[Item]], int] = {}
    tried = 0
    while fringe and len(found) < most and (tried < MOST_TRIED or not found):
        tried += 1
        _, _, order, spent, stops, paid = heappop(fringe)
        here = stops[-1]
        if here == target:
            found.setdefault(frozenset(stops), Chain(stops, spent))
            continue
        state = here, frozenset(paid)
        times = seen[state] = seen.get(state, 0) + 1
        if times > (MOST_AT_ONE_STATE if tried < MOST_TRIED else 1):
            continue
        for leg in network.leaving.get(here, {}).values():
            if leg.end in stops:
                continue
            to_go = ahead.get(leg.end, farthest)
            fresh = {item: cost for item, cost in leg.once.items() if item not in paid} if leg.once else None
            now = spent + leg.cost + (sum(fresh.values()) if fresh else 0)
            heappush(
                fringe,
                (
                    now + to_go,
                    to_go,
                    (*order, number[leg.end]),
                    now,
                    (*stops, leg.end),
                    {**paid, **fresh} if fresh else paid,
                ),
            )
    return list(found.values())


def surely_paid(network: Network[Stop], target: Stop) -> dict[Item, int]:
    """What every chain pays: the things that all legs into `target` bring."""
    bundles = [leg.once for leg in network.legs() if leg.end == target]
    shared = set(bundles[0]).intersection(*bundles) if bundles else set()
    return {item: bundles[0][item] for item in shared}


def least_ahead(network: Network[Stop], target: Stop, *, until: Stop) -> dict[Stop, int]:
    """What is still to spend at least, from every stop that is no farther from `target` than `until` is."""
    number, arriving = network.number, network.arriving
    if target not in number:
        return {}
    # Stops are numbers here, and what waits is one number as well, `spent * count + stop`: that halves the time.
    count, first, last = len(number), number[target], number.get(until)
    least, done, fringe = {first: 0}, set[int](), [first]
    limit: int | None = None
    while fringe:
        spent, stop = divmod(heappop(fringe), count)
        if stop in done:
            continue
        if limit is not None and spent > limit:
            break
        done.add(stop)
        if stop == last:
            limit = spent
        for before, cost in arriving[stop]:
            now = spent + cost
            if before not in done and (before not in least or now < least[before]):
                least[before] = now
                heappush(fringe, now * count + before)
    stops = list(number)
    return {stops[stop]: least[stop] for stop in done}


def nearest_reachable(network: Network[Stop], start: Stop, wanted: Collection[Stop], *, most: int) -> list[Stop]:
    """The stops of `wanted` that take the fewest moves from `start`, in the order of `wanted` among equals."""
    moves = network.reachable(start)
    able = [stop for stop in wanted if stop in moves and stop != start]
    return sorted(able, key=lambda stop: moves[stop])[:most]
