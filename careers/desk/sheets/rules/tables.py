"""Files of sheets: CSV as Excel and others write it, several of them in a zip, and how they are told apart."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from careers.desk.sheets.rules.cells import Cell, marked, text_of

Table = list[list[str]]  # of what stands in each cell, unmarked and without blanks around it
Book = dict[str, Table]  # by the title of the sheet

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_OPENED = 150_000_000  # bytes of what is packed in a file, together
MOST_FILES = 500
MOST_ROWS = 100_000  # of one sheet
MOST_COLUMNS = 200
LEAST_LIMIT = 131_072  # characters of a cell, as Python has it
DELIMITERS = ";\t,"

EMPTY = "This file is empty. Choose another one."
WRONG_KIND = "This is no CSV, no zip of CSV files and no XLSX, whatever its name says. Save it as one of them."
OLD_KIND = (
    "This is an old Excel file (XLS), or one with a password. Save it as “Excel Workbook (.xlsx)” without a password."
)
DAMAGED = "This file is damaged or not complete, so it cannot be opened. Save it anew and choose that."
TOO_LARGE = "There is too much in this file to open it. Cut it into several files with fewer rows."
TOO_MANY_ROWS = f"A sheet may have {MOST_ROWS:,} rows and {MOST_COLUMNS} columns. Cut it into several files."
NOT_READABLE = "The letters of this file cannot be read. Save it as “CSV UTF-8” and choose that."


class Unreadable(Exception):
    """The file cannot be read. The text says why, to an editor."""


def decoded(content: bytes) -> str:
    r"""
    >>> decoded(b"\xef\xbb\xbfa"), decoded("a".encode("utf-16")), decoded(b"caf\xe9")
    ('a', 'a', 'café')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(NOT_READABLE)


def read_csv(content: bytes) -> Table:
    """The rows up to the last that says something. Raises `Unreadable`."""
    text = decoded(content)
    csv.field_size_limit(max(len(text), LEAST_LIMIT))  # of the whole process
    said = re.match(r"sep=(.)\r?\n", text)
    delimiter = said[1] if said else delimiter_of(text)
    text = text[said.end() :] if said else text
    rows: Table = []
    length = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([text_of(cell) for cell in row])
            length = len(rows) if any(rows[-1]) else length
            if length > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Unreadable(TOO_MANY_ROWS)
    except csv.Error:
        raise Unreadable(DAMAGED) from None
    return rows[:length]


def delimiter_of(text: str) -> str:
    r"""The sign that parts the headings: most of them come apart by it.

    >>> delimiter_of('title;"a, b, c";slug'), delimiter_of("title\tslug"), delimiter_of("title")
    (';', '\t', ',')
    """
    cells = {sign: len(next(csv.reader(io.StringIO(text[:20_000]), delimiter=sign), [])) for sign in DELIMITERS}
    most = max(cells.values())
    # Of two that split the first line alike it is the one that is rarer inside a cell.
    return next(sign for sign in DELIMITERS if cells[sign] == most) if most > 1 else ","


def is_workbook(content: bytes) -> bool:
    """Whether it is packed as Excel packs; False of what cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(name.startswith("xl/") for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read_zip(content: bytes) -> Book:
    """One sheet for each CSV, called as its file. Raises `Unreadable`."""
    book: Book = {}
    try:
        with unpacked(content) as packed:
            for one in packed.infolist():
                name = one.filename.rpartition("/")[2]
                if name.lower().endswith((".csv", ".txt")) and not name.startswith("."):
                    if name.rpartition(".")[0] in book:
                        raise Unreadable(f"There are two files “{name}” in it.")
                    book[name.rpartition(".")[0]] = read_csv(packed.read(one))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Unreadable(DAMAGED) from None
    if not book:
        raise Unreadable(WRONG_KIND)
    return book


def unpacked(content: bytes) -> zipfile.ZipFile:
    """Return what is packed, where that is no more than can be opened. Raises `Unreadable` and what `zipfile` does."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    if len(packed.infolist()) > MOST_FILES or sum(one.file_size for one in packed.infolist()) > MOST_OPENED:
        raise Unreadable(TOO_LARGE)
    return packed


def write_csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    """As Excel reads it: a mark at its beginning that it is UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([written(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def written(cell: Cell) -> str:
    return marked(cell, in_csv=True) if isinstance(cell, str) else text_of(cell)


def write_zip(sheets: Mapping[str, Iterable[Iterable[Cell]]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows in sheets.items():
            packed.writestr(f"{name}.csv", write_csv(rows))
    return out.getvalue()
