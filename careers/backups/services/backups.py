"""Backups: the database of one moment and all files that it names, in one file, while people go on writing.

A file is there before its row is written and goes after its row has gone. So files are copied first, which takes long;
then the database is held still at a moment, and what came meanwhile is copied. Where one of those has gone since, a
later moment is taken, in which its row has gone, too.
"""

import os
import re
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError
from django.utils.crypto import salted_hmac

from careers.backups.rules.files import FILES, BackupWriter, Manifest, Unusable, opened
from careers.backups.services.postgresql_programs import ProgramError
from careers.backups.services.snapshots import BrokenDatabase, snapshot
from careers.lib.whole_files import partial_file, put_in_place
from careers.plans.files.models import private_storage

PREFIX = ".portal-"
NAME = "portal-{moment}.zip"
ENCRYPTED = ".encrypted"
WHOLE = re.compile(rf"portal-\d{{8}}T\d{{6}}\.\d{{6}}Z\.zip(?:{re.escape(ENCRYPTED)})?")
ROUNDS = 50
SHORTEST_PASSPHRASE = 12
NO_FOLDER = "There is no folder {folder}. Make it first, for the portal's user only: mkdir -m 700 {folder}"
TOO_SHORT = f"The passphrase in {{file}} is too short: its first line needs {SHORTEST_PASSPHRASE} characters."


class BackupError(Exception):
    """It was not done. The message says why, in sentences for the operator."""


class Made(NamedTuple):
    path: Path
    files: int
    missing: list[str]
    removed: list[str]


def make_backup(*, folder, passphrase, keep, now):
    """Write a backup into `folder`, read it again, and then only remove all but the newest `keep` (None: all stay)."""
    place = folder / (NAME.format(moment=f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}") + ENCRYPTED * bool(passphrase))
    if not folder.is_dir():
        raise BackupError(NO_FOLDER.format(folder=folder))
    with backup_errors(f"No backup was made in {folder}"), partial_file(folder, prefix=PREFIX) as partial:
        with partial.open("wb") as out, BackupWriter(out, passphrase) as writer:
            manifest = fill(writer, now=now)
            writer.finish(manifest)
        with opened(partial, passphrase) as backup:
            backup.check()
        put_in_place(partial, place)
    with backup_errors(f"The backup is whole ({place}), but older ones could not be removed"):
        removed = remove_older(place, keep=keep)
    return Made(place, len(manifest.files), manifest.missing, removed)


@contextmanager
def backup_errors(what):
    """Raise `BackupError` for whatever the machine or the database refuses."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"{what}: {error.strerror or error}.") from error
    except (DatabaseError, sqlite3.Error) as error:
        raise BackupError(f"{what}: the database said “{str(error).partition(chr(10))[0]}”.") from error
    except BrokenDatabase as error:
        raise BackupError(f"{what}: the database is damaged ({error}). Keep the older backups.") from error
    except SuspiciousFileOperation as error:
        raise BackupError(f"{what}: it names a file outside of the private folder.") from error
    except (ProgramError, Unusable) as error:
        raise BackupError(f"{what}. {error}") from error


def fill(writer, *, now):
    copied, gone = set(), set()
    with snapshot() as frozen:
        names = frozen.files()
    copy_files(writer, names, copied)
    for _ in range(ROUNDS):
        with snapshot() as frozen:
            names, migrations = frozen.files(), frozen.migrations()
            if not migrations:
                raise BackupError("There is nothing to back up: the database is empty.")
            missing = copy_files(writer, names - copied, copied)
            # One that was missing before this moment, and has its row still, is lost: deleting takes the row first.
            if missing <= gone:
                frozen.write(writer)
                return manifest_of(writer, frozen, migrations, names, missing, now)
            gone |= missing
    raise BackupError("Files are deleted faster than they are copied. Try again later.")


def copy_files(writer, names, copied):
    """Add the files to the backup and to `copied`; returns those that are not there."""
    storage, missing = private_storage(), set()
    for name in sorted(names):
        try:
            file = storage.open(name)
        except FileNotFoundError:
            missing.add(name)
            continue
        with file:
            writer.add(FILES + name, file, packed=False)
        copied.add(name)
    return missing


def manifest_of(writer, frozen, migrations, names, missing, now):
    """Leave out what was copied and then deleted before the moment of the database."""
    wanted = {frozen.member, *(FILES + name for name in names - missing)}
    return Manifest(
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        vendor=frozen.frozen.vendor,
        database=frozen.member,
        migrations=migrations,
        secret=secret_mark(),
        missing=sorted(missing),
        members={name: member for name, member in writer.members.items() if name in wanted},
    )


def secret_mark(key=None):
    """The same for the same SECRET_KEY. Nobody finds a long random key by it."""
    return salted_hmac("careers.backup", "SECRET_KEY", secret=key, algorithm="sha256").hexdigest()


def remove_older(place, *, keep):
    """All backups in its folder but `place` and the newest others, `keep` in all; returns the names removed."""
    if keep is None:
        return []
    others = sorted(name for name in os.listdir(place.parent) if WHOLE.fullmatch(name) and name != place.name)
    removed = others[: max(0, len(others) - keep + 1)]
    for name in removed:
        with suppress(FileNotFoundError):
            (place.parent / name).unlink()
    return removed


def read_passphrase(path):
    """The first line of a file; None without a file."""
    if not path:
        return None
    try:
        with path.open("rb") as file:
            passphrase = file.readline(10_000).strip()
    except OSError as error:
        raise BackupError(f"Cannot read the passphrase in {path}: {error.strerror}.") from error
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupError(TOO_SHORT.format(file=path))
    return passphrase
