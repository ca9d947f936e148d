"""A person's own steps of a certification once they accept a change of the guide's, or dismiss it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from careers.lib.texts import reads_alike
from careers.plans.rules.guide_changes import StepChange


@dataclass(frozen=True)
class OwnStep:
    """A step of the person's own plan. `key` tells the caller which; None where it is new."""

    key: int | None
    title: str
    hours: Decimal | None
    is_done: bool
    guide_title: str
    is_renewal: bool = False


def own_of(own: Sequence[OwnStep], change: StepChange) -> OwnStep | None:
    """The person's own step that a change is about, whatever they call it now; None where they removed it."""
    before = change.before
    if before is None:
        return None
    same = [step for step in own if before.title and reads_alike(step.guide_title) == before.title]
    alike = [(step.hours == before.hours, step.is_renewal == before.is_renewal) for step in same]
    return same[alike.index(max(alike))] if same else None


def accepted(own: Sequence[OwnStep], change: StepChange) -> list[OwnStep]:
    """The person's steps once they accept a change. What is done stays, whatever the guide says."""
    rows, mine, after = list(own), own_of(own, change), change.after
    if change.before is None and after:
        new = OwnStep(None, after.title, after.hours, False, after.title, after.is_renewal)
        return insert_behind(rows, new, change.behind)
    if mine is None:
        return rows
    if after:
        renews = after.is_renewal if change.moves else mine.is_renewal
        new_one = replace(mine, title=after.title, hours=after.hours, guide_title=after.title, is_renewal=renews)
        return [new_one if step is mine else step for step in rows]
    if mine.is_done:
        return [replace(mine, guide_title="") if step is mine else step for step in rows]
    return [step for step in rows if step is not mine]


def dismissed(own: Sequence[OwnStep], change: StepChange) -> list[OwnStep]:
    """The same once they dismiss it: what they have stays, and is known by what the guide calls it now."""
    mine, known_as = own_of(own, change), change.after.title if change.after else ""
    return [replace(step, guide_title=known_as) if step is mine else step for step in own]


def insert_behind(rows: list[OwnStep], new: OwnStep, behind: Iterable[str]) -> list[OwnStep]:
    """After the nearest of its predecessors that is there; else it comes first."""
    for title in behind:
        places = [place for place, step in enumerate(rows, start=1) if reads_alike(step.guide_title) == title]
        if places:
            return [*rows[: places[-1]], new, *rows[places[-1] :]]
    return [new, *rows]
