"""Rows that are asked for and written in words that are there already: Django puts them together each time, which takes
longer than to read or write a row does.
"""

from functools import cache

from django.db import connection
from django.db.models.constants import OnConflict

MARK = -(10**9) - 7  # a key that no row has
BY_DATABASE = {"sqlite": "NULL", "postgresql": "DEFAULT"}  # a key that the database gives


class AskedByKey:
    """`AskedByKey(lambda pk: Plan.objects.filter(pk=pk))`: a query by one key, which is put into words once.

    What it finds are whole rows, with what the query annotates.
    """

    def __init__(self, query):
        self.query, self.words = query, {}  # by kind of database

    def rows(self, key):
        if connection.vendor not in self.words:
            query = self.query(MARK)
            text, values = query.query.sql_with_params()
            self.words[connection.vendor] = query.model, text, values
        model, text, values = self.words[connection.vendor]
        return list(model._base_manager.raw(text, [key if value == MARK else value for value in values]))

    def row(self, key):
        """None where there is none."""
        return next(iter(self.rows(key)), None)


def insert_unless_there(row):
    """Write `row`, unless a constraint says that it is there: `bulk_create([row], ignore_conflicts=True)`.

    Its key stays unknown, and no signal is sent. A third of the time.
    """
    fields, words = statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(words, values)


def write_over(row, *, but):
    """Write all fields of `row` but those into the row with its key. Return whether it was there. No signal is sent."""
    fields = [field for field in row._meta.local_concrete_fields if not field.primary_key and field.name not in but]
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement_over(type(row), tuple(field.column for field in fields)), [*values, row.pk])
        return cursor.rowcount > 0


def insert_rows(rows):
    """Write `rows` of one model, of which some have their keys and others are to get one: `bulk_create`, in one
    statement instead of two. No signal is sent.
    """
    model, name = type(rows[0]), connection.ops.quote_name
    fields, key = list(model._meta.local_concrete_fields), model._meta.pk
    others = [field for field in fields if field is not key]
    size = connection.ops.bulk_batch_size(fields, rows) or len(rows)
    columns = ", ".join(name(field.column) for field in (key, *others))
    for start in range(0, len(rows), size):
        some, values = rows[start : start + size], []
        for row in some:
            values += [] if row.pk is None else [row.pk]
            values += [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in others]
        given = ", ".join(
            f"({', '.join([BY_DATABASE[connection.vendor] if row.pk is None else '%s', *['%s'] * len(others)])})"
            for row in some
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES {given} "  # noqa: S608, of models
                f"RETURNING {name(key.column)}",
                values,
            )
            for row, (made,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = made


@cache
def statement_over(model, columns):
    name = connection.ops.quote_name
    given = ", ".join(f"{name(column)} = %s" for column in columns)
    return " ".join(["UPDATE", name(model._meta.db_table), "SET", given, "WHERE", name(model._meta.pk.column), "= %s"])


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
