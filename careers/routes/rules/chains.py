"""The best chains of moves through a network.

Where only moves cost something this is the search for the shortest ways. What is paid for once makes it hard: which
things to pay for is a question of the whole chain, so the search may have to give up proving, and says so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, NamedTuple

from careers.routes.rules.networks import Item, Leg, Network, Stop

# The best chain is proven with one. More keep chains apart that reach a stop with the same things paid for.
MOST_AT_ONE_STATE = 20
# Legs tried before the search gives up proving, some tenths of a second: which things to pay for on a whole chain is a
# question that grows without measure in a tangled network.
MOST_TRIED = 15_000


@dataclass(frozen=True)
class Chain(Generic[Stop]):
    """Stops in order, `start` and `target` included, and the whole cost.

    `is_proven`: no chain that is not listed before it is cheaper. Else it is the best that was found in time.
    """

    stops: tuple[Stop, ...]
    cost: int
    is_proven: bool = True


class Begun(NamedTuple, Generic[Stop]):
    """A chain on its way to the target. Such compare in the order in which they are gone on with."""

    least: int  # that the whole chain can come to
    to_go: int
    order: tuple[int, ...]  # the numbers of its stops, so that equal ones have a stable order; no two are the same
    spent: int
    stops: tuple[Stop, ...]
    paid: Mapping[Item, int]

    def on(self, leg: Leg[Stop], *, number: int, to_go: int) -> "Begun[Stop]":
        """The same chain with one more leg."""
        fresh = {item: cost for item, cost in leg.once.items() if item not in self.paid} if leg.once else None
        spent = self.spent + leg.cost + (sum(fresh.values()) if fresh else 0)
        paid = {**self.paid, **fresh} if fresh else self.paid
        return Begun(spent + to_go, to_go, (*self.order, number), spent, (*self.stops, leg.end), paid)


def best_chains(network: Network[Stop], start: Stop, target: Stop, *, most: int = 3) -> list[Chain[Stop]]:
    """At most `most` chains from `start` to `target`, cheapest first, none through a stop twice, each with other stops.

    Empty where there is no chain, or where both are one. Time: one Dijkstra from the target, then a best-first search
    that its distances guide. Where that has tried MOST_TRIED legs, what is missing is filled up with good chains that
    are not proven.
    """
    ahead = least_ahead(network, target, until=start) if start != target else {}
    if start not in ahead:
        return []
    arrival = surely_paid(network, target)
    paid = sum(arrival.values())
    begun = Begun(paid + ahead[start], ahead[start], (network.number[start],), paid, (start,), arrival)
    found, is_whole = proven_chains(network, begun, target, ahead, most=most)
    if is_whole or len(found) == most:
        return found
    # What was proven is cheaper than all else, so the others come after it.
    return [*found, *likely_chains(network, begun, target, ahead, known=found, most=most - len(found))]


def proven_chains(
    network: Network[Stop], begun: Begun[Stop], target: Stop, ahead: Mapping[Stop, int], *, most: int
) -> tuple[list[Chain[Stop]], bool]:
    """The cheapest chains, and whether the search came to its end."""
    number, farthest = network.number, begun.to_go
    fringe = [begun]
    found: dict[frozenset[Stop], Chain[Stop]] = {}
    times: dict[tuple[Stop, frozenset[Item]], int] = {}
    tried = 0
    while fringe and len(found) < most:
        chain = heappop(fringe)
        here = chain.stops[-1]
        if here == target:
            found.setdefault(frozenset(chain.stops), Chain(chain.stops, chain.spent))
            continue
        state = here, frozenset(chain.paid)
        times[state] = times.get(state, 0) + 1
        if times[state] > MOST_AT_ONE_STATE:
            continue
        for leg in network.legs_from(here):
            if leg.end not in chain.stops:
                heappush(fringe, chain.on(leg, number=number[leg.end], to_go=ahead.get(leg.end, farthest)))
                tried += 1
        if tried > MOST_TRIED:
            return list(found.values()), False
    return list(found.values()), True


def likely_chains(
    network: Network[Stop],
    begun: Begun[Stop],
    target: Stop,
    ahead: Mapping[Stop, int],
    *,
    known: Iterable[Chain[Stop]],
    most: int,
) -> list[Chain[Stop]]:
    """Further chains, cheap but not proven: the likeliest one, then the likeliest without one of the legs before."""
    seen = {frozenset(chain.stops) for chain in known}
    without: list[frozenset[tuple[Stop, Stop]]] = [frozenset()]
    without += [frozenset([pair]) for chain in known for pair in pairwise(chain.stops)]
    found: list[Chain[Stop]] = []
    for banned in without:  # grows by the legs of the first that is found
        chain = likely_chain(network, begun, target, ahead, banned=banned)
        if chain is None or frozenset(chain.stops) in seen:
            continue
        seen.add(frozenset(chain.stops))
        if not found:
            without += [banned | {pair} for pair in pairwise(chain.stops)]
        found.append(chain)
    return sorted(found, key=lambda chain: chain.cost)[:most]


def likely_chain(
    network: Network[Stop],
    begun: Begun[Stop],
    target: Stop,
    ahead: Mapping[Stop, int],
    *,
    banned: Collection[tuple[Stop, Stop]],
) -> Chain[Stop] | None:
    """A chain by Dijkstra, as though the cheapest way to each stop were the best to go on from; None where none is."""
    number, farthest = network.number, begun.to_go
    fringe, done = [begun], set[Stop]()
    while fringe:
        chain = heappop(fringe)
        here = chain.stops[-1]
        if here == target:
            return Chain(chain.stops, chain.spent, is_proven=False)
        if here in done:
            continue
        done.add(here)
        for leg in network.legs_from(here):
            if leg.end not in done and (here, leg.end) not in banned:
                heappush(fringe, chain.on(leg, number=number[leg.end], to_go=ahead.get(leg.end, farthest)))
    return None


def surely_paid(network: Network[Stop], target: Stop) -> dict[Item, int]:
    """Return the price of what every chain pays: the things that all legs into `target` bring."""
    bundles = [leg.once for leg in network.legs_to(target)]
    shared = set(bundles[0]).intersection(*bundles) if bundles else set()
    return {item: bundles[0][item] for item in shared}


def least_ahead(network: Network[Stop], target: Stop, *, until: Stop) -> dict[Stop, int]:
    """Return the least still to spend from every stop that is no farther from `target` than `until` is."""
    number = network.number
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
        for before, cost in network.costs_to(stop):
            now = spent + cost
            if before not in done and (before not in least or now < least[before]):
                least[before] = now
                heappush(fringe, now * count + before)
    stops = network.ways.stops
    return {stops[stop]: least[stop] for stop in done}
