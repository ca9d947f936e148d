"""A person's goal when the route changes under it: what stays of the steps.

Steps are one and the same where their identity is: the kind, and the start and end of a move, the skill with its
proficiency, or the certification. What is done is never lost: on the new route it is done there, beside it it is kept
without a leg. A move that was made is not made again by a tick of long ago: see `moves_made`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from careers.lib.months import Months

KINDS = ("skill", "certification", "move")  # in the order in which a leg is gone


class Identity(NamedTuple):
    """Keys. A move without `start` is that of somebody new to BPO."""

    kind: str
    start: int | None = None
    role: int | None = None
    skill: int | None = None
    proficiency: int | None = None
    certification: int | None = None


@dataclass(frozen=True)
class RouteStep:
    """One thing to do. Without a `leg` it is beside the route, and done. `months` is None where not known."""

    identity: Identity
    title: str
    leg: int | None
    months: Months | None = None
    done_at: datetime | None = None


Done = dict[Identity, datetime]


def merge_goal_steps(old: Iterable[RouteStep], new: Iterable[RouteStep]) -> list[RouteStep]:
    """The steps of `new` with what is done in either, then what is done and not on the route, beside it.

    Of `new` alone an open step stays; of `old` alone it goes. Done in both, the earlier moment counts.
    """
    old, new = list(old), list(new)
    done, made = all_done([*old, *new]), moves_made(old, new)
    route: dict[Identity, RouteStep] = {}
    for step in new:
        if step.leg is not None and step.identity not in route:
            is_move = step.identity.kind == "move"
            moment = made.get(step.identity) if is_move else reached(done, step.identity)
            route[step.identity] = replace(step, done_at=moment)
    settled = {identity for identity, step in route.items() if step.done_at is not None}
    beside: dict[Identity, RouteStep] = {}
    for step in [*old, *new]:
        if step.done_at is not None and step.identity not in settled:
            beside.setdefault(step.identity, replace(step, leg=None, done_at=done[step.identity]))
    return [*route.values(), *beside.values()]


def all_done(steps: Iterable[RouteStep]) -> Done:
    """Each with the earliest moment."""
    done: Done = {}
    for step in steps:
        if step.done_at is not None:
            done[step.identity] = min(step.done_at, done.get(step.identity, step.done_at))
    return done


def reached(done: Done, identity: Identity) -> datetime | None:
    """When it was done; a skill that was raised further was raised so far too."""
    if identity.kind != "skill":
        return done.get(identity)
    return min((at for one, at in done.items() if is_at_least(one, identity)), default=None)


def is_at_least(one: Identity, other: Identity) -> bool:
    return one.skill == other.skill and (one.proficiency or 0) >= (other.proficiency or 0)


def moves_made(old: Sequence[RouteStep], new: Sequence[RouteStep]) -> Done:
    """The moves on the route of `new` that are made.

    A move of `old` counts where both routes are the same from the start up to it. One from beside counts where all
    before it are made, none of them later than it, and the person has not come back to the start since: whoever came
    from an agent's seat to an analyst's, by a team leader's, still has the way from analyst to team leader to go.
    """
    before, after = moves_of(old), moves_of(new)
    done = all_done(step for step in [*old, *new] if step.identity.kind == "move")
    ends = {identity.role for identity in done}
    is_same, is_unbroken = True, bool(after) and after[0].identity.start not in ends
    latest, made = None, Done()
    for place, step in enumerate(after):
        is_same = is_same and place < len(before) and before[place].identity == step.identity
        moments = [step.done_at, before[place].done_at if is_same else None]
        moment = min((at for at in moments if at is not None), default=None)
        if moment is None and is_unbroken:
            at = done.get(step.identity)
            moment = at if at is not None and (latest is None or at >= latest) else None
        is_unbroken, latest = is_unbroken and moment is not None, moment
        if moment is not None:
            made[step.identity] = moment
    return made


def moves_of(steps: Iterable[RouteStep]) -> list[RouteStep]:
    """Those on the route, in its order."""
    moves = [(step.leg, step) for step in steps if step.leg is not None and step.identity.kind == "move"]
    return [step for _, step in sorted(moves, key=lambda pair: pair[0])]


def still_asked(
    old: Iterable[RouteStep], new: Sequence[RouteStep], asked: Mapping[int, set[Identity]]
) -> list[RouteStep]:
    """`new` with the steps of `old` that the guide still asks for on the same leg, before the others of their kind.

    Whoever has reached a step by their evidence is not asked for it again, yet it was a step of their route.
    `asked` is leg → what the guide asks for on it, whatever a person has.
    """
    there = {step.identity for step in new}
    kept = [
        step for step in old if step.leg and step.identity in asked.get(step.leg, ()) and step.identity not in there
    ]
    return sorted([*kept, *new], key=lambda step: (step.leg is None, step.leg or 0, KINDS.index(step.identity.kind)))
