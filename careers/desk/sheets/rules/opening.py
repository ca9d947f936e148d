"""Opens one file of sheets in a process of its own: `python -m careers.desk.sheets.rules.opening`, the file in, what
stands in its cells out, as JSON.

A file can be made so that to open it takes all memory or never ends. Here that ends a process that nobody waits for:
time and memory are bounded by the system before the first byte is read. Ends with 0 and {"sheets": {title: rows},
"faults": [[sheet, row, column, what is wrong]]}, or with `REFUSED` and a sentence for an editor.
"""

import json
import sys

from careers.desk.sheets.rules.tables import (
    EMPTY,
    OLD_EXCEL,
    OLD_KIND,
    TOO_LARGE,
    WRONG_KIND,
    ZIP,
    Book,
    Unreadable,
    is_workbook,
    read_csv,
    read_zip,
)
from careers.lib.bounds import bound

MEMORY = 900_000_000  # bytes of address space; 5,000 roles with 40,000 rows take a half
SECONDS = 60  # of work; those take ten
MOST_CHARACTERS = 50_000_000  # in all cells; 5,000 roles with 40,000 rows have a tenth
REFUSED = 3
CSV = ""  # the title of the only sheet of a CSV, which has none


def open_file(content: bytes) -> tuple[Book, list[tuple[str, int, int, str]]]:
    """Raises `Unreadable`."""
    book, faults = read_file(content)
    # A text that many cells share is in memory once, and would be written out for each of them.
    if sum(len(cell) for table in book.values() for row in table for cell in row) > MOST_CHARACTERS:
        raise Unreadable(TOO_LARGE)
    return book, faults


def read_file(content: bytes) -> tuple[Book, list[tuple[str, int, int, str]]]:
    if not content.strip():
        raise Unreadable(EMPTY)
    if content.startswith(OLD_EXCEL):
        raise Unreadable(OLD_KIND)
    if content.startswith(b"%PDF-"):
        raise Unreadable(WRONG_KIND)
    if is_workbook(content):
        from careers.desk.sheets.rules.workbooks import read_workbook  # noqa: PLC0415, a CSV does without

        return read_workbook(content)
    if content.startswith(ZIP):
        return read_zip(content), []
    return {CSV: read_csv(content)}, []


def main() -> int:
    bound(memory=MEMORY, seconds=SECONDS)
    try:
        book, faults = open_file(sys.stdin.buffer.read())
    except Unreadable as unfit:
        sys.stdout.write(str(unfit))
        return REFUSED
    except (MemoryError, RecursionError):
        sys.stdout.write(TOO_LARGE)
        return REFUSED
    json.dump({"sheets": book, "faults": faults}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
