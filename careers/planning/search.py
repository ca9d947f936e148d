"""Search: how text is normalised, how a query is read, and in which order what was found is shown.

The database only finds candidates. Everything that decides what a reader sees is here, so SQLite and PostgreSQL answer
alike: exact title, alternate title, beginning of a title, all words, near-miss.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz, process

MOST_WORDS = 8
MOST_LETTERS = 40
# Below these likenesses (0–100) a correction is more often wrong than right.
LEAST_LIKENESS = 75
LEAST_LIKENESS_OF_WHOLE = 80
SHORTEST_TO_CORRECT = 3


class Tier(IntEnum):
    """How well an entry answers a query; smaller is better."""

    EXACT_TITLE = 0
    EXACT_ALTERNATE = 1
    TITLE_PREFIX = 2
    ALTERNATE_PREFIX = 3
    WORDS_IN_TITLE = 4
    WORDS_IN_ALTERNATE = 5
    WORDS_ANYWHERE = 6
    SOME_WORDS = 7


@dataclass(frozen=True)
class Candidate:
    """What ranking needs of an entry; every text is normalised."""

    id: int
    kind_order: int
    title: str
    alternates: tuple[str, ...] = ()
    body: str = ""


def normalise(text: str) -> str:
    """Lower-case letters and digits of any script, without accents, parted by single blanks.

    >>> normalise("Café  “CRM”/E-mail")
    'cafe crm e mail'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (char if char.isalnum() else "" if unicodedata.combining(char) else " " for char in decomposed)
    return " ".join("".join(kept).split())


def query_words(text: str) -> list[str]:
    """The distinct words of a query, at most MOST_WORDS of MOST_LETTERS each, whatever was typed or pasted."""
    words = (word[:MOST_LETTERS] for word in normalise(text[:1000]).split())
    return list(dict.fromkeys(words))[:MOST_WORDS]


def joined(text: str) -> str:
    """A normalised text as one word, so that "dataentry" finds "data entry"."""
    return text.replace(" ", "")


def tier(words: Sequence[str], candidate: Candidate) -> Tier | None:
    """The best tier in which `candidate` answers `words`, None where it does not."""
    if not words:
        return None
    query = " ".join(words)
    if candidate.title == query or joined(candidate.title) == query:
        return Tier.EXACT_TITLE
    if any(alternate == query or joined(alternate) == query for alternate in candidate.alternates):
        return Tier.EXACT_ALTERNATE
    if candidate.title.startswith(query):
        return Tier.TITLE_PREFIX
    if any(alternate.startswith(query) for alternate in candidate.alternates):
        return Tier.ALTERNATE_PREFIX
    if has_all(words, candidate.title):
        return Tier.WORDS_IN_TITLE
    if any(has_all(words, alternate) for alternate in candidate.alternates):
        return Tier.WORDS_IN_ALTERNATE
    found = found_in(words, whole_text(candidate))
    if len(found) == len(words):
        return Tier.WORDS_ANYWHERE
    return Tier.SOME_WORDS if found else None


def whole_text(candidate: Candidate) -> str:
    together = " ".join([candidate.title, *candidate.alternates])
    squeezed = " ".join(joined(name) for name in (candidate.title, *candidate.alternates))
    return f"{together} {squeezed} {candidate.body}"


def has_all(words: Sequence[str], text: str) -> bool:
    return len(found_in(words, text)) == len(words)


def found_in(words: Sequence[str], text: str) -> set[str]:
    """Those of `words` with which a word of `text` begins."""
    present = text.split()
    return {word for word in words if any(other.startswith(word) for other in present)}


def rank(words: Sequence[str], candidates: Iterable[Candidate], *, least: Tier = Tier.WORDS_ANYWHERE) -> list[int]:
    """Ids of the candidates in `least` or a better tier, best first; a stable total order.

    Within a tier: more of the words found in the names, then the kind's order, the shorter title, the title, the id.
    """
    placed = []
    for candidate in candidates:
        reached = tier(words, candidate)
        if reached is None or reached > least:
            continue
        names = " ".join([candidate.title, *candidate.alternates])
        near = -len(found_in(words, names))
        matched = -len(found_in(words, whole_text(candidate)))
        placed.append(
            (reached, matched, near, candidate.kind_order, len(candidate.title), candidate.title, candidate.id)
        )
    return [place[-1] for place in sorted(placed)]


def correct(words: Sequence[str], vocabulary: Sequence[str]) -> list[str]:
    """`words` with every word that begins nothing in `vocabulary` replaced by the nearest one of it, if any is near.

    Cost: one pass over the vocabulary for each unknown word, in compiled code.
    """
    corrected = [nearest(word, vocabulary) or word for word in words]
    return list(dict.fromkeys(corrected))


def nearest(word: str, vocabulary: Sequence[str]) -> str | None:
    if len(word) < SHORTEST_TO_CORRECT or any(known.startswith(word) for known in vocabulary):
        return None
    found = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return found[0] if found else None


def nearest_names(text: str, names: Sequence[str], *, most: int) -> list[int]:
    """Positions of the `names` that are most like the whole `text`, best first."""
    found = process.extract(text, names, scorer=fuzz.WRatio, limit=most, score_cutoff=LEAST_LIKENESS_OF_WHOLE)
    return [position for _, _, position in sorted(found, key=lambda hit: (-hit[1], hit[2]))]
