"""A page of HTML as a PDF, made by WeasyPrint: text that can be selected, tagged, with a title and a language.

Nothing is fetched for it, neither from the network nor from this machine's files: its one sheet of style comes with it.
"""

import logging
import threading
from contextlib import contextmanager
from functools import cache
from importlib import import_module

from django.contrib.staticfiles import finders

from careers.models import PlanStep
from careers.planning.plans import Status

SHEET = "css/paper.css"
WAIT = 3  # seconds for the one before to be done
MOST_CHARACTERS = 500_000  # a hundred plans with eight steps each are 110,000, and take some three seconds
LEAST_OF_A_STEP = 60  # characters, whatever it is called
BUSY = threading.BoundedSemaphore()


class NoPdf(Exception):
    """This machine lacks the libraries that set type (Pango). The operator is told how to get them by the README."""


class Busy(Exception):
    """Another PDF is being made by this process. One takes a processor for seconds."""


class TooLong(Exception):
    """So much that it would take minutes."""


def is_surely_too_long(profile):
    """Known by a count, before the page is made that would be refused."""
    steps = PlanStep.objects.filter(plan__profile=profile).exclude(plan__status=Status.DROPPED)
    return steps.count() * LEAST_OF_A_STEP > MOST_CHARACTERS


def pdf_of(html):
    if len(html) > MOST_CHARACTERS:
        raise TooLong
    weasyprint = library()
    with one_at_a_time():
        sheet = weasyprint.CSS(string=sheet_text(), url_fetcher=Refusing())
        page = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=Refusing())
        return page.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")


def library():
    """Imported when the first PDF is asked for: it takes half a second and 40 MB, and not every machine has Pango."""
    # It quotes letters of the page that no font has, and says each of its steps: a log is no place for a person's plan.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("weasyprint.progress").setLevel(logging.CRITICAL)
    try:
        return import_module("weasyprint")
    except OSError as missing:
        raise NoPdf(str(missing)) from missing


@contextmanager
def one_at_a_time():
    if not BUSY.acquire(timeout=WAIT):
        raise Busy
    try:
        yield
    finally:
        BUSY.release()


@cache
def sheet_text():
    with open(finders.find(SHEET), encoding="utf-8") as file:
        return file.read()


class Refused(Exception):
    """The page asked for something beside itself."""


class Refusing:
    """What WeasyPrint asks for addresses: it gets none, whatever a person wrote into their plan."""

    _fail_on_errors = False  # the page is made without

    def __call__(self, url, headers=None):
        raise Refused(url)

    fetch = __call__
