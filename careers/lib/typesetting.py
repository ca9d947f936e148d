"""Sets a page of HTML as a PDF in a process of its own: `python -m careers.lib.typesetting`.

In comes JSON: “html” and “sheet”, its one sheet of style. Out comes the PDF: text that can be selected, tagged, with a
title and a language. Nothing is fetched for it, neither from the network nor from this machine's files. Ends with 0;
with `NO_LIBRARY` where the libraries that set type (Pango) are missing; with `TOO_LONG` where its memory is used up.
Where its time is used up, the system ends it.

Each line of a plan costs some 2 ms, half of it for breaking its text, a fifth for its tags. It stays so for long plans
where no table is as wide as its cells ask: such a one is measured to its end anew on each of its sheets.
"""

import json
import logging
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn

from careers.lib.bounds import bound

MEMORY = 2_000_000_000  # bytes of address space; the longest page that is taken needs a third of it
SECONDS = 60  # of work; the longest page that is taken needs a quarter of it
NO_LIBRARY, TOO_LONG, FAILED = 3, 4, 5


class Refused(Exception):
    """The page asked for something beside itself."""


class Refusing:
    """Refuses every address to WeasyPrint, whatever a person wrote into their plan."""

    _fail_on_errors = False  # the page is made without

    def __call__(self, url: str, headers: object = None) -> NoReturn:
        raise Refused(url)

    fetch = __call__


def library() -> Any:
    # It quotes letters of the page that no font has, and says each of its steps: a log is no place for a person's plan.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("weasyprint.progress").setLevel(logging.CRITICAL)
    return import_module("weasyprint")


def typeset(html: str, sheet: str) -> bytes:
    weasyprint = library()
    style = weasyprint.CSS(string=sheet, url_fetcher=Refusing())
    page = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=Refusing())
    made: bytes = page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return made


def main() -> int:
    bound(memory=MEMORY, seconds=SECONDS)
    try:
        library()
    except OSError:
        return NO_LIBRARY
    try:
        made = typeset(**json.load(sys.stdin))
    except (MemoryError, RecursionError):
        return TOO_LONG
    except Exception as error:
        # Where, and what kind: its words may be the person's.
        sys.stderr.write(type(error).__name__ + "\n" + "".join(traceback.format_tb(error.__traceback__)))
        return FAILED
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
