"""The database is away, busy or full: what that is, and one line a minute about it."""

import logging
import os
from threading import Lock
from time import monotonic

from django.db import InterfaceError, OperationalError, connection

SAID = 60  # seconds between two lines in the log
# SQLite's: busy, locked, read-only, a disk that fails or is full, a file that cannot be opened, a lock's protocol.
SQLITE = {5, 6, 8, 10, 13, 14, 15}
POSTGRESQL = {"55P03", "40P01"}  # its: somebody else's lock lasted too long, or two waited for each other's
WRITES = ("INSERT", "UPDATE", "DELETE")


def is_outage(error):
    """Whether it is the database that cannot just now. What it does not understand is a fault of ours, and none."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return connection.vendor != "sqlite" or (code is not None and code & 0xFF in SQLITE)


def is_busy(error):
    """Whether somebody else was writing all the time."""
    if getattr(error.__cause__, "sqlstate", None) in POSTGRESQL:
        return True
    return (getattr(error.__cause__, "sqlite_errorcode", None) or 0) & 0xFF in (5, 6)


def note_write(execute, sql, params, many, context):
    """A wrapper of queries: whether this request has written anything, `has_written()` knows."""
    result = execute(sql, params, many, context)
    if sql.startswith(WRITES):
        context["connection"].has_written = True
    return result


def begin_request(**kwargs):
    connection.has_written, connection.is_for_page = False, True
    close_if_replaced(connection)


def note_file(connection):
    """A connection to SQLite stays open, to whatever file it has opened."""
    connection.file = file_of(connection)


def close_if_replaced(connection):
    """Close it if its file was deleted or replaced, or writes would be lost. Costs a look at the disk."""
    if connection.connection is not None and file_of(connection) != getattr(connection, "file", None):
        connection.close()


def file_of(connection):
    """Which one SQLite's is by now; None for none, for one in memory, and for another database."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return None
    try:
        facts = os.stat(connection.settings_dict["NAME"])
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def end_request(**kwargs):
    connection.is_for_page = False


def has_written():
    """Whether anything was written in this request, be it taken back since."""
    return getattr(connection, "has_written", False)


class OutagesInBrief(logging.Filter):
    """For a handler: an outage is a line, not a traceback for each request, and one a minute."""

    def __init__(self):
        super().__init__()
        self.lock, self.said_at, self.unsaid = Lock(), None, 0

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if not is_outage(error):
            return True
        with self.lock:
            if self.said_at is not None and monotonic() - self.said_at < SAID:
                self.unsaid += 1
                return False
            self.said_at, unsaid, self.unsaid = monotonic(), self.unsaid, 0
        reason = " ".join(str(error).split())[:200]
        record.msg, record.args = "The database is away or busy: %s (%d like it since the last line)", (reason, unsaid)
        record.exc_info = record.exc_text = None
        return True
