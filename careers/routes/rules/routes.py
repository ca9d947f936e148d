"""From a role to a role: the routes, what each step asks of a person, and what the whole route comes to.

What a person starts with is their evidence. Where nothing is known of a skill, what the start role asks for is taken
as there: somebody in a role can do it. Somebody who is new has nothing that is not shown. Along the route they have
what each role passed asked for, so that a later step raises from there and no level is learnt twice.

Not known is never zero. A move without months is counted among `months_unknown` and is slower than any number of
months; a certification without a fee is dearer than any fee; a skill of which nothing is known is learnt from level 1.

A certification counts on a route if it is recommended for one of its moves, is not held, lowers no skill that the
person has (`evidence.rules.gains`), and credits a skill above what the person has at the start, which the end of that
move asks for above that as well. Whether it counts therefore does not depend on the moves before; it is paid for, and
studied, once on the whole route, at the first move it counts for.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from careers.routes.rules.chains import best_chains
from careers.routes.rules.journeys import Asked, By, Closing, Key, Offer, Raise, RoleMove, Route, Step, Why
from careers.routes.rules.networks import PLACE, Item, Leg, Network, Ways, weigh

NOTHING: Mapping[Key, tuple[int, bool]] = {}


class RoleWays(Ways[Key, RoleMove]):
    """The moves of a guide."""

    @cached_property
    def currencies(self) -> list[str]:
        """Those of all fees, the most common first, the others by the alphabet."""
        offers = {offer.key: offer for move in self.moves() for offer in move.offers}
        count = Counter(offer.currency for offer in offers.values() if offer.fee is not None)
        ordered = sorted(count)
        return sorted(ordered, key=lambda one: one != max(ordered, key=count.__getitem__))


def best_routes(
    ways: RoleWays,
    start: Key,
    target: Key,
    *,
    asked: Asked,
    has: Mapping[Key, int],
    held: Collection[Key],
    by: By,
    lowering: Collection[Key] = (),
    most: int = 3,
) -> list[Route]:
    """At most `most` routes, the best by `by` first, each with other stops; empty where there is no way.

    `held` and `lowering` are certifications that the person holds, and such as would lower a skill of theirs.
    """
    levels = levels_at(start, asked, has)
    personal = PersonalMoves(ways, asked=asked, levels=levels, held=held, lowering=lowering)
    weights = Weights(personal, by)
    network = Network(ways, cost=weights.each_time, leg=weights.leg)
    return [
        replace(personal.route(chain.stops), is_proven=chain.is_proven)
        for chain in best_chains(network, start, target, most=most)
    ]


def route_along(
    ways: RoleWays,
    stops: Sequence[Key],
    *,
    asked: Asked,
    has: Mapping[Key, int],
    held: Collection[Key],
    lowering: Collection[Key] = (),
) -> Route | None:
    """The route of exactly these stops; None where a move between two is missing, or one comes twice."""
    if len(stops) < 2 or len(set(stops)) < len(stops):
        return None
    levels = levels_at(stops[0], asked, has)
    personal = PersonalMoves(ways, asked=asked, levels=levels, held=held, lowering=lowering)
    return personal.route(stops) if all(ways.between(*pair) for pair in pairwise(stops)) else None


def levels_at(start: Key, asked: Asked, has: Mapping[Key, int]) -> dict[Key, int]:
    """Return the levels of a person in `start`: those that are shown, else those that their role asks for.

    >>> levels_at(7, {7: {1: (3, True), 2: (2, True)}}, {1: 1})
    {1: 1, 2: 2}
    """
    return {skill: level for skill, (level, _) in asked.get(start, NOTHING).items()} | dict(has)


class PersonalMoves:
    """The moves as they are for one person: `levels` at the start, certifications `held` and `lowering`."""

    def __init__(
        self,
        ways: RoleWays,
        *,
        asked: Asked,
        levels: Mapping[Key, int],
        held: Collection[Key],
        lowering: Collection[Key],
    ) -> None:
        self.ways = ways
        self.asked = asked
        self.levels = levels
        self.held, self.lowering = held, lowering
        self.gaps_of: dict[Key, dict[Key, int]] = {}

    def gaps(self, role: Key) -> dict[Key, int]:
        """{skill: the level asked for} where that is above what the person has at the start. Worked out once a role."""
        if role not in self.gaps_of:
            asked = self.asked.get(role, NOTHING).items()
            self.gaps_of[role] = {skill: level for skill, (level, _) in asked if level > self.levels.get(skill, 0)}
        return self.gaps_of[role]

    def closings(self, move: RoleMove) -> list[Closing]:
        """The certifications that count for a move."""
        gaps = self.gaps(move.end) if move.offers else {}
        found = []
        for offer in move.offers:
            skills = tuple(skill for skill in gaps if offer.credits.get(skill, 0) > self.levels.get(skill, 0))
            if skills and offer.key not in self.held and offer.key not in self.lowering:
                found.append(Closing(offer, skills))
        return found

    def why_left(self, key: Key, counted: Collection[Key]) -> Why:
        """Why a certification does not count for a move; `counted` are those of the moves before."""
        if key in self.held:
            return Why.HELD
        if key in counted:
            return Why.COUNTED
        return Why.LOWERS if key in self.lowering else Why.NOTHING_MISSING

    def route(self, stops: Sequence[Key]) -> Route:
        """Step by step, with what the roles passed asked for as there. Every pair of stops has its move."""
        levels, earned, steps = dict(self.levels), set[Key](), []
        for start, end in pairwise(stops):
            move = self.ways.leaving[start][end]
            closings = [one for one in self.closings(move) if one.offer.key not in earned]
            left = [offer.key for offer in move.offers if offer.key not in {one.offer.key for one in closings}]
            why = {key: self.why_left(key, earned) for key in left}
            steps.append(step(move, self.asked.get(move.end, NOTHING), levels, closings, why))
            earned.update(one.offer.key for one in closings)
            levels.update({one.skill: one.to for one in steps[-1].raises})
        return Route(tuple(steps))


def step(
    move: RoleMove,
    asked: Mapping[Key, tuple[int, bool]],
    levels: Mapping[Key, int],
    closings: Iterable[Closing],
    left: Mapping[Key, Why],
) -> Step:
    missing = {skill: need for skill, need in asked.items() if need[0] > levels.get(skill, 0)}
    return Step(
        move,
        raises=tuple(
            Raise(skill, levels.get(skill), level, essential) for skill, (level, essential) in missing.items()
        ),
        there=tuple(skill for skill in asked if skill not in missing),
        offers=tuple(closings),
        left=left,
    )


@dataclass
class Weights:
    """The cost of a route, compared from left to right, by what matters most:

    - fastest: moves with time not known, most months, least months, moves
    - fewest: moves, moves with time not known, most months
    - cheapest: certifications with fee not known, the sum in the currency in which most fees are, the sums in the
      others by the alphabet, then as fewest. Nothing is converted: between currencies no fee is the cheaper one. The
      most common currency is that of all certifications, so that no evidence changes it.
    - least new: levels to raise, then as fewest
    - of equal ones, sideways moves: nobody is sent to the next desk first where a way up does as well

    A certification and a level are paid for once on a route (`Leg.once`). Fees are compared in hundredths.
    """

    personal: PersonalMoves
    by: By
    units_of: dict[Key, dict[Item, int]] = field(init=False, default_factory=dict)

    def leg(self, move: RoleMove) -> Leg[Key]:
        return Leg(move.start, move.end, self.each_time(move), self.once(move))

    def each_time(self, move: RoleMove) -> int:
        unknown = int(move.months is None)
        least, longest = move.months or (0, 0)
        aside = int(move.is_sideways)
        fastest = self.by == By.FASTEST
        return weigh(unknown, longest, least, 1, aside) if fastest else weigh(1, unknown, longest, aside)

    def once(self, move: RoleMove) -> dict[Item, int]:
        """Before the four measures of the move itself, therefore four zeros at the end."""
        if self.by == By.CHEAPEST:
            return {one.offer.key: self.price(one.offer) for one in self.personal.closings(move)}
        return self.units(move.end) if self.by == By.LEAST_NEW else {}

    def units(self, role: Key) -> dict[Item, int]:
        """Each (skill, level) to learn for a role; the same for every move that ends there."""
        if role not in self.units_of:
            levels, gaps = self.personal.levels, self.personal.gaps(role)
            units = ((skill, unit) for skill, to in gaps.items() for unit in range(levels.get(skill, 0), to))
            self.units_of[role] = dict.fromkeys(units, weigh(1, 0, 0, 0, 0))
        return self.units_of[role]

    def price(self, offer: Offer) -> int:
        """Two places for a currency, the first for what is above the second: rupiahs have many digits."""
        cents = int(offer.fee * 100) if offer.fee is not None else 0
        sums = [
            place
            for one in self.personal.ways.currencies
            for place in divmod(cents if one == offer.currency else 0, PLACE)
        ]
        return weigh(int(offer.fee is None), *sums, 0, 0, 0, 0)
