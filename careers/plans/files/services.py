"""Files that a person keeps as proof: cleaned before they are stored, private, and gone with what they hang on."""

import errno
import hashlib
import json
import logging
import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import BoundedSemaphore
from time import sleep
from typing import NamedTuple

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from careers.people.services.refusing import Refused, refuse_over
from careers.plans.files.models import (
    MOST_BYTES_A_GUEST,
    MOST_BYTES_A_PERSON,
    EvidenceFile,
    private_storage,
    random_name,
)
from careers.plans.files.rules.kinds import (
    DAMAGED,
    REFUSED,
    TAKEN,
    TOO_INTRICATE,
    Clean,
    Unfit,
    clean_name,
    in_megabytes,
    kind_of,
)
from careers.runtime.bounded import run_bounded

MOST_FILES = 300
TOO_MANY_FILES = "You keep {most} files, which is as many as there can be. Remove one first."

log = logging.getLogger(__name__)
# Files that this process has cleaned at once: fewer than its threads, and each may take a gigabyte.
CLEANERS = BoundedSemaphore(2)
WAITERS = BoundedSemaphore(2)
SECONDS_AT_MOST = 25  # of cleaning; meanwhile a thread of the server serves nobody else
RESERVE = 500_000_000  # bytes of the disk, or a twentieth of it, that no file takes
FORGOTTEN_AFTER = timedelta(days=1)
BUSY = "Many files are being checked just now. Wait a minute and choose it again."
ONE_AT_A_TIME = "Another file of yours is still being checked. Wait until it is there."
QUOTA_FULL = "You keep {used} of files, and {most} is the most. This one has {size}: remove another one first."
FULL = "Nothing more can be added until some are removed."
AN_ACCOUNT_KEEPS = f"An account keeps {in_megabytes(MOST_BYTES_A_PERSON)}."
NO_ROOM = "There is no room for files just now. Nothing was kept: keep yours on your device, and try again tomorrow."


class Washed(NamedTuple):
    content: bytes
    kind: str
    name: str
    digest: str
    told: tuple[str, ...]  # sentences to the person: what is not as it was


def files_section(plan):
    """The plan's files, in words how much of the person's room all their files take, and which are taken."""
    used, most = EvidenceFile.objects.of_person(plan.profile).bytes(), room_of(plan.profile)
    said = [f"You use {in_megabytes(used)} of {in_megabytes(most)}."]
    said += [FULL] if used >= most else []  # more where a guest's files came into an account that had some
    said += [AN_ACCOUNT_KEEPS] if plan.profile.is_guest else []
    rows = [(row, in_megabytes(row.size)) for row in plan.files.all()]
    return {"rows": rows, "room": " ".join(said), "taken": TAKEN}


def room_of(profile):
    return MOST_BYTES_A_GUEST if profile.is_guest else MOST_BYTES_A_PERSON


@contextmanager
def one_at_a_time(profile, content):
    """While one file is cleaned, which is dear, another one of the person is refused, and the same one waits."""
    key, digest = f"upload:{profile.pk}", hashlib.sha256(content).hexdigest()
    if not (take_turn(key, digest) or wait_for_turn(key, digest)):
        raise Unfit(ONE_AT_A_TIME)
    try:
        yield
    finally:
        cache.delete(key)


def take_turn(key, digest):
    return cache.add(key, digest, 3 * SECONDS_AT_MOST)


def wait_for_turn(key, digest):
    """Whether it came. Few wait at once, as each holds a thread that pages need."""
    if not WAITERS.acquire(blocking=False):
        return False
    try:
        while cache.get(key) in (digest, None):
            if take_turn(key, digest):
                return True
            sleep(0.1)
    finally:
        WAITERS.release()
    return False


def cleaned(*, content, name):
    """The file as it may be kept; `Unfit` says why not. Takes seconds, so no lock is held meanwhile."""
    kind = kind_of(content)
    if not CLEANERS.acquire(blocking=False):  # whoever waited would hold a thread that pages need
        raise Unfit(BUSY)
    try:
        clean = run_cleaner(content)
    finally:
        CLEANERS.release()
    return Washed(clean.content, kind, clean_name(name, kind), hashlib.sha256(clean.content).hexdigest(), clean.told)


def run_cleaner(content):
    try:
        done = run_bounded("careers.plans.files.rules.cleaning", content, seconds=SECONDS_AT_MOST)
    except subprocess.TimeoutExpired:
        raise Unfit(TOO_INTRICATE) from None
    if done.returncode == REFUSED:
        raise Unfit(done.stdout.decode())
    if done.returncode < 0:  # the system ended it at its bounds
        raise Unfit(TOO_INTRICATE)
    if done.returncode or not done.stdout:
        log.error("A file could not be cleaned: %s", done.stderr.decode(errors="replace")[-2000:])
        raise Unfit(DAMAGED)
    told, _, clean = done.stdout.partition(b"\n")
    return Clean(clean, tuple(json.loads(told)))


@contextmanager
def on_disk(content):
    """Stored before its row is written, around the whole transaction: without a row it goes again."""
    name = random_name(None, "")  # known before it is written, as half of it must go, too
    try:
        store(name, content)
        yield name
    finally:
        with suppress(DatabaseError):  # nobody knows then whether there is a row; `prune_files` looks again
            if not EvidenceFile.objects.filter(file=name).exists():
                private_storage().delete(name)


def store(name, content):
    try:
        storage = private_storage()
        if is_nearly_full(storage.location):
            raise OSError(errno.ENOSPC, "The rest is left to the database and the log")
        storage.save(name, ContentFile(content))
    except OSError:
        log.exception("A file could not be written to the private folder.")
        raise Unfit(NO_ROOM) from None


def is_nearly_full(folder):
    if not os.path.exists(folder):  # the first file makes it
        return False
    disk = shutil.disk_usage(folder)
    return disk.free < min(RESERVE, disk.total / 20)


@transaction.atomic
def keep_file(*, plan, cleaned, stored, now):
    """The row of what is on the disk as `stored`, and whether it is new: the same file twice is once.

    The profile's row is locked by whoever calls, so two at once do not both get the last room.
    """
    present = plan.files.filter(digest=cleaned.digest).first()
    if present:
        return present, False
    try:
        refuse_more_files(plan.profile)
    except Refused as refused:
        raise Unfit(str(refused)) from None
    size, used = len(cleaned.content), EvidenceFile.objects.of_person(plan.profile).bytes()
    most = room_of(plan.profile)
    if used + size > most:
        raise Unfit(QUOTA_FULL.format(used=in_megabytes(used), most=in_megabytes(most), size=in_megabytes(size)))
    row = plan.files.create(
        file=stored, name=cleaned.name, kind=cleaned.kind, size=size, digest=cleaned.digest, uploaded_at=now
    )
    return row, True


def prune_files(*, now):
    """Delete files without a row that a process left which ended between the two; returns how many."""
    storage = private_storage()
    with suppress(FileNotFoundError):  # nobody has kept a file yet
        return sum(prune_folder(storage, folder, now=now) for folder in storage.listdir("")[0])
    return 0


def prune_folder(storage, folder, *, now):
    """A file that a wrong clock has dated ahead is as old as one of long ago."""
    known = set(EvidenceFile.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    paths = {f"{folder}/{name}" for name in storage.listdir(folder)[1]} - known
    old = [path for path in paths if abs(now - storage.get_modified_time(path)) > FORGOTTEN_AFTER]
    for path in old:
        storage.delete(path)
    return len(old)


def refuse_more_files(profile):
    refuse_over(EvidenceFile.objects.of_person(profile), MOST_FILES, TOO_MANY_FILES)
