"""Keep the search index in step with the guide: built anew by the first search after a change, whatever changed it."""

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
    Section,
    Skill,
)
from careers.planning.search import joined, normalise


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
