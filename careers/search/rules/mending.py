"""Words that nobody wrote like that: which were meant."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from careers.search.rules.queries import Query, Term
from careers.search.rules.texts import SHORT

# Below these likenesses (0–100) a correction is more often wrong than right.
LEAST_LIKENESS = 75
LEAST_LIKENESS_OF_FEW_LETTERS = 80
FEW_LETTERS = 5
LEAST_LIKENESS_OF_WHOLE = 80
MOST_LIKE = 8  # words of which the nearest is taken


def correct(query: Query, known: Sequence[str], names: Sequence[str]) -> Query:
    """`query` with every word that begins nothing in `known` replaced by the nearest one, if any is near.

    A word of `names` is the likelier meant, so those are asked first. Cost: a pass over both for each unknown word, in
    compiled code.
    """
    words = dict.fromkeys(
        term.word
        if begins_any(term.word, known)
        else nearest(term.word, names) or nearest(term.word, known) or term.word
        for term in query.terms
    )
    return Query(" ".join(words), tuple(Term(word) for word in words))


def begins_any(word: str, vocabulary: Sequence[str]) -> bool:
    return any(known.startswith(word) for known in vocabulary)


def nearest(word: str, vocabulary: Sequence[str]) -> str | None:
    """The word from which the fewest slips lead to `word`: of letters left out, added, changed or swapped."""
    if len(word) < SHORT:
        return None
    cutoff = LEAST_LIKENESS_OF_FEW_LETTERS if len(word) <= FEW_LETTERS else LEAST_LIKENESS
    found = process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=cutoff, limit=MOST_LIKE)
    return min(found, key=lambda hit: (OSA.distance(word, hit[0]), -hit[1], hit[0]))[0] if found else None


def nearest_names(text: str, names: Sequence[str], *, most: int) -> list[int]:
    """Positions of the `names` that are most like the whole `text`, best first."""
    found = process.extract(text, names, scorer=fuzz.WRatio, limit=most, score_cutoff=LEAST_LIKENESS_OF_WHOLE)
    return [position for _, _, position in sorted(found, key=lambda hit: (-hit[1], hit[2]))]
