"""In which order what was found is shown: exact title, other title, beginning of a title, all words, some.

The database only finds candidates. Everything that decides what a reader sees is in these rules, so SQLite and
PostgreSQL answer alike.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from careers.search.rules.queries import Query, Term, blank_around, stem
from careers.search.rules.texts import HAVING, IT, affirmed, joined

# Of the weight of a sentence: what an entry has of it at least, or one of its names that is wholly in it.
LEAST_SHARE, LEAST_OF_NAME = 0.6, 0.3
SHARES = (1, 0.6, 0.4)  # what a word counts in names, in what is said point by point, in what is told at length


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
    IN_PASSING = 8
    SOME_WORDS = 9


@dataclass(frozen=True)
class Candidate:
    """An entry for ranking; every text is normalised. `order` decides among equals, smallest first.

    `body` is what it says point by point, `prose` what it tells at length, where a word may be there in passing.
    """

    id: int
    order: tuple[int, ...]
    title: str
    alternates: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    prose: str = ""


def tier(query: Query, candidate: Candidate) -> RankTier | None:
    """The best tier in which `candidate` answers `query`, None where it does not: where it says the opposite, too.

    A word that it says once, in prose, is there in passing, unless it stands beside one that is in its names.
    """
    if not query.terms:
        return None
    texts = asked(query)
    checks: tuple[Callable[[], bool], ...] = (
        lambda: is_name(texts, candidate.title),
        lambda: any(is_name(texts, name) for name in candidate.alternates),
        lambda: begins(texts, candidate.title) and has_all(query.terms, candidate.title),
        lambda: has_all(query.terms, candidate.title),
        lambda: any(begins(texts, name) and has_all(query.terms, name) for name in candidate.alternates),
        lambda: any(has_all(query.terms, name) for name in candidate.alternates),
        lambda: has_all(query.terms, f"{names(candidate)} {candidate.summary}"),
        lambda: is_told(query.terms, candidate),
        lambda: has_all(query.terms, whole_text(candidate)),
        lambda: bool(found_in(query.terms, whole_text(candidate))),
    )
    reached = next((reached for reached, holds in zip(RankTier, checks, strict=True) if holds()), None)
    is_named = reached in (RankTier.EXACT_TITLE, RankTier.EXACT_ALTERNATE)
    return None if says_opposite(query.terms, candidate) and not is_named else reached


def asked(query: Query) -> set[str]:
    """All words, or those that say something: what may be the beginning of a name."""
    return {query.whole, " ".join(term.word for term in query.terms)}


def is_name(texts: Iterable[str], name: str) -> bool:
    return any(text == name or text == joined(name) for text in texts)


def begins(texts: Iterable[str], name: str) -> bool:
    return any(name.startswith(text) for text in texts)


def says_opposite(terms: Sequence[Term], candidate: Candidate) -> bool:
    """Whether a word that is denied is one that it says it has: “no night” of a role with nights."""
    opposites = [Term(HAVING + word, term.begins) for term in terms if (word := affirmed(term.word))]
    return bool(opposites and found_in(opposites, candidate.body))


def is_told(terms: Sequence[Term], candidate: Candidate) -> bool:
    text = whole_text(candidate)
    if not has_all(terms, text) or found_in(terms, names(candidate)):
        return has_all(terms, text)
    in_passing = [term for term in terms if not found_in([term], f"{candidate.summary} {candidate.body}")]
    present = blank_around(text)
    return all(term.times_in(present) > 1 for term in in_passing)


def names(candidate: Candidate) -> str:
    return " ".join([candidate.title, *candidate.alternates])


def whole_text(candidate: Candidate) -> str:
    squeezed = " ".join(joined(name) for name in (candidate.title, *candidate.alternates))
    return f"{names(candidate)} {squeezed} {candidate.summary} {candidate.body} {candidate.prose}"


def has_all(terms: Sequence[Term], text: str) -> bool:
    return len(found_in(terms, text)) == len(terms)


def found_in(terms: Sequence[Term], text: str) -> set[str]:
    """The words of those `terms` that match a word of `text`."""
    present = blank_around(text)
    return {term.word for term in terms if term.sought in present}


@dataclass(frozen=True)
class Most:
    """An entry with much of a sentence. `named`: the share of its weight that a name of the entry makes up, of several
    words.
    """

    id: int
    named: float


def rank_by_weight(query: Query, candidates: Iterable[Candidate], weights: Sequence[float]) -> list[Most]:
    """The candidates with most of the words of a `stemmed` query, or with a name that is wholly in it, the best first.

    `weights` are of the terms. A word in the names counts in full, one that is told at length the least, and those of a
    name that is wholly in the query twice.
    """
    placed, whole = [], sum(weights)
    weight_of = {term.word: weight for term, weight in zip(query.terms, weights, strict=True)}
    weight_of = dict.fromkeys(stems_of(query.whole), 0) | weight_of | {"it": weight_of.get(IT, 0)}
    for candidate in candidates:
        parts = (names(candidate), f"{candidate.summary} {candidate.body}", candidate.prose)
        shares = [share_in(term, parts) for term in query.terms]
        found = [weight for weight, share in zip(weights, shares, strict=True) if share]
        within = {name: weight_within(name, weight_of) for name in (candidate.title, *candidate.alternates)}
        named = max(within.values())
        has_most = len(found) > 1 and sum(found) >= LEAST_SHARE * whole
        if (has_most or named >= LEAST_OF_NAME * whole > 0) and not says_opposite(query.terms, candidate):
            score = named + sum(weight * share for weight, share in zip(weights, shares, strict=True))
            longer = max((weight for name, weight in within.items() if " " in name), default=0)
            placed.append((-score, candidate.order, candidate.title, candidate.id, longer / whole))
    return [Most(key, named) for *_, key, named in sorted(placed)]


def weight_within(name: str, weight_of: Mapping[str, float]) -> float:
    """The weight of a name of which every word is there; 0 for others."""
    words = stems_of(name)
    return sum(weight_of[word] for word in words) if words <= weight_of.keys() else 0


@lru_cache(maxsize=20_000)
def stems_of(name: str) -> frozenset[str]:
    return frozenset(map(stem, name.split()))


def share_in(term: Term, parts: Sequence[str]) -> float:
    """How much a word counts that stands in the first of the `parts` in which it is; 0 where it is in none."""
    return next((share for share, part in zip(SHARES, parts, strict=True) if found_in([term], part)), 0)


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
