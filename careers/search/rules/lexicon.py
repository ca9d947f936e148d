"""The words and names of everything that can be found, in memory: to mend by, and to complete what is being typed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain

from careers.search.rules.texts import joined

# No normalised text goes on with it.
LAST = chr(0x10FFFF)


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
    """It never changes; what is `updated` is another one. What else is sorted is so when somebody first asks for it."""

    def __init__(self) -> None:
        self.entries: dict[int, Listed] = {}
        self.key_of: dict[tuple[int, int], int] = {}
        self.of_names = self.of_texts = Vocabulary({}, [])

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
        other.of_texts = self.of_texts.updated(gone=words_of_texts(went), come=words_of_texts(come))
        return other

    @property
    def names(self) -> list[str]:
        """The words of all names, sorted."""
        return self.of_names.in_order

    @cached_property
    def words(self) -> list[str]:
        """All words, sorted."""
        return sorted({*self.of_names.counts, *self.of_texts.counts})

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


def words_of_names(entries: Iterable[Listed]) -> Iterable[str]:
    return chain.from_iterable(entry.names for entry in entries)


def words_of_texts(entries: Iterable[Listed]) -> Iterable[str]:
    return chain.from_iterable(entry.words for entry in entries)
