"""What is wrong with pages that are to be written, all of it at once and in an editor's words."""

from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CharField, CheckConstraint, Value

from careers.guide.models.old_slugs import OldSlug
from careers.guide.selectors.snapshots import fields_of, hanging_rows, identities_of, row_fields_of
from careers.guide.services.snapshot_rows import fill

TAKEN_BEFORE = "Another page had this address, and links lead from it there. Choose another one."
TWICE = "Two pages of this set want this at once."
OLD = "old slug"
EMPTY = "Fill this in."
NEEDED_PAGE_GONE = "A page that this one needs was deleted meanwhile."


class PageFaults(Exception):
    """Pages cannot be written. `faults` is [(page, {name of a field, of a relation or of all: [sentences]})]."""

    def __init__(self, faults):
        super().__init__(f"{len(faults)} pages cannot be written")
        self.faults = faults


def faults_of(model, writings):
    """[(page, {name: [sentences]})] of those that are not as readers need them; what is wrong with rows stands under
    their relation. The database checks what a constraint says. Costs a few queries.
    """
    model.read_for_cleaning([one.page for one in writings])
    relations = [name for name, column in fields_of(model).items() if column.is_relation]
    taken = taken_values(model, writings)
    found = []
    for one in writings:
        faults = {name: [*texts] for name, texts in taken.get(one, {}).items()}
        add_faults_of_cleaning(faults, one.page, exclude=relations)
        add_faults(faults, faults_of_rows(model, one))
        for row in rows_shown_anew(model, one):
            add_faults_of_row(faults, model, row, checks_of_form(row))
        if faults:
            found.append((one.page, faults))
    return found


def add_faults_of_cleaning(faults, page, *, exclude, is_whole=True):
    """Add to `faults` those of the fields, but for the ones in `exclude`, and where it `is_whole` those of the page."""
    for clean in (lambda: page.clean_fields(exclude=exclude), page.clean)[: 2 if is_whole else 1]:
        try:
            clean()
        except ValidationError as error:
            add_faults(faults, error)


def add_faults(faults, error):
    for name, texts in ValidationError(error).update_error_dict({}).items():
        said = faults.setdefault(name, [])
        said += [text for one in texts for text in one.messages if text not in said]


def faults_of_rows(model, writing):
    found = {}
    for relation, names in identities_of(model).items():
        said = [
            tuple(entry["fields"].get(name) for name in names) for entry in writing.content["rows"].get(relation, ())
        ]
        if names and len(said) != len(set(said)):
            row = hanging_rows(model)[relation][0]
            found[relation] = [f"Two rows of {row._meta.verbose_name_plural} are about the same thing. Take one away."]
    return found if writing.is_whole else {**found, NON_FIELD_ERRORS: [NEEDED_PAGE_GONE]}


def rows_shown_anew(model, writing):
    """Those that readers are to see and do not see so by now: of them is asked what a form would ask for. What they
    have stays as it is, so that a page can be corrected whose rows are older than a field.
    """
    for relation, (row, back) in hanging_rows(model).items() if writing.page.is_published else ():
        fields = row_fields_of(row, back)
        present = {entry["pk"]: entry["fields"] for entry in writing.present["rows"].get(relation, ())}
        for entry in writing.content["rows"].get(relation, ()):
            before, thing = present.get(entry["pk"]), row()
            said = {name: value for name, value in entry["fields"].items() if name in fields}
            values = {**(before or {}), **said}
            is_same = writing.was_read and values == before
            if not is_same and fill(thing, values, fields, writing.found):
                yield thing


def checks_of_form(row):
    """But for those that ask the database."""
    relations = [column.name for column in row._meta.concrete_fields if column.is_relation or column.primary_key]
    return partial(row.clean_fields, exclude=relations), row.clean


def taken_values(model, writings):
    """{writing: {name: [sentences]}} of what no two pages share and another one has, or of an address that it had."""
    names = [column.name for column in fields_of(model).values() if column.unique]
    by_value = {}
    for one in writings:
        for name in names:
            by_value.setdefault((name, getattr(one.page, name)), []).append(one)
    found, (elsewhere, owners) = {}, values_elsewhere(model, writings, names)
    for (name, value), some in by_value.items():
        texts = []
        if (name, value) in elsewhere:
            texts += some[0].page.unique_error_message(model, (name,)).messages
        if len(some) > 1:
            texts.append(TWICE)
        for one in some if texts else ():
            found.setdefault(one, {}).setdefault(name, []).extend(texts)
    for one in taken_before(model, writings, owners) if "slug" in names else ():
        found.setdefault(one, {}).setdefault("slug", []).append(TAKEN_BEFORE)
    return found


def values_elsewhere(model, writings, names):
    """{(name, value)} that another page than these has, and {slug: key of the page that had it before}. One query, none
    where nothing of this changes.
    """
    asked = []
    for name in names:
        values = {getattr(one.page, name) for one in writings} - {one.alone[name] for one in writings}
        if values:
            others = model._base_manager.filter(**{f"{name}__in": values}).order_by()
            asked.append(others.values_list(Value(name, CharField()), name, "pk"))
    if slugs := [one.page.slug for one in asking_for_slugs(writings)] if "slug" in names else []:
        asked.append(OldSlug.of(model, slugs).values_list(Value(OLD, CharField()), "slug", "page_pk"))
    if not asked:
        return set(), {}
    rows = list(asked[0].union(*asked[1:], all=True))
    owners = {value: key for name, value, key in rows if name == OLD}
    for one in writings:
        one.has_old_slug = one.page.slug in owners
    keys = {one.page.pk for one in writings}
    return {(name, value) for name, value, key in rows if name != OLD and key not in keys}, owners


def asking_for_slugs(writings):
    """Those that get a slug that they did not have before readers."""
    return [one for one in writings if not one.was_shown or one.page.slug != one.alone["slug"]]


def taken_before(model, writings, owners):
    """Those whose slug was another page's that is still there, or is until now. One query, none where nobody else's
    is asked for.
    """
    asking = asking_for_slugs(writings)
    others = {owners[one.page.slug] for one in asking if owners.get(one.page.slug, one.page.pk) != one.page.pk}
    there = set(model._base_manager.filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    taken = {slug: {key} for slug, key in owners.items() if key in there}
    for one in writings:
        if one.was_shown and one.page.slug != one.alone["slug"]:
            taken.setdefault(one.alone["slug"], set()).add(one.page.pk)
    return [one for one in asking if taken.get(one.page.slug, {one.page.pk}) != {one.page.pk}]


def faults_of_database(model, writings):
    """As `faults_of`, of what the database has refused: asked for one by one, as it names one at a time. Of rows that
    share what no two of them may `faults_of_rows` has asked before.
    """
    found = []
    for one in writings:
        faults = {}
        try:
            one.page.full_clean()
        except ValidationError as error:
            add_faults(faults, error)
        for row in one.rows_to_write:
            add_faults_of_row(faults, model, row, checks_of_database(row))
        if faults:
            found.append((one.page, faults))
    return found


def checks_of_database(row):
    yield partial(row.full_clean, validate_unique=False, validate_constraints=False)
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            yield partial(constraint.validate, type(row), row)


def add_faults_of_row(faults, model, row, checks):
    for check in checks:
        try:
            check()
        except ValidationError as error:
            relation = next(name for name, (kind, _) in hanging_rows(model).items() if kind is type(row))
            about = name_of_row(row, identities_of(model)[relation])
            name = f"{str(row._meta.verbose_name).capitalize()} “{about}”"
            add_faults(faults, {relation: sentences_of_row(row, name, error)})


def name_of_row(row, identity):
    """By what no other row of its page is about: “Typing”, “Agent, India”."""
    columns = [row._meta.get_field(name) for name in identity]
    said = [getattr(row, f"get_{one.name}_display")() if one.choices else getattr(row, one.name) for one in columns]
    return ", ".join(map(str, said))


def sentences_of_row(row, name, error):
    """“Pay “India, Agent”, checked on: Fill this in.”"""
    fields = {field.name: f", {field.verbose_name}" for field in row._meta.concrete_fields}
    return [
        f"{name}{fields.get(place, '')}: {EMPTY if one.code in ('null', 'blank') else text}"
        for place, errors in error.update_error_dict({}).items()
        for one in errors
        for text in one.messages
    ]
