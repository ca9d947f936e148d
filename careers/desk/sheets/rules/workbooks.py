"""Workbooks of Excel. Reading one is work for a process with bounds (`careers.desk.sheets.rules.opening`)."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from lxml.etree import LxmlError
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from careers.desk.sheets.rules.cells import Cell, marked, text_of
from careers.desk.sheets.rules.tables import (
    DAMAGED,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY_ROWS,
    WRONG_KIND,
    Book,
    Table,
    Unreadable,
    unpacked,
)

FORMULA = "This cell holds a formula. Put what it comes to there: copy it, then paste its value."
ERROR = "This cell holds an error of the spreadsheet: {}."
MOST_FAULTS = 10_000  # of cells that hold no value: a file that has more is not taken anyway
LONGEST = 32_000  # characters of a cell, which holds few more with its mark
TEXT, DAY = "@", "yyyy-mm-dd"
WIDEST, NARROWEST = 60, 12  # characters
ALLOWED = "Allowed words"
# Controls that XML cannot hold, as Excel writes them. Our texts have none on purpose.
CONTROL, WRITTEN_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]"), re.compile(r"_x00(0[0-8BCEF]|1[0-9A-F])_")

Fault = tuple[str, int, int, str]  # sheet, row and column from 1, what is wrong


class CellTooLong(Exception):
    """A text is longer than a cell can be."""


@dataclass
class Sheet:
    """`lists` are {number of a column from 0: number of the column of allowed words}."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 1
    lists: dict[int, int] = field(default_factory=dict)


def read_workbook(content: bytes) -> tuple[Book, list[Fault]]:
    """The sheets that say something, and the cells that hold no value. Raises `Unreadable`."""
    try:
        with unpacked(content) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable(WRONG_KIND)
        opened = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        book: Book = {}
        faults: list[Fault] = []
        for sheet in opened.worksheets:
            table = read_sheet(sheet, faults)
            if table:
                book[sheet.title] = table
        return book, faults
    except Unreadable:
        raise
    except (DefusedXmlException, ParseError, LxmlError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise Unreadable(DAMAGED) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, RuntimeError):
        raise Unreadable(DAMAGED) from None  # what openpyxl says of parts that do not fit together


def read_sheet(sheet: Any, faults: list[Fault]) -> Table:
    sheet.reset_dimensions()  # else each row is as long as the file says, which may be anything
    rows: Table = []
    length = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number - length > MOST_ROWS:  # a wide gap with nothing in it
            break
        rows.append([cell_text(sheet.title, number, cell, faults) for cell in row[:MOST_COLUMNS]])
        if any(rows[-1]) or any(cell.value is not None for cell in row[MOST_COLUMNS:]):
            length = number
            if length > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Unreadable(TOO_MANY_ROWS)
    return rows[:length]


def cell_text(title: str, number: int, cell: Any, faults: list[Fault]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        note(faults, title, number, cell.column, FORMULA)
        return "?"
    if cell.data_type == "e":
        note(faults, title, number, cell.column, ERROR.format(value))
        return "?"
    if isinstance(value, str) and "_x00" in value:
        value = WRITTEN_CONTROL.sub(lambda found: chr(int(found[0][2:6], 16)), value)
    return text_of(value)


def note(faults: list[Fault], *fault: Any) -> None:
    if len(faults) < MOST_FAULTS:
        faults.append(fault)


def write_workbook(sheets: Sequence[Sheet], allowed: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """`allowed` are (heading, words), each a column of the last sheet. Raises `CellTooLong`."""
    if any(isinstance(cell, str) and len(cell) > LONGEST for one in sheets for row in one.rows for cell in row):
        raise CellTooLong
    book = openpyxl.Workbook(write_only=True)
    places = [(letter(number), len(words) + 1) for number, (_, words) in enumerate(allowed)]
    ends = [f"'{ALLOWED}'!${column}$2:${column}${last}" for column, last in places]
    for one in sheets:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = f"{get_column_letter(one.frozen + 1)}2"
        for number, title in enumerate(one.head):
            sheet.column_dimensions[letter(number)].width = min(max(len(title) + 4, NARROWEST), WIDEST)
        write_rows(sheet, one)
        for number, words in one.lists.items():
            offer(sheet, letter(number), ends[words])
    if allowed:
        write_allowed(book.create_sheet(ALLOWED), allowed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def letter(number: int) -> str:
    return str(get_column_letter(number + 1))


def write_rows(sheet: Any, one: Sheet) -> None:
    styled = Styled(sheet)
    sheet.append([styled.heading(title) for title in one.head])
    for row in one.rows:
        sheet.append([styled.cell(value) for value in row])


class Styled:
    """Cells of a sheet. A text says that it is one, so that nothing becomes of it when somebody writes there."""

    def __init__(self, sheet: Any) -> None:
        self.sheet, self.styles = sheet, dict[str, Any]()

    def heading(self, title: str) -> Any:
        cell = WriteOnlyCell(self.sheet, title)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE8E6F0")
        return cell

    def cell(self, value: Cell) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            text = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", marked(value, in_csv=False))
            return self.of_style(text, TEXT)
        return self.of_style(value, DAY) if hasattr(value, "isoformat") else value

    def of_style(self, value: Cell, style: str) -> Any:
        cell = WriteOnlyCell(self.sheet, value)
        if style in self.styles:
            cell._style = self.styles[style]
        else:
            cell.number_format = style
            cell.alignment = Alignment(vertical="top", wrap_text=style == TEXT)
            self.styles[style] = cell._style
        return cell


def offer(sheet: Any, column: str, words: str) -> None:
    """A list to choose from in the cells of a column."""
    validation = DataValidation(type="list", formula1=words, allow_blank=True)
    validation.error, validation.errorTitle = "Choose one of the list.", "Not an allowed word"
    validation.showErrorMessage = True
    validation.add(f"{column}2:{column}{MOST_ROWS}")
    sheet.data_validations.append(validation)


def write_allowed(sheet: Any, allowed: Sequence[tuple[str, Sequence[str]]]) -> None:
    styled = Styled(sheet)
    sheet.freeze_panes = "A2"
    for number in range(len(allowed)):
        sheet.column_dimensions[letter(number)].width = 28
    sheet.append([styled.heading(title) for title, _ in allowed])
    for number in range(max(len(words) for _, words in allowed)):
        sheet.append([styled.cell(words[number] if number < len(words) else None) for _, words in allowed])
