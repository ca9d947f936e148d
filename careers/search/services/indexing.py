"""Keep the search index in step with the guide: built anew by the first search after a change, whatever changed it."""

import hashlib
import inspect
import logging
import sys

from django.db import DatabaseError, connection, transaction
from django.utils.text import Truncator

from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Degree
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.publishing import lines
from careers.guide.models.questions import Question
from careers.guide.models.revisions import Revision
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Skill
from careers.runtime.lock_timeout import short_lock_timeout
from careers.search import rules as search
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.rules import joined, normalise

# What people write who look for a first job.
ENTRY_WORDS = ["entry level", "first job", "no experience", "fresher", "beginner", "student"]

logger = logging.getLogger(__name__)
# An index that other code has built has other words in it.
CODE = hashlib.sha256(
    "".join(inspect.getsource(module) for module in (search, sys.modules[__name__])).encode()
).hexdigest()[:16]
# A longer text than PostgreSQL can index would take the whole search down.
MOST_LETTERS_OF_A_TEXT = 50_000


def refresh_index():
    """Build the index anew if the guide, or the code that reads it, has changed since. Two queries when neither has.

    Where the database cannot be written just now, readers go on with the index as it is, and this returns False.
    """
    if is_fresh():
        return True
    try:
        with short_lock_timeout(), transaction.atomic():
            SearchIndex.objects.bulk_create([SearchIndex(pk=1, revision=0)], ignore_conflicts=True)
            SearchIndex.objects.select_for_update().get(pk=1)  # whoever comes second finds it done
            if not is_fresh():
                revision = Revision.current()
                build_index()
                SearchIndex.objects.filter(pk=1).update(revision=revision, code=CODE)
    except DatabaseError:
        logger.warning("The search index could not be built.", exc_info=True)
        return False
    return True


def is_fresh():
    indexed = SearchIndex.objects.filter(pk=1).values_list("revision", "code").first()
    return indexed == (Revision.current(), CODE)


def build_index():
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(list(entries()))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO careers_searchtext(careers_searchtext) VALUES ('rebuild')")


def entries():
    kind = SearchEntry.Kind
    for role in Role.objects.published().for_index():
        yield role_entry(role)
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
    for metric in Metric.objects.published():
        yield entry(kind.METRIC, metric, str(metric), metric.explanation, names=[metric.name, metric.abbreviation])
    for question in Question.objects.published():
        yield entry(kind.QUESTION, question, question.question, question.short_answer, words=[question.answer])
    for section in Section.objects.published():
        summary = Truncator(section.body).chars(200)
        yield entry(kind.SECTION, section, section.title, summary, words=[section.body, section.points])


def role_entry(role):
    """A role is found by its other titles, by its facts in the words people use, and by whatever hangs on it."""
    names = [alternate.title for alternate in role.alternate_titles.all()]
    facts = [role.get_track_display(), role.get_level_display(), role.get_work_type_display(), role.experience]
    facts += [f"{shift.label} shift" for shift in role.shifts]
    facts += ["no degree", "without a degree"] if role.degree == Degree.NOT_NEEDED else []
    facts += ENTRY_WORDS if role.is_entry else []
    hanging = [str(metric) for metric in role.metrics.all()]
    hanging += [skill.name for skill in role.skills.all()] + [industry.name for industry in role.industries.all()]
    made = entry(
        SearchEntry.Kind.ROLE,
        role,
        role.title,
        role.summary,
        names=names,
        words=[*facts, *hanging, role.duties, role.tools],
    )
    made.rank = role.level * 1000 + role.position
    made.note, made.track = role.get_level_display(), role.track
    return made


def entry(kind, thing, title, summary, *, names=(), words=()):
    normalised = [normalise(name) for name in (*names, *lines(thing.search_words)) if name]
    squeezed = [joined(name) for name in (normalise(title), *normalised)]
    return SearchEntry(
        kind=kind,
        object_pk=thing.pk,
        title=title,
        summary=summary,
        url=thing.get_absolute_url(),
        rank=getattr(thing, "position", 0),
        title_text=normalise(title),
        alternate_text="\n".join(normalised),
        summary_text=normalise(summary),
        body_text=" ".join([*squeezed, *(normalise(part[:MOST_LETTERS_OF_A_TEXT]) for part in words)]),
    )
