"""Keep the search index in step with the guide, whatever changed it: the entries of what has changed are written anew.

Editors' saves do it when they are done (`index_after_saving`), so that the next search finds it done.
"""

import hashlib
import inspect
import logging
import sys
from contextlib import suppress
from threading import Lock, Thread

from django.db import DatabaseError, connection, transaction
from django.utils.text import Truncator

from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Degree, WorkType
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.publishing import lines
from careers.guide.models.questions import Question
from careers.guide.models.revisions import Change, Revision
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Skill
from careers.guide.models.triggers import guide_tables
from careers.guide.rules.working_life import comes
from careers.guide.selectors.kept import roles_touched
from careers.runtime.lock_timeout import short_lock_timeout
from careers.runtime.statistics import analyze
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.rules import texts
from careers.search.rules.texts import HAVING, IT, hyphenated, joined, names_technology, neighbours, searchable
from careers.search.services import pages

# What people write who look for a first job.
ENTRY_WORDS = ["entry level", "first job", "no experience", "fresher", "beginner", "student"]

logger = logging.getLogger(__name__)
# An index that other code has built has other words in it.
CODE = hashlib.sha256(
    "".join(inspect.getsource(module) for module in (texts, pages, sys.modules[__name__])).encode()
).hexdigest()[:16]
# A longer text than PostgreSQL can index would take the whole search down.
MOST_LETTERS_OF_A_TEXT = 50_000
MOST_AT_ONCE = 1000  # objects that a reader waits for: a second or two, once, where a whole guide has just come in
A_TRANSACTION = 25  # objects: others wait for some 30 ms


def refresh_index():
    """Bring the index up to date: what has changed since is read again, row by row. Two queries where nothing has.

    Where so much has changed that somebody would wait for it, another thread does it, and readers go on with the index
    as it is; so they do where the database cannot be written just now. Then this returns False.
    """
    index, revision = SearchIndex.objects.filter(pk=1).first(), Revision.current()
    if index and (index.revision, index.code) == (revision, CODE):
        return True
    try:
        changed = to_index_since(index)
        if sum(map(len, changed.values())) > MOST_AT_ONCE:
            index_beside()
            return False
        with short_lock_timeout():
            index_changed(changed, revision)
    except DatabaseError:
        logger.warning("The search index could not be brought up to date.", exc_info=True)
        return False
    return True


def bring_up_to_date():
    """As `refresh_index`, whatever has changed and however long it takes. Nobody waits for the lock meanwhile."""
    index, revision = SearchIndex.objects.filter(pk=1).first(), Revision.current()
    if not index or (index.revision, index.code) != (revision, CODE):
        index_changed(to_index_since(index), revision)


def index_after_saving(sender, **kwargs):
    """A receiver for what is saved: once the transaction in which it is, is done."""
    if connection.in_atomic_block and sender._meta.db_table in guide_tables():
        if not any(waiting[1] is index_what_was_saved for waiting in connection.run_on_commit):
            transaction.on_commit(index_what_was_saved, robust=True)


def index_what_was_saved():
    """Behind a page somebody waits; a command does all of it, and may be over before another thread is."""
    if getattr(connection, "is_for_page", False):
        refresh_index()
    else:
        bring_up_to_date()


building = Lock()


def index_beside():
    """In a thread of its own, one at a time."""

    def work():
        with suppress(DatabaseError), building:
            bring_up_to_date()
        connection.close()

    if not building.locked():
        Thread(target=work, daemon=True).start()


def to_index_since(index):
    """{kind: keys of objects} whose entries may be wrong. A role is found by its skills, measures and industries."""
    changed = Change.since(index.revision) if index and index.code == CODE else None
    if changed is None:
        everything = {kind: {*keys_of(noun), *indexed(kind)} for kind, noun in NOUNS.items()}
        return {**everything, SearchEntry.Kind.PAGE: {*pages.PAGES, *indexed(SearchEntry.Kind.PAGE)}}
    keys = {kind: changed.get(kind.value, set()) for kind in NOUNS}
    return {**keys, SearchEntry.Kind.ROLE: roles_touched(changed, "skills", "metrics", "industries")}


def keys_of(noun):
    return noun.objects.published().values_list("pk", flat=True)


def indexed(kind):
    return SearchEntry.objects.filter(kind=kind).values_list("object_pk", flat=True)


def index_changed(changed, revision):
    """Write the entries of the objects in `changed` anew, a few in each transaction; the index is then of `revision`.

    Whoever writes holds the index, and reads what it writes while it does, so nobody puts an older text over a newer.
    """
    few_at_once = [(kind, some) for kind, keys in changed.items() for some in batched(sorted(keys), A_TRANSACTION)]
    for kind, some in few_at_once[:-1]:
        with transaction.atomic():
            hold_index()
            write_anew(kind, some)
    with transaction.atomic():
        index = hold_index()
        for kind, some in few_at_once[-1:]:
            write_anew(kind, some)
        # Numbers only rise, but for a guide that came back from a backup: its index came with it.
        if index.code != CODE or index.revision < revision:
            SearchIndex.objects.filter(pk=1).update(revision=revision, code=CODE)
    if sum(map(len, changed.values())) > MOST_AT_ONCE:
        analyze(SearchEntry)


def batched(keys, most):
    return [keys[start : start + most] for start in range(0, len(keys), most)]


def write_anew(kind, keys):
    SearchEntry.objects.filter(kind=kind, object_pk__in=keys).delete()
    SearchEntry.objects.bulk_create(entries(kind, keys))


def hold_index():
    SearchIndex.objects.bulk_create([SearchIndex(pk=1, revision=0)], ignore_conflicts=True)
    return SearchIndex.objects.select_for_update().get(pk=1)


def entries(kind, keys):
    """The entries of those objects of a kind that readers may see."""
    if kind == SearchEntry.Kind.PAGE:
        return [page_entry(pages.PAGES[key]) for key in keys if key in pages.PAGES]
    noun = NOUNS[kind]
    rows = noun.objects.published().filter(pk__in=keys)
    return [MAKE[kind](row) for row in (rows.for_index() if noun in (Role, Company) else rows)]


def role_entry(role):
    """A role is found by its other titles, by its facts in the words people use, and by whatever hangs on it."""
    names = [alternate.title for alternate in role.alternate_titles.all()]
    facts = [role.get_track_display(), role.get_level_display(), role.get_work_type_display(), role.experience]
    facts += [f"{name} shift" for name, comes in shifts_that_come(role) if comes]
    facts += ENTRY_WORDS if role.is_entry else []
    told = [(has, word) for has, words in conditions(role) if has is not None for word in words.split()]
    facts += [f"{HAVING}{word}" if has else f"no {word}" for has, word in told]
    hanging = [str(metric) for metric in role.metrics.all()]
    hanging += [skill.name for skill in role.skills.all()] + [industry.name for industry in role.industries.all()]
    made = entry_of(
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


def shifts_that_come(role):
    """(what people call it, whether it may come; None where no source says)."""
    return [("Day", comes(role.days)), ("Night", comes(role.nights)), ("Rotational", role.rotates)]


def conditions(role):
    """(whether the role has it, the words for it) of what people would rather be without. None where nobody knows: it
    is no answer to the word then, nor to its denial.
    """
    return [
        (comes(role.nights), "night"),
        (role.rotates, "rotation rotational rotating"),
        (role.work_type != WorkType.NON_VOICE, "voice call calling phone"),
        (None if role.degree == Degree.NO_RULE else role.degree != Degree.NOT_NEEDED, "degree college graduation"),
        (not role.is_entry, "experience"),
    ]


def section_entry(section):
    summary = Truncator(Truncator(section.body).chars(280)).words(32)  # whole words
    return entry_of(
        SearchEntry.Kind.SECTION, section, section.title, summary, words=[section.points], prose=section.body
    )


def page_entry(page):
    return entry_of(SearchEntry.Kind.PAGE, page, page.title, page.summary)


def company_entry(company):
    """It is found by the jobs it hires for, where they are, and what it asks."""
    jobs = [" ".join([row.job, row.degree, row.languages, row.shifts, row.cities]) for row in company.hirings.all()]
    return entry_of(SearchEntry.Kind.COMPANY, company, company.name, company.summary, words=jobs, prose=company.notes)


def entry_of(kind, thing, title, summary, *, names=(), words=(), prose=""):
    """`words` are what it says point by point, `prose` what it tells at length."""
    normalised = [searchable(name) for name in (*names, *lines(thing.search_words)) if name]
    called = [searchable(title), *normalised]
    squeezed = [*map(joined, called), *(pair for name in called for pair in neighbours(name))]
    words = [part[:MOST_LETTERS_OF_A_TEXT] for part in (*words, summary)]
    prose = prose[:MOST_LETTERS_OF_A_TEXT]
    said = (title, *names, *words, prose)
    squeezed += [word for part in said for word in hyphenated(part)]
    squeezed += [IT] if any(map(names_technology, (*said, thing.search_words))) else []
    return SearchEntry(
        kind=kind,
        object_pk=thing.pk,
        title=title,
        summary=summary,
        url=thing.get_absolute_url(),
        rank=getattr(thing, "position", 0),
        title_text=called[0],
        alternate_text="\n".join(normalised),
        summary_text=searchable(summary),
        body_text=f"{' '.join([*dict.fromkeys(squeezed), *map(searchable, words)])}\n{searchable(prose)}",
    )


Kind = SearchEntry.Kind
NOUNS = {
    Kind.ROLE: Role,
    Kind.SKILL: Skill,
    Kind.CERTIFICATION: Certification,
    Kind.INDUSTRY: Industry,
    Kind.COMPANY: Company,
    Kind.BOOK: Book,
    Kind.METRIC: Metric,
    Kind.QUESTION: Question,
    Kind.SECTION: Section,
}
MAKE = {
    Kind.ROLE: role_entry,
    Kind.SKILL: lambda one: entry_of(Kind.SKILL, one, one.name, one.summary, prose=one.why_it_matters),
    Kind.CERTIFICATION: lambda one: entry_of(
        Kind.CERTIFICATION, one, one.title, one.summary, names=[one.issuer], prose=one.about
    ),
    Kind.INDUSTRY: lambda one: entry_of(Kind.INDUSTRY, one, one.name, one.summary, words=[one.typical_processes]),
    Kind.COMPANY: company_entry,
    Kind.BOOK: lambda one: entry_of(Kind.BOOK, one, one.title, one.summary, names=[one.author]),
    Kind.METRIC: lambda one: entry_of(Kind.METRIC, one, str(one), one.explanation, names=[one.name, one.abbreviation]),
    Kind.QUESTION: lambda one: entry_of(Kind.QUESTION, one, one.question, one.short_answer, prose=one.answer),
    Kind.SECTION: section_entry,
}
