"""On which lane each label of the year stands, so that labels do not meet and lines cross few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

LANES = 6  # that the picture of a year has at most: with more it would be higher than a screen
GAP = 10


@dataclass(frozen=True)
class Span:
    """From where to where a label goes, in pixels of the narrowest picture; `ends`: its day is at its right."""

    left: float
    right: float
    ends: bool

    @property
    def x(self) -> float:
        return self.right if self.ends else self.left


def fitting(spans: Sequence[Span]) -> list[int]:
    """The numbers of those that there is room for, the first ones first."""
    taken: list[list[Span]] = [[] for _ in range(LANES)]
    numbers = []
    for number, one in enumerate(spans):
        free = next((others for others in taken if is_free(others, one)), None)
        if free is not None:
            free.append(one)
            numbers.append(number)
    return numbers


def lanes_of(spans: Sequence[Span]) -> list[int]:
    """So that no line crosses a label, where that takes few lanes; else in as few lanes as there can be."""
    return uncrossed(spans) or fewest(spans)


def uncrossed(spans: Sequence[Span]) -> list[int] | None:
    """Each below all whose lines would cross it; None where two would cross each other, or it takes too many lanes."""
    above = {low: {high for high in range(len(spans)) if is_above(spans, high, low)} for low in range(len(spans))}
    lanes: dict[int, int] = {}
    try:
        for number in TopologicalSorter(above).static_order():
            lanes[number] = 1 + max((lanes[high] for high in above[number]), default=-1)
    except CycleError:
        return None
    return None if max(lanes.values(), default=0) >= LANES else [lanes[number] for number in range(len(spans))]


def is_above(spans: Sequence[Span], high: int, low: int) -> bool:
    """Whether the one has to stand above the other: its line would cross that. Of one day, the first stands above."""
    one, other = spans[high], spans[low]
    if one.x == other.x:
        return high < low
    crosses = other.left - GAP < one.x < other.right if other.ends else other.left < one.x < other.right + GAP
    faces = one.ends and not other.ends and other.x < one.x and not is_free([other], one)
    return crosses or faces


def fewest(spans: Sequence[Span]) -> list[int]:
    """Each on the highest lane that is free where it stands."""
    taken: list[list[Span]] = []
    lanes = []
    for one in spans:
        lane = next((number for number, others in enumerate(taken) if is_free(others, one)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(one)
        lanes.append(lane)
    return lanes


def is_free(others: Sequence[Span], one: Span) -> bool:
    return all(one.right + GAP <= other.left or other.right + GAP <= one.left for other in others)
