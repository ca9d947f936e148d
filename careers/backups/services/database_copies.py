"""Puts the copy of a database in the place of what is there, wholly or not at all, and says whether anything is."""

import shutil
import sqlite3
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile

from django.db import connection

from careers.backups.services.postgresql_programs import ProgramError, command, program, what_it_said
from careers.backups.services.snapshots import STAGED
from careers.lib.whole_files import partial_file

IN_USE = "Somebody is using the database. Stop the portal first"
WAIT = 10  # seconds for others to let go of the database
# In one transaction with what comes after it. Functions of extensions stay, as the extensions do.
EMPTY_POSTGRESQL = """
BEGIN;
SET LOCAL lock_timeout = '{seconds}s';
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || one || ' CASCADE';
  END LOOP;
  FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS
      (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND classid = 'pg_proc'::regclass AND deptype = 'e') LOOP
    EXECUTE 'DROP ROUTINE IF EXISTS ' || one || ' CASCADE';
  END LOOP;
END $$;
"""
COMMIT = b"\nCOMMIT;\n"


def holds_tables():
    """Asking makes no SQLite file where there is none."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def put_database(content):
    """`content`: a database of the same kind as a `Snapshot` wrote it. Other processes see all of it, or nothing."""
    connection.close()
    (put_sqlite if connection.vendor == "sqlite" else put_postgresql)(content)


def put_sqlite(content):
    """By SQLite's online backup, in one transaction: it minds whoever has the file open, and any log beside it."""
    database = Path(connection.settings_dict["NAME"])
    database.parent.mkdir(parents=True, exist_ok=True)
    with partial_file(database.parent, prefix=STAGED.format(name=database.name)) as staged:
        with staged.open("wb") as out:
            shutil.copyfileobj(content, out)
        with new_or_as_it_was(database), closed(staged) as source, closed(database) as target:
            source.backup(target, progress=within(WAIT))


@contextmanager
def closed(path):
    open_one = sqlite3.connect(path, timeout=0)
    try:
        yield open_one
    finally:
        open_one.close()


@contextmanager
def new_or_as_it_was(database):
    """Where there was no file, a fault leaves none."""
    was_there = database.exists()
    try:
        yield
    except BaseException:
        for end in () if was_there else ("", "-journal", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{database}{end}").unlink()
        raise


def within(seconds):
    """SQLite would wait for ever for whoever holds the database's lock."""
    until = time.monotonic() + seconds

    def look(status, remaining, total):
        if time.monotonic() > until and status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError(IN_USE)

    return look


def put_postgresql(content):
    """psql is told to commit only after pg_restore has come to its end in good order.

    A script that breaks off is no end: psql's own `--single-transaction` would commit what it has got by then.
    """
    to_psql, env = command("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-")
    to_sql = [program("pg_restore"), "--file=-", "--no-owner", "--no-privileges", "--no-comments"]
    connection.close()
    with TemporaryFile() as dump, TemporaryFile() as of_reader, TemporaryFile() as of_writer:
        shutil.copyfileobj(content, dump)
        dump.seek(0)
        with (
            Popen(to_sql, stdin=dump, stdout=PIPE, stderr=of_reader) as reader,  # noqa: S603, PostgreSQL's
            Popen(to_psql, env=env, stdin=PIPE, stdout=DEVNULL, stderr=of_writer) as writer,  # noqa: S603, too
        ):
            try:
                writer.stdin.write(EMPTY_POSTGRESQL.format(seconds=WAIT).encode())
                shutil.copyfileobj(reader.stdout, writer.stdin)
                if reader.wait():
                    raise ProgramError(f"pg_restore failed: {what_it_said(of_reader)}.")
                writer.stdin.write(COMMIT)
                writer.stdin.close()
            except BrokenPipeError:  # psql has ended, and says why
                reader.kill()
                with suppress(BrokenPipeError):
                    writer.stdin.close()
            except BaseException:
                writer.kill()
                reader.kill()
                raise
        if writer.returncode:
            raise ProgramError(failure_text(what_it_said(of_writer)))


def failure_text(said):
    return f"{IN_USE}." if "lock timeout" in said else f"psql failed: {said}."
