"""How long to wait for SQLite's one lock for writers. PostgreSQL lets writers queue by itself."""

from contextlib import contextmanager

from django.db import OperationalError, connection

LONG = 600_000  # milliseconds: another command may be writing the guide or the occupations


class DatabaseBusy(Exception):
    """Somebody else wrote all the time."""


def little_patience():
    """For a moment only: a reader is waiting."""
    return patience(milliseconds=300)


@contextmanager
def long_patience():
    """For ten minutes, as a command can wait. Raises `DatabaseBusy` after them."""
    try:
        with patience(milliseconds=LONG):
            yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise DatabaseBusy("Something else is writing to the database. Try again when it is done.") from error


@contextmanager
def patience(*, milliseconds):
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
