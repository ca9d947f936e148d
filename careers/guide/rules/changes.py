"""What is known of a role as plain facts, and what changed between two states of them.

Facts are JSON: a name (a role's are in `LABELS`) to a text, a list of texts, or skills as {name: [proficiency, is
essential]}. A fact that one of the two states does not have is no change: an older snapshot did not know of it. Nor is
one that reads the same, however its lines break.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careers.lib.texts import reads_alike

Facts = Mapping[str, object]
Asked = tuple[int, bool]

# In the order in which a reader is told.
LABELS = {
    "title": "Title",
    "summary": "In short",
    "level": "Level",
    "track": "Line",
    "work_type": "Work type",
    "nights": "Nights",
    "nights_note": "About nights",
    "days": "Days",
    "days_note": "About days",
    "degree": "Degree",
    "degree_note": "About the degree",
    "experience": "Experience",
    "team_size": "Team size",
    "industries": "Industries",
    "alternates": "Also called",
    "duties": "What you do",
    "day_at_work": "A day at work",
    "tools": "Tools",
    "skills": "Skills",
    "measures": "Measured by",
    "certifications": "Recommended certifications",
    "pay": "Pay",
    "outlook": "Outlook",
}


@dataclass(frozen=True)
class SkillChange:
    """One skill as it is asked before and after; None if it is not asked."""

    name: str
    before: Asked | None
    after: Asked | None

    @property
    def proficiencies(self) -> tuple[int, int] | None:
        """(2, 3) where a skill that stays is asked at another proficiency."""
        if self.before and self.after and self.before[0] != self.after[0]:
            return self.before[0], self.after[0]
        return None

    @property
    def words(self) -> str:
        """“now essential”: what the two numbers do not say."""
        if self.before is None and self.after is not None:
            return f"now asked, {self.after[0]}, {weight(self.after)}"
        if self.after is None:
            return "no longer asked"
        return f"now {weight(self.after)}" if self.before and self.before[1] != self.after[1] else ""


@dataclass(frozen=True)
class FactChange:
    """One fact that changed: a text from `before` to `after`, or what `came` and `went` of a list, or its `skills`."""

    label: str
    before: str = ""
    after: str = ""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    skills: tuple[SkillChange, ...] = ()


def changes(before: Facts, after: Facts, *, labels: Mapping[str, str] = LABELS) -> list[FactChange]:
    """In the order of `labels`, which name the facts that are compared."""
    if before == after:  # as nearly always: then nothing has to be looked at one by one
        return []
    differing = ((label, before.get(name), after.get(name)) for name, label in labels.items())
    found = (change(label, old, new) for label, old, new in differing if old != new)
    return [one for one in found if one]


def change(label: str, before: object, after: object) -> FactChange | None:
    """None where both are the same, or of different kinds, as only a damaged snapshot has them."""
    if isinstance(before, str) and isinstance(after, str):
        return FactChange(label, before, after) if reads_alike(before) != reads_alike(after) else None
    if isinstance(before, list) and isinstance(after, list):
        old, new = texts(before), texts(after)
        came = tuple(text for key, text in new.items() if key not in old)
        went = tuple(text for key, text in old.items() if key not in new)
        return FactChange(label, came=came, went=went) if came or went else None
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        skills = skill_changes(asked(before), asked(after))
        return FactChange(label, skills=skills) if skills else None
    return None


def skill_changes(before: Mapping[str, Asked], after: Mapping[str, Asked]) -> tuple[SkillChange, ...]:
    """By name, so that the order does not hang on which side a skill is."""
    names = sorted(before.keys() | after.keys())
    rows = (SkillChange(name, before.get(name), after.get(name)) for name in names)
    return tuple(row for row in rows if row.before != row.after)


def texts(values: list[object]) -> dict[str, str]:
    """The texts of a list, each once, in their order, by how they read."""
    found: dict[str, str] = {}
    for value in values:
        if isinstance(value, str):
            found.setdefault(reads_alike(value), value)
    return found


def asked(skills: Mapping[object, object]) -> dict[str, Asked]:
    return {
        reads_alike(name): (value[0], value[1])
        for name, value in skills.items()
        if isinstance(name, str)
        and isinstance(value, list | tuple)
        and len(value) == 2
        and isinstance(value[0], int)
        and isinstance(value[1], bool)
    }


def weight(skill: Asked) -> str:
    return "essential" if skill[1] else "helpful"


def digest(facts: Facts | Sequence[Facts]) -> str:
    """The same for the same facts: tells whether what somebody saw is still what stands there."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
