"""Search: how text is normalised, how a query is read, and in which order what was found is shown.

The database only finds candidates. Everything that decides what a reader sees is here, so SQLite and PostgreSQL answer
alike: exact title, alternate title, beginning of a title, all words, near-miss.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

MOST_WORDS = 8
MOST_LETTERS = 40
# A word of so few letters begins too many others: "fee" is not "feedback".
SHORT = 3
# Below these likenesses (0–100) a correction is more often wrong than right.
LEAST_LIKENESS = 75
LEAST_LIKENESS_OF_FEW_LETTERS = 80
FEW_LETTERS = 5
LEAST_LIKENESS_OF_WHOLE = 80
MOST_LIKE = 8  # words of which the nearest is taken
# Words that people write around what they look for.
FILLER_TEXT = """
a an and any are as at be become becoming bpo by can career careers do excellent for from get getting have how i in is
job jobs like me my of on or role roles that the there to want what which who with without work working you
"""
FILLERS = frozenset(FILLER_TEXT.split())
HYPHENATED = re.compile(r"\w+(?:[-‐‑]\w+)+")
BEGUN_PLURAL = re.compile(r"ie?$")
AMERICAN = re.compile(r"iz(?=(?:e|es|ed|er|ers|ing|ation|ations)?$)")


class RankTier(IntEnum):
    """How well an entry answers a query; smaller is better."""

    EXACT_TITLE = 0
    EXACT_ALTERNATE = 1
    TITLE_PREFIX = 2
    WORDS_IN_TITLE = 3
    ALTERNATE_PREFIX = 4
    WORDS_IN_ALTERNATE = 5
    WORDS_IN_SUMMARY = 6
    WORDS_ANYWHERE = 7
    SOME_WORDS = 8


@dataclass(frozen=True)
class Term:
    """A word that is looked for: whole, or as the beginning of a word."""

    word: str
    begins: bool = True

    def matches(self, other: str) -> bool:
        return other.startswith(self.word) if self.begins else other == self.word


@dataclass(frozen=True)
class Query:
    """A reader's words: `whole` with every one, `terms` without the fillers if anything else is left."""

    whole: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Candidate:
    """An entry for ranking; every text is normalised. `order` decides among equals, smallest first."""

    id: int
    order: tuple[int, ...]
    title: str
    alternates: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""


def normalise(text: str) -> str:
    """Lower-case letters and digits of any script, without accents, in one spelling, parted by single blanks.

    >>> normalise("Café  “CRM”/E-mail Center")
    'cafe crm e mail centre'
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(char if char.isalnum() else between(char) for char in decomposed)
    return " ".join(british(word) for word in kept.split())


def between(char: str) -> str:
    """Return what replaces a character that is no letter or digit: nothing for accents, apostrophes and marks that
    nobody sees, such as a soft hyphen, or a blank. U+200B is one, though nobody sees it.
    """
    category = unicodedata.category(char)
    return "" if char in "'’" or category.startswith("M") or (category == "Cf" and char != "\u200b") else " "


def british(word: str) -> str:
    """One spelling for both sides of the ocean, whichever a reader or an editor uses."""
    return AMERICAN.sub("is", word).replace("center", "centre")


def read_query(text: str, *, typing: bool = False) -> Query:
    """Read at most MOST_WORDS distinct words of MOST_LETTERS each, whatever was typed or pasted.

    While somebody is `typing` the last word may be a short beginning; else short words stand for themselves.
    """
    words = list(dict.fromkeys(word[:MOST_LETTERS] for word in normalise(text[:1000]).split()))[:MOST_WORDS]
    telling = [word for word in words if word not in FILLERS] or words
    terms = [Term(word, begins=len(word) > SHORT or (typing and word == words[-1])) for word in telling]
    return Query(" ".join(words), tuple(terms))


def loosened(query: Query) -> Query:
    """The same query with every word as a beginning."""
    return Query(query.whole, tuple(Term(term.word) for term in query.terms))


def singular(word: str) -> str:
    """One form for one and for many, of a normalised English word: “managers” → “manager”, “queries” → “query”.

    What it gives need not be a word, as both sides are read in the same way.
    """
    if len(word) < SHORT or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "nuses", "tuses", "puses", "cuses", "ruses")):
        return word[:-2]
    return word[:-1]


def in_singular(text: str) -> str:
    """A normalised text with every word as `singular` has it."""
    return " ".join(map(singular, text.split()))


def singular_query(query: Query, *, typing: bool = False) -> Query:
    """The same query for words that are kept `in_singular`. The last one may be half of a plural that somebody is
    `typing`: “compani” and “companie” begin no “company”.
    """
    terms = [Term(singular(term.word), term.begins) for term in query.terms]
    if typing and terms and len(terms[-1].word) > SHORT:
        terms[-1] = Term(BEGUN_PLURAL.sub("", terms[-1].word), terms[-1].begins)
    return Query(in_singular(query.whole), tuple(dict.fromkeys(terms)))


def rejoined(query: Query) -> list[Query]:
    """The same with two neighbouring words as one, each in turn: “work force” for “workforce”.

    The joined word is the first term. A filler may be half of it, and is none beside it.
    """
    words, found = query.whole.split(), []
    for at in range(len(words) - 1):
        one, others = words[at] + words[at + 1], [*words[:at], *words[at + 2 :]]
        telling = [word for word in others if word not in FILLERS]
        whole = " ".join([*words[:at], one, *words[at + 2 :]])
        found.append(Query(whole, tuple(map(Term, dict.fromkeys([one, *telling])))))
    return found


def hyphenated(text: str) -> list[str]:
    """The words of a text that have a hyphen, normalised and as one: “up-selling” is found by “upselling”, too."""
    return [joined(normalise(word)) for word in HYPHENATED.findall(text)]


def neighbours(name: str) -> list[str]:
    """Each two neighbouring words of a normalised name as one, so that "teamlead" finds "senior team lead"."""
    words = name.split()
    return [first + second for first, second in pairwise(words)]


def joined(text: str) -> str:
    """A normalised text as one word, so that "dataentry" finds "data entry"."""
    return text.replace(" ", "")


def tier(query: Query, candidate: Candidate) -> RankTier | None:
    """The best tier in which `candidate` answers `query`, None where it does not."""
    if not query.terms:
        return None
    asked = {query.whole, " ".join(term.word for term in query.terms)}
    checks: tuple[Callable[[], bool], ...] = (
        lambda: is_name(asked, candidate.title),
        lambda: any(is_name(asked, name) for name in candidate.alternates),
        lambda: begins(asked, candidate.title) and has_all(query.terms, candidate.title),
        lambda: has_all(query.terms, candidate.title),
        lambda: any(begins(asked, name) and has_all(query.terms, name) for name in candidate.alternates),
        lambda: any(has_all(query.terms, name) for name in candidate.alternates),
        lambda: has_all(query.terms, f"{names(candidate)} {candidate.summary}"),
        lambda: has_all(query.terms, whole_text(candidate)),
        lambda: bool(found_in(query.terms, whole_text(candidate))),
    )
    return next((reached for reached, holds in zip(RankTier, checks, strict=True) if holds()), None)


def is_name(asked: Iterable[str], name: str) -> bool:
    return any(text == name or text == joined(name) for text in asked)


def begins(asked: Iterable[str], name: str) -> bool:
    return any(name.startswith(text) for text in asked)


def names(candidate: Candidate) -> str:
    return " ".join([candidate.title, *candidate.alternates])


def whole_text(candidate: Candidate) -> str:
    squeezed = " ".join(joined(name) for name in (candidate.title, *candidate.alternates))
    return f"{names(candidate)} {squeezed} {candidate.summary} {candidate.body}"


def has_all(terms: Sequence[Term], text: str) -> bool:
    return len(found_in(terms, text)) == len(terms)


def found_in(terms: Sequence[Term], text: str) -> set[str]:
    """The words of those `terms` that match a word of `text`."""
    present = text.split()
    return {term.word for term in terms if any(term.matches(other) for other in present)}


def rank(query: Query, candidates: Iterable[Candidate], *, least: RankTier = RankTier.WORDS_ANYWHERE) -> list[int]:
    """Ids of the candidates in `least` or a better tier, best first; a stable total order.

    Within a tier: more of the words found at all, then in the names, then the candidate's own order, title and id.
    """
    placed = []
    for candidate in candidates:
        reached = tier(query, candidate)
        if reached is not None and reached <= least:
            anywhere = -len(found_in(query.terms, whole_text(candidate)))
            in_names = -len(found_in(query.terms, names(candidate)))
            placed.append((reached, anywhere, in_names, candidate.order, candidate.title, candidate.id))
    return [place[-1] for place in sorted(placed)]


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
