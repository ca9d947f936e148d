"""Routes between occupations of a catalogue that knows relations and job zones, and nothing of time or money.

O*NET relates each occupation to up to 20 others, in three tiers of nearness. Whether a relation leads up, sideways or
down is ours, from the job zones: how much preparation each occupation takes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from itertools import pairwise

from careers.lib.words import counted
from careers.routes.rules.chains import Chain
from careers.routes.rules.networks import Leg, Network, weigh

ZONES = range(1, 6)
MOST_RELATED = 20


class Tier(IntEnum):
    """How near a related occupation is; the number is what a step costs where closeness matters."""

    PRIMARY_SHORT = 1
    PRIMARY_LONG = 2
    SUPPLEMENTAL = 3

    @property
    def label(self) -> str:
        return {1: "Very close", 2: "Close", 3: "Less close"}[self]


class Aim(StrEnum):
    """The ways to order routes between occupations."""

    FEWEST = "fewest"
    CLOSEST = "closest"

    @property
    def label(self) -> str:
        return {"fewest": "Fewest moves", "closest": "Closest relations"}[self]


class Direction(StrEnum):
    UP = "promotion"
    SIDEWAYS = "lateral"
    DOWN = "lower"

    @property
    def label(self) -> str:
        return {"promotion": "Promotion", "lateral": "Sideways", "lower": "Sideways, to a lower job zone"}[self]


@dataclass(frozen=True)
class Place:
    """An occupation as the planner knows it."""

    code: str
    title: str
    zone: int | None


@dataclass(frozen=True)
class Step:
    """One move of a route."""

    start: Place
    end: Place
    tier: Tier

    @property
    def direction(self) -> Direction:
        return direction(self.start.zone, self.end.zone)

    @property
    def zones(self) -> str:
        """“Job zone 2 to 4”."""
        start, end = (str(place.zone) if place.zone else "not known" for place in (self.start, self.end))
        return f"Job zone {start}" if start == end else f"Job zone {start} to {end}"


@dataclass(frozen=True)
class OccupationRoute:
    """A route with its moves in order. `by` names stops that the best one lacks."""

    steps: tuple[Step, ...]
    by: tuple[str, ...] = ()

    @property
    def closeness(self) -> str:
        """“2 very close, 1 less close”: how many of its moves are how close."""
        counts = Counter(step.tier for step in self.steps)
        return ", ".join(f"{counts[tier]} {tier.label.lower()}" for tier in sorted(counts))

    @property
    def promotions(self) -> int:
        return sum(step.direction is Direction.UP for step in self.steps)

    @property
    def gist(self) -> str:
        """“3 moves, 1 of them up, by Tellers and Brokers”."""
        up = f"{self.promotions} of them up" if self.promotions else ""
        by = f"by {' and '.join(self.by)}" if self.by else ""
        return ", ".join(part for part in (counted(len(self.steps), "move"), up, by) if part)


def direction(start: int | None, end: int | None) -> Direction:
    """Up where the other end takes more preparation; sideways where it takes as much or one of both is not known.

    >>> direction(2, 4).label, direction(2, None).label
    ('Promotion', 'Sideways')
    """
    if start is None or end is None or start == end:
        return Direction.SIDEWAYS
    return Direction.UP if end > start else Direction.DOWN


def network(relations: Iterable[tuple[str, str, int]], aim: Aim) -> Network[str]:
    """The network of (from, to, tier). What does not matter most decides among equals."""
    if aim is Aim.FEWEST:
        return Network(Leg(start, end, weigh(1, tier)) for start, end, tier in relations)
    return Network(Leg(start, end, weigh(tier, 1)) for start, end, tier in relations)


def told_apart(routes: Sequence[OccupationRoute]) -> list[OccupationRoute]:
    """The same routes, each but the first with the stops by which it differs from that."""
    usual = {step.end.code for step in routes[0].steps} if routes else set[str]()
    return [replace(route, by=tuple(s.end.title for s in route.steps if s.end.code not in usual)) for route in routes]


def as_route(chain: Chain[str], places: Mapping[str, Place], tiers: Mapping[tuple[str, str], int]) -> OccupationRoute:
    moves = pairwise(chain.stops)
    return OccupationRoute(tuple(Step(places[start], places[end], Tier(tiers[start, end])) for start, end in moves))
