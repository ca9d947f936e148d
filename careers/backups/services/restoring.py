"""Brings a backup back: files first, then the database in one transaction, then what is no longer named goes.

So whenever it breaks off, the database that is there has all its files. What is left over has no row, and `prune_files`
takes it after a day.
"""

import os
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_tasks_db.models import DBTaskResult

from careers.accounts.models.sessions import GUEST, Session, SessionStore
from careers.backups.rules.files import FILES, Manifest, Unusable, digest_of, opened
from careers.backups.services.backups import BackupError, backup_errors, secret_mark
from careers.backups.services.database_copies import holds_tables, put_database
from careers.plans.files.models import private_storage
from careers.runtime.statistics import analyze

OTHER_VENDOR = (
    "The backup is of {theirs}, and DATABASE_URL names {ours}. Nothing was touched: restore it "
    "where DATABASE_URL names {theirs}."
)
NEWER = (
    "The backup is of a newer version of the portal: this one does not know {names}. Nothing was touched: update the "
    "portal, then restore."
)
NOT_EMPTY = (
    "There is something already: {what}. Nothing was touched: restore into an empty place, or replace all of it with "
    "--overwrite."
)
VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Restored(NamedTuple):
    manifest: Manifest
    migrated: bool  # whether it was of an older version
    same_secret: bool


def check_backup(*, path, passphrase):
    """Its manifest, once all of it was read and this version and database can take it; else `BackupError`."""
    with usable(path, passphrase) as backup:
        return backup.manifest


@contextmanager
def usable(path, passphrase):
    try:
        with opened(path, passphrase) as backup:
            backup.check()
            refuse_unfit(backup.manifest)
            yield backup
    except Unusable as error:
        raise BackupError(str(error)) from error


def refuse_unfit(manifest):
    if manifest.vendor != connection.vendor:
        theirs, ours = VENDORS.get(manifest.vendor, manifest.vendor), VENDORS[connection.vendor]
        raise BackupError(OTHER_VENDOR.format(theirs=theirs, ours=ours))
    if unknown := sorted(set(manifest.migrations) - known_migrations()):
        raise BackupError(NEWER.format(names=unknown[0] + f" and {len(unknown) - 1} more" * (len(unknown) > 1)))


def known_migrations():
    """Those that there are, and those that one of them replaces."""
    there = MigrationLoader(None).disk_migrations
    replaced = {key for migration in there.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in {*there, *replaced}}


def restore(*, path, passphrase, overwrite):
    """Check all of it, then put it in place; whatever fails before the database is there leaves all as it was."""
    with usable(path, passphrase) as backup, backup_errors("Nothing was restored"):
        there = stored_files()
        if not overwrite:
            refuse_full(there)
        with files_in_place(backup), backup.open(backup.manifest.database) as content:
            os.sync()  # the files are on the disk before a row names them
            put_database(content)
    with backup_errors("The backup is in place, but its last steps were not done. Restore it again with --overwrite"):
        for name in there - set(backup.manifest.files):
            private_storage().delete(name)
        migrated = bring_up_to_date(backup.manifest)
        end_sign_ins()
        DBTaskResult.objects.all().delete()  # whoever keeps reminding books anew at its start
        analyze()
    return Restored(backup.manifest, migrated, has_secret_of(backup.manifest))


def refuse_full(there):
    found = ["a database with tables"] if holds_tables() else []
    found += [f"{len(there)} files in {private_storage().location}"] if there else []
    if found:
        raise BackupError(NOT_EMPTY.format(what=" and ".join(found)))


def stored_files(folder=""):
    """The names of all files in the private storage."""
    try:
        folders, names = private_storage().listdir(folder)
    except FileNotFoundError:  # nobody has kept a file yet
        return set()
    within = [os.path.join(folder, name) for name in folders]
    return {os.path.join(folder, name) for name in names}.union(*map(stored_files, within))


@contextmanager
def files_in_place(backup):
    """The backup's files, stored. If what follows fails, those that were not there before go again."""
    storage, added = private_storage(), []
    try:
        for name, member in backup.manifest.files.items():
            if storage.exists(name):
                with storage.open(name) as file:
                    if digest_of(file) == member.sha256:
                        continue
                storage.delete(name)
            added.append(name)
            with backup.open(FILES + name) as content:
                stored = storage.save(name, File(content))
            if stored != name:
                added.append(stored)
                raise BackupError(f"The file {name} could not be stored under its name.")
        yield
    except BaseException:
        for name in added:
            with suppress(OSError):
                storage.delete(name)
        raise


def bring_up_to_date(manifest):
    """Migrate what is of an older version; returns whether it was."""
    loader = MigrationLoader(connection)
    waiting = set(loader.graph.nodes) - set(loader.applied_migrations)
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return bool(waiting)


def end_sign_ins():
    """End all sign-ins, as some have signed out since. Guests' sessions stay: nothing else leads to their work."""
    for session in Session.objects.exclude(user=None).iterator():
        guest = session.get_decoded().get(GUEST)  # while a sign-in waits for its second step
        if guest is None:
            session.delete()
        else:
            session.user, session.session_data = None, SessionStore().encode({GUEST: guest})
            session.save()


def has_secret_of(manifest):
    return manifest.secret in map(secret_mark, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
