"""Whether a page could be saved as the sheet says: by its fields, its own rules and what no two pages share.

The same as a form of the desk asks of a draft, without a query for each page. What is asked of one page is asked by
`careers.guide.services.page_faults`. What no two pages share is looked for here by row of the file, before any page is
there to be written.
"""

from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS

from careers.desk.sheets.selectors.columns import KEY
from careers.desk.sheets.selectors.conditions import broken_checks, holds, unique_sets
from careers.guide.models.moves import Move
from careers.guide.models.old_slugs import OldSlug
from careers.guide.selectors.snapshots import fields_of, hanging_rows, identities_of, row_fields_of
from careers.guide.services.page_faults import TAKEN_BEFORE, add_faults_of_cleaning

TAKEN = "Another page has this already."
NOT_CARRIED = "Only a way out has these. Empty this cell, or change the kind."
TWICE = "Row {row} of this sheet says the same."


class PageChecks:
    """For all pages of one file. It knows what the other pages of the noun have, and what was met in the file."""

    def __init__(self, model):
        self.model, self.seen = model, defaultdict(dict)
        self.sets = unique_sets(model)
        self.taken = [self.values_taken(names, condition) for names, condition, _ in self.sets]
        old = OldSlug.objects.filter(model=model._meta.label_lower).values_list("slug", "page_pk")
        there = set(model._base_manager.values_list("pk", flat=True))
        self.old_slugs = {slug: key for slug, key in old if key in there}

    def values_taken(self, names, condition):
        pages = self.model._base_manager.filter(condition) if condition else self.model._base_manager.all()
        found = defaultdict(set)
        for key, *values in pages.values_list("pk", *names):
            found[tuple(values)].add(key)
        return found

    def faults(self, page, *, row, skip):
        """{name of a field or NON_FIELD_ERRORS: [sentences]}; `skip` are fields that are known to be wrong."""
        faults = defaultdict(list)
        relations = {name for name, field in fields_of(self.model).items() if field.is_relation}
        exclude = {*skip, *relations, *self.not_content()}
        add_faults_of_cleaning(faults, page, exclude=exclude, is_whole=not skip)
        if not skip:
            for sentence in broken_checks(page):
                if not any(faults.values()):
                    faults[NON_FIELD_ERRORS].append(sentence)
        self.note_shared(page, faults, row, skip)
        return faults

    def not_content(self):
        content = fields_of(self.model)
        return {field.name for field in self.model._meta.concrete_fields if field.name not in content}

    def note_shared(self, page, faults, row, skip):
        for number, (names, condition, sentence) in enumerate(self.sets):
            if skip.intersection(names) or not all(name in fields_of(self.model) for name in names):
                continue
            values = tuple(getattr(page, page._meta.get_field(name).attname) for name in names)
            if None in values or (condition and not holds(condition, page)):
                continue
            if self.taken[number].get(values, set()) - {page.pk}:
                if not faults[names[-1]]:
                    faults[names[-1]].append(sentence or TAKEN)
            elif values in self.seen[number]:
                faults[names[-1]].append(TWICE.format(row=self.seen[number][values]))
            self.seen[number].setdefault(values, row)
        if self.old_slugs.get(page.slug, page.pk) != page.pk and KEY not in skip:
            faults[KEY].append(TAKEN_BEFORE)


def many_faults(page, many):
    """{name of a relation: [sentences]}, as the form of the noun says."""
    if isinstance(page, Move) and many.get("carried_skills") and page.kind != Move.Kind.EXIT:
        return {"carried_skills": [NOT_CARRIED]}
    return {}


def page_saying(model, content, page_pk):
    """A page that is nowhere stored, as the content says."""
    page = model(pk=page_pk)
    set_values(page, content["fields"], fields_of(model))
    return page


def set_values(thing, values, fields):
    for name, field in fields.items():
        if name in values:
            value = values[name]
            setattr(thing, field.attname, value if field.is_relation else field.to_python(value))


def row_faults(model, relation, values, *, skip):
    """{name of a field or NON_FIELD_ERRORS: [sentences]} of one row."""
    row, back = hanging_rows(model)[relation]
    fields, thing, faults = row_fields_of(row, back), row(), defaultdict(list)
    set_values(thing, {name: value for name, value in values.items() if name not in skip}, fields)
    relations = {name for name, field in fields.items() if field.is_relation}
    add_faults_of_cleaning(faults, thing, exclude={*skip, *relations, back, "id"}, is_whole=not skip)
    if not skip and not faults:
        for sentence in broken_checks(thing):
            faults[NON_FIELD_ERRORS].append(sentence)
    return faults


def about_of(model, relation, values):
    """The values of a row that no two rows of a page share."""
    return tuple(values.get(name) for name in identities_of(model)[relation])
