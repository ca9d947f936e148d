"""The facts of working life of a role beside what a person said: stated, ordered and filtered by, never counted.

Of nights and of days a role says how often they come, of a degree whether one is asked for. What is possible, and what
no source says, is to be asked: it speaks neither for a role nor against it. What is usual, or preferred, fits only in
part: many employers will say no. What nobody said is not known.

Rotation is no fact of its own: where both nights and days come, shifts may rotate.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

NOT_KNOWN, NEVER, POSSIBLE, USUAL, ALWAYS = "not_known", "never", "possible", "usual", "always"  # how often shifts come
NOT_NEEDED, NO_RULE, PREFERRED, NEEDED = "not_needed", "no_rule", "preferred", "needed"  # what a role says of a degree
DAY, NIGHT, ROTATIONAL = "day", "night", "rotational"  # what a person accepts
COMING = frozenset({POSSIBLE, USUAL, ALWAYS})
TO_ASK = frozenset({POSSIBLE, NOT_KNOWN})


class FactStanding(StrEnum):
    """From the best to the worst; of what is not known nobody can say."""

    FITS = "fits"
    ASK = "ask"
    PARTLY = "partly"
    CONFLICT = "conflict"
    NOT_KNOWN = "not_known"


class Fact(NamedTuple):
    """`text` says it all, the same on every page. `is_said`: the person answered what it depends on."""

    key: str
    standing: FactStanding
    text: str
    is_said: bool

    @property
    def fits(self) -> bool:
        return self.standing == FactStanding.FITS

    @property
    def is_to_ask(self) -> bool:
        return self.standing == FactStanding.ASK

    @property
    def is_against(self) -> bool:
        return self.standing in (FactStanding.PARTLY, FactStanding.CONFLICT)


def comes(often: str) -> bool | None:
    """Whether such shifts may come; None where no source says."""
    return None if often == NOT_KNOWN else often in COMING


def rotates(*, nights: str, days: str) -> bool | None:
    """Whether shifts may rotate; None where no source says."""
    if nights in COMING and days in COMING:
        return True
    return False if NEVER in (nights, days) else None


def shifts_in_words(*, nights: str, days: str) -> str:
    """
    >>> shifts_in_words(nights=USUAL, days=POSSIBLE), shifts_in_words(nights=NOT_KNOWN, days=NOT_KNOWN)
    ('nights usual, days possible', 'nights and days not known')
    """
    words = f"nights and days {nights}" if nights == days else f"nights {nights}, days {days}"
    return words.replace("_", " ")


def shift_fact(*, nights: str, days: str, accepted: Collection[str]) -> Fact:
    """`accepted` are some of DAY, NIGHT and ROTATIONAL.

    >>> shift_fact(nights=USUAL, days=POSSIBLE, accepted=[DAY]).text
    'Nights are usual: you accept day only; many employers will say no.'
    >>> shift_fact(nights=POSSIBLE, days=POSSIBLE, accepted=[DAY]).text
    'Nights are possible: you accept day only; ask first.'
    """
    row = shifts_in_words(nights=nights, days=days)
    if not accepted:
        return Fact("shift", FactStanding.NOT_KNOWN, f"Shift: {row}", False)
    found = list(troubles(nights=nights, days=days, accepted=accepted))
    if not found:
        return Fact("shift", FactStanding.FITS, f"Shift: fits ({row})", True)
    standing, words = max(found, key=lambda one: ORDER.index(one[0]))
    only = listed([shift for shift in (DAY, NIGHT, ROTATIONAL) if shift in accepted])
    return Fact("shift", standing, f"{words}: you accept {only} only{ENDINGS[standing]}", True)


# What helps where no role is sure to be without nights: the guide's article says so of domestic processes.
BY_DAY = "Domestic work, for customers in your own country, may be by day."
ORDER = (FactStanding.ASK, FactStanding.PARTLY, FactStanding.CONFLICT)
ENDINGS = {FactStanding.ASK: "; ask first.", FactStanding.PARTLY: "; many employers will say no.", ORDER[-1]: "."}
SAID_OF = {
    NEVER: "{} never come",
    POSSIBLE: "{} are possible",
    USUAL: "{} are usual",
    ALWAYS: "{} always come",
    NOT_KNOWN: "No source says whether {} come",
}
MEANING = {USUAL: FactStanding.PARTLY, ALWAYS: FactStanding.CONFLICT}


def troubles(*, nights: str, days: str, accepted: Collection[str]) -> Iterator[tuple[FactStanding, str]]:
    """Yield what does not simply go with the shifts that are accepted. Somebody who accepts rotation takes turns at
    both, so it is to be asked how often they come; only what always comes is no rotation.
    """
    may_rotate = rotates(nights=nights, days=days) is not False
    for shift, noun, often in ((NIGHT, "nights", nights), (DAY, "days", days)):
        if shift in accepted and often == NEVER and len(accepted) == 1:
            yield FactStanding.CONFLICT, said_of(noun, often)
        if shift not in accepted and often != NEVER:
            standing = MEANING.get(often, FactStanding.ASK)
            is_turn = ROTATIONAL in accepted and standing == FactStanding.PARTLY
            yield FactStanding.ASK if is_turn else standing, said_of(noun, often)
    if ROTATIONAL in accepted and len(accepted) == 1 and not may_rotate:
        yield FactStanding.CONFLICT, "Shifts do not rotate"
    if ROTATIONAL not in accepted and len(accepted) > 1 and may_rotate:
        yield FactStanding.ASK, "Shifts may rotate"


def said_of(noun: str, often: str) -> str:
    words = SAID_OF[often].format(noun)
    return f"{words[0].upper()}{words[1:]}"


def work_fact(*, kind: str, accepted: Sequence[str], is_covered: bool) -> Fact:
    """The same for the work itself. `is_covered`: what is accepted holds it all, as voice and non-voice do blended."""
    if not accepted:
        return Fact("work_type", FactStanding.NOT_KNOWN, f"Work type: {kind.lower()}", False)
    if is_covered:
        return Fact("work_type", FactStanding.FITS, f"Work type: fits ({kind.lower()})", True)
    return Fact("work_type", FactStanding.CONFLICT, f"{kind} work: you accept {listed(accepted)} only.", True)


def degree_fact(*, asked: str, finished: str, is_degree: bool) -> Fact:
    """`finished` is the highest that the person finished, as it follows “you have”; empty where they have not said.

    >>> degree_fact(asked=PREFERRED, finished="a school certificate", is_degree=False).text
    'Degree preferred: you have a school certificate; some employers will say no.'
    >>> degree_fact(asked=NEEDED, finished="a school certificate", is_degree=False).text
    'Degree needed: you have a school certificate.'
    >>> degree_fact(asked=NO_RULE, finished="a school certificate", is_degree=False).text
    'Degree, no rule found: you have a school certificate; ask first.'
    """
    is_said = bool(finished)
    if asked == NOT_NEEDED:
        return Fact("degree", FactStanding.FITS if is_said else FactStanding.NOT_KNOWN, "Degree: not needed", is_said)
    words = "Degree, no rule found" if asked == NO_RULE else f"Degree {asked}"
    if not is_said:
        unsaid = "Degree: no rule found" if asked == NO_RULE else f"{words}: not known what you have"
        return Fact("degree", FactStanding.NOT_KNOWN, unsaid, False)
    if is_degree:
        return Fact("degree", FactStanding.FITS, f"{words}: you have {finished}.", True)
    standing, ending = WITHOUT_DEGREE.get(asked, WITHOUT_DEGREE[NEEDED])
    return Fact("degree", standing, f"{words}: you have {finished}{ending}", True)


WITHOUT_DEGREE = {
    NO_RULE: (FactStanding.ASK, "; ask first."),
    PREFERRED: (FactStanding.PARTLY, "; some employers will say no."),
    NEEDED: (FactStanding.CONFLICT, "."),
}


def covers(accepted: Collection[str], kind: str, *, parts: Collection[str] = ()) -> bool:
    """Whether somebody who accepts `accepted` accepts `kind`, which may be made of `parts`."""
    return kind in accepted or (bool(parts) and all(part in accepted for part in parts))


def listed(words: Sequence[str]) -> str:
    """“day, night and rotational”, in small letters as within a sentence."""
    small = [word.lower() for word in words]
    return small[0] if len(small) == 1 else f"{', '.join(small[:-1])} and {small[-1]}"
