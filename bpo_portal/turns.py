"""Whoever asks for much waits for themselves: of one visitor one request is worked on at a time.

Threads share one interpreter, so each that works makes all others slower. What waits here takes no thread. A network
may be an office or a school: its requests come one after the other, which takes as long as side by side. One that takes
long (it waits for the database, or for another program) gives its turn away after a moment and goes on.
"""

import asyncio
from contextlib import asynccontextmanager

LONGEST_TURN = 0.2  # seconds


class Turns:
    """One for each event loop. Holds what is asked for now, and nothing else."""

    def __init__(self):
        self.waiting = {}  # visitor: [lock, how many hold it or wait for it]

    @asynccontextmanager
    async def turn_of(self, visitor):
        entry = self.waiting.setdefault(visitor, [asyncio.Lock(), 0])
        entry[1] += 1
        try:
            await entry[0].acquire()
            turn = Turn(entry[0])
            end = asyncio.get_running_loop().call_later(LONGEST_TURN, turn.give_away)
            try:
                yield
            finally:
                end.cancel()
                turn.give_away()
        finally:
            entry[1] -= 1
            if not entry[1]:
                del self.waiting[visitor]


class Turn:
    def __init__(self, lock):
        self.lock = lock

    def give_away(self):
        """Twice is once."""
        lock, self.lock = self.lock, None
        if lock:
            lock.release()
