"""What a certification would change for a person: of each skill, and of the gap to a role. The same everywhere.

The levels are those that one would have with it, as `evidence.rules.levels` derives them. With it a gap is *closed*
where what the role asks for is reached, and *narrowed* where the level rises, but not to that. Of a skill that is not
rated no gap is known: it *shows* a level of that. What is there already it does not change.

A certification helps a person towards a role only if they hold no valid one and it lowers no skill that they have,
whether or not the role asks for that: what is verified counts before an own rating, and nobody is advised to become
less.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from careers.evidence.rules.gaps import Need

Key = TypeVar("Key", bound=Hashable)
Certification = TypeVar("Certification", bound=Hashable)


class Effect(StrEnum):
    CLOSES = "closes"
    NARROWS = "narrows"
    SHOWS = "shows"


@dataclass(frozen=True)
class Gain(Generic[Key]):
    """One skill before and after, beside what is asked; `before` is None where it is not rated."""

    skill: Key
    before: int | None
    after: int
    asked: int

    @property
    def effect(self) -> Effect:
        if self.before is None:
            return Effect.SHOWS
        return Effect.CLOSES if self.after >= self.asked else Effect.NARROWS


def gains(needs: Iterable[Need[Key]], levels: Mapping[Key, int]) -> tuple[Gain[Key], ...]:
    """Return how having `levels` changes the needs of a role, in its order; needs that stay are left out.

    >>> [gain.effect.value for gain in gains([Need("a", 3, True, 1), Need("b", 3, True, 3)], {"a": 2, "b": 4})]
    ['narrows']
    """
    return tuple(
        Gain(need.skill, need.has, levels[need.skill], need.level)
        for need in needs
        if need.skill in levels and not need.is_met and levels[need.skill] > (need.has or 0)
    )


def lowered(levels: Mapping[Key, int], has: Mapping[Key, int]) -> list[Key]:
    """The skills that would be lower than they are."""
    return [skill for skill, level in levels.items() if level < has.get(skill, 0)]


def without_loss(
    offers: Mapping[Certification, Mapping[Key, int]], has: Mapping[Key, int]
) -> dict[Certification, Mapping[Key, int]]:
    """Those that lower nothing one has. `offers` is certification → {skill: the level one would have with it}."""
    return {one: levels for one, levels in offers.items() if not lowered(levels, has)}
