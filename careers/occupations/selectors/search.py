"""Find occupations by any of their titles.

The database finds titles with all the words; `careers.search.rules` ranks the occupations that bear them. Where no
title has them, the words are mended from those of all titles, which this process keeps.
"""

from dataclasses import dataclass
from functools import partial

from careers.guide.selectors.kept import KeptOf
from careers.occupations.models import Occupation, OccupationTitle
from careers.occupations.rules.titles import parted
from careers.search.rules.answers import answer
from careers.search.rules.mending import correct, is_one, nearest_joined
from careers.search.rules.queries import loosened, read_searchable, rejoined
from careers.search.rules.ranking import Candidate, rank
from careers.search.rules.texts import joined

MOST_CANDIDATES = 500  # titles; what is cut would come after all that anybody reads
MOST_NEAR = 10
READ = ("occupation", "collection")  # nouns of which a change counts; the guide's own pages are none


@dataclass(frozen=True)
class FoundOccupations:
    """Occupations in order, each with `found_by`: the title that answers, empty where it is its own.

    `instead` are the words that were looked for if typos were mended; `is_near` where nothing has the words and these
    are spelled most like them.
    """

    occupations: list[Occupation]
    instead: str = ""
    is_near: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of all titles that readers see, and each title by how it reads as one word, which are `names`. Both
    lists are sorted.
    """

    words: list[str]
    names: list[str]
    titles: dict[str, str]

    @classmethod
    def read(cls):
        words, titles = set(), {}
        shown = OccupationTitle.objects.filter(occupation__in=Occupation.objects.shown())
        for text in shown.order_by("pk").values_list("title_text", flat=True).iterator():
            words.update(text.split())
            titles.setdefault(joined(text), text)
        return cls(sorted(words), sorted(titles), titles)


vocabulary = KeptOf(Vocabulary.read, *READ)


def find_occupations(text: str, *, collection) -> FoundOccupations:
    """Occupations of `collection` that answer `text`, best first. Any text gets an answer; an empty one finds nothing.

    Cost: two queries where a title has the words as they are written, a few more and some milliseconds where not.
    """
    query = read_searchable(text)
    if not query.terms:
        return FoundOccupations([])
    found = answer(query, partial(ranked, collection=collection), attempts=attempts(query), mended=mended(query))
    if found.found:
        return FoundOccupations(found.found, instead=found.instead)
    return FoundOccupations(near(query, vocabulary(), collection), is_near=True)


def attempts(query):
    yield from (query, loosened(query))
    known = vocabulary().words
    yield from (pair for pair in rejoined(query) if is_one(pair.terms[0].word, known))


def mended(query):
    known = vocabulary()
    yield read_searchable(parted(query.whole, known.names, known.titles))
    yield correct(query, known.words, known.words)


def ranked(query, collection):
    rows = titles_of(collection).matching(query.terms).best_first(query.whole)[:MOST_CANDIDATES]
    columns = rows.values_list("occupation_id", "title", "title_text", "short_text", "is_own")
    return in_rank(query, list(columns), collection)


def near(query, known, collection):
    """Occupations with a title that is spelled much like the whole query."""
    places = nearest_joined(query.whole, known.names, most=MOST_NEAR)
    texts = [known.titles[known.names[place]] for place in places]
    rows = titles_of(collection).filter(title_text__in=texts)
    columns = rows.values_list("title_text", "occupation_id", "title", "is_own")
    found_by = {}
    for _, key, title, is_own in sorted(columns, key=lambda row: (texts.index(row[0]), row[1])):
        found_by.setdefault(key, "" if is_own else title)
    return with_names(list(found_by), found_by, collection)


def in_rank(query, rows, collection):
    """The occupations of title `rows`, which come best first: that decides among equals."""
    names, own, found_by = {}, {}, {}
    for key, title, text, short, is_own in rows:
        found_by.setdefault(key, "" if is_own else title)
        names.setdefault(key, []).extend(name for name in (text, short) if name)
        if is_own:
            own[key] = text
    found_by |= {key: "" for key, text in own.items() if text == query.whole}
    candidates = [
        Candidate(key, (place,), own.get(key, ""), tuple(texts)) for place, (key, texts) in enumerate(names.items())
    ]
    return with_names(rank(query, candidates), found_by, collection)


def titles_of(collection):
    # Leaves out the others, which are few: told to keep this one, a database goes through all of its titles first.
    return OccupationTitle.objects.exclude(occupation__in=Occupation.objects.exclude(collection=collection))


def with_names(keys, found_by, collection):
    occupations = collection.occupations.only("collection", "code", "title", "job_zone").in_bulk(keys)
    for key, occupation in occupations.items():
        occupation.found_by = found_by[key]
    return [occupations[key] for key in keys if key in occupations]
