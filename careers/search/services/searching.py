"""Find things for a reader."""

import logging
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, transaction

from careers.guide.selectors import KeptByRevision
from careers.runtime.lock_timeout import short_lock_timeout
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.models.misses import SearchMiss
from careers.search.rules.mending import correct, nearest_names
from careers.search.rules.queries import loosened, read_query, read_searchable, rejoined, with_affirmed
from careers.search.rules.ranking import Candidate, RankTier, rank
from careers.search.rules.texts import as_said
from careers.search.services.indexing import refresh_index

logger = logging.getLogger(__name__)
MOST_CANDIDATES = 400
# A text with more digits may be somebody's telephone number.
MOST_DIGITS = 6
KIND_ORDER = {kind: number for number, kind in enumerate(SearchEntry.Kind)}


@dataclass(frozen=True)
class Found:
    """The answer to a search: entries in order, the words that were looked for instead if typos were mended, and
    whether the index was up to date.
    """

    entries: list[SearchEntry]
    instead: str = ""
    is_fresh: bool = True


def find(text: str, *, kind: str = "", typing: bool = False) -> Found:
    """Entries that answer `text`, best first. Any text gets an answer; an empty one finds nothing.

    Cost: the index check and one full-text query; more only where the ones before find nothing.
    """
    is_fresh = refresh_index()
    query = read_searchable(text, typing=typing)
    pairs = rejoined(query)
    for attempt in (*named_as_one(pairs), query, loosened(query), *pairs):
        if entries := ranked(attempt, kind=kind):
            return Found(entries, is_fresh=is_fresh)
    names, known = vocabulary()
    # What begins a word that no page is called by may be meant for a name, unless some page has it as it stands.
    for mended in (correct(query, known, names), correct(query, names, names, whole=known)):
        if mended.terms != loosened(query).terms and (entries := ranked(mended, kind=kind)):
            return Found(entries, instead=as_said(mended.whole), is_fresh=is_fresh)
    return Found([], is_fresh=is_fresh)


def named_as_one(pairs):
    """Those queries, of some in which two words are joined, whose joined word is in a name: “workforce”."""
    names = vocabulary()[0] if pairs else ()
    return [pair for pair in pairs if pair.terms[0].word in names]


def find_nearest(text: str, *, kind: str = "", most: int = 4) -> list[SearchEntry]:
    """Entries for a reader whose search found nothing: with some of the words, also of those that it denies, then with
    a name like the whole text.
    """
    refresh_index()
    names, known = vocabulary()
    query = with_affirmed(correct(read_searchable(text), known, names))
    entries = ranked(query, kind=kind, least=RankTier.SOME_WORDS)
    if len(entries) < most:
        every = list(of_kind(kind).order_by("pk"))
        near = nearest_names(query.whole, [entry.title_text for entry in every], most=most)
        present = {entry.pk for entry in entries}
        entries += [every[position] for position in near if every[position].pk not in present]
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


def ranked(query, *, kind, least=RankTier.WORDS_ANYWHERE):
    some = least is RankTier.SOME_WORDS
    found = of_kind(kind).matching(query.terms, every=not some).best_first(query.whole)[:MOST_CANDIDATES]
    entries = {entry.pk: entry for entry in found}
    return [entries[pk] for pk in rank(query, [as_candidate(entry) for entry in entries.values()], least=least)]


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


def read_vocabulary():
    """The distinct words of all names, and those of the whole index."""
    texts = list(SearchEntry.objects.values_list("title_text", "alternate_text", "summary_text", "body_text"))
    names = {word for title, alternates, _, _ in texts for word in (*title.split(), *alternates.split())}
    elsewhere = {word for _, _, summary, body in texts for word in (*summary.split(), *body.split())}
    return sorted(names), sorted(names | elsewhere)


vocabulary = KeptByRevision(read_vocabulary, current=SearchIndex.current)
