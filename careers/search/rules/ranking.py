"""In which order what was found is shown: exact title, other title, beginning of a title, all words, some.

The database only finds candidates. Everything that decides what a reader sees is in these rules, so SQLite and
PostgreSQL answer alike.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from careers.search.rules.queries import Query, Term, blank_around
from careers.search.rules.texts import HAVING, affirmed, joined


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
