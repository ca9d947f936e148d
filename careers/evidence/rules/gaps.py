"""The skills that a role asks for beside what a person has of them."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Need(NamedTuple, Generic[Key]):
    """A skill that a role asks for, and what the person has of it: None where nothing is known."""

    skill: Key
    level: int
    essential: bool
    has: int | None = None

    @property
    def is_met(self) -> bool:
        return self.has is not None and self.has >= self.level

    @property
    def is_known(self) -> bool:
        return self.has is not None


@dataclass(frozen=True)
class Fit(Generic[Key]):
    """The needs of one role, in its own order."""

    needs: tuple[Need[Key], ...]

    @property
    def essential(self) -> list[Need[Key]]:
        return [need for need in self.needs if need.essential]

    @property
    def essential_met(self) -> int:
        return sum(need.is_met for need in self.essential)

    @property
    def missing(self) -> list[Need[Key]]:
        """Known to be too low, essential ones first."""
        return self.essential_first(need for need in self.needs if need.is_known and not need.is_met)

    @property
    def unknown(self) -> list[Need[Key]]:
        return self.essential_first(need for need in self.needs if not need.is_known)

    @staticmethod
    def essential_first(needs: Iterable[Need[Key]]) -> list[Need[Key]]:
        return sorted(needs, key=lambda need: not need.essential)


def fit(asked: Mapping[Key, tuple[int, bool]], has: Mapping[Key, int]) -> Fit[Key]:
    """`asked` is skill → (level, essential), as in `guide.rules.comparison`."""
    needs = (Need(skill, level, essential, has.get(skill)) for skill, (level, essential) in asked.items())
    return Fit(tuple(needs))
