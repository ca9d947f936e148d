"""What hangs on pages, written as contents say: the pages they lead to, and their rows."""

from careers.fields.models.rows import insert_rows
from careers.guide.selectors.snapshots import hanging_rows, many_of, row_fields_of, values_of

BATCH = 500


def write_many(model, writings):
    """{key of a page: {name: keys}} of the pages that each leads to now."""
    keys = {one.page.pk: dict(one.present["many"]) for one in writings}
    for name, column in many_of(model).items():
        here, there = (getattr(column, f"m2m_{side}field_name")() for side in ("", "reverse_"))
        changed = {}
        for one in writings:
            if name in one.content["many"]:
                found = (one.found[column.related_model, key] for key in one.content["many"][name])
                wanted = sorted({key for key in found if key})
                if wanted != sorted(one.present["many"].get(name, [])):
                    changed[one.page.pk] = keys[one.page.pk][name] = wanted
        if changed:
            through = column.remote_field.through
            delete_rows(through._base_manager.filter(**{f"{here}__in": changed}))
            pairs = [(key, other) for key, others in changed.items() for other in others]
            things = [through(**{f"{here}_id": key, f"{there}_id": other}) for key, other in pairs]
            through._base_manager.bulk_create(things, batch_size=BATCH)
    return keys


def write_rows(model, writings, *, is_real):
    """{key of a page: {relation: rows}} that each has now. Rows that change make room first, so that two may exchange
    what no two rows of a page share. All of them are in `rows_to_write` before the first is written.
    """
    rows = {one.page.pk: dict(one.present["rows"]) for one in writings}
    kinds = hanging_rows(model).items()
    planned = [plan_rows(relation, row, back, writings, rows, is_real=is_real) for relation, (row, back) in kinds]
    for row, back, gone, things in planned:
        if gone:
            delete_rows(row._base_manager.filter(pk__in=gone))
        if things:
            insert_rows([thing for _, thing in things])
        fields = row_fields_of(row, back)
        for kept, thing in things:
            kept.append({"pk": thing.pk, "fields": values_of(thing, fields)})
    return rows


def plan_rows(relation, row, back, writings, rows, *, is_real):
    """Of one kind the keys that go or make room, and what is to be written: (entries of its page, row). Into `rows`
    come the entries that stay.
    """
    gone, things = [], []
    for one in writings:
        if relation in one.content["rows"]:
            kept, left, made = rows_of_page(one, relation, row, back, is_real=is_real)
            rows[one.page.pk][relation] = kept
            one.rows_to_write += made
            gone += left
            things += [(kept, thing) for thing in made]
    return row, back, gone, things


def rows_of_page(writing, relation, row, back, *, is_real):
    """Of one page the entries that stay as they are, the keys of rows that go or make room, and the rows to write."""
    fields, present = row_fields_of(row, back), writing.present["rows"].get(relation, [])
    left, kept, changed, fresh = {entry["pk"]: entry for entry in present}, [], [], []
    for entry in writing.content["rows"][relation]:
        before = left.pop(entry["pk"], None)
        if before and before["fields"] == entry["fields"]:
            kept.append(before)
            continue
        is_own = before or (not is_real and entry["pk"] < 0)
        thing = row(**{f"{back}_id": writing.page.pk, "pk": entry["pk"] if is_own else None})
        values = {**before["fields"], **entry["fields"]} if before else entry["fields"]
        if fill(thing, values, fields, writing.found):
            (changed if before else fresh).append(thing)
        elif before:
            left[entry["pk"]] = before
    return kept, [*left, *(thing.pk for thing in changed)], [*changed, *fresh]


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


def delete_rows(rows):
    """Nothing hangs on them, and whoever hears of the page needs not hear of each: so they are not read first."""
    rows._raw_delete(rows.db)
