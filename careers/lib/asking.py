"""Nobody asks again and again for what has just failed."""

from threading import Lock
from time import monotonic


class AskAgain:
    """After a failure nobody asks for `seconds`; then one does, and the others only if that one was answered.

    Shared by all threads. Whoever was let says how it went: `answered()` or `failed()`.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.lock = seconds, Lock()
        self.again_at: float | None = None

    @property
    def has_failed(self) -> bool:
        return self.again_at is not None

    def lets(self) -> bool:
        with self.lock:
            if self.again_at is None:
                return True
            if monotonic() < self.again_at:
                return False
            self.again_at = monotonic() + self.seconds
            return True

    def failed(self) -> None:
        self.again_at = monotonic() + self.seconds

    def answered(self) -> None:
        self.again_at = None
