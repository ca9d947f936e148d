"""Giving way to others in the middle of a page, each time that it asks the database, for who asks for much.

Threads share one interpreter, and the next of a flood has often begun when somebody else asks for one thing. Within a
transaction nobody gives way: others could wait for its locks.
"""

from contextlib import contextmanager
from threading import local
from time import sleep

PAUSE = 0.002  # seconds between two looks
LONGEST = 0.2  # seconds of one answer, in all
thread = local()


@contextmanager
def giving_way(others_work):
    """In this thread, as long as `others_work()`; None gives way to nobody."""
    thread.others_work, thread.left = others_work, LONGEST
    try:
        yield
    finally:
        thread.others_work = None


def give_way(execute, sql, params, many, context):
    """A wrapper of queries."""
    others_work = getattr(thread, "others_work", None)
    if others_work and not context["connection"].in_atomic_block:
        while thread.left > 0 and others_work():
            sleep(PAUSE)
            thread.left -= PAUSE
    return execute(sql, params, many, context)
