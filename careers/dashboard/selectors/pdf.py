"""A page of HTML as a PDF, made by a bounded process (`careers.dashboard.rules.typesetting`), which no reader waits for
long.

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

from careers.dashboard.rules.typesetting import NO_LIBRARY, TOO_LONG
from careers.plans.models import PlanStep
from careers.plans.rules.status import Status
from careers.runtime.bounded import run_bounded

log = logging.getLogger(__name__)
SHEET = "css/paper.css"
WAIT = 2  # seconds of a thread that pages need; most are made by then
AT_ONCE = 2  # each takes a processor, after all pages
SECONDS_AT_MOST = 180  # of making; its process has 60 seconds of work, which may take longer where pages come first
KEPT = 60  # seconds after it was made, for whoever comes back
MOST_KEPT = 10  # of all people together: a long one has two megabytes
MOST_CHARACTERS = 500_000  # four thousand steps, some ten seconds
LEAST_OF_A_STEP = 60  # characters, whatever it is called
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


def refuse_early(profile):
    """Raises what is known before the page is made: by a count, or because theirs is under way."""
    steps = PlanStep.objects.filter(plan__profile=profile).exclude(plan__status=Status.DROPPED)
    if steps.count() * LEAST_OF_A_STEP > MOST_CHARACTERS:
        raise TooLong
    making = MAKING.get(profile.pk)
    if making and not making.over.is_set():
        raise BeingMade


def pdf_of(html, *, profile):
    """Raises a `NoPdf`."""
    if len(html) > MOST_CHARACTERS:
        raise TooLong
    making = making_of(html, profile)
    if not making.over.wait(WAIT):
        raise BeingMade
    if making.fault:
        raise making.fault
    return making.made


def making_of(html, profile):
    """The one that there is of this page, or a new one. One a person."""
    digest = sha256(html.encode()).hexdigest()
    with TURN:
        forget_old()
        known = MAKING.get(profile.pk)
        if known and (known.digest == digest or not known.over.is_set()):
            return the_same(known, digest)
        if not MAKERS.acquire(blocking=False):  # whoever waited would hold a thread that pages need
            raise Busy
        MAKING.pop(profile.pk, None)
        making = MAKING[profile.pk] = Making(digest)
    # It keeps no server from ending: the process ends by its own bounds.
    threading.Thread(target=make, args=(making, html), daemon=True).start()
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


def make(making, html):
    try:
        making.made = typeset(html)
    except NoPdf as why:
        making.fault = type(why)
    except Exception:
        log.exception("A PDF could not be begun.")
        making.fault = Failed
    finally:
        MAKERS.release()
        making.over_at = monotonic()
        making.over.set()


def typeset(html):
    asked = json.dumps({"html": html, "sheet": sheet_text()}).encode()
    try:
        done = run_bounded("careers.dashboard.rules.typesetting", asked, seconds=SECONDS_AT_MOST)
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
def sheet_text():
    with open(str(finders.find(SHEET)), encoding="utf-8") as file:
        return file.read()
