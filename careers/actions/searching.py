"""Find things for a reader, and keep the index in step with the guide."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.text import Truncator

from careers.models import (
    Book,
    Certification,
    Company,
    Industry,
    Question,
    Revision,
    Role,
    SearchEntry,
    SearchIndex,
    SearchMiss,
    Section,
    Skill,
)
from careers.planning.search import Candidate, Tier, correct, joined, nearest_names, normalise, query_words, rank

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


def refresh_index():
    """Build the index anew if the guide has changed since. Two queries when it has not."""
    revision = Revision.current()
    if indexed_revision() == revision:
        return
    with transaction.atomic():
        SearchIndex.objects.bulk_create([SearchIndex(pk=1, revision=0)], ignore_conflicts=True)
        SearchIndex.objects.select_for_update().get(pk=1)  # whoever comes second finds it done
        revision = Revision.current()
        if indexed_revision() != revision or not revision:
            build_index()
            SearchIndex.objects.filter(pk=1).update(revision=revision)


def indexed_revision():
    return SearchIndex.objects.filter(pk=1).values_list("revision", flat=True).first()


def build_index():
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(list(entries()))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO careers_searchtext(careers_searchtext) VALUES ('rebuild')")


def entries():
    kind = SearchEntry.Kind
    for role in Role.objects.published().for_index():
        names = [alternate.title for alternate in role.alternate_titles.all()]
        words = [
            role.get_track_display(),
            role.get_level_display(),
            role.get_work_type_display(),
            role.duties,
            role.tools,
        ]
        words += [skill.name for skill in role.skills.all()] + [industry.name for industry in role.industries.all()]
        yield entry(kind.ROLE, role, role.title, role.summary, names=names, words=words)
    for skill in Skill.objects.published():
        yield entry(kind.SKILL, skill, skill.name, skill.summary, words=[skill.why_it_matters])
    for one in Certification.objects.published():
        yield entry(kind.CERTIFICATION, one, one.title, one.summary, names=[one.issuer], words=[one.about])
    for industry in Industry.objects.published():
        yield entry(kind.INDUSTRY, industry, industry.name, industry.summary, words=[industry.typical_processes])
    for company in Company.objects.published():
        yield entry(kind.COMPANY, company, company.name, company.summary, words=[company.notes])
    for book in Book.objects.published():
        yield entry(kind.BOOK, book, book.title, book.summary, names=[book.author])
    for question in Question.objects.published():
        yield entry(kind.QUESTION, question, question.question, question.short_answer, words=[question.answer])
    for section in Section.objects.published():
        yield entry(
            kind.SECTION,
            section,
            section.title,
            Truncator(section.body).chars(200),
            words=[section.body, section.points],
        )


def entry(kind, thing, title, summary, *, names=(), words=()):
    normalised = [normalise(name) for name in names]
    squeezed = [joined(name) for name in (normalise(title), *normalised)]
    return SearchEntry(
        kind=kind,
        object_pk=thing.pk,
        title=title,
        summary=summary,
        url=thing.get_absolute_url(),
        title_text=normalise(title),
        alternate_text="\n".join(normalised),
        body_text=" ".join([*squeezed, normalise(summary), *(normalise(part) for part in words)]),
    )
