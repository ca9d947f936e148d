"""What this process keeps of the database because building it takes longer than a reader wants to wait."""

from threading import Lock

from careers.models import Revision

everything_kept = []


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
