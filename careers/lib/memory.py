"""A memory of what took long to make, bounded in bytes and seconds, for all threads of a process."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

from cachetools import TTLCache

Made = TypeVar("Made")


class Memory(Generic[Made]):
    """`size` says how many bytes one thing takes. What was not asked for the longest goes first.

    A thing that is larger than all of the room is not kept. Room for nothing keeps nothing.
    """

    def __init__(self, room: int, *, seconds: float, size: Callable[[Made], int]) -> None:
        self.kept: TTLCache[Hashable, Made] = TTLCache(room, seconds, getsizeof=size)
        self.lock = Lock()
        self.turns: dict[Hashable, Turn] = {}

    def get(self, key: Hashable) -> Made | None:
        with self.lock:
            return self.kept.get(key)

    def keep(self, key: Hashable, made: Made) -> None:
        with self.lock:
            if self.kept.getsizeof(made) <= self.kept.maxsize:
                self.kept[key] = made

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()

    def __len__(self) -> int:
        with self.lock:
            return len(self.kept)

    def __iter__(self) -> Iterator[Hashable]:
        """Over the keys as they are now."""
        with self.lock:
            return iter(list(self.kept))

    @contextmanager
    def turn(self, key: Hashable, *, longest: float) -> Iterator[None]:
        """One after the other for one `key`: whoever comes second looks again, and finds what the first has made.

        Nobody waits for more than `longest` seconds.
        """
        with self.lock:
            turn = self.turns.setdefault(key, Turn())
            turn.number += 1
        is_mine = turn.lock.acquire(timeout=longest)
        try:
            yield
        finally:
            if is_mine:
                turn.lock.release()
            with self.lock:
                turn.number -= 1
                if not turn.number:
                    del self.turns[key]


class Turn:
    """Of those who want the same thing now: how many they are, and the lock of the one who makes it."""

    def __init__(self) -> None:
        self.lock, self.number = Lock(), 0
