"""The words and names of everything that can be found, in memory: to mend by, and to complete what is being typed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from math import log
from typing import Any, TypeVar

from careers.search.rules.mending import words_beginning
from careers.search.rules.queries import Term
from careers.search.rules.texts import joined

Row = TypeVar("Row", bound=tuple[Any, ...])
# No normalised text goes on with it.
LAST = chr(0x10FFFF)
FEW = 3  # entries: a word that fewer have may be rare here by chance


@dataclass(frozen=True)
class Listed:
    """An entry as it is kept; every text is normalised. `thing` is what it is of, `order` is as a `Candidate` has it,
    `words` are those that are not in its names, each once. Tuples, as sets of so few would take most of the memory.
    """

    key: int
    thing: tuple[int, int]
    order: tuple[int, ...]
    title: str
    alternates: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def names(self) -> set[str]:
        """The words of its names."""
        return {word for name in (self.title, *self.alternates) for word in name.split()}


class Vocabulary:
    """Words, sorted. It never changes; what is `updated` is another one, which costs little where little changes."""

    def __init__(self, counts: Mapping[str, int], in_order: list[str]):
        """`counts`: how many entries have each word."""
        self.counts, self.in_order = counts, in_order

    def updated(self, *, gone: Iterable[str], come: Iterable[str]) -> "Vocabulary":
        """Another one without and with these, a word once for each entry that had or has it."""
        changed = Counter(come)
        changed.subtract(gone)
        if not any(changed.values()):
            return self
        counts = {**self.counts}
        for word, number in changed.items():
            counts[word] = counts.get(word, 0) + number
        lost = {word for word in changed if not counts[word]}
        for word in lost:
            del counts[word]
        new = [word for word in changed if word in counts and word not in self.counts]
        kept = [word for word in self.in_order if word in counts] if lost else self.in_order
        return Vocabulary(counts, sorted([*kept, *new]))


class Lexicon:
    """It never changes; what is `updated` is another one, in which little has to be sorted where little changes.

    `titles` and `alternates` are pairs of a name and a key, `in_order` has entries that answer alike, all sorted.
    """

    def __init__(self) -> None:
        self.entries: dict[int, Listed] = {}
        self.key_of: dict[tuple[int, int], int] = {}
        self.of_names = self.of_all = Vocabulary({}, [])
        self.titles: list[tuple[str, int]] = []
        self.alternates: list[tuple[str, int]] = []
        self.in_order: list[tuple[tuple[int, ...], str, int]] = []

    def updated(self, *, gone: Iterable[int], entries: Iterable[Listed]) -> "Lexicon":
        """Another one, without the entries whose keys are `gone`, and with these, each in the place of its thing's."""
        other, come = Lexicon(), list(entries)
        other.entries, other.key_of = {**self.entries}, {**self.key_of}
        replaced = {other.key_of[entry.thing] for entry in come if entry.thing in other.key_of}
        went = [other.entries.pop(key) for key in replaced.union(gone)]
        for entry in went:
            del other.key_of[entry.thing]
        other.entries |= {entry.key: entry for entry in come}
        other.key_of |= {entry.thing: entry.key for entry in come}
        other.of_names = self.of_names.updated(gone=words_of_names(went), come=words_of_names(come))
        other.of_all = self.of_all.updated(gone=words_of_all(went), come=words_of_all(come))
        other.titles = merged(self.titles, titles_of(went), titles_of(come))
        other.alternates = merged(self.alternates, alternates_of(went), alternates_of(come))
        other.in_order = merged(self.in_order, places_of(went), places_of(come))
        return other

    @property
    def names(self) -> list[str]:
        """The words of all names, sorted."""
        return self.of_names.in_order

    @property
    def words(self) -> list[str]:
        """All words, sorted."""
        return self.of_all.in_order

    @cached_property
    def joined(self) -> dict[int, str]:
        """How each title reads as one word."""
        return {key: joined(entry.title) for key, entry in self.entries.items()}

    def weight(self, term: Term) -> float:
        """How much a word says: the more, the fewer entries have it, but for those that are too few to tell. A number
        that none has says nothing.
        """
        words = words_beginning(term.word, self.words) if term.begins else [term.word]
        having = sum(self.of_all.counts.get(word, 0) for word in words)
        return 0 if term.word.isdigit() and not having else log(1 + len(self.entries) / max(having, FEW))

    def joined_titles(self, kind: int | None) -> tuple[list[int], list[str]]:
        """The keys of a kind, and in the same order how each title reads as one word."""
        keys = list(self.of_kind(self.entries, kind))
        return keys, [self.joined[key] for key in keys]

    def of_kind(self, keys: Iterable[int], kind: int | None) -> Iterable[int]:
        """`kind` is the first of an entry's order, None for all."""
        return keys if kind is None else (key for key in keys if self.entries[key].order[0] == kind)

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each key stands in the order of entries that answer alike."""
        return {key: place for place, (_, _, key) in enumerate(self.in_order)}

    def called(self, texts: Iterable[str], *, kind: int | None, most: int) -> list[int]:
        """Keys of the entries that are called as one of `texts`, then of those with a title that begins so: `most`."""
        exact: set[int] = set()
        begun: set[int] = set()
        for text in texts:
            begun.update(key for _, key in between(self.titles, text, text + LAST))
            for names in (self.titles, self.alternates):
                exact.update(key for _, key in between(names, text, f"{text} "))
        found = [*self.first(exact, kind, most), *self.first(begun - exact, kind, most)]
        return found[:most]

    def first(self, keys: Iterable[int], kind: int | None, most: int) -> list[int]:
        return nsmallest(most, self.of_kind(keys, kind), key=self.places.__getitem__)


def between(names: list[tuple[str, int]], first: str, end: str) -> list[tuple[str, int]]:
    return names[bisect_left(names, (first,)) : bisect_left(names, (end,))]


def words_of_names(entries: Iterable[Listed]) -> Iterable[str]:
    return chain.from_iterable(entry.names for entry in entries)


def words_of_all(entries: Iterable[Listed]) -> Iterable[str]:
    return chain.from_iterable(entry.names.union(entry.words) for entry in entries)


def titles_of(entries: Iterable[Listed]) -> set[tuple[str, int]]:
    return {(entry.title, entry.key) for entry in entries}


def alternates_of(entries: Iterable[Listed]) -> set[tuple[str, int]]:
    return {(name, entry.key) for entry in entries for name in entry.alternates}


def places_of(entries: Iterable[Listed]) -> set[tuple[tuple[int, ...], str, int]]:
    return {(entry.order, entry.title, entry.key) for entry in entries}


def merged(in_order: list[Row], gone: set[Row], come: set[Row]) -> list[Row]:
    """A sorted list without and with these: another one, where anything changes."""
    if gone == come:
        return in_order
    kept = [one for one in in_order if one not in gone] if gone else in_order
    return sorted([*kept, *come])
