"""The facts of working life of a role beside what a person said: stated and filtered by, never counted.

Shift and work type are a matter of what somebody accepts. A degree that is preferred is neither asked of everybody nor
of nobody, so without one it fits only in part: some employers will say no. What nobody said is not known.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from careers.lib.words import plural

NOT_NEEDED, PREFERRED, NEEDED = "not_needed", "preferred", "needed"  # what a role says of a degree


class FactStanding(StrEnum):
    FITS = "fits"
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
    def is_against(self) -> bool:
        return self.standing in (FactStanding.PARTLY, FactStanding.CONFLICT)


def shift_fact(*, worked: Sequence[str], accepted: Sequence[str]) -> Fact:
    """`worked` and `accepted` are the names of shifts.

    >>> shift_fact(worked=["Night"], accepted=["Day"]).text
    'Night shift: you accept day only.'
    >>> shift_fact(worked=["Day", "Night"], accepted=["Day"]).text
    'Night shift too: you accept day only.'
    """
    others = [shift for shift in worked if shift not in accepted]
    if not accepted:
        return Fact("shift", FactStanding.NOT_KNOWN, f"Shift: {in_a_row(worked)}", False)
    if not others:
        return Fact("shift", FactStanding.FITS, f"Shift: fits ({in_a_row(worked)})", True)
    noun = plural(len(others), "shift")
    some = " too" if len(others) < len(worked) else ""
    text = f"{listed(others).capitalize()} {noun}{some}: you accept {listed(accepted)} only."
    return Fact("shift", FactStanding.CONFLICT, text, True)


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
    """
    is_said = bool(finished)
    if asked == NOT_NEEDED:
        return Fact("degree", FactStanding.FITS if is_said else FactStanding.NOT_KNOWN, "Degree: not needed", is_said)
    if not is_said:
        return Fact("degree", FactStanding.NOT_KNOWN, f"Degree {asked}: not known what you have", False)
    if is_degree:
        return Fact("degree", FactStanding.FITS, f"Degree {asked}: you have {finished}.", True)
    if asked == PREFERRED:
        text = f"Degree preferred: you have {finished}; some employers will say no."
        return Fact("degree", FactStanding.PARTLY, text, True)
    return Fact("degree", FactStanding.CONFLICT, f"Degree {asked}: you have {finished}.", True)


def covers(accepted: Collection[str], kind: str, *, parts: Collection[str] = ()) -> bool:
    """Whether somebody who accepts `accepted` accepts `kind`, which may be made of `parts`."""
    return kind in accepted or (bool(parts) and all(part in accepted for part in parts))


def in_a_row(words: Sequence[str]) -> str:
    return ", ".join(words).lower()


def listed(words: Sequence[str]) -> str:
    """“day, night and rotational”, in small letters as within a sentence."""
    small = [word.lower() for word in words]
    return small[0] if len(small) == 1 else f"{', '.join(small[:-1])} and {small[-1]}"
