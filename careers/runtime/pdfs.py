"""A page of HTML as a PDF, made by a bounded process (`careers.lib.typesetting`), which no reader waits for long.

One a person at a time.

Whoever asks waits a moment. What takes longer is made meanwhile by a thread of its own, and handed over when they ask
again, if their page still says the same. `manage.py serve` has one process, so what is known here is known to all.
"""

import json
import logging
import threading
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from subprocess import TimeoutExpired
from time import monotonic

from django.contrib.staticfiles import finders

from careers.lib.typesetting import NO_LIBRARY, TOO_LONG
from careers.runtime.bounded import run_bounded

log = logging.getLogger(__name__)
WAIT = 2  # seconds of a thread that pages need; most are made by then
AT_ONCE = 2  # each takes a processor, after all pages
SECONDS_AT_MOST = 180  # of making; its process has 60 seconds of work, which may take longer where pages come first
KEPT = 60  # seconds after it was made, for whoever comes back
MOST_KEPT = 10  # of all people together: a long one has two megabytes
MOST_CHARACTERS = 500_000  # four thousand steps, some ten seconds
MAKERS = threading.BoundedSemaphore(AT_ONCE)
TURN = threading.Lock()  # around MAKING, never longer than a look
MAKING = {}  # {key of a profile: its `Making`, the latest}, in the order in which they were begun


class NoPdf(Exception):
    """There is none. The kinds of it say why."""


class NoLibrary(NoPdf):
    """This machine lacks the libraries that set type (Pango). docs/operate.md says how to get them."""


class Busy(NoPdf):
    """As many are being made as can be."""


class BeingMade(NoPdf):
    """Theirs is being made. Ask again in some seconds."""


class TooLong(NoPdf):
    """So much that it would take minutes."""


class Failed(NoPdf):
    """It was tried, and the log says what went wrong."""


@dataclass
class Making:
    """One PDF of one person; `digest` is that of its page. When it is `over`, it is `made`, or `fault` says why not."""

    digest: str
    over: threading.Event = field(default_factory=threading.Event)
    made: bytes = b""
    fault: type[NoPdf] | None = None
    over_at: float = 0


def refuse_while_made(whose):
    """Raises `BeingMade` while one of this person's is under way. `whose` is the key of their profile."""
    making = MAKING.get(whose)
    if making and not making.over.is_set():
        raise BeingMade


def pdf_of(html, *, whose, sheet):
    """`sheet` is the path of its style among the static files. Raises a `NoPdf`."""
    if len(html) > MOST_CHARACTERS:
        raise TooLong
    making = making_of(html, whose, sheet)
    if not making.over.wait(WAIT):
        raise BeingMade
    if making.fault:
        raise making.fault
    return making.made


def making_of(html, whose, sheet):
    """The one that there is of this page, or a new one. One a person."""
    digest = sha256(html.encode()).hexdigest()
    with TURN:
        forget_old()
        known = MAKING.get(whose)
        if known and (known.digest == digest or not known.over.is_set()):
            return the_same(known, digest)
        if not MAKERS.acquire(blocking=False):  # whoever waited would hold a thread that pages need
            raise Busy
        MAKING.pop(whose, None)
        making = MAKING[whose] = Making(digest)
    # It keeps no server from ending: the process ends by its own bounds.
    threading.Thread(target=make, args=(making, html, sheet), daemon=True).start()
    return making


def the_same(making, digest):
    if making.digest != digest:  # something was changed meanwhile; the next one says it
        raise BeingMade
    return making


def forget_old():
    over = [key for key, making in MAKING.items() if making.over.is_set()]
    old = [key for key in over if monotonic() - MAKING[key].over_at > KEPT]
    for key in dict.fromkeys(old + over[: max(len(over) - MOST_KEPT + 1, 0)]):
        del MAKING[key]


def make(making, html, sheet):
    try:
        making.made = typeset(html, sheet)
    except NoPdf as why:
        making.fault = type(why)
    except Exception:
        log.exception("A PDF could not be begun.")
        making.fault = Failed
    finally:
        MAKERS.release()
        making.over_at = monotonic()
        making.over.set()


def typeset(html, sheet):
    asked = json.dumps({"html": html, "sheet": sheet_text(sheet)}).encode()
    try:
        done = run_bounded("careers.lib.typesetting", asked, seconds=SECONDS_AT_MOST)
    except TimeoutExpired:
        raise TooLong from None
    if done.returncode == NO_LIBRARY:
        raise NoLibrary
    if done.returncode == TOO_LONG or done.returncode < 0:  # the system ended it at its bounds
        raise TooLong
    if done.returncode or not done.stdout:
        log.error("A PDF could not be made: %s", done.stderr.decode(errors="replace")[-2000:])
        raise Failed
    return done.stdout


@cache
def sheet_text(sheet):
    with open(str(finders.find(sheet)), encoding="utf-8") as file:
        return file.read()
