"""The guide's steps of a certification as a person saw them, and what changed in them since.

Steps are told apart by what they say, not by where they stand: first those that are the same, then those of the same
title, then those whose titles are most alike. So each change can be taken or left by itself, in any order, and what
remains to decide is the same.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from careers.lib.hours import hours_in_words
from careers.lib.texts import reads_alike

ALIKE = 0.55  # of two titles, from which on one is the other reworded
Seen = dict[str, str | bool | None]


@dataclass(frozen=True)
class GuideStep:
    """Its title as it reads, so that another blank in it is no change."""

    title: str
    hours: Decimal | None
    is_renewal: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", reads_alike(self.title))

    @property
    def line(self) -> str:
        """“Read the handbook, 4 h”."""
        return f"{self.title}, {hours_in_words(self.hours)}" if self.hours else self.title

    @property
    def order(self) -> tuple[str, Decimal, bool]:
        return self.title, Decimal(-1) if self.hours is None else self.hours, self.is_renewal


@dataclass(frozen=True)
class StepChange:
    """One step of the guide, `before` and `after`; None where it was not there, or is no longer.

    `behind` names the steps that it comes after as the person knows them, the nearest first.
    """

    before: GuideStep | None
    after: GuideStep | None
    behind: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """One of "added", "removed", "reworded", "hours", "renewal".

        >>> StepChange(GuideStep("Read", None), GuideStep("Read", Decimal(4))).kind
        'hours'
        """
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        if self.before.title != self.after.title:
            return "reworded"
        return "hours" if self.before.hours != self.after.hours else "renewal"

    @property
    def moves(self) -> bool:
        """Whether the step is of the renewal now and was not, or the other way round."""
        return bool(self.before and self.after and self.before.is_renewal != self.after.is_renewal)

    @property
    def name(self) -> str:
        """The name of the step, now or until it went."""
        step = self.after or self.before
        return step.title if step else ""

    @property
    def digest(self) -> str:
        """Tells whether what somebody decides on is still what the guide says."""
        facts = [
            as_seen([replace(step, hours=plain(step.hours))]) if step else None for step in (self.before, self.after)
        ]
        return hashlib.sha256(json.dumps(facts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def as_seen(steps: Iterable[GuideStep]) -> list[Seen]:
    """A snapshot as JSON; a step that is not of the renewal says nothing of it, as all did before.

    >>> as_seen([GuideStep("Book the exam", None), GuideStep("Gather points", Decimal("4.0"), is_renewal=True)])
    [{'title': 'Book the exam', 'hours': None}, {'title': 'Gather points', 'hours': '4.0', 'is_renewal': True}]
    """
    return [
        {"title": step.title, "hours": None if step.hours is None else str(step.hours)}
        | ({"is_renewal": True} if step.is_renewal else {})
        for step in steps
    ]


def read_seen(snapshot: object) -> list[GuideStep]:
    """Read what `as_seen` wrote; of a damaged snapshot only what can be read."""
    rows = snapshot if isinstance(snapshot, list) else []
    return [
        GuideStep(row["title"], number(row.get("hours")), row.get("is_renewal") is True)
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("title"), str)
    ]


def number(text: object) -> Decimal | None:
    try:
        hours = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return hours if hours is not None and hours.is_finite() else None


def plain(hours: Decimal | None) -> Decimal | None:
    """The same text for 4 and 4.0."""
    return None if hours is None else hours.quantize(Decimal("0.1"))


def step_changes(seen: Sequence[GuideStep], now: Sequence[GuideStep]) -> list[StepChange]:
    """Return the differences in the guide's order; steps that are no longer in it come last."""
    pairs = pairs_of(seen, now)
    known_as = {place: before.title for before, place in pairs if before is not None and place is not None}
    found = []
    for before, place in sorted(pairs, key=place_of):
        after = None if place is None else now[place]
        if before != after:
            behind = [known_as.get(one, now[one].title) for one in reversed(range(place or 0))]
            found.append(StepChange(before, after, tuple(behind)))
    return found


def place_of(pair: tuple[GuideStep | None, int | None]) -> tuple[int, tuple[str, Decimal, bool]]:
    before, place = pair
    return (10**6 if place is None else place), (before.order if before else ("", Decimal(), False))


def pairs_of(seen: Sequence[GuideStep], now: Sequence[GuideStep]) -> list[tuple[GuideStep | None, int | None]]:
    """Each step that was seen with its place in the guide now; None on one side where it has no other.

    By values only, so that a pair which is settled changes nothing for the others.
    """
    left, pairs = Counter(seen), list[tuple[GuideStep | None, int | None]]()
    places = []
    for place, step in enumerate(now):
        if left[step]:
            left[step] -= 1
            pairs.append((step, place))
        else:
            places.append(place)
    olds = sorted(left.elements(), key=lambda step: step.order)
    places.sort(key=lambda place: (now[place].order, place))
    for before, place in [*same_title(olds, places, now), *most_alike(olds, places, now)]:
        pairs.append((before, place))
    return [*pairs, *((before, None) for before in olds), *((None, place) for place in places)]


def same_title(olds: list[GuideStep], places: list[int], now: Sequence[GuideStep]) -> list[tuple[GuideStep, int]]:
    """Takes those that it pairs off both lists."""
    found = []
    for before in list(olds):
        place = next((place for place in places if now[place].title == before.title), None)
        if place is not None:
            found.append((before, place))
            olds.remove(before)
            places.remove(place)
    return found


def most_alike(olds: list[GuideStep], places: list[int], now: Sequence[GuideStep]) -> list[tuple[GuideStep, int]]:
    """The same by likeness, the most alike first."""
    scored = sorted(
        (-likeness(before.title, now[place].title), before.order, now[place].order, place, before)
        for before in set(olds)
        for place in places
    ) if len(olds) * len(places) <= 2500 else []  # fmt: skip
    found = []
    for score, _, _, place, before in scored:
        while -score >= ALIKE and before in olds and place in places:
            found.append((before, place))
            olds.remove(before)
            places.remove(place)
    return found


def likeness(one: str, other: str) -> float:
    """From 0 to 1, the same both ways round.

    >>> likeness("Do one practice paper", "Do two practice papers") > ALIKE > likeness("Sit the exam", "Read a book")
    True
    """
    first, second = sorted([one.casefold(), other.casefold()])
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def seen_after(seen: Sequence[GuideStep], change: StepChange) -> list[GuideStep]:
    """The snapshot once this change is decided, one way or the other."""
    rows = list(seen)
    if change.before is None:
        return [*rows, change.after] if change.after else rows
    if change.before in rows:
        place = rows.index(change.before)
        rows[place : place + 1] = [change.after] if change.after else []
    return rows
