"""Searches without a result, brought together where they mean the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA

from careers.search.rules.english import is_english
from careers.search.rules.queries import FILLERS
from careers.search.rules.texts import SHORT, WITHOUT, affirmed, searchable

MOST_MENDED = 2000  # words that nobody knows; what a flood of nonsense has beyond stands for itself
BY_FILTERS = ":"  # begins the key of a group without words, as no word does


@dataclass(frozen=True)
class Asked:
    """One spelling, with the filters beside it: how often it found nothing, and when last."""

    words: str
    filters: str
    times: int
    last: date


@dataclass(frozen=True)
class MissGroup:
    """Searches that mean the same. `spellings` and `filters` stand as often as they were asked, the commonest first."""

    key: str
    name: str
    times: int
    last: date
    spellings: tuple[str, ...]
    filters: tuple[str, ...]


def grouped(every: Iterable[Asked]) -> list[MissGroup]:
    """Groups of searches for the same words: one or many of a thing, in any order, with a slip of the keys or without.

    A word that English has is no slip of another. The most asked come first. Cost: each of the `MOST_MENDED` unknown
    words that were asked most is compared with those before it, and with the known ones, once.
    """
    rows = sorted(every, key=lambda row: (-row.times, row.words, row.filters))
    mend = mended_words(word for row in rows for word in searchable(row.words).split())
    groups: dict[str, list[Asked]] = {}
    for row in rows:
        groups.setdefault(key_of(row, mend), []).append(row)
    return sorted((group_of(key, found) for key, found in groups.items()), key=lambda one: (-one.times, one.name))


def key_of(row: Asked, mend: dict[str, str]) -> str:
    words = {mend[word] for word in searchable(row.words).split()}
    return " ".join(sorted(words - FILLERS or words)) or f"{BY_FILTERS}{row.filters}"


def group_of(key: str, rows: list[Asked]) -> MissGroup:
    spellings: dict[str, int] = {}
    filters: dict[str, int] = {}
    for row in rows:
        for known, text in ((spellings, row.words), (filters, row.filters)):
            if text:
                known[text] = known.get(text, 0) + row.times
    in_order = [tuple(sorted(known, key=lambda text: (-known[text], text))) for known in (spellings, filters)]
    return MissGroup(
        key=key,
        name=(*in_order[0], *in_order[1], key)[0],
        times=sum(row.times for row in rows),
        last=max(row.last for row in rows),
        spellings=in_order[0],
        filters=in_order[1],
    )


def mended_words(words: Iterable[str]) -> dict[str, str]:
    """{word: the word that it is taken for}: for one that English does not have, the first that is one slip away."""
    every = dict.fromkeys(words)
    plain = list(dict.fromkeys(affirmed(word) or word for word in every))
    english = [word for word in plain if is_english(word)]
    taken, known = dict(zip(english, english, strict=True)), english[:MOST_MENDED]
    for number, word in enumerate([word for word in plain if word not in taken]):
        is_compared = number < MOST_MENDED and len(word) > SHORT
        near = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=1) if is_compared else None
        taken[word] = near[0] if near else word
        if is_compared and not near:
            known.append(word)
    return {word: f"{WITHOUT}{taken[affirmed(word)]}" if affirmed(word) else taken[word] for word in every}
