"""Words that nobody wrote like that: which were meant."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from careers.search.rules.english import is_english
from careers.search.rules.queries import Query, Term
from careers.search.rules.texts import SHORT, WITHOUT, affirmed, joined

# Below these likenesses (0–100) a correction is more often wrong than right.
LEAST_LIKENESS = 75
LEAST_LIKENESS_OF_FEW_LETTERS = 80
FEW_LETTERS = 5
LEAST_LIKENESS_OF_WHOLE = 80
MOST_LIKE = 25  # words of which the nearest is taken


def correct(query: Query, known: Sequence[str], names: Sequence[str], *, whole: Sequence[str] = ()) -> Query:
    """`query` with each word replaced by the nearest one, if any is near, that begins nothing in `known` and is none of
    `whole`.

    A word that English has is meant as it stands, whether anything here has it or not. A word of `names` is the
    likelier meant, so those are asked first. All are sorted. Cost: a pass over both for each unknown word, in
    compiled code.
    """
    words = dict.fromkeys(
        term.word
        if begins_any(term.word, known) or is_one(term.word, whole) or is_meant(term.word, query)
        else mended(term.word, known, names)
        for term in query.terms
    )
    return Query(" ".join(words), tuple(Term(word) for word in words))


def is_meant(word: str, query: Query) -> bool:
    """Whether English has it, or what it is the beginning of in the query: the last one may be cut."""
    return any(is_english(affirmed(one) or one) for one in query.whole.split() if one.startswith(word))


def mended(word: str, known: Sequence[str], names: Sequence[str]) -> str:
    if plain := affirmed(word):
        denied = [affirmed(one) for one in words_beginning(WITHOUT, known)]
        return WITHOUT + (nearest(plain, denied) or plain)
    return nearest(word, names) or nearest(word, known) or word


def begins_any(word: str, vocabulary: Sequence[str]) -> bool:
    """Whether it begins a word of a sorted vocabulary."""
    return bool(words_beginning(word, vocabulary, most=1))


def is_one(word: str, vocabulary: Sequence[str]) -> bool:
    return words_beginning(word, vocabulary, most=1) == [word]


def words_beginning(start: str, vocabulary: Sequence[str], *, most: int | None = None) -> list[str]:
    first = bisect_left(vocabulary, start)
    return list(takewhile(lambda word: word.startswith(start), islice(vocabulary, first, most and first + most)))


def nearest(word: str, vocabulary: Sequence[str]) -> str | None:
    """The word from which the fewest slips lead to `word`: of letters left out, added, changed or swapped."""
    if len(word) < SHORT:
        return None
    least = LEAST_LIKENESS_OF_FEW_LETTERS if len(word) <= FEW_LETTERS else LEAST_LIKENESS
    found = process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=MOST_LIKE)
    near = [(OSA.distance(word, other), -likeness, other) for other, likeness, _ in found]
    return min((one for one in near if -one[1] >= least or is_slip(one[0], word)), default=(0, 0, None))[-1]


def is_slip(distance: int, word: str) -> bool:
    return distance == 1 and len(word) > SHORT


def nearest_joined(text: str, joined_names: Sequence[str], *, most: int) -> list[int]:
    """Positions of those `joined_names` that are spelled most like `text` written as one word, best first."""
    found = process.extract(
        joined(text), joined_names, scorer=fuzz.ratio, limit=most, score_cutoff=LEAST_LIKENESS_OF_WHOLE
    )
    return [position for _, _, position in sorted(found, key=lambda hit: (-hit[1], hit[2]))]
