"""Contents (`careers.guide.rules.snapshots`) written into the rows of pages: of one, or of a thousand at once."""

from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import IntegerField, Value
from django.db.models.signals import post_save

from careers.guide.models.old_slugs import note_slugs
from careers.guide.models.publishing import GuideModel
from careers.guide.rules.snapshots import Content
from careers.guide.selectors.snapshots import (
    content_of,
    fields_of,
    named_pages,
    references_in,
    values_of,
    write_names,
)
from careers.guide.services.page_faults import PageFaults, faults_of, faults_of_database, faults_of_rows
from careers.guide.services.snapshot_rows import BATCH, fill, write_many, write_rows


@dataclass
class Written:
    """The content that a page has now, and what could not be written as was wanted: `gone` are names of pages that are
    no longer there, `taken` are {field: value} that another page has by now, `unknown` what no page says any more.
    """

    content: Content = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    taken: dict[str, object] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def is_whole(self):
        return not (self.gone or self.taken or self.unknown)


@dataclass(eq=False)
class Writing:
    """A page, what it is to say and what it says `present`ly; then what was found and done of it."""

    page: GuideModel
    content: Content
    present: Content
    is_named: bool = True  # whether `present` says what its references are called
    written: Written = field(default_factory=Written)
    found: dict = field(default_factory=dict)  # {(model, key): key today}
    rows_to_write: list = field(default_factory=list)
    is_whole: bool = True
    was_shown: bool = False
    was_read: bool = False  # whether readers find it until now
    has_old_slug: bool = True  # whether its slug may be on record as one that a page had before
    alone: dict = field(default_factory=dict)  # {name: value} of what no two pages share, as the row has it


def write_content(page, content, *, status, present=None, is_named=True, validate=False, may_yield=False):
    """Make a page's rows say what `content` says, as `write_contents` does; returns what it is then (`Written`).

    `present` is what the page says now, where somebody has read it; unless it `is_named` its names are written into it,
    which costs nothing more. `validate` raises ValidationError with what is
    missing or wrong. With `may_yield` a value that another page has by now is left out, else the database refuses it.
    """
    writing = Writing(page, content, present or content_of(page), is_named=is_named)
    try:
        write_contents([writing], status=status, validate=validate, may_yield=may_yield)
    except PageFaults as found:
        raise ValidationError(found.faults[0][1]) from found
    return writing.written


def write_contents(writings, *, status, validate=False, may_yield=False, is_real=None):
    """Make the rows of pages, which are there already, say what their contents say. Call it in a transaction.

    A field that a content does not have stays, one that the page no longer has is passed over. Rows keep their keys.
    The order of the pages does not matter: each may need what another one gets, or take what another one gives up.
    `validate` raises `PageFaults` with all that is missing or wrong, and nothing is written then. What is not
    `is_real`, as what may yield, is taken back later: rows keep the keys below zero that they have in a draft. Costs as
    many queries for a thousand pages and rows as for one, but that long inserts are cut as the database needs it.
    """
    is_real = not may_yield if is_real is None else is_real
    if not writings:
        return
    by_noun = in_order(writings)
    for model, some in by_noun.items():
        fill_pages(model, some, status=status, may_yield=may_yield)
    for model, some in by_noun.items():
        share_pages(model, some, by_noun)
        model.prepare([one.page for one in some])
    faults = [one for model, some in by_noun.items() for one in faults_of(model, some)] if validate else []
    if faults:
        raise PageFaults(faults)
    try:
        with transaction.atomic() if validate else nullcontext():
            write_all(by_noun, is_for_readers=status == GuideModel.Status.PUBLISHED, is_real=is_real)
    except (IntegrityError, DataError):
        faults = [one for model, some in by_noun.items() for one in faults_of_database(model, some)] if validate else []
        if not faults:
            raise
        raise PageFaults(faults) from None


def make_pages(pages):
    """Write pages that are not in the database yet, each with its content, as drafts without their rows.

    A reference to another of them has a key below zero and is found by its slug. Raises `PageFaults`.
    """
    nothing = {"fields": {}, "many": {}, "rows": {}, "names": {}}
    for model, some in in_order([Writing(page, content, nothing) for page, content in pages]).items():
        fill_pages(model, some, status=GuideModel.Status.DRAFT, may_yield=False)
        whole = [one for one in some if one.is_whole]
        model.prepare([one.page for one in whole])
        faults = faults_of(model, whole) + [(one.page, faults_of_rows(model, one)) for one in some if not one.is_whole]
        if faults:
            raise PageFaults(faults)
        model._base_manager.bulk_create([one.page for one in some], batch_size=BATCH)


def in_order(writings):
    """{model: its writings}; a noun whose pages refer to others comes after them."""
    by_noun = {}
    for one in writings:
        by_noun.setdefault(one.page._meta.model, []).append(one)
    refers = {model: any(column.is_relation for column in fields_of(model).values()) for model in by_noun}
    return {model: by_noun[model] for model in sorted(by_noun, key=lambda model: (refers[model], model.__name__))}


def fill_pages(model, writings, *, status, may_yield):
    find_references(model, writings)
    for one in writings:
        one.was_shown = one.page.published_at is not None
        one.was_read = one.page.is_published
        one.alone = {name: getattr(one.page, name) for name in names_alone(model)}
        one.is_whole = fill(one.page, one.content["fields"], fields_of(model), one.found)
        one.page.status = status
        if may_yield:
            give_way(one.page, one.written)


def share_pages(model, writings, by_noun):
    """A page that refers to one that is written beside it knows what that one will say."""
    for column in fields_of(model).values():
        if column.is_relation and column.related_model in by_noun:
            beside = {one.page.pk: one.page for one in by_noun[column.related_model]}
            for one in writings:
                if other := beside.get(getattr(one.page, column.attname)):
                    setattr(one.page, column.name, other)


def write_all(by_noun, *, is_for_readers, is_real):
    for model, writings in by_noun.items():
        save_pages(model, writings)
        if is_for_readers and is_real:
            shown = [one for one in writings if one.was_shown]
            on_record = any(one.has_old_slug for one in shown)
            note_slugs(model, [(one.page, slug_before(one)) for one in shown], on_record=on_record)
    for model, writings in by_noun.items():
        many = write_many(model, writings)
        rows = write_rows(model, writings, is_real=is_real)
        for one in writings:
            key, fields = one.page.pk, values_of(one.page, fields_of(model))
            names = names_together(one.present, one.content)
            one.written.content = {"fields": fields, "many": many[key], "rows": rows[key], "names": names}


def names_together(*contents):
    names = {}
    for content in contents:
        for label, some in content["names"].items():
            names.setdefault(label, {}).update(some)
    return names


def slug_before(writing):
    return writing.present["fields"].get("slug", writing.page.slug)


def save_pages(model, writings):
    """In one statement, of which whoever hears of saved pages is told once."""
    pages = [one.page for one in writings]
    names = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    if moving := exchanged(model, writings):
        upsert(model, moving, [*names_alone(model), *model.STEPS_ASIDE])
    upsert(model, pages, names)
    post_save.send(sender=model, instance=pages[0], created=False, raw=False, using=None, update_fields=None)


def upsert(model, pages, names):
    """Write the fields `names` of rows that are there, each with its own values, in one statement."""
    model._base_manager.bulk_create(
        pages, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=names
    )


def names_alone(model):
    """Names of the fields that no two pages share."""
    return [column.name for column in model._meta.concrete_fields if column.unique and not column.primary_key]


def exchanged(model, writings):
    """Copies of the pages that have what another one of `writings` is to get, with something else in its place."""
    moving = {}

    def move(one):
        if one not in moving:
            moving[one] = copy(one.page)
            vars(moving[one]).update(one.alone)
            moving[one].step_aside()
        return moving[one]

    for name in names_alone(model):
        wanted = {getattr(one.page, name): one for one in writings}
        for one in writings:
            if wanted.get(one.alone[name], one) is not one:
                setattr(move(one), name, f"~{one.page.pk}")
    wanted = {together(model, one.page): one for one in writings} if model.TOGETHER else {}
    for one in writings if model.TOGETHER else ():
        if wanted.get(tuple(one.present["fields"].get(name) for name in model.TOGETHER), one) is not one:
            move(one)
    return [*moving.values()]


def together(model, page):
    return tuple(getattr(page, model._meta.get_field(name).attname) for name in model.TOGETHER)


def find_references(model, writings):
    """Fill `found`: a page of its own key, or the one that has its slug now; None where there is none."""
    wanted, unnamed = {}, {}
    for one in writings:
        one.found = {(related, key): key for related, key in references_in(model, one.present)}
        for related, key in () if one.is_named else one.found:
            unnamed.setdefault(related, set()).add(key)
        known = set(one.found)
        for related, key in references_in(model, one.content):
            one.found[related, key] = key
            if (related, key) not in known:
                wanted.setdefault(related, {}).setdefault(key, []).append(one)
    asked = {related: {*wanted.get(related, ()), *unnamed.get(related, ())} for related in (*wanted, *unnamed)}
    if not asked:
        return
    there = named_pages(asked)
    write_names(model, [one.present for one in writings if not one.is_named], there)
    missing = [
        (one, related, key)
        for related, by_key in wanted.items()
        for key, some in by_key.items()
        if (related, key) not in there
        for one in some
    ]
    slugs = {}
    for one, related, key in missing:
        slugs.setdefault(related, set()).add(name_in(one.content, related, key)[0])
    again = keys_of_slugs(slugs)
    for one, related, key in missing:
        slug, label = name_in(one.content, related, key)
        one.found[related, key] = again.get((related, slug))
        if (related, slug) not in again:
            one.written.gone.append(label)


def keys_of_slugs(wanted):
    """{(model, slug): key} of pages of several nouns, {model: slugs}. One query."""
    models = [*wanted]
    found = [
        model._base_manager.filter(slug__in=slugs).order_by().values_list(Value(number, IntegerField()), "slug", "pk")
        for number, (model, slugs) in enumerate(wanted.items())
    ]
    rows = found[0].union(*found[1:], all=True) if found else ()
    return {(models[number], slug): key for number, slug, key in rows}


def name_in(content, related, key):
    return content["names"].get(related._meta.label_lower, {}).get(str(key), ("", f"number {key}"))


def give_way(page, written):
    """Keep today's value of what another page has by now."""
    stored = page._meta.model._base_manager.filter(pk=page.pk).first()
    others = page._meta.model._base_manager.exclude(pk=page.pk)
    alone = [[name] for name, column in fields_of(page._meta.model).items() if column.unique]
    together = [list(one.fields) for one in page._meta.constraints if getattr(one, "fields", ())]
    for names in [*alone, *together]:
        values = {name: getattr(page, page._meta.get_field(name).attname) for name in names}
        if None not in values.values() and others.filter(**values).exists():
            written.taken |= values
            for name in names:
                attribute = page._meta.get_field(name).attname
                setattr(page, attribute, getattr(stored, attribute))
