"""Contents of one page, made at different times, brought together or compared as far as the page is the same by now."""

from functools import cache
from typing import Any

from careers.guide.rules.snapshots import merge_contents
from careers.guide.selectors.snapshots import fields_of, hanging_rows, identities_of, row_fields_of, values_of


def brought_together(page, base, mine, theirs, chosen=None):
    """As `merge_contents`, of what the page still has."""
    base, mine, theirs = three_sides(page, base, mine, theirs)
    return merge_contents(base, mine, theirs, identities_of(page._meta.model), chosen)


def three_sides(page, *sides):
    """Base, mine and theirs as far as they can be compared. One that is older than a field has not changed it."""
    base, mine, theirs = (known_part(page, content) for content in sides)
    base = saying_all(page._meta.model, base)
    return base, saying_all(page._meta.model, mine, base), saying_all(page._meta.model, theirs, base)


def known_part(page, content):
    """Without fields and rows that the noun no longer has."""
    model = page._meta.model
    return {
        **content,
        "fields": {name: value for name, value in content["fields"].items() if name in fields_of(model)},
        "rows": {name: rows for name, rows in content["rows"].items() if name in hanging_rows(model)},
    }


def saying_all(model, content, like=None):
    """With what it does not say as there was no such field yet: as in the content `like`, else as in an empty page."""
    like = like or {"fields": {}, "many": {}, "rows": {}}
    rows = {**like["rows"], **content["rows"]}
    for relation, (row, back) in hanging_rows(model).items():
        columns = row_fields_of(row, back)
        before = {one["pk"]: one["fields"] for one in like["rows"].get(relation, ())}
        if relation in rows:
            said = [all_values(row, columns, before.get(one["pk"], {}), one["fields"]) for one in rows[relation]]
            rows[relation] = [{**one, "fields": fields} for one, fields in zip(rows[relation], said, strict=True)]
    fields = all_values(model, fields_of(model), like["fields"], content["fields"])
    return {**content, "fields": fields, "many": {**like["many"], **content["many"]}, "rows": rows}


def all_values(kind, columns, before, values):
    empty = empty_values(kind)
    return {**{name: before.get(name, empty[name]) for name in columns}, **values}


@cache
def empty_values(kind: Any) -> dict[str, Any]:
    return values_of(kind(), {column.name: column for column in kind._meta.concrete_fields})
