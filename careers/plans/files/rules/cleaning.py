"""Cleans one file in a process of its own: `python -m careers.plans.files.rules.cleaning`, the file in, the clean one
out.

A file can be made so that opening it takes all memory or never ends, or brings the program down that reads it. Here
that ends a process that nobody waits for: time and memory are bounded by the system before the first byte is read.
Ends with 0, a line of what the person is told of it (a list in JSON) and the clean file, or with `REFUSED` and a
sentence for the person.
"""

import json
import sys

from careers.lib.bounds import bound
from careers.plans.files.rules.kinds import PDF, REFUSED, TOO_INTRICATE, Clean, Unfit, kind_of
from careers.plans.files.rules.pdfs import clean_pdf
from careers.plans.files.rules.pictures import clean_picture

MEMORY = 1_000_000_000  # bytes of address space: a picture of the most pixels, twice
SECONDS = 10  # of work; a phone's photo takes one, a page of a scan 0.15, a page of text 0.03


def clean(content: bytes) -> Clean:
    kind = kind_of(content)
    return clean_pdf(content) if kind == PDF else clean_picture(content, kind)


def main() -> int:
    bound(memory=MEMORY, seconds=SECONDS)
    try:
        cleaned = clean(sys.stdin.buffer.read())
    except Unfit as unfit:
        sys.stdout.buffer.write(str(unfit).encode())
        return REFUSED
    except (MemoryError, RecursionError):
        sys.stdout.buffer.write(TOO_INTRICATE.encode())
        return REFUSED
    sys.stdout.buffer.write(json.dumps(cleaned.told).encode() + b"\n" + cleaned.content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
