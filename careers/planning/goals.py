"""A person's goal when the route changes under it: what stays of the steps, and what the guide says differently.

Steps are one and the same where their identity is: the kind, and the role, the skill with its proficiency, or the
certification. What is done is never lost: on the new route it is done there, beside it it is kept without a leg.

The facts of a route are one `planning.changes` snapshot for each of its moves, in their order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from careers.planning.changes import LABELS, Change, Facts, changes
from careers.planning.months import Months, months_in_words

Identity = tuple[str, int | None, int | None, int | None, int | None]

KINDS = ("skill", "certification", "move")  # in the order in which a leg is gone
FEE = "fee of "  # begins the name of a fact; the certification's title follows
HERE, GONE = "In the guide", "No longer in the guide"
ROUTE_LABELS = {
    "move": "This move",
    "start": "From",
    "title": "To",
    "kind": "Kind of move",
    "gained_by": "How one gets it",
    "how": "In words",
    "months": "Months",
    "skills": LABELS["skills"],
    "certifications": "Certificates recommended for it",
}


@dataclass(frozen=True)
class PlanStep:
    """One thing to do. Without a `leg` it is beside the route, and done. `months` is None where not known."""

    identity: Identity
    title: str
    leg: int | None
    months: Months | None = None
    done_at: datetime | None = None


def merge_steps(old: Iterable[PlanStep], new: Iterable[PlanStep]) -> list[PlanStep]:
    """The steps of `new` with what is done in either, then what is done in `old` alone, beside the route.

    Of `new` alone an open step stays; of `old` alone it goes. Done in both, the earlier moment counts. Each once.
    """
    old = list(old)
    done: dict[Identity, datetime] = {}
    route: dict[Identity, PlanStep] = {}
    for step in new:
        route.setdefault(step.identity, step)
        note_done(done, step)
    for step in old:
        note_done(done, step)
        if step.identity not in route and step.done_at is not None:
            route[step.identity] = replace(step, leg=None)
    # On the route first, in its order; `sorted` keeps it, and that of what is beside.
    merged = [replace(step, done_at=done.get(step.identity)) for step in route.values()]
    return sorted(merged, key=lambda step: step.leg is None)


def note_done(done: dict[Identity, datetime], step: PlanStep) -> None:
    if step.done_at is not None:
        done[step.identity] = min(step.done_at, done.get(step.identity, step.done_at))


def still_asked(old: Iterable[PlanStep], new: Sequence[PlanStep], asked: Mapping[int, set[Identity]]) -> list[PlanStep]:
    """`new` with the steps of `old` that the guide still asks for on the same leg, before the others of their kind.

    Whoever has reached a step by their evidence is not asked for it again, yet it was a step of their route.
    `asked` is leg → what the guide asks for on it, whatever a person has.
    """
    there = {step.identity for step in new}
    kept = [
        step for step in old if step.leg and step.identity in asked.get(step.leg, ()) and step.identity not in there
    ]
    return sorted([*kept, *new], key=lambda step: (step.leg is None, step.leg or 0, KINDS.index(step.identity[0])))


@dataclass(frozen=True)
class Difference:
    """What the guide says otherwise of one move of the route."""

    start: str
    end: str
    changes: tuple[Change, ...]


def move_facts(
    *,
    start: str,
    end: str,
    kind: str,
    gained_by: str,
    how: str,
    months: Months | None,
    skills: Mapping[str, tuple[int, bool]],
    certifications: Mapping[str, str],
) -> dict[str, object]:
    """What the guide says of a move that it has. `certifications` is title → fee in words, empty where not known."""
    facts: dict[str, object] = {
        "move": HERE,
        "start": start,
        "title": end,
        "kind": kind,
        "gained_by": gained_by,
        "how": how,
        "months": months_in_words(months),
        "skills": {name: list(asked) for name, asked in skills.items()},
        "certifications": list(certifications),
    }
    return facts | {f"{FEE}{title}": fee for title, fee in certifications.items()}


def gone(seen: Facts) -> dict[str, object]:
    """The facts of a move that the guide has no longer: as they were last seen, and that."""
    return {**seen, "move": GONE}


def is_gone(facts: Facts) -> bool:
    return facts.get("move") == GONE


def differences(seen: Sequence[Facts], now: Sequence[Facts]) -> list[Difference]:
    """Move by move; of moves that only one of the two knows nothing is said."""
    found = []
    for before, after in zip(seen, now, strict=False):
        told = changes(before, after, labels=labels_of(before, after))
        if told:
            found.append(Difference(str(after.get("start", "")), str(after.get("title", "")), tuple(told)))
    return found


def labels_of(before: Facts, after: Facts) -> dict[str, str]:
    fees = sorted(name for name in before.keys() | after.keys() if name.startswith(FEE))
    return {**ROUTE_LABELS, **{name: f"Fee of {name.removeprefix(FEE)}" for name in fees}}
