"""Commands that change the whole database take turns, also those of other processes and machines."""

import fcntl
import os
import threading
import zlib
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db import connection

TURN = 0x42504F  # PostgreSQL's number for it; nothing else here takes such a lock
held = threading.local()


def in_turn():
    """`with in_turn():` only one process does this at a time; the next one waits here, for as long as it takes.

    PostgreSQL keeps the lock for the connection, SQLite as a file beside the database's. Whoever dies lets go of it.
    Within itself it does not wait: the first run migrates in its own turn. Raises `OperationalError`.
    """
    if getattr(held, "depth", 0):
        return one_more()
    if connection.vendor == "postgresql":
        return advisory_lock()
    place = connection.settings_dict["NAME"]
    # A database in memory is nobody else's. Where the folder is missing, opening the database says so in its own words.
    if connection.is_in_memory_db() or not Path(place).parent.is_dir():
        return nullcontext()
    return file_lock(f"{place}.turn")


@contextmanager
def one_more():
    held.depth = getattr(held, "depth", 0) + 1
    try:
        yield
    finally:
        held.depth -= 1


@contextmanager
def advisory_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        with one_more():
            yield
    finally:
        if connection.connection is not None and connection.is_usable():  # else the server has let go of it
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


@contextmanager
def file_lock(place):
    """The file stays: whoever removed it would let two hold two files of one name."""
    file = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        with one_more():
            yield
    finally:
        os.close(file)


@contextmanager
def alone(name):
    """`with alone("…") as is_alone:` yields whether no other process does this now.

    Nobody waits, and whoever dies lets go of it. It holds up nothing else: `in_turn` has another lock.
    """
    if connection.vendor == "postgresql":
        key = [TURN, zlib.crc32(name.encode()) & 0x7FFFFFFF]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
            [is_alone] = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone and connection.connection is not None and connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
        return
    if connection.is_in_memory_db():  # nobody else's
        yield True
        return
    file = os.open(f"{connection.settings_dict['NAME']}.{name}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield is_free(file)
    finally:
        os.close(file)


def is_free(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
