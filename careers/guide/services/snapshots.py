"""Contents (`careers.guide.rules.snapshots`) written into the rows of a page."""

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from careers.guide.models.old_slugs import OldSlug, note_slugs
from careers.guide.models.publishing import GuideModel
from careers.guide.rules.snapshots import Content
from careers.guide.selectors.snapshots import (
    content_of,
    fields_of,
    hanging_rows,
    identities_of,
    many_of,
    references_in,
    row_fields_of,
    values_of,
)

TAKEN_BEFORE = "Another page had this address, and links lead from it there. Choose another one."


@dataclass
class Written:
    """The content that a page has now, and what could not be written as was wanted: `gone` are names of pages that are
    no longer there, `taken` are {field: value} that another page has by now.
    """

    content: Content = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    taken: dict[str, object] = field(default_factory=dict)


def write_content(page, content, *, status, present=None, validate=False, may_yield=False):
    """Make a page's rows say what `content` says. Call it in a transaction.

    A field that the content does not have stays, one that the page no longer has is passed over. Rows keep their keys.
    `present` is what the page says now, where somebody has read it. `validate` raises ValidationError with what is
    missing or wrong. With `may_yield` a value that another page has by now is left out, else the database refuses it.
    Costs some ten queries, and as many more where `present` is not given; not more for more rows.
    """
    model, written, present = page._meta.model, Written(), present or content_of(page)
    found, was_shown = references_found(model, content, written), page.published_at is not None
    is_whole = fill(page, content["fields"], fields_of(model), found)
    page.status = status
    page.stamp_publishing()
    if may_yield:
        give_way(page, written)
    if validate:
        validate_page(page, content, is_whole=is_whole)
    save_page(page, validate=validate)
    if status == GuideModel.Status.PUBLISHED and was_shown and not may_yield:
        note_slugs(page, before=present["fields"].get("slug", page.slug))
    many, rows = dict(present["many"]), dict(present["rows"])
    for name, one in many_of(model).items():
        if name in content["many"]:
            many[name] = sorted({new for key in content["many"][name] if (new := found[one.related_model, key])})
            if many[name] != present["many"][name]:
                getattr(page, name).set(many[name])
    for relation, (row, back) in hanging_rows(model).items():
        if relation in content["rows"]:
            wanted, there = content["rows"][relation], present["rows"][relation]
            rows[relation] = write_rows(page, row, back, wanted, there, found, is_real=not may_yield)
    names = {
        label: {**present["names"].get(label, {}), **content["names"].get(label, {})}
        for label in (*present["names"], *content["names"])
    }
    written.content = {"fields": values_of(page, fields_of(model)), "many": many, "rows": rows, "names": names}
    return written


def save_page(page, *, validate):
    """The database checks what a constraint says; which one it was, and its words, are asked for once it has."""
    if not validate:
        page.save()
        return
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError:
        page.full_clean()
        raise


def references_found(model, content, written):
    """{(model, key): key today}: its own, or that of the page which has its slug now; None where there is none."""
    wanted = {}
    for related, key in references_in(model, content):
        wanted.setdefault(related, set()).add(key)
    found = {}
    for related, keys in wanted.items():
        present = set(related._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        names = content["names"].get(related._meta.label_lower, {})
        slugs = {names[str(key)][0] for key in keys - present if str(key) in names}
        again = dict(related._base_manager.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
        for key in keys:
            slug, label = names.get(str(key), ("", f"number {key}"))
            found[related, key] = key if key in present else again.get(slug)
            if found[related, key] is None:
                written.gone.append(label)
    return found


def fill(thing, values, fields, found):
    """Set what `values` has; returns whether everything that it refers to is there where it has to be."""
    is_whole = True
    for name, column in fields.items():
        if name not in values:
            continue
        value = values[name]
        if column.is_relation:
            value = None if value is None else found[column.related_model, value]
            if value is None and not column.null:
                is_whole = False
                continue
            setattr(thing, column.attname, value)
        else:
            setattr(thing, column.attname, column.to_python(value))
    return is_whole


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


def validate_page(page, content, *, is_whole):
    """Raises ValidationError by field; what is wrong with rows stands under the page as a whole."""
    faults = {}
    try:
        page.full_clean(validate_constraints=False)
    except ValidationError as error:
        faults = error.message_dict
    for relation, names in identities_of(page._meta.model).items():
        said = [tuple(entry["fields"].get(name) for name in names) for entry in content["rows"].get(relation, ())]
        if names and len(said) != len(set(said)):
            row = hanging_rows(page._meta.model)[relation][0]
            text = f"Two rows of {row._meta.verbose_name_plural} are about the same thing. Take one away."
            faults.setdefault(NON_FIELD_ERRORS, []).append(text)
    if OldSlug.belongs_to_another(page, page.slug):
        faults.setdefault("slug", []).append(TAKEN_BEFORE)
    if not is_whole:
        faults.setdefault(NON_FIELD_ERRORS, []).append("A page that this one needs was deleted meanwhile.")
    if faults:
        raise ValidationError(faults)


def write_rows(page, row, back, wanted, there, found, *, is_real):
    """Return the rows there are now. Those that change make room first, so that two may exchange what no two rows of a
    page share.
    """
    fields, present = row_fields_of(row, back), {entry["pk"]: entry for entry in there}
    left, kept, changed, fresh = dict(present), [], [], []
    for entry in wanted:
        before = left.pop(entry["pk"], None)
        if before and before["fields"] == entry["fields"]:
            kept.append(before)
            continue
        is_own = before or (not is_real and entry["pk"] < 0)
        thing = row(**{f"{back}_id": page.pk, "pk": entry["pk"] if is_own else None})
        values = {**before["fields"], **entry["fields"]} if before else entry["fields"]
        if fill(thing, values, fields, found):
            (changed if before else fresh).append(thing)
        elif before:
            left[entry["pk"]] = before
    gone = [*left, *(thing.pk for thing in changed)]
    if gone:
        row._base_manager.filter(pk__in=gone).delete()
    things = row._base_manager.bulk_create([*changed, *fresh])
    return [*kept, *({"pk": thing.pk, "fields": values_of(thing, fields)} for thing in things)]
