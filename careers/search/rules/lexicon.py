"""The words and names of everything that can be found, in memory: to mend by, and to complete what is being typed."""

from bisect import bisect_left
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain

from careers.search.rules.texts import joined

# No normalised text goes on with it.
LAST = chr(0x10FFFF)


@dataclass(frozen=True)
class Listed:
    """An entry as it is kept; every text is normalised. `order` is as a `Candidate` has it, `words` are those that
    are not in its names, each once. Tuples, as sets of so few would take most of the memory.
    """

    key: int
    order: tuple[int, ...]
    title: str
    alternates: tuple[str, ...]
    words: tuple[str, ...]


class Lexicon:
    """It never changes; what is `updated` is another one. What is sorted is so when somebody first asks for it."""

    def __init__(self, entries: Iterable[Listed]):
        self.entries = {entry.key: entry for entry in entries}

    def updated(self, *, gone: Container[int], entries: Iterable[Listed]) -> "Lexicon":
        """Another one, without the entries whose keys are `gone` and with these."""
        return Lexicon(chain((one for key, one in self.entries.items() if key not in gone), entries))

    @cached_property
    def names(self) -> list[str]:
        """The words of all names, sorted."""
        names = chain.from_iterable((entry.title, *entry.alternates) for entry in self.entries.values())
        return sorted(set().union(*map(str.split, names)))

    @cached_property
    def words(self) -> list[str]:
        """All words, sorted."""
        return sorted(set(self.names).union(*(entry.words for entry in self.entries.values())))

    @cached_property
    def titles(self) -> list[tuple[str, int]]:
        return sorted((entry.title, key) for key, entry in self.entries.items())

    @cached_property
    def alternates(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for key, entry in self.entries.items():
            for name in entry.alternates:
                found.setdefault(name, []).append(key)
        return found

    @cached_property
    def joined(self) -> dict[int, str]:
        """How each title reads as one word."""
        return {key: joined(entry.title) for key, entry in self.entries.items()}

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
        in_order = sorted((entry.order, entry.title, key) for key, entry in self.entries.items())
        return {key: place for place, (_, _, key) in enumerate(in_order)}

    def called(self, texts: Iterable[str], *, kind: int | None, most: int) -> list[int]:
        """Keys of the entries that are called as one of `texts`, then of those with a title that begins so: `most`."""
        exact: set[int] = set()
        begun: set[int] = set()
        for text in texts:
            first, last = bisect_left(self.titles, (text,)), bisect_left(self.titles, (text + LAST,))
            begun.update(key for _, key in self.titles[first:last])
            exact.update(self.alternates.get(text, ()))
            exact.update(key for _, key in self.titles[first : bisect_left(self.titles, (f"{text} ",), first)])
        found = [*self.first(exact, kind, most), *self.first(begun - exact, kind, most)]
        return found[:most]

    def first(self, keys: Iterable[int], kind: int | None, most: int) -> list[int]:
        return nsmallest(most, self.of_kind(keys, kind), key=self.places.__getitem__)
