"""A network of moves, and what a move costs.

A move costs something each time it is made (`Leg.cost`) and may bring things that are paid for once on a whole chain of
moves, however many of them ask for it: a certificate, a proficiency to reach (`Leg.once`). Costs are whole numbers ≥ 0;
`weigh` packs several measures into one, the most important first.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

Stop = TypeVar("Stop", bound=Hashable)
Item = Hashable
PLACE = 10**9  # a measure stays below it, summed over a whole chain


@dataclass(frozen=True)
class Leg(Generic[Stop]):
    """One move. A thing in `once` costs the same on every leg that brings it."""

    start: Stop
    end: Stop
    cost: int
    once: Mapping[Item, int] = field(default_factory=dict)


class Directed(Protocol):
    """Anything that leads from a stop to a stop."""

    @property
    def start(self) -> Any: ...
    @property
    def end(self) -> Any: ...


Move = TypeVar("Move", bound=Directed)


class Ways(Generic[Stop, Move]):
    """The ways from stop to stop, by which move, whoever travels. Of two moves with the same ends the first counts.

    It never changes, and is kept for many searches.
    """

    def __init__(self, moves: Iterable[Move]) -> None:
        self.leaving: dict[Stop, dict[Stop, Move]] = {}
        for move in moves:
            self.leaving.setdefault(move.start, {}).setdefault(move.end, move)

    def moves(self) -> Iterable[Move]:
        return (move for ends in self.leaving.values() for move in ends.values())

    def between(self, start: Stop, end: Stop) -> Move | None:
        return self.leaving.get(start, {}).get(end)

    @cached_property
    def stops(self) -> list[Stop]:
        """In the order in which the moves name them, so that equal chains have a stable order."""
        return list(dict.fromkeys(stop for move in self.moves() for stop in (move.start, move.end)))

    @cached_property
    def number(self) -> dict[Stop, int]:
        """Each stop's place in that order."""
        return {stop: place for place, stop in enumerate(self.stops)}

    @cached_property
    def arriving(self) -> dict[Stop, list[Move]]:
        found: dict[Stop, list[Move]] = {}
        for move in self.moves():
            found.setdefault(move.end, []).append(move)
        return found

    def after(self, stop: Stop) -> Iterable[Stop]:
        return self.leaving.get(stop, {})

    def before(self, stop: Stop) -> Iterable[Stop]:
        return (move.start for move in self.arriving.get(stop, ()))


class Network(Generic[Stop]):
    """The price of each of some ways for somebody, worked out where a search comes to it: many cost nothing."""

    def __init__(
        self, ways: Ways[Stop, Move], *, cost: Callable[[Move], int], leg: Callable[[Move], Leg[Stop]]
    ) -> None:
        """`cost` is the `Leg.cost` of a move, `leg` all of it."""
        self.ways: Ways[Stop, Any] = ways
        self.cost, self.leg = cost, leg
        self.number = ways.number
        self.costs: dict[int, list[tuple[int, int]]] = {}
        self.legs: dict[Stop, list[Leg[Stop]]] = {}

    def legs_from(self, stop: Stop) -> list[Leg[Stop]]:
        if stop not in self.legs:
            self.legs[stop] = [self.leg(move) for move in self.ways.leaving.get(stop, {}).values()]
        return self.legs[stop]

    def legs_to(self, stop: Stop) -> list[Leg[Stop]]:
        return [self.leg(move) for move in self.ways.arriving.get(stop, ())]

    def costs_to(self, place: int) -> list[tuple[int, int]]:
        """Return where the legs to a stop come from, and the least that each costs. Stops by their numbers."""
        if place not in self.costs:
            moves = self.ways.arriving.get(self.ways.stops[place], ())
            self.costs[place] = [(self.number[move.start], self.cost(move)) for move in moves]
        return self.costs[place]


def network_of(legs: Iterable[Leg[Stop]]) -> Network[Stop]:
    """A network of legs that are the same for everybody."""
    ways: Ways[Stop, Leg[Stop]] = Ways(legs)
    return Network(ways, cost=lambda leg: leg.cost, leg=lambda leg: leg)


def weigh(*measures: int) -> int:
    """One number that orders as the tuple of `measures` does, and adds up as they do.

    >>> weigh(1, 20) + weigh(0, 5) == weigh(1, 25)
    True
    """
    packed = 0
    for measure in measures:
        packed = packed * PLACE + min(measure, PLACE - 1)
    return packed


def fewest_moves(after: Callable[[Stop], Iterable[Stop]], start: Stop) -> Iterable[list[Stop]]:
    """The stops that one move reaches, then those that two do, and so on. `after` says where a stop leads."""
    known, fringe = {start}, [start]
    while fringe:
        fringe = [stop for stop in dict.fromkeys(stop for here in fringe for stop in after(here)) if stop not in known]
        known.update(fringe)
        if fringe:
            yield fringe


def nearest_reachable(
    after: Callable[[Stop], Iterable[Stop]], start: Stop, *, order: Callable[[Stop], Any], most: int
) -> list[Stop]:
    """The stops that take the fewest moves from `start`; of equals those that `order` puts first."""
    found: list[Stop] = []
    for stops in fewest_moves(after, start):
        found += sorted(stops, key=order)
        if len(found) >= most:
            break
    return found[:most]
