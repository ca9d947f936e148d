"""In which part of the ranking a role stands, and what it costs what a person said of their working life.

Points and bands say how well a role fits (`careers.evidence.rules.matching`). Two things come before them, as no skill
makes up for them. Somebody who is in no role of the guide yet begins at an entry role: those come before all others.
And roles are told apart by the shifts that the person accepts: those that go with them, those where one asks first,
those where many employers will say no, and those that rule it out. A part that depends on what nobody said is one.

A beginner sees, within a band, the roles that are open to them by what they have finished before those whose employers
prefer or need more: without any work to show, that decides whether they are asked to come at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from careers.guide.rules.working_life import BY_DAY, DAY, NIGHT, FactStanding
from careers.lib.words import counted, in_a_sentence, plural

# From the best; what is not said stands with what fits. Of shifts, and of a degree.
SHIFT_ORDER = (FactStanding.FITS, FactStanding.ASK, FactStanding.PARTLY, FactStanding.CONFLICT)
STARTS = {False: "Where you can start", True: "Later"}
SHIFTS = ("shifts you accept", "ask about the shifts first", "often other shifts than yours", "other shifts than yours")
# What a part is called for those who accept one shift alone.
SHIFTS_OF = {
    frozenset({DAY}): ("no nights", "ask about nights first", "nights are usual", "only nights"),
    frozenset({NIGHT}): ("only nights", "ask about days first", "days are usual", "only days"),
}


# What is told where no role is sure to go with the one shift that is accepted.
NONE_SURE = {
    frozenset({DAY}): f"We know of no role where nights never come. {BY_DAY}",
    frozenset({NIGHT}): "We know of no role where days never come.",
}


class MatchPart(NamedTuple):
    """The smaller, the further up: whether it is for later, and the place of its shifts in `SHIFT_ORDER`."""

    is_later: bool
    shifts: int


@dataclass(frozen=True)
class MatchParts:
    """The parts of one person's ranking. `accepted` are the shifts that they accept, none where they have not said."""

    is_beginner: bool
    accepted: frozenset[str]

    def part(self, *, is_entry: bool, shifts: FactStanding) -> MatchPart:
        """`shifts` is how those of a role stand to the person."""
        place = SHIFT_ORDER.index(shifts) if shifts in SHIFT_ORDER and self.accepted else 0
        return MatchPart(self.is_beginner and not is_entry, place)

    def place_by_degree(self, standing: FactStanding) -> int:
        """Where roles stand within a band, by how the degree that they ask for stands to the person."""
        return SHIFT_ORDER.index(standing) if standing in SHIFT_ORDER and self.is_beginner else 0

    def title(self, part: MatchPart) -> str:
        """“Where you can start: no nights”; empty where there is one part only."""
        start = STARTS[part.is_later] if self.is_beginner else ""
        words = SHIFTS_OF.get(self.accepted, SHIFTS)[part.shifts] if self.accepted else ""
        both = ": ".join(filter(None, [start, words]))
        return both[:1].upper() + both[1:]


def shift_costs(accepted: Collection[str], counts: Mapping[FactStanding, int]) -> list[str]:
    """The cost of accepting these shifts only, in sentences; none where every role goes with them.

    `counts` has how many roles stand how. `accepted` are in the order in which they are said.

    >>> shift_costs(["day"], {FactStanding.ASK: 7})
    ['You accept day only: no role is sure to go with that.', 'We know of no role where nights never come. Domestic \
work, for customers in your own country, may be by day.', 'For 7 roles ask first.']
    """
    found = costs(
        f"You accept {in_a_sentence(word.lower() for word in accepted)} only" if accepted else "",
        counts,
        {
            FactStanding.ASK: "For {roles} ask first.",
            FactStanding.PARTLY: "In {roles} many employers will say no.",
            FactStanding.CONFLICT: "{roles} {rule} it out.",
        },
    )
    none_sure = NONE_SURE.get(frozenset(accepted))
    if found and none_sure and not counts.get(FactStanding.FITS):
        found.insert(1, none_sure)
    return found


def degree_costs(finished: str, counts: Mapping[FactStanding, int]) -> list[str]:
    """The same for what they have finished, as it follows “you have”."""
    return costs(
        f"You have {finished}" if finished else "",
        counts,
        {
            FactStanding.ASK: "For {roles} we found no rule: ask first.",
            FactStanding.PARTLY: "{roles} {prefer} a degree: some employers will say no.",
            FactStanding.CONFLICT: "{roles} {need} a degree.",
        },
    )


def work_costs(accepted: Collection[str], counts: Mapping[FactStanding, int]) -> list[str]:
    """The same for the work that they accept."""
    said = f"You accept {in_a_sentence(word.lower() for word in accepted)} only" if accepted else ""
    return costs(said, counts, {FactStanding.CONFLICT: "{roles} {ask} for other work."})


def costs(said: str, counts: Mapping[FactStanding, int], sentences: Mapping[FactStanding, str]) -> list[str]:
    if not said or not any(counts.get(standing) for standing in sentences):
        return []
    fitting = counts.get(FactStanding.FITS, 0)
    goes = f"{counted(fitting, 'role')} {plural(fitting, 'goes,go')}" if fitting else "no role is sure to go"
    told = ((sentence, counts.get(standing, 0)) for standing, sentence in sentences.items())
    return [f"{said}: {goes} with that.", *(in_words(sentence, number) for sentence, number in told if number)]


def in_words(sentence: str, number: int) -> str:
    return sentence.format(
        roles=counted(number, "role"),
        rule=plural(number, "rules,rule"),
        prefer=plural(number, "prefers,prefer"),
        need=plural(number, "needs,need"),
        ask=plural(number, "asks,ask"),
    )
