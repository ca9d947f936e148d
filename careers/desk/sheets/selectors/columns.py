"""The columns of each noun, made from its fields, and what a cell may call a page."""

import json
from functools import cache

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from careers.desk.sheets.rules.values import CellKind, SheetColumn, plain_word
from careers.fields.models.texts import Plain, TextField
from careers.guide.models.publishing import GuideModel
from careers.guide.selectors.snapshots import (
    fields_of,
    hanging_rows,
    identities_of,
    many_of,
    page_model,
    row_fields_of,
)
from careers.lib.words import capital

KEY, WAS, STATE = "slug", "was", "state"
NEVER_READ = {STATE, "status"}
NAMES = ("title", "name", "question")  # of a page, in the noun that has one of them
KEY_TITLE, WAS_TITLE, STATE_TITLE = "Address", "Was", "State"


def title_of(model):
    """Of the first sheet."""
    return capital(str(model._meta.verbose_name_plural))


@cache
def sheet_titles(model):
    """{relation: title of its sheet}."""
    return {relation: capital(str(row._meta.verbose_name_plural)) for relation, (row, _) in hanging_rows(model).items()}


@cache
def page_columns(model):
    """{name: SheetColumn}: the page's address, its name, its own fields, then its truth and how it is found."""
    shared = {field.name for field in GuideModel._meta.local_fields}
    fields = {name: field for name, field in {**fields_of(model), **many_of(model)}.items() if name != KEY}
    order = sorted(fields, key=lambda name: (name not in NAMES, name in shared))
    key = SheetColumn(KEY, KEY_TITLE, CellKind.LINE, may_be_empty=False)
    return {KEY: key, **{name: column_of(fields[name]) for name in order}}


@cache
def row_columns(model, relation):
    """{name: SheetColumn} of the fields of rows, what they are about first; not of the page that they hang on."""
    row, back = hanging_rows(model)[relation]
    fields, about = row_fields_of(row, back), identities_of(model)[relation]
    return {name: column_of(fields[name]) for name in sorted(fields, key=lambda name: name not in about)}


def column_of(field):
    kind, default = kind_of_field(field), as_json(field.get_default()) if field.has_default() else None
    needed = not (field.null or field.blank or field.has_default())
    empty = [] if kind is CellKind.PAGES else default if default is not None else None if field.null else ""
    return SheetColumn(
        field.name,
        capital(str(field.verbose_name)),
        kind,
        empty=empty,
        may_be_empty=not needed,
        choices=tuple((value, str(label)) for value, label in field.flatchoices) if kind is CellKind.CHOICE else (),
        places=getattr(field, "decimal_places", 0) or 0,
        noun=field.related_model._meta.label_lower if field.is_relation else "",
        is_read=isinstance(field, Plain),
    )


def kind_of_field(field):
    kinds = (
        (models.ManyToManyField, CellKind.PAGES),
        (models.ForeignKey, CellKind.PAGE),
        (models.BooleanField, CellKind.YES_NO),
        (models.DateField, CellKind.DAY),
        (models.DecimalField, CellKind.DECIMAL),
        (models.IntegerField, CellKind.NUMBER),
        (TextField, CellKind.TEXT),
        (models.CharField, CellKind.LINE),
    )
    if field.choices:
        return CellKind.CHOICE
    return next(kind for type_, kind in kinds if isinstance(field, type_))


def as_json(value):
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def nouns_named(model):
    """Labels of the nouns that cells refer to."""
    columns = [*page_columns(model).values()]
    for relation in hanging_rows(model):
        columns += row_columns(model, relation).values()
    return sorted({column.noun for column in columns if column.noun})


def name_field(model):
    """None of a noun whose pages have no name of their own."""
    return next((name for name in NAMES if name in fields_of(model)), None)


def keys_by_word(model):
    """{what a cell may call a page: its key}: its slug, or its name."""
    name = name_field(model)
    rows = list(model._base_manager.values_list("pk", "slug", *([name] if name else [])))
    words = {plain_word(row[2]): row[0] for row in rows} if name else {}
    return {**words, **{row[1]: row[0] for row in rows}}


def words_to_read(model):
    """{noun: `keys_by_word`} of all that the cells of a noun's sheets refer to."""
    return {noun: keys_by_word(page_model(noun)) for noun in nouns_named(model)}


def slugs_to_write(model):
    """{noun: {key: slug}}."""
    return {noun: dict(page_model(noun)._base_manager.values_list("pk", "slug")) for noun in nouns_named(model)}
