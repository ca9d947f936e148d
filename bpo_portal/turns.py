"""One request at a time of one visitor is worked on, so that one who asks for much waits for themselves.

Threads share one interpreter, so each that works makes all others slower. What waits here takes no thread. A network
may be an office or a school: its requests come one after the other, which takes as long as side by side. One that takes
long (it waits for the database, or for another program) gives its turn away after a moment and goes on.

Whoever asks for the next before the last is answered lets other visitors go first, who have asked for one thing: before
it begins, and for a moment also in the middle (`careers.runtime.giving_way`). Whoever never stops gets a small part of
the time (`bpo_portal.floods`).
"""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager

from bpo_portal.floods import Floods

LONGEST_TURN = 0.2  # seconds, of a turn and of letting others go first
LONGEST_WORK = 2  # seconds for which one that takes long counts as work, as making a PDF does, and fetching a file not


class Turns:
    """One for each event loop. A visitor is a pair, (kind of what is asked for, network).

    Holds what is asked for now, and nothing else but who asked lately.
    """

    def __init__(self):
        self.floods = Floods()
        self.locks, self.asking, self.working = {}, Counter(), Counter()  # by visitor
        self.asked_for_one = Counter()  # of those who work, by visitor
        self.ended = asyncio.Event()  # the next turn; each has one of its own

    @asynccontextmanager
    async def turn_of(self, visitor):
        lock = self.locks.setdefault(visitor, asyncio.Lock())
        self.asking[visitor] += 1
        asks_for_more = self.floods.begin(visitor, now()) > 1
        try:
            await self.acquire(lock, visitor)
            turn = Turn(self, visitor, lock, asks_for_more=asks_for_more)
            try:
                if wait := self.floods.wait(visitor, now()):
                    await asyncio.sleep(wait)
                if asks_for_more:
                    await self.let_others_go_first(visitor)
                turn.begin()
                yield turn
            finally:
                turn.note_answer()
        finally:
            self.asking[visitor] -= 1
            if not self.asking[visitor]:
                del self.asking[visitor], self.locks[visitor]

    async def acquire(self, lock, visitor):
        try:
            await lock.acquire()
        except BaseException:  # the request was given up
            self.floods.end(visitor, now())
            raise

    async def let_others_go_first(self, visitor):
        try:
            async with asyncio.timeout(LONGEST_TURN):
                while any(other != visitor for other in self.working):
                    await self.ended.wait()
        except TimeoutError:
            pass

    def note_end(self, turn):
        self.floods.note_turn(turn.visitor, now(), now() - turn.begun_at)
        self.working -= Counter([turn.visitor])  # and those of whom none is left go
        if not turn.asks_for_more:
            self.asked_for_one = self.asked_for_one - Counter([turn.visitor])
        self.ended.set()
        self.ended = asyncio.Event()


class Turn:
    def __init__(self, turns, visitor, lock, *, asks_for_more):
        self.turns, self.visitor, self.lock, self.asks_for_more = turns, visitor, lock, asks_for_more
        self.end = self.end_of_work = self.begun_at = None
        self.is_answered = False

    def begin(self):
        self.begun_at = now()
        self.turns.working[self.visitor] += 1
        if not self.asks_for_more:
            self.turns.asked_for_one = self.turns.asked_for_one + Counter([self.visitor])
        self.end = asyncio.get_running_loop().call_later(LONGEST_TURN, self.give_away)
        self.end_of_work = asyncio.get_running_loop().call_later(LONGEST_WORK, self.note_answer)

    def others_work(self):
        """Whether somebody is worked for who has asked for one thing. Any thread may ask: what it looks at is replaced
        and never changed.
        """
        asked_for_one = self.turns.asked_for_one
        return len(asked_for_one) > (self.visitor in asked_for_one)

    def give_away(self):
        """Twice is once."""
        lock, self.lock = self.lock, None
        if lock:
            lock.release()
            if self.end:
                self.end.cancel()
                self.turns.note_end(self)

    def note_answer(self):
        """It is known, if not yet sent, or it takes long. Twice is once."""
        self.give_away()
        if not self.is_answered:
            self.is_answered = True
            self.turns.floods.end(self.visitor, now())
            if self.end_of_work:
                self.end_of_work.cancel()


def now():
    return asyncio.get_running_loop().time()
