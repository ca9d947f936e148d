"""Roles side by side."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")
Asked = tuple[int, bool]
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
FEWEST_COMPARED, MOST_COMPARED = 2, 4
FEWEST_IN_WORDS, MOST_IN_WORDS = NUMBERS[FEWEST_COMPARED], NUMBERS[MOST_COMPARED]


def skill_matrix(roles: Sequence[Mapping[Key, Asked]]) -> list[tuple[Key, list[Asked | None]]]:
    """Each skill that any role asks for, with what each role asks: (proficiency, essential), or None for not asked.

    What most roles hold essential comes first, then what is asked highest; equal ones in the order of first mention.
    """
    skills = list(dict.fromkeys(skill for asked in roles for skill in asked))
    rows = [(skill, [asked.get(skill) for asked in roles]) for skill in skills]
    return sorted(rows, key=lambda row: (-essential_in(row[1]), -highest(row[1])))


def same_in_all(facts: Sequence[Mapping[str, object]]) -> set[str]:
    """The names of what every one of `facts` says alike. Each has the same names; of one alone nothing is compared."""
    if len(facts) < 2:
        return set()
    first, *others = facts
    return {name for name, value in first.items() if all(other[name] == value for other in others)}


def essential_in(asked: Sequence[Asked | None]) -> int:
    return sum(1 for one in asked if one and one[1])


def highest(asked: Sequence[Asked | None]) -> int:
    return max((one[0] for one in asked if one), default=0)
