"""How long to wait for SQLite's one lock for writers. PostgreSQL lets writers queue by itself: `careers.postgresql`."""

from contextlib import contextmanager
from functools import partial
from itertools import chain, repeat
from threading import Lock
from time import monotonic, sleep

from django.db import OperationalError, connection

from careers.runtime.outages import is_busy

LONG = 600_000  # milliseconds: another command may be writing the guide or the occupations
GLANCE = 50  # milliseconds: a page waits that is there already
MOST_WAITING = 8  # of the server's threads that are for forms: `bpo_portal.asgi`
STUCK = 0.3  # seconds in which nobody here got the lock, nor has it: then another program does
LOOK = 0.002  # seconds
# Seconds between two tries, as SQLite's own.
PAUSES = (0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.025, 0.025, 0.025, 0.05, 0.05, 0.1)
READS = "BEGIN DEFERRED"  # of who writes nothing that others see
TAKES_LOCK = ("BEGIN", "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")


class DatabaseBusy(Exception):
    """Somebody else wrote all the time."""


@contextmanager
def brief_lock_timeout():
    """For so short that nobody notices; a PostgreSQL that is slow has a second."""
    with lock_timeout(milliseconds=GLANCE) if connection.vendor == "sqlite" else connection.looking(seconds=1):
        yield


def short_lock_timeout():
    """For a moment only: a reader is waiting."""
    return lock_timeout(milliseconds=300)


@contextmanager
def long_lock_timeout():
    """For ten minutes, as a command can wait. Raises `DatabaseBusy` after them."""
    try:
        with lock_timeout(milliseconds=LONG):
            yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise DatabaseBusy("Something else is writing to the database. Try again when it is done.") from error


@contextmanager
def lock_timeout(*, milliseconds):
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual = busy_timeout(connection)
    set_busy_timeout(connection, milliseconds)
    try:
        yield
    finally:
        if connection.connection is not None:
            set_busy_timeout(connection, usual)


def busy_timeout(on):
    """In milliseconds. Asked and set below Django, which would count it among a page's queries."""
    return on.connection.execute("PRAGMA busy_timeout").fetchone()[0]


def set_busy_timeout(on, milliseconds):
    on.connection.execute(f"PRAGMA busy_timeout = {milliseconds:d}")


class Queue:
    """Those who wait in this process for the lock. Only these may wait long, or no thread were left for readers.

    As long as it goes from one to the other here, everybody waits. Once another program has it, whoever finds eight
    waiting already is told at once that the database is busy.
    """

    def __init__(self):
        self.lock, self.waiting, self.moved_at, self.holder, self.in_vain = Lock(), 0, monotonic(), None, False

    @contextmanager
    def place(self):
        """Yields whether there is one for waiting long."""
        with self.lock:
            if not self.waiting and not self.in_vain:
                self.moved_at = monotonic()
            may_wait = self.waiting < MOST_WAITING
            self.waiting += may_wait
        try:
            yield may_wait
        finally:
            with self.lock:
                self.waiting -= may_wait

    def wait_for_holder(self, on, end):
        """As long as somebody of this process has the lock. To look every other millisecond whether it is free takes
        less time than to let SQLite wait, which sleeps longer from look to look.
        """
        while (holder := self.holder) not in (None, on) and holder.in_atomic_block and monotonic() < end:
            self.moved_at = monotonic()
            sleep(LOOK)

    def leave(self, connection):
        """This one begins a transaction that takes no lock: nobody waits for its end."""
        if self.holder is connection:
            self.holder = None

    def move(self, connection):
        """This one has got the lock, and has it as long as its transaction lasts."""
        self.moved_at, self.holder, self.in_vain = monotonic(), connection, False

    def is_stuck(self):
        holder = self.holder
        if holder is not None and holder.in_atomic_block:
            self.moved_at = monotonic()
        return monotonic() - self.moved_at > STUCK


queue = Queue()


def wait_in_turn(execute, sql, params, many, context):
    """A wrapper of SQLite's queries: where one asks for the lock, it waits as `Queue` says."""
    on = context["connection"]
    if not on.in_atomic_block and sql.startswith(READS):
        queue.leave(on)
        return execute(sql, params, many, context)
    if on.in_atomic_block or not sql.startswith(TAKES_LOCK):
        return execute(sql, params, many, context)
    with queue.place() as may_wait:
        try:
            result = in_glances(on, may_wait, partial(execute, sql, params, many, context))
        except OperationalError as error:
            queue.in_vain = is_busy(error) and queue.is_stuck()
            raise
    queue.move(on)
    return result


def in_glances(on, may_wait, execute):
    """Tries again and again for as long as the connection's busy timeout; once another program has the lock, only who
    may wait.

    SQLite does not wait itself: it would with its connection locked, and any thread that meets a cursor of that one in
    its garbage, as of a request that failed, would wait along. The event loop's did, and with it everybody.
    """
    usual = busy_timeout(on)
    end = monotonic() + usual / 1000
    set_busy_timeout(on, 0)
    try:
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            queue.wait_for_holder(on, end)
            try:
                return execute()
            except OperationalError as error:
                left = end - monotonic()
                if left <= 0 or not is_busy(error) or (queue.is_stuck() and not may_wait):
                    raise
            sleep(min(pause, left))
    finally:
        if on.connection is not None:
            set_busy_timeout(on, usual)
