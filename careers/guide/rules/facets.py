"""Filters over a list: which rows fit, how many each further choice would leave, and what to give up when none fits.

Rows are plain: an id and, for every facet, the set of values that the row has. Choices within a facet widen (any of
them), facets narrow each other (all of them).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Row:
    id: int
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Relaxation:
    """Some choices given up: their facets, whether the words go too, and how many rows fit then."""

    facets: tuple[str, ...]
    without_words: bool
    count: int


def fits(row: Row, chosen: Chosen, *, but: str = "") -> bool:
    """Whether a row has at least one chosen value of every facet, leaving out the facet `but`."""
    return all(
        facet == but or not values or values & row.values.get(facet, frozenset()) for facet, values in chosen.items()
    )


def narrow(rows: Iterable[Row], chosen: Chosen) -> list[Row]:
    return [row for row in rows if fits(row, chosen)]


def closest(rows: Sequence[Row], chosen: Chosen) -> list[int]:
    """Ids of all rows, those that fit most facets first; rows that fit equally many keep their order."""
    given = [facet for facet, values in chosen.items() if values]
    misfits = {row.id: sum(not fits(row, {facet: chosen[facet]}) for facet in given) for row in rows}
    return sorted(misfits, key=misfits.__getitem__)


def counts(rows: Sequence[Row], chosen: Chosen, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each facet: value → how many rows have it among those that fit all *other* facets. Cost: rows × facets."""
    result: dict[str, dict[str, int]] = {}
    for facet in facets:
        tally: dict[str, int] = {}
        for row in rows:
            if fits(row, chosen, but=facet):
                for value in row.values.get(facet, frozenset()):
                    tally[value] = tally.get(value, 0) + 1
        result[facet] = tally
    return result


def relaxations(
    all_rows: Sequence[Row], found: frozenset[int], chosen: Chosen, *, words: bool, most: int = 4
) -> list[Relaxation]:
    """The smallest sets of choices to give up so that something fits, cheapest first.

    `found` are the ids that the reader's words found; without words every row counts as found.
    """
    given = [facet for facet, values in chosen.items() if values]
    parts = ([""] if words else []) + given
    result: list[Relaxation] = []
    for size in range(1, len(parts) + 1):
        for dropped in combinations(parts, size):
            left = {facet: values for facet, values in chosen.items() if facet not in dropped}
            without_words = "" in dropped
            count = sum(1 for row in all_rows if (without_words or not words or row.id in found) and fits(row, left))
            covered = any({*r.facets, *([""] if r.without_words else [])} <= set(dropped) for r in result)
            if count and not covered:
                result.append(Relaxation(tuple(f for f in dropped if f), without_words, count))
            if len(result) == most:
                return result
    return result
