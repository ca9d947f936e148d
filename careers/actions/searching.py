"""Find things for a reader."""

from dataclasses import dataclass
from datetime import date

from careers.actions.indexing import refresh_index
from careers.models import SearchEntry, SearchMiss
from careers.planning.search import Candidate, Tier, correct, nearest_names, query_words, rank

MOST_CANDIDATES = 400
# A text with more digits may be somebody's telephone number.
MOST_DIGITS = 6
KIND_ORDER = {kind: number for number, kind in enumerate(SearchEntry.Kind)}


@dataclass(frozen=True)
class Found:
    """What a search found: entries in order, and the words that were looked for instead if typos were mended."""

    entries: list[SearchEntry]
    instead: str = ""


def find(text: str, *, kind: str = "") -> Found:
    """Entries that answer `text`, best first. Any text gets an answer; an empty one finds nothing.

    Cost: the index check, one full-text query, and a second one with the vocabulary only where the first finds nothing.
    """
    refresh_index()
    words = query_words(text)
    if entries := ranked(words, kind=kind):
        return Found(entries)
    mended = correct(words, vocabulary())
    if mended != words and (entries := ranked(mended, kind=kind)):
        return Found(entries, instead=" ".join(mended))
    return Found([])


def find_nearest(text: str, *, kind: str = "", most: int = 4) -> list[SearchEntry]:
    """Entries for a reader whose search found nothing: with some of the words, then with a name like the whole text."""
    refresh_index()
    words = correct(query_words(text), vocabulary())
    entries = ranked(words, kind=kind, least=Tier.SOME_WORDS)
    if len(entries) < most:
        every = list(of_kind(kind).order_by("pk"))
        near = nearest_names(" ".join(words), [entry.title_text for entry in every], most=most)
        present = {entry.pk for entry in entries}
        entries += [every[position] for position in near if every[position].pk not in present]
    return entries[:most]


def note_miss(text: str, *, filters: str, day: date) -> None:
    """Count a search that found nothing: its words, filters and day. Words that could name a person are left out."""
    if "@" in text or sum(char.isdigit() for char in text) > MOST_DIGITS:
        text = ""
    words = " ".join(query_words(text))[:80].strip()
    if words or filters:
        SearchMiss.objects.count_miss(words=words, filters=filters[:200], day=day)


def ranked(words, *, kind, least=Tier.WORDS_ANYWHERE):
    some = least is Tier.SOME_WORDS
    found = of_kind(kind).matching(words, every=not some).best_first(" ".join(words))[:MOST_CANDIDATES]
    entries = {entry.pk: entry for entry in found}
    return [entries[pk] for pk in rank(words, [as_candidate(entry) for entry in entries.values()], least=least)]


def of_kind(kind):
    return SearchEntry.objects.filter(kind=kind) if kind else SearchEntry.objects.all()


def as_candidate(entry):
    return Candidate(
        id=entry.pk,
        kind_order=KIND_ORDER[entry.kind],
        title=entry.title_text,
        alternates=tuple(entry.alternate_text.splitlines()),
        body=entry.body_text,
    )


def vocabulary():
    """Every distinct word of the titles and alternate titles."""
    words = set()
    for title, alternates in SearchEntry.objects.values_list("title_text", "alternate_text"):
        words.update(title.split(), alternates.split())
    return sorted(words)
