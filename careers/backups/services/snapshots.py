"""The database as it is at one moment, for as long as it takes to read it, while others go on writing.

On both databases that is one open transaction which only reads. Whatever it is asked, and the copy that it writes, are
of the same moment.
"""

import sqlite3
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField

from careers.backups.services.postgresql_programs import ProgramError, command, what_it_said
from careers.lib.whole_files import partial_file
from careers.plans.files.models import private_storage

BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"}
STAGED = ".{name}-copy-"


class BrokenDatabase(Exception):
    """The database could be copied, but what is in it is damaged."""


@contextmanager
def snapshot():
    frozen = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with frozen.cursor() as cursor:
            cursor.execute(BEGIN[frozen.vendor])
            yield (SQLiteSnapshot if frozen.vendor == "sqlite" else PostgreSQLSnapshot)(frozen, cursor)
    finally:
        frozen.close()


class Snapshot:
    def __init__(self, frozen, cursor):
        self.frozen, self.cursor = frozen, cursor
        self.tables = set(frozen.introspection.table_names(cursor))  # the first look is the moment

    def rows(self, sql):
        self.cursor.execute(sql)
        return self.cursor.fetchall()

    def files(self):
        """The names, in the private storage, of all files that some row names."""
        names = set()
        for table, column in file_columns():
            if table in self.tables:
                quoted = self.frozen.ops.quote_name
                sql = f"SELECT {quoted(column)} FROM {quoted(table)}"  # noqa: S608, names of columns and tables
                names |= {name for (name,) in self.rows(sql) if name}
        return names

    def migrations(self):
        """As "careers.0001_guide", those of apps that the portal still has, in order."""
        if "django_migrations" not in self.tables:
            return []
        apps_with_some = MigrationLoader(None, ignore_no_migrations=True).migrated_apps
        applied = self.rows("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in applied if app in apps_with_some]


def file_columns():
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField) and getattr(field, "_storage_callable", None) is private_storage
    ]


class SQLiteSnapshot(Snapshot):
    member = "database.sqlite3"

    def write(self, writer):
        """By SQLite's online backup, beside the database: it needs as much room again for a moment."""
        database = Path(self.frozen.settings_dict["NAME"])
        with partial_file(database.parent, prefix=STAGED.format(name=database.name)) as staged:
            copy = sqlite3.connect(staged)
            try:
                copy.execute("PRAGMA synchronous=OFF")
                self.frozen.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
                ((verdict, *_), *_) = copy.execute("PRAGMA quick_check(1)").fetchall()
            finally:
                copy.close()
            if verdict != "ok":
                raise BrokenDatabase(verdict)
            with staged.open("rb") as content:
                writer.add(self.member, content, packed=True)


class PostgreSQLSnapshot(Snapshot):
    member = "database.pgdump"

    def write(self, writer):
        """By pg_dump in its own format, which is packed as it is."""
        ((name,),) = self.rows("SELECT pg_export_snapshot()")
        options = ("--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s", f"--snapshot={name}")
        arguments, env = command("pg_dump", *options)
        with TemporaryFile() as errors:
            pipe = {"env": env, "stdout": subprocess.PIPE, "stderr": errors}
            with subprocess.Popen(arguments, **pipe) as dump:  # noqa: S603, PostgreSQL's own program
                try:
                    writer.add(self.member, dump.stdout, packed=False)
                except BaseException:
                    dump.kill()
                    raise
            if dump.returncode:
                raise ProgramError(f"pg_dump failed: {what_it_said(errors)}.")
