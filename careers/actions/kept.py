"""What this process keeps of the database because building it takes longer than a reader wants to wait."""

from threading import Lock
from time import monotonic

from django.db import DatabaseError

from careers.actions.outages import is_outage
from careers.actions.patience import a_glance
from careers.models import Revision

LONGEST = 3600  # seconds without the database in which its last known revision is gone by
AGAIN = 1  # seconds until it is asked again
everything_kept = []


class KnownRevision:
    """`known_revision()`: the guide's, or while the database is away or busy the one before, for an hour at most.

    So a page that is kept is served meanwhile. Costs one query; in an outage one a second, whoever asks. Raises the
    database's error where nothing is known.
    """

    def __init__(self):
        self.lock = Lock()
        self.forget()
        everything_kept.append(self)

    def __call__(self):
        if not self.must_ask():
            return self.number
        try:
            with a_glance():
                number = Revision.current()
        except DatabaseError as error:
            if not is_outage(error) or not self.is_known():
                raise
            with self.lock:
                self.again_at = monotonic() + AGAIN
            return self.number
        with self.lock:
            self.number, self.known_at, self.again_at = number, monotonic(), None
        return number

    def must_ask(self):
        """Always, but in an outage: then one asks, and the others go on with what is known."""
        with self.lock:
            if self.again_at is None or not self.is_known():
                return True
            if monotonic() < self.again_at:
                return False
            self.again_at = monotonic() + AGAIN
            return True

    def is_known(self):
        return self.known_at is not None and monotonic() - self.known_at < LONGEST

    def forget(self):
        self.number = self.known_at = self.again_at = None


known_revision = KnownRevision()


class KeptByRevision:
    """`KeptByRevision(build)()` is what `build()` gives, built anew by the first who asks after the guide has changed.

    Whoever asks meanwhile waits for that one. Costs one query. What is built must not be changed by who gets it.
    """

    def __init__(self, build):
        self.build, self.lock = build, Lock()
        self.forget()
        everything_kept.append(self)

    def __call__(self):
        revision = Revision.current()
        with self.lock:
            if self.revision != revision:
                # The number was read first: a change that comes in between is built again, never missed.
                self.value, self.revision = self.build(), revision
            return self.value

    def forget(self):
        self.revision = self.value = None
