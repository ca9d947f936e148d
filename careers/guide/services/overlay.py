"""Rows that are there for one piece of work only, and for nobody else."""

import re
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, ProgrammingError, connection, transaction

from careers.guide.models.revisions import Change, Revision
from careers.guide.selectors.kept import keeping_nothing
from careers.guide.selectors.snapshots import hanging_rows, many_of
from careers.runtime.outages import is_busy

FORBIDDEN = "42501"  # of PostgreSQL: the role may not make temporary tables
FAR = 2**62  # a revision after all that there will be
# Of the statements with which SQLite has made a table and its indexes.
MAKES = re.compile(r"^(CREATE TABLE|CREATE INDEX|CREATE UNIQUE INDEX)\s+")
REFERENCE = re.compile(r'\s+REFERENCES "[^"]+" \("[^"]+"\)( DEFERRABLE INITIALLY DEFERRED)?')


class NoCopies(Exception):
    """The database makes no tables for one connection alone: it may not, or has no room for them."""


class TakeBack(Exception):
    """Rolls back what is inside."""


@contextmanager
def only_here():
    """A block whose writes are there inside it, and are taken back at its end, whatever happens.

    Others see nothing of it, nor does what this process keeps. Who edits the guide meanwhile waits: it is locked.
    """
    with transaction.atomic():
        Revision.lock()
        with taken_back():
            yield


@contextmanager
def on_copies(pages):
    """As `only_here`, but nobody waits: `pages`, of whatever nouns, and their rows may be written, and nothing else.

    This connection has the tables of their nouns in copies of its own by the same names, which hide the real ones until
    the end of the block. What this process keeps of the guide is brought up to date of these pages alone. Costs some
    0.1 s for 5,000 roles with their rows. Raises `NoCopies`.
    """
    with refusing(), reading(), taken_back():
        for model in tables_of({page._meta.model for page in pages}):
            copy_table(model)
        changes = {(page._meta.model_name, page.pk) for page in pages}
        rows = [Change(noun=noun, object_pk=key, number=FAR) for noun, key in changes]
        Change.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["noun", "object_pk"], update_fields=["number"]
        )
        yield


@contextmanager
def refusing():
    """Where the database may not make such a table or has no room for it, `NoCopies` says so. That somebody else was
    writing all the time stays what it is, as does a query that is wrong.
    """
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        is_wrong = isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", None) != FORBIDDEN
        if is_wrong or is_busy(error):
            raise
        raise NoCopies(str(error)) from error


@contextmanager
def taken_back():
    try:
        with transaction.atomic(), keeping_nothing():
            yield
            raise TakeBack
    except TakeBack:
        pass


@contextmanager
def reading():
    """A transaction that keeps nobody from writing, as long as it writes into no table that others see."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    on: Any = connection
    mode, on.transaction_mode = on.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            on.transaction_mode = mode
            yield
    finally:
        on.transaction_mode = mode


def tables_of(models):
    """Models of the tables in which pages of these nouns are written, and of what changed."""
    found = [Change]
    for model in sorted(models, key=lambda one: one.__name__):
        found += [model, *(row for row, _ in hanging_rows(model).values())]
        found += [column.remote_field.through for column in many_of(model).values()]
    return found


def copy_table(model):
    """With its indexes and constraints, but without triggers and without references to other tables."""
    quote = connection.ops.quote_name
    table, columns = model._meta.db_table, ", ".join(quote(one.column) for one in model._meta.concrete_fields)
    statements = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    with connection.cursor() as cursor:
        for statement in statements(cursor, table, columns):
            cursor.execute(statement)


def on_postgresql(cursor, table, columns):
    """The copy gets its name last: until then the name is the real one's."""
    yield f'CREATE TEMPORARY TABLE "{table}_copy" (LIKE "{table}" INCLUDING ALL) ON COMMIT DROP'
    yield f'INSERT INTO "{table}_copy" ({columns}) SELECT {columns} FROM "{table}"'  # noqa: S608, of models
    yield f'ALTER TABLE "{table}_copy" RENAME TO "{table}"'
    last = f'(SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}")'  # noqa: S608, of models
    yield f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), {last}, false)"
    yield f'ANALYZE "{table}"'


def on_sqlite(cursor, table, columns):
    made = "SELECT sql FROM main.sqlite_master WHERE tbl_name = %s AND type = %s AND sql IS NOT NULL"
    for kind in ("table", "index"):
        cursor.execute(made, [table, kind])
        for (sql,) in cursor.fetchall():
            yield REFERENCE.sub("", MAKES.sub(r"\1 temp.", sql))
        if kind == "table":
            yield f'INSERT INTO temp."{table}" ({columns}) SELECT {columns} FROM main."{table}"'  # noqa: S608, of models
