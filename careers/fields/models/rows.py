"""One row, written in words that are there already: Django puts them together each time, which takes longer than to
write it does.
"""

from functools import cache

from django.db import connection
from django.db.models.constants import OnConflict


def insert_unless_there(row):
    """Write `row`, unless a constraint says that it is there: `bulk_create([row], ignore_conflicts=True)`.

    Its key stays unknown, and no signal is sent. A third of the time.
    """
    fields, words = statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(words, values)


@cache
def statement(model, vendor):
    """The fields of a row, all but its key, and how they are written."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    operations, name = connection.ops, connection.ops.quote_name
    columns = [field.column for field in fields]
    parts = [
        f"{operations.insert_statement(on_conflict=OnConflict.IGNORE)} {name(model._meta.db_table)}",
        f"({', '.join(map(name, columns))}) VALUES ({', '.join(['%s'] * len(columns))})",
        operations.on_conflict_suffix_sql(fields, OnConflict.IGNORE, columns, []),
    ]
    return fields, " ".join(filter(None, parts))
