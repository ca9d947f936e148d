"""What a role asks for beside what a person has: skills are counted, the facts of working life are only stated."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Need(Generic[Key]):
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
    """`asked` is skill → (level, essential), as in `planning.comparison`."""
    needs = (Need(skill, level, essential, has.get(skill)) for skill, (level, essential) in asked.items())
    return Fit(tuple(needs))


def shift_conflict(*, worked: Sequence[str], accepted: Sequence[str]) -> str:
    """A sentence where a role is worked in shifts that a person does not accept; empty where it is not, or not known.

    >>> shift_conflict(worked=["Night"], accepted=["Day"])
    'Night shift: you accept day only.'
    >>> shift_conflict(worked=["Day", "Night"], accepted=["Day"])
    'Night shift too: you accept day only.'
    """
    others = [shift for shift in worked if shift not in accepted]
    if not accepted or not others:
        return ""
    noun = "shift" if len(others) == 1 else "shifts"
    some = " too" if len(others) < len(worked) else ""
    return f"{listed(others).capitalize()} {noun}{some}: you accept {listed(accepted)} only."


def work_conflict(*, kind: str, accepted: Sequence[str], is_covered: bool) -> str:
    """The same for the work itself. `is_covered`: what is accepted holds it all, as voice and non-voice do blended."""
    if not accepted or is_covered:
        return ""
    return f"{kind} work: you accept {listed(accepted)} only."


def covers(accepted: Collection[str], kind: str, *, parts: Collection[str] = ()) -> bool:
    """Whether somebody who accepts `accepted` accepts `kind`, which may be made of `parts`."""
    return kind in accepted or (bool(parts) and all(part in accepted for part in parts))


def listed(words: Sequence[str]) -> str:
    """“day, night and rotational”, in small letters as within a sentence."""
    small = [word.lower() for word in words]
    return small[0] if len(small) == 1 else f"{', '.join(small[:-1])} and {small[-1]}"
