"""What somebody planned for a moment is done by whoever comes by after it: no job has to run at that minute."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.db import connection

log = logging.getLogger(__name__)
PAUSE = 5  # seconds without a try after one that broke off, as where the disk is full


class WhoeverComesBy:
    """`whoever_comes_by()` does what is due and says whether it could; one thread of this process at a time.

    Who finds another one at it goes on at once. `work` is given when the app is ready, as who asks knows nothing of it:
    it returns False where somebody else is writing, and raises what it cannot help.
    """

    def __init__(self) -> None:
        self.work: Callable[[], bool] | None = None
        self.lock, self.again_at = Lock(), 0.0

    @property
    def is_wanted(self) -> bool:
        return self.work is not None and not self.lock.locked() and monotonic() >= self.again_at

    def __call__(self) -> bool:
        if not self.is_wanted or not self.lock.acquire(blocking=False):
            return False
        has_written = getattr(connection, "has_written", False)
        try:
            return bool(self.work and self.work())
        except Exception:  # whoever came by wanted something else, and gets it
            log.exception("What is due could not be done.")
            self.again_at = monotonic() + PAUSE
            return False
        finally:
            connection.has_written = has_written  # type: ignore[attr-defined]  # nothing of the request's own
            self.lock.release()


whoever_comes_by = WhoeverComesBy()
