"""What a route is made of: moves and certifications on offer, steps with what they ask, and what all comes to.

Keys of roles, skills and certifications are whole numbers; `NEW` is no role's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Self

from careers.lib.months import Months, sum_of

Key = int
NEW = 0  # the stop “new to BPO”
FROM_NEW = "new"  # its address; a constraint keeps roles from having the same
Asked = Mapping[Key, Mapping[Key, tuple[int, bool]]]  # role → skill → (level, essential)


class By(StrEnum):
    """The ways to order routes. The docstring of `routes.Weights` says what each compares, in order."""

    FASTEST = (
        "fastest",
        "Fastest",
        "A move with time not known counts as slower than any number of months. Of ranges, the one with the shorter "
        "longest time comes first.",
    )
    FEWEST = (
        "fewest",
        "Fewest moves",
        "Between routes with the same number of moves, one whose time is known comes first, then the shorter one.",
    )
    CHEAPEST = (
        "cheapest",
        "Cheapest",
        "A fee that is not known counts as dearer than any other. Currencies are not converted.",
    )
    LEAST_NEW = (
        "least_new",
        "Least new to learn",
        "Every level of a skill to raise counts once, from what you have to what the roles ask for.",
    )

    label: str
    rule: str

    def __new__(cls, value: str, label: str, rule: str) -> Self:
        """`rule` says to the reader how routes are compared."""
        by = str.__new__(cls, value)
        by._value_, by.label, by.rule = value, label, rule
        return by


@dataclass(frozen=True)
class Offer:
    """A certification. `credits` is skill → the level that it shows; without a fee the currency means nothing."""

    key: Key
    fee: Decimal | None
    currency: str
    hours: Decimal | None
    credits: Mapping[Key, int]


@dataclass(frozen=True)
class RoleMove:
    """From role to role. `months` is (least, longest), None where not known; `offers` are for this very move."""

    start: Key
    end: Key
    months: Months | None = None
    offers: tuple[Offer, ...] = ()
    is_sideways: bool = False


@dataclass(frozen=True)
class Raise:
    """A skill to raise to what the end of a step asks for. `has` is None where nothing is known: then from nothing."""

    skill: Key
    has: int | None
    to: int
    essential: bool

    @property
    def levels(self) -> int:
        return self.to - (self.has or 0)


@dataclass(frozen=True)
class Closing:
    """A certification to earn, and the skills whose gap, as it is at the start of the route, it closes or narrows."""

    offer: Offer
    skills: tuple[Key, ...]


class Why(StrEnum):
    """Why a certification that is recommended for a move does not count there."""

    HELD = "held"
    LOWERS = "lowers"  # a skill that the person has
    COUNTED = "counted"  # at a move before
    NOTHING_MISSING = "nothing_missing"  # nothing that it shows is missing


@dataclass(frozen=True)
class Step:
    """One move of a route. `there`: what the person has by then of what the end asks for. Skills in its order.

    `left` are the certifications recommended for the move that do not count, by their keys.
    """

    move: RoleMove
    raises: tuple[Raise, ...]
    there: tuple[Key, ...]
    offers: tuple[Closing, ...]
    left: Mapping[Key, Why]


@dataclass(frozen=True)
class Totals:
    """The whole route. `months`, `costs` and `hours` are sums of what is known; the rest is counted as unknown.

    `costs` is by currency and never added across. `skills` are different ones, `levels` are all their steps upwards.
    """

    moves: int
    months: Months
    months_unknown: int
    costs: Mapping[str, Decimal]
    fees_unknown: int
    hours: Decimal
    hours_unknown: int
    certifications: int
    skills: int
    levels: int


@dataclass(frozen=True)
class Route:
    """Moves in a row. `is_proven`: none is better but those before it; else it is the best that was found in time."""

    steps: tuple[Step, ...]
    is_proven: bool = True

    @property
    def stops(self) -> tuple[Key, ...]:
        return (self.steps[0].move.start, *(step.move.end for step in self.steps))

    @cached_property
    def totals(self) -> Totals:
        known = [step.move.months for step in self.steps if step.move.months is not None]
        offers = [closing.offer for step in self.steps for closing in step.offers]
        raises = [one for step in self.steps for one in step.raises]
        costs: dict[str, Decimal] = {}
        for offer in offers:
            if offer.fee is not None:
                costs[offer.currency] = costs.get(offer.currency, Decimal()) + offer.fee
        return Totals(
            moves=len(self.steps),
            months=sum_of(known),
            months_unknown=len(self.steps) - len(known),
            costs=dict(sorted(costs.items())),
            fees_unknown=sum(offer.fee is None for offer in offers),
            hours=sum((offer.hours for offer in offers if offer.hours is not None), Decimal()),
            hours_unknown=sum(offer.hours is None for offer in offers),
            certifications=len(offers),
            skills=len({one.skill for one in raises}),
            levels=sum(one.levels for one in raises),
        )
