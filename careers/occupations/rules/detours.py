"""What to offer between occupations where no route leads, and which routes to show as examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product, takewhile

from careers.occupations.rules.occupations import Place

Neighbours = Mapping[str, Sequence[str]]
MOST_OFFERED = 4
MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Detours:
    """Ends for which there is a route: what the start can `reach`, and what leads to the target (`starts`)."""

    reach: tuple[Place, ...]
    starts: tuple[Place, ...]


def within_reach(neighbours: Neighbours, start: str) -> list[str]:
    """All that can be reached from `start`, the nearest first.

    >>> within_reach({"a": ["b"], "b": ["a", "c"]}, "a")
    ['b', 'c']
    """
    found, queue = {start: None}, [start]
    for code in queue:
        fresh = [near for near in neighbours.get(code, ()) if near not in found]
        found.update(dict.fromkeys(fresh))
        queue += fresh
    return queue[1:]


def detours(start: str, target: str, *, places: Mapping[str, Place], onward: Neighbours, inward: Neighbours) -> Detours:
    """Those most like the end that they stand for come first: codes that begin alike are of one group."""
    reach = sorted(within_reach(onward, start), key=lambda code: -alike(code, target))
    starts = sorted(within_reach(inward, target), key=lambda code: -alike(code, start))
    return Detours(*(tuple(places[code] for code in codes[:MOST_OFFERED]) for codes in (reach, starts)))


def alike(code: str, other: str) -> int:
    """How many characters two codes begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(code, other, strict=False)))


def example_pairs(candidates: Sequence[Place], onward: Neighbours) -> list[tuple[Place, Place]]:
    """Pairs with a route that rises, the longest rise first; nobody stands in two of them.

    >>> clerk, chief = Place("a", "Clerk", 2), Place("b", "Chief", 4)
    >>> [(low.title, high.title) for low, high in example_pairs([chief, clerk], {"a": ["b"]})]
    [('Clerk', 'Chief')]
    """
    known = [(place, place.zone) for place in candidates if place.zone]
    rises = [(high - low, start, end) for (start, low), (end, high) in product(known, known) if high > low]
    reach: dict[str, set[str]] = {}
    pairs, taken = list[tuple[Place, Place]](), set[str]()
    for _, start, end in sorted(rises, key=lambda rise: -rise[0]):
        if len(pairs) == MOST_EXAMPLES or {start.code, end.code} & taken:
            continue
        if start.code not in reach:
            reach[start.code] = set(within_reach(onward, start.code))
        if end.code in reach[start.code]:
            pairs.append((start, end))
            taken |= {start.code, end.code}
    return pairs
