"""Filters over a list: which rows fit, how many each further choice would leave, and what to give up when none fits.

Rows are plain: an id and, for every facet, the set of values that the row has. Choices within a facet widen (any of
them), facets narrow each other (all of them).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Facets:
    """Which rows have which values. It never changes: `updated` makes another.

    Sets of rows are whole numbers with a bit for each row, so that to narrow or to count takes a few operations a
    value: some 10 microseconds for 100 values of 5,000 rows.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.places: dict[int, int] = {}  # id → its bit
        self.ids: list[int] = []  # by bit; also of those that are gone
        self.masks: dict[str, dict[str, int]] = {}  # facet → value → the rows that have it
        self.every = 0
        self._add(rows)

    def _add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            bit = 1 << len(self.ids)
            self.places[row.id] = bit
            self.ids.append(row.id)
            self.every |= bit
            for facet, values in row.values.items():
                masks = self.masks.setdefault(facet, {})
                for value in values:
                    masks[value] = masks.get(value, 0) | bit

    def updated(self, *, gone: Iterable[int], rows: Iterable[Row]) -> "Facets":
        """The same without the rows of the ids `gone`, and with `rows`. Once half of it is gone it is built smaller."""
        left = self.every
        for key in gone:
            left &= ~self.places.get(key, 0)
        made = Facets()
        if left.bit_count() * 2 < len(self.ids):
            kept = [Row(self.ids[place], self._values(1 << place)) for place in places(left)]
            made._add([*kept, *rows])
            return made
        made.ids = list(self.ids)
        made.places = {key: bit for key, bit in self.places.items() if bit & left}
        made.every = left
        made.masks = {
            facet: {value: bits & left for value, bits in masks.items() if bits & left}
            for facet, masks in self.masks.items()
        }
        made._add(rows)
        return made

    def with_masks(self, masks: dict[str, dict[str, int]]) -> "Facets":
        """The same rows with other facets."""
        made = Facets()
        made.places, made.ids, made.every, made.masks = self.places, self.ids, self.every, masks
        return made

    def having_any(self, facet: str) -> int:
        """The rows with any value of a facet."""
        return self.having(facet, self.masks.get(facet, ()))

    def _values(self, bit: int) -> dict[str, frozenset[str]]:
        return {
            facet: frozenset(value for value, bits in masks.items() if bits & bit)
            for facet, masks in self.masks.items()
        }

    def set_of(self, ids: Iterable[int]) -> int:
        """The rows of `ids`; an id that it does not know is left out."""
        bits = 0
        for key in ids:
            bits |= self.places.get(key, 0)
        return bits

    def keys_of(self, rows: int) -> list[int]:
        """The ids of `rows`."""
        return [self.ids[place] for place in places(rows)]

    def has(self, rows: int, key: int) -> bool:
        return bool(rows & self.places.get(key, 0))

    def fitting(self, chosen: Chosen, *, among: int | None = None, but: str = "") -> int:
        """The rows with at least one chosen value of every facet, leaving out the facet `but`."""
        rows = self.every if among is None else among
        for facet, values in chosen.items():
            if values and facet != but:
                rows &= self.having(facet, values)
        return rows

    def having(self, facet: str, values: Iterable[str]) -> int:
        masks, rows = self.masks.get(facet, {}), 0
        for value in values:
            rows |= masks.get(value, 0)
        return rows

    def counts(self, chosen: Chosen, facets: Iterable[str], *, among: int | None = None) -> dict[str, dict[str, int]]:
        """For each facet: value → how many rows have it among those that fit all *other* facets; none is left out."""
        tally = {}
        for facet in facets:
            rows = self.fitting(chosen, among=among, but=facet)
            found = {value: (bits & rows).bit_count() for value, bits in self.masks.get(facet, {}).items()}
            tally[facet] = {value: count for value, count in found.items() if count}
        return tally

    def closest(self, order: Iterable[int], chosen: Chosen, *, most: int, named: Iterable[int] = ()) -> list[int]:
        """The first `most` of the ids in `order`, those that fit most facets first, else as they stand in it.

        To be among the `named` counts as one facet more.
        """
        given = [self.having(facet, values) for facet, values in chosen.items() if values]
        given += [rows for rows in [self.set_of(named)] if rows]
        misfits = {key: sum(not self.has(rows, key) for rows in given) for key in order}
        return sorted(misfits, key=misfits.__getitem__)[:most]

    def relaxations(self, chosen: Chosen, *, found: int | None, most: int = 4) -> list[Relaxation]:
        """The smallest sets of choices to give up so that something fits, cheapest first.

        `found` are the rows that the reader's words found; None without words.
        """
        given = [facet for facet, values in chosen.items() if values]
        parts = ([] if found is None else [""]) + given
        result: list[Relaxation] = []
        for dropped in some_of(parts):
            left = {facet: values for facet, values in chosen.items() if facet not in dropped}
            without_words = "" in dropped
            count = self.fitting(left, among=None if without_words else found).bit_count()
            covered = any({*r.facets, *([""] if r.without_words else [])} <= set(dropped) for r in result)
            if count and not covered:
                result.append(Relaxation(tuple(facet for facet in dropped if facet), without_words, count))
            if len(result) == most:
                break
        return result


def some_of(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All choices of at least one of `parts`, smaller ones first."""
    for size in range(1, len(parts) + 1):
        yield from combinations(parts, size)


def places(rows: int) -> Iterator[int]:
    """The numbers of the bits in `rows`, from the lowest."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest
