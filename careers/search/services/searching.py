"""Find things for a reader."""

import logging
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import starmap
from sys import intern

from django.db import DatabaseError, connection, transaction
from django.db.models import Max

from careers.guide.selectors.kept import KeptByRevision
from careers.runtime.lock_timeout import short_lock_timeout
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.models.misses import SearchMiss
from careers.search.rules.answers import answer
from careers.search.rules.lexicon import Lexicon, Listed
from careers.search.rules.mending import correct, is_one, nearest_joined
from careers.search.rules.queries import (
    loosened,
    read_query,
    read_searchable,
    rejoined,
    stemmed,
    with_affirmed,
    with_it,
)
from careers.search.rules.ranking import Candidate, RankTier, asked, rank, rank_by_weight, tier
from careers.search.services.indexing import refresh_index

logger = logging.getLogger(__name__)
MOST_CANDIDATES, MOST_CANDIDATES_TYPING = 400, 60
MOST_SUGGESTIONS = 8
LEAST_OF_SENTENCE, MOST_OF_SENTENCE = 2, 6  # words that say something; entries with most of them
LEAST_OF_NAMED = 0.5  # of a sentence that a name makes up, before which what only has the words gives way
IN_NAMES = [one for one in RankTier if one <= RankTier.WORDS_IN_ALTERNATE]
# A text with more digits may be somebody's telephone number.
MOST_DIGITS = 6
KIND_ORDER = {kind.value: number for number, kind in enumerate(SearchEntry.Kind)}


@dataclass(frozen=True)
class Found:
    """The answer to a search: entries in order, the words that were looked for instead if typos were mended, whether
    these have most of the words only, as none has all, and whether the index was up to date.
    """

    entries: list[SearchEntry]
    instead: str = ""
    is_fresh: bool = True
    has_most_only: bool = False


def find(text: str, *, kind: str = "", typing: bool = False) -> Found:
    """Entries that answer `text`, best first. Any text gets an answer; an empty one finds nothing. While somebody is
    `typing` the first few are enough.

    Cost: the index check and one full-text query, or one by key where names begin like that while somebody is typing;
    more only where the ones before find nothing.
    """
    is_fresh = refresh_index()
    query = with_it(read_searchable(text, typing=typing), text)
    named = called(query, kind=kind) if typing else []
    first = best(query, named, least=RankTier.TITLE_PREFIX)
    if len(first) >= MOST_SUGGESTIONS:
        return Found(first, is_fresh=is_fresh)  # no others would stand before them
    found = answer(
        query,
        partial(ranked, kind=kind, typing=typing, beside=named),
        attempts=attempts(query),
        mended=mended(query),
    )
    most = {} if kind or is_named(found.found, query) else having_most(query)
    named = [entry for entry, share in most.items() if share >= LEAST_OF_NAMED]
    entries = list(dict.fromkeys([*named, *found.found])) or list(most)
    return Found(entries, instead=found.instead, is_fresh=is_fresh, has_most_only=bool(most) and not found.found)


def is_named(entries, query):
    """Whether the first of what was found has all that is looked for in its names."""
    return bool(entries) and tier(query, as_candidate(entries[0])) in IN_NAMES


def attempts(query):
    pairs = rejoined(query)
    yield from named_as_one(pairs)
    yield from (query, loosened(query), *pairs, stemmed(query))


def having_most(query):
    """{entry: the share of the sentence that one of its names makes up} of the first with most of its words."""
    query = stemmed(query)
    if len(query.terms) < LEAST_OF_SENTENCE:
        return {}
    known = lexicon()
    weights = [known.weight(term) for term in query.terms]
    found = SearchEntry.objects.matching(query.terms, every=False).best_first(query.whole)[:MOST_CANDIDATES]
    entries = {entry.pk: entry for entry in found}
    most = rank_by_weight(query, map(as_candidate, entries.values()), weights)
    return {entries[one.id]: one.named for one in most[:MOST_OF_SENTENCE]}


def mended(query):
    known = lexicon()
    yield correct(query, known.words, known.names)
    # What begins a word that no page is called by may be meant for a name, unless some page has it as it stands.
    yield correct(query, known.names, known.names, whole=known.words)


def called(query, *, kind):
    """The first entries that are called as the query, or whose title begins so."""
    texts = asked(query) if query.terms else ()
    keys = lexicon().called(texts, kind=KIND_ORDER.get(kind), most=MOST_CANDIDATES_TYPING)
    return in_order(keys, SearchEntry.objects) if keys else []


def in_order(keys, entries):
    """Those of the `entries` that have one of the keys, in that order; one that went meanwhile is left out."""
    found = entries.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def named_as_one(pairs):
    """Those queries, of some in which two words are joined, whose joined word is in a name: “workforce”."""
    names = lexicon().names if pairs else ()
    return [pair for pair in pairs if is_one(pair.terms[0].word, names)]


def find_nearest(text: str, *, kind: str = "", most: int = 4) -> list[SearchEntry]:
    """Entries for a reader whose search found nothing: with some of the words, also of those that it denies, then with
    a name like the whole text.
    """
    refresh_index()
    known = lexicon()
    query = with_affirmed(correct(with_it(read_searchable(text), text), known.words, known.names))
    entries = ranked(query, kind=kind, least=RankTier.SOME_WORDS)
    if len(entries) < most:
        keys, titles = known.joined_titles(KIND_ORDER.get(kind))
        near = [keys[place] for place in nearest_joined(query.whole, titles, most=most)]
        present = {entry.pk for entry in entries}
        entries += in_order([key for key in near if key not in present], SearchEntry.objects)
    return entries[:most]


def note_miss(text: str, *, filters: str, day: date) -> None:
    """Count a search that found nothing: its words, filters and day. Words that could name a person are left out.

    A reader's answer never waits for it long, nor fails with it: a count that cannot be written is lost.
    """
    plain = unicodedata.normalize("NFKC", text)
    if "@" in plain or sum(char.isdigit() for char in plain) > MOST_DIGITS:
        text = ""
    words = read_query(text).whole[:80].strip()
    if not (words or filters):
        return
    try:
        with short_lock_timeout(), transaction.atomic():
            SearchMiss.objects.count_miss(words=words, filters=filters[:200], day=day)
    except DatabaseError:
        logger.warning("A search without a result could not be counted.", exc_info=True)


def ranked(query, *, kind, least=RankTier.WORDS_ANYWHERE, typing=False, beside=()):
    """Entries in `least` or a better tier, best first: of those that the database finds, and of those `beside`."""
    some = least is RankTier.SOME_WORDS
    most = MOST_CANDIDATES_TYPING if typing else MOST_CANDIDATES
    found = of_kind(kind).matching(query.terms, every=not some).best_first(query.whole)[:most]
    return best(query, [*beside, *found], least=least)


def best(query, found, *, least):
    entries = {entry.pk: entry for entry in found}
    return [entries[pk] for pk in rank(query, map(as_candidate, entries.values()), least=least)]


def of_kind(kind):
    return SearchEntry.objects.filter(kind=kind) if kind else SearchEntry.objects.all()


def as_candidate(entry):
    body, _, prose = entry.body_text.partition("\n")
    return Candidate(
        id=entry.pk,
        order=(KIND_ORDER[entry.kind], entry.rank),
        title=entry.title_text,
        alternates=tuple(entry.alternate_text.splitlines()),
        summary=entry.summary_text,
        body=body,
        prose=prose,
    )


KEPT = ("pk", "kind", "object_pk", "rank", "title_text", "alternate_text", "summary_text", "body_text")


def listed(key, kind, object_pk, rank, title, alternate_text, summary, body):
    alternates, number = tuple(alternate_text.splitlines()), KIND_ORDER[kind]
    words = {*summary.split(), *body.split()}.difference(*map(str.split, (title, *alternates)))
    return Listed(key, (number, object_pk), (number, rank), title, alternates, tuple(map(intern, words)))


class KeptLexicon(KeptByRevision):
    """The lexicon of the index in step with it. An entry never changes: another takes its place, with a later key.

    Which keys went is asked only where some did.
    """

    def make(self, revision, value):
        former = value or Lexicon()
        later = former.updated(gone=(), entries=entries_after(max(former.entries, default=0)))
        if len(later.entries) == SearchEntry.objects.count():
            return later
        present = set(SearchEntry.objects.values_list("pk", flat=True))
        if present - later.entries.keys():  # of another index, which a backup brought back
            return Lexicon().updated(gone=(), entries=entries_after(0))
        return later.updated(gone=later.entries.keys() - present, entries=())


def entries_after(key):
    return starmap(listed, SearchEntry.objects.filter(pk__gt=key).values_list(*KEPT).iterator())


def state_of_index():
    """An entry that is written a second time, with the same in it, raises no revision: it has another key then."""
    return SearchIndex.current(), SearchEntry.objects.aggregate(Max("pk"))


lexicon = KeptLexicon(None, current=state_of_index)


def warm():
    """Read what suggestions are made of, which takes longer the larger the guide: of a process that has just started,
    in a thread of its own. Where the database is away, the first who searches does it.
    """
    with suppress(DatabaseError):
        find("a", typing=True)
    connection.close()
