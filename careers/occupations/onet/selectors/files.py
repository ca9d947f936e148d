"""Reading the text files of an O*NET release: tab-separated, one heading line, quotes that mean nothing.

Later releases rename files and columns, so both are data (`LAYOUTS`) that the caller may replace. A file is checked as
a whole before anything of it is used: its headings first, then each line, whose faults say where they are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from careers.occupations.onet.rules import READERS, Fields, Row, quoted

MOST_BYTES = 2**16  # of a line
MOST_HEADINGS = 12  # that a message names
TOO_LONG = ValueError(f"it is longer than {MOST_BYTES:,} bytes")


class OnetError(Exception):
    """Something about the files is at fault; says what and where, to the person at the console."""


@dataclass(frozen=True)
class Layout:
    """One file: its name, and the heading of each column that we read, by our own word for it."""

    file: str
    columns: Mapping[str, str]

    def renamed(self, *, file: str = "", **columns: str) -> "Layout":
        return replace(self, file=file or self.file, columns={**self.columns, **columns})


class Faults:
    """The bad lines of a file: the first one stops the import, or all of them are `skipped`."""

    def __init__(self, file: str, *, skip_bad: bool) -> None:
        self.file, self.skip_bad, self.skipped = file, skip_bad, list[str]()

    def found(self, number: int, fault: object) -> None:
        said = f"{self.file}, line {number}: {fault}."
        if not self.skip_bad:
            raise OnetError(f"{said} Nothing was imported; with --skip-bad such lines are left out.")
        self.skipped.append(said)


@dataclass
class OnetFile:
    """A file that was read: (line number, row) of its good lines, and its faults."""

    name: str
    layout: Layout
    rows: list[tuple[int, Row]]
    faults: Faults


CODE_COLUMN = {"code": "O*NET-SOC Code"}
# In the order in which they are imported: what is referred to comes first.
LAYOUTS = {
    "scale": Layout("Job Zone Reference.txt", {"zone": "Job Zone", "name": "Name"}),
    "occupations": Layout("Occupation Data.txt", {**CODE_COLUMN, "title": "Title", "description": "Description"}),
    "zones": Layout("Job Zones.txt", {**CODE_COLUMN, "zone": "Job Zone"}),
    "titles": Layout("Alternate Titles.txt", {**CODE_COLUMN, "title": "Alternate Title", "short": "Short Title"}),
    "tasks": Layout("Task Statements.txt", {**CODE_COLUMN, "task_id": "Task ID", "text": "Task", "kind": "Task Type"}),
    "relations": Layout(
        "Related Occupations.txt",
        {**CODE_COLUMN, "to": "Related O*NET-SOC Code", "tier": "Relatedness Tier", "index": "Index"},
    ),
}


def check_headings(folder: Path, layouts: Mapping[str, Layout]) -> None:
    """Raise OnetError for a folder, a file or a column that is missing, before anything is imported."""
    if not folder.is_dir():
        raise OnetError(f"There is no folder {folder}.")
    if missing := [layout.file for layout in layouts.values() if not (folder / layout.file).is_file()]:
        raise OnetError(f"{folder} has no file {', '.join(f'“{name}”' for name in missing)}.")
    for layout in layouts.values():
        columns_of(folder, layout)


def columns_of(folder: Path, layout: Layout) -> dict[str, int]:
    """Our word → the place of the column in the file."""
    try:
        with (folder / layout.file).open("rb") as lines:
            headings = split(next(lines_of(lines), (b"", 0))[0].removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        fault = "has a first line that is too long" if error is TOO_LONG else "is not UTF-8 text"
        raise OnetError(f"{layout.file} {fault}.") from None
    if missing := [heading for heading in layout.columns.values() if heading not in headings]:
        there = ", ".join(map(quoted, headings[:MOST_HEADINGS]))
        raise OnetError(f"{layout.file} has no column {', '.join(map(quoted, missing))}. It has: {there}.")
    return {word: headings.index(heading) for word, heading in layout.columns.items()}


def read_file(
    folder: Path, name: str, layout: Layout, *, skip_bad: bool, progress: Callable[[str, int, int], None]
) -> OnetFile:
    """The whole file; raises OnetError at its first bad line unless `skip_bad`."""
    total = (folder / layout.file).stat().st_size
    file = OnetFile(name, layout, [], Faults(layout.file, skip_bad=skip_bad))
    for number, row in read_rows(folder, name, layout, tell=lambda done: progress(name, done, total)):
        if isinstance(row, ValueError):
            file.faults.found(number, row)
        else:
            file.rows.append((number, row))
    if not file.rows:
        raise OnetError(f"{layout.file} has no line that could be imported.")
    return file


def read_rows(
    folder: Path, name: str, layout: Layout, *, tell: Callable[[int], None] = lambda read: None
) -> Iterator[tuple[int, Row | ValueError]]:
    """(line number, row) of every line that is not blank; a ValueError says what is wrong with the line.

    Lines are read one after another; `tell` hears how many bytes have been read.
    """
    places, seen = columns_of(folder, layout), dict[object, int]()
    least, reader = max(places.values()) + 1, READERS[name]
    with (folder / layout.file).open("rb") as lines:
        for line_number, (line, read) in enumerate(lines_of(lines), start=1):
            tell(read)
            if line_number > 1 and line.strip():
                yield line_number, read_line(line, line_number, places, least, reader, seen)


def lines_of(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """(line, bytes read so far). Of a line that is too long no more is kept than shows that it is."""
    read = 0
    while line := file.readline(MOST_BYTES + 1):
        read += len(line)
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MOST_BYTES + 1)
            read += len(rest)
        yield line, read


def read_line(
    line: bytes,
    line_number: int,
    places: Mapping[str, int],
    least: int,
    reader: Callable[[Fields], Row],
    seen: dict[object, int],
) -> Row | ValueError:
    try:
        cells = split(line)
        if len(cells) < least:
            raise ValueError(f"it has {len(cells)} columns, at least {least} are needed")
        row = reader({word: cells[place] for word, place in places.items()})
        if row.key in seen:
            raise ValueError(f"it says again what line {seen[row.key]} says")
        seen[row.key] = line_number
    except UnicodeDecodeError as error:
        return ValueError(f"byte {error.start + 1} is not UTF-8 text")
    except ValueError as error:
        return error
    return row


def split(line: bytes) -> list[str]:
    if len(line) > MOST_BYTES:
        raise TOO_LONG
    if b"\x00" in line:
        raise ValueError("it holds a NUL")
    return [cell.strip() for cell in line.decode().split("\t")]


def read_release(folder: Path) -> str:
    """“30.1”, as the release's own “Read Me.txt” has it; empty where that does not say."""
    path = folder / "Read Me.txt"
    text = ""
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(4000)
    found = re.search(r"O\*NET ([0-9]+(?:\.[0-9]+)+) Database", text)
    return found[1] if found else ""
