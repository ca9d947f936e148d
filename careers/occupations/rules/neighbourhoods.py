"""What lies around an occupation: what leads there and what comes next, the closest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from careers.occupations.rules.occupations import Direction, Place, Tier, direction

MOST_DRAWN = 8  # on each side of the picture
MOST_SHOWN = 40  # on both sides, with those in the list below it


@dataclass(frozen=True)
class Neighbour:
    """An occupation, and the move between: from it on the left side, to it on the right."""

    place: Place
    direction: Direction
    tier: Tier

    @property
    def move(self) -> str:
        """“Promotion, very close”: the kind of the move, then how near the two are."""
        return f"{self.direction.label}, {self.tier.label.lower()}"


@dataclass(frozen=True)
class Side:
    """One side of the picture: `drawn` in it, `listed` below it, `left_out` is how many are not shown at all."""

    drawn: tuple[Neighbour, ...]
    listed: tuple[Neighbour, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Neighbourhood:
    leads_here: Side
    comes_next: Side


def neighbourhood(
    here: Place,
    *,
    onward: Iterable[tuple[Place, int]],
    inward: Iterable[tuple[Place, int]],
) -> Neighbourhood:
    """`onward` and `inward` are (occupation, tier) of the relations that leave `here` and of those that arrive.

    Many relations go both ways. Such a neighbour stands once: before `here` if the move from it goes up, else after.
    Among equally close ones the order is that of the relations.
    """
    after, before = dict(onward), dict(inward)
    up_to_here = {place for place in before if direction(place.zone, here.zone) is Direction.UP}
    comes_next = [
        Neighbour(place, direction(here.zone, place.zone), Tier(tier))
        for place, tier in after.items()
        if place not in up_to_here
    ]
    leads_here = [
        Neighbour(place, direction(place.zone, here.zone), Tier(tier))
        for place, tier in before.items()
        if place in up_to_here or place not in after
    ]
    return Neighbourhood(side(leads_here, most=MOST_SHOWN - len(comes_next)), side(comes_next, most=MOST_SHOWN))


def side(neighbours: list[Neighbour], *, most: int) -> Side:
    nearest = sorted(neighbours, key=lambda one: one.tier)
    return Side(tuple(nearest[:MOST_DRAWN]), tuple(nearest[MOST_DRAWN:most]), left_out=max(len(neighbours) - most, 0))
