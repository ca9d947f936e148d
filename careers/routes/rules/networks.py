"""A network of moves, and what a move costs.

A move costs something each time it is made (`Leg.cost`) and may bring things that are paid for once on a whole chain of
moves, however many of them ask for it: a certificate, a proficiency to reach (`Leg.once`). Costs are whole numbers ≥ 0;
`weigh` packs several measures into one, the most important first.
"""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

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


def nearest_reachable(network: Network[Stop], start: Stop, wanted: Collection[Stop], *, most: int) -> list[Stop]:
    """The stops of `wanted` that take the fewest moves from `start`, in the order of `wanted` among equals."""
    moves = network.reachable(start)
    able = [stop for stop in wanted if stop in moves and stop != start]
    return sorted(able, key=lambda stop: moves[stop])[:most]
