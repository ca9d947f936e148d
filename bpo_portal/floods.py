"""A visitor who asks on and on, without a moment between two requests, is worked for in a small part of the time.

A person pauses, and so does an office: however many are in it, there are moments in which none of them asks, unless
they ask for more than the server can do. A script that does not stop makes others' pages slower while it is worked for.
"""

from dataclasses import dataclass
from itertools import islice
from math import inf

MOMENT = 0.01  # seconds without a request, after which the next one is a new beginning
LONG = 3  # seconds without such a moment; a page that two hundred people open at once takes less
SHARE = 0.1  # of the time that such a one is worked for
PRESENT = 30  # seconds since another network asked: somebody may be reading there


@dataclass
class Asking:
    """One visitor's: how many have no answer yet, since when there was no pause, when the next turn may begin."""

    count: int = 0
    since: float = inf
    ended_at: float = -inf
    next_turn: float = -inf


class Floods:
    """A visitor is a pair, (kind, network), and times are in seconds of a clock that never goes back.

    Holds who asked in the last half minute, and nothing else.
    """

    def __init__(self):
        self.asking = {}  # by visitor, and who asked last comes last

    def begin(self, visitor, now):
        """Of how many of theirs none is answered, with this one."""
        one = self.asking.pop(visitor, None) or Asking()
        if not one.count and now - one.ended_at > MOMENT:
            one.since, one.next_turn = now, now
        one.count += 1
        self.asking[visitor] = one
        self.forget(now)
        return one.count

    def end(self, visitor, now):
        one = self.asking[visitor]
        one.count, one.ended_at = one.count - 1, now

    def note_turn(self, visitor, now, seconds):
        """A turn of theirs is over that took so long."""
        one = self.asking[visitor]
        one.next_turn = now + (seconds / SHARE - seconds if now - one.since > LONG else 0)

    def wait(self, visitor, now):
        """Seconds until their next turn may begin. Nobody waits where nobody else is."""
        return max(0, self.asking[visitor].next_turn - now) if self.others_are_there(visitor, now) else 0

    def others_are_there(self, visitor, now):
        """Cost: a look at two or three, as each network is there twice at most."""
        for (_, network), one in reversed(self.asking.items()):
            if network != visitor[1]:
                return not is_old(one, now)
        return False

    def forget(self, now):
        """Cost: a look at two. Who has waited longest for an answer is there, and goes to the end."""
        for visitor in list(islice(self.asking, 2)):
            one = self.asking[visitor]
            if one.count or is_old(one, now):
                del self.asking[visitor]
            if one.count:
                self.asking[visitor] = one


def is_old(one, now):
    return not one.count and now - one.ended_at > PRESENT
