"""Pages of the guide as contents (`careers.guide.rules.snapshots`), read from the rows that there are."""

import bisect
import json
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DecimalField, IntegerField, UniqueConstraint, Value
from django.db.models.functions import JSONObject

from careers.fields.models.texts import Plain
from careers.guide.models.publishing import GuideModel
from careers.guide.models.triggers import GUIDE_ROWS

# The desk keeps these itself: they say nothing to a reader, or when and whether one saw the page.
NOT_CONTENT = {"id", "status", "published_at", "published_name", "created_at", "updated_at"}
NAMED_AT_ONCE = 10_000  # pages whose names are read by one query
AT_ONCE = 1000  # pages that are read by one query with their rows, of which each kind names them all


@cache
def fields_of(model: Any) -> dict[str, Any]:
    """{name: field} of the columns that are content. The slug of a move is made from its ends."""
    return {
        field.name: field for field in model._meta.concrete_fields if field.name not in NOT_CONTENT and field.editable
    }


@cache
def many_of(model: Any) -> dict[str, Any]:
    """{name: field} of the many-to-many relations without rows of their own."""
    return {
        field.name: field for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created
    }


@cache
def hanging_rows(model: Any) -> dict[str, tuple[Any, str]]:
    """{relation: (model of the rows, name of the field that leads back)} of the rows that hang on such a page."""
    found = {}
    for relation in model._meta.related_objects:
        row = relation.related_model
        is_own = GUIDE_ROWS.get(row._meta.model_name) == model._meta.model_name
        if is_own and relation.field.name == model._meta.model_name:
            found[relation.get_accessor_name()] = row, relation.field.name
    return found


@cache
def row_fields_of(row: Any, back: str) -> dict[str, Any]:
    return {field.name: field for field in row._meta.concrete_fields if not field.primary_key and field.name != back}


@cache
def identities_of(model: Any) -> dict[str, tuple[str, ...]]:
    """{relation: names of the fields that no two rows of one page share}: a skill, a title, a place in the order."""
    found = {}
    for relation, (row, back) in hanging_rows(model).items():
        unique = (
            one.fields for one in row._meta.constraints if isinstance(one, UniqueConstraint) and back in one.fields
        )
        found[relation] = tuple(name for name in next(unique, ()) if name != back)
    return found


def pages_by_key(model, keys):
    """{key: page}, with what its name is made of."""
    named = [column.name for column in fields_of(model).values() if column.is_relation]
    return model._base_manager.select_related(*named).in_bulk(keys)


def content_of(page):
    return contents_of(page._meta.model, [page.pk])[page.pk]


def contents_of(model, keys, *, is_named=True):
    """{key: content} of pages that are there. For a thousand one query as for one, and one more for what they name."""
    contents, keys = {}, list(keys)
    for start in range(0, len(keys), AT_ONCE):
        contents |= unnamed_contents(model, keys[start : start + AT_ONCE])
    if is_named:
        name_references(model, contents.values())
    return contents


def unnamed_contents(model, keys):
    """Read pages, their rows and the pages that they lead to, whatever their columns are: in one query.

    PostgreSQL takes fifty columns of each kind so.
    """
    contents, kinds = {}, kinds_of_rows(model)
    found = [
        row._base_manager.filter(**{f"{back}__in": keys})
        .order_by()
        .values_list(Value(number, IntegerField()), "pk", back, JSONObject(**{name: name for name in columns}))
        for number, (_, row, back, columns) in enumerate(kinds)
    ]
    for number, key, page, values in sorted(found[0].union(*found[1:], all=True), key=itemgetter(0, 1)):
        name, row, _, columns = kinds[number]
        if name in many_of(model):
            bisect.insort(contents[page]["many"][name], *values.values())
            continue
        thing = row(**{column.attname: as_read(column, values[name]) for name, column in columns.items()})
        if row is model:
            contents[key] = {
                "fields": values_of(thing, columns),
                "many": {name: [] for name in many_of(model)},
                "rows": {relation: [] for relation in hanging_rows(model)},
                "names": {},
            }
        else:
            contents[page]["rows"][name].append({"pk": key, "fields": values_of(thing, columns)})
    return contents


@cache
def kinds_of_rows(model: Any) -> list[tuple[str, Any, str, dict[str, Any]]]:
    """Of pages themselves, then of their relations: [(name, model, column with the page's key, the other columns)]."""
    kinds: list[tuple[str, Any, str, dict[str, Any]]] = [("", model, "pk", fields_of(model))]
    for name, field in many_of(model).items():
        through, there = field.remote_field.through, field.m2m_reverse_field_name()
        kinds.append((name, through, f"{field.m2m_field_name()}_id", {there: through._meta.get_field(there)}))
    for name, (row, back) in hanging_rows(model).items():
        kinds.append((name, row, f"{back}_id", row_fields_of(row, back)))
    return kinds


def as_read(column, value):
    """A value that the database has put into JSON, as it is where the column itself is read."""
    if value is not None and isinstance(column, DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-column.decimal_places))
    return column.to_python(value)


def values_of(thing, fields):
    """Texts as their columns store them today, so that what a script left in another way is no editor's change."""
    values = {name: plain_value(field, field.value_from_object(thing)) for name, field in fields.items()}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def plain_value(field, value):
    return field.plain(value) if isinstance(value, str) and isinstance(field, Plain) else value


def references_in(model, content):
    """The pages that a content names, each as (model, key)."""
    for name, field in fields_of(model).items():
        if field.is_relation and content["fields"].get(name) is not None:
            yield field.related_model, content["fields"][name]
    for name, field in many_of(model).items():
        for key in content["many"].get(name, ()):
            yield field.related_model, key
    for relation, (row, back) in hanging_rows(model).items():
        for name, field in row_fields_of(row, back).items():
            if field.is_relation:
                for entry in content["rows"].get(relation, ()):
                    if entry["fields"].get(name) is not None:
                        yield field.related_model, entry["fields"][name]


def names_unknown(model, content):
    """Names of what a content says in fields and rows that the noun no longer has, in words. Empty ones say nothing."""
    found = said_beside(content["fields"], fields_of(model))
    for relation, entries in content["rows"].items():
        if relation not in hanging_rows(model):
            found |= {relation} if entries else set()
            continue
        columns = row_fields_of(*hanging_rows(model)[relation])
        names = {name for entry in entries for name in said_beside(entry["fields"], columns)}
        found |= {f"{name} ({relation})" for name in names}
    return sorted(name.replace("_", " ") for name in found)


def said_beside(values, columns):
    """Names of values that are no empty ones, and that no column has."""
    return {name for name, value in values.items() if name not in columns and value not in (None, "", [])}


def name_references(model, contents):
    """Write into each content what its references are called, so that it stays readable when they are gone. One query,
    whatever the nouns are.
    """
    wanted = {}
    for content in contents:
        for related, key in references_in(model, content):
            wanted.setdefault(related, set()).add(key)
    write_names(model, contents, named_pages(wanted))


def write_names(model, contents, pages):
    """As `name_references`, where the `pages` were read, {(noun, key): page}."""
    for content in contents:
        for related, key in references_in(model, content):
            if one := pages.get((related, key)):
                content["names"].setdefault(related._meta.label_lower, {})[str(key)] = [one.slug, str(one)]


def named_pages(wanted):
    """{(noun, key): page} of {noun: keys}, each with its slug and what its name is made of. One query for thousands."""
    nouns, found = [*wanted], {}
    pairs = [(number, key) for number, noun in enumerate(nouns) for key in wanted[noun]]
    for start in range(0, len(pairs), NAMED_AT_ONCE):
        by_noun = groupby(pairs[start : start + NAMED_AT_ONCE], key=itemgetter(0))
        queries = [query_of_names(nouns[number], number, [key for _, key in some]) for number, some in by_noun]
        for number, key, slug, values in queries[0].union(*queries[1:], all=True):
            noun = nouns[number]
            columns = {name: noun._meta.get_field(name) for name in noun.NAMED_BY}
            said = {column.attname: as_read(column, values[name]) for name, column in columns.items()}
            found[noun, key] = noun(pk=key, slug=slug, **said)
    return found


def query_of_names(noun, number, keys):
    said = JSONObject(**{name: name for name in noun.NAMED_BY})
    rows = noun._base_manager.filter(pk__in=keys).order_by()
    return rows.values_list(Value(number, IntegerField()), "pk", "slug", said)


def page_model(label):
    """The noun of “careers.role”. Raises LookupError for what is none."""
    model = apps.get_model(label)
    if not issubclass(model, GuideModel):
        raise LookupError(label)
    return model
