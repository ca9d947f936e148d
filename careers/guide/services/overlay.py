"""Rows that are there for one piece of work only, and for nobody else."""

from contextlib import contextmanager

from django.db import transaction

from careers.guide.models.revisions import Revision
from careers.guide.selectors.kept import keeping_nothing


class TakeBack(Exception):
    """Rolls back what is inside."""


@contextmanager
def only_here():
    """A block whose writes are there inside it, and are taken back at its end, whatever happens.

    Others see nothing of it, nor does what this process keeps. Who edits the guide meanwhile waits: it is locked.
    """
    with transaction.atomic():
        Revision.lock()
        try:
            with transaction.atomic(), keeping_nothing():
                yield
                raise TakeBack
        except TakeBack:
            pass
