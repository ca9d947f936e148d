"""Cells, files and values of sheets: what is written is read, and what cannot be is said."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careers.desk.sheets.rules import tables, workbooks
from careers.desk.sheets.rules.cells import is_formula, marked, text_of, unmarked
from careers.desk.sheets.rules.opening import open_file
from careers.desk.sheets.rules.tables import Unreadable, read_csv, read_zip, write_csv, write_zip
from careers.desk.sheets.rules.values import (
    CellKind,
    SheetColumn,
    Wrong,
    cell_of,
    day_of,
    decimal_of,
    number_of,
    read_value,
)
from careers.desk.sheets.rules.workbooks import FORMULA, CellTooLong, Sheet, read_workbook, write_workbook
from careers.lib.texts import plain_text

# As the guide stores them: without blanks around, with line ends as ours.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30).map(plain_text)
hard = st.sampled_from(
    ["=1+1", "'=1", "''", "'", "-", "+49 1", "@x", "007", "4225.10", "2026-05-12", "1E5", "July 2026"]
)
cells = st.one_of(texts, hard, texts.map(lambda text: plain_text(f"={text}")))
tables_of_texts = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5)


@given(cells, st.booleans())
def test_a_text_that_is_marked_is_the_same_without_the_mark(text, in_csv):
    written = marked(text, in_csv=in_csv)
    assert unmarked(written) == text
    assert not is_formula(written)


def same_rows(rows, found):
    """Whatever is empty at the end of a row or of the sheet need not be there."""
    return [trimmed(row) for row in trimmed(rows)] == [trimmed(row) for row in found]


def trimmed(row):
    length = max((number for number, one in enumerate(row, 1) if one and any(one)), default=0)
    return list(row[:length])


@given(tables_of_texts)
@example([["", ""], ["a\nb", 'with "quotes"; and,\tmore']])
def test_a_csv_says_what_was_written(rows):
    rows = [["Title", "Address", "Summary", "Level"], *rows]
    assert same_rows(rows, read_csv(write_csv(rows)))


@given(tables_of_texts)
@example([["a\x0bb", "_x000B"]])
def test_a_workbook_says_what_was_written_and_no_cell_is_a_formula(rows):
    content = write_workbook([Sheet("Roles", ["A", "B", "C", "D"], rows)], [])
    book, faults = read_workbook(content)
    assert faults == []
    assert same_rows([["A", "B", "C", "D"], *rows], book["Roles"])
    written = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type != "f" for sheet in written for row in sheet.iter_rows() for cell in row)


def test_a_text_that_no_cell_of_excel_can_hold_is_not_cut():
    with pytest.raises(CellTooLong):
        write_workbook([Sheet("Roles", ["A"], [["x" * 32_768]])], [])


LINES = [["Title", "Note"], ["Café, bar", "one\ntwo"], ["“Night”", ""]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_what_other_programs_write_is_read(delimiter, encoding, end):
    quoted = [[f'"{cell}"' for cell in row] for row in LINES]
    text = end.join([*(delimiter.join(row) for row in quoted), delimiter, delimiter, ""])
    assert [row[:2] for row in read_csv(text.encode(encoding))] == LINES


def test_a_row_that_says_what_parts_cells_is_no_row():
    assert read_csv(b"sep=;\r\nTitle;Note\r\na;b\r\n") == [["Title", "Note"], ["a", "b"]]


def test_what_excel_makes_of_values_is_read_as_them():
    given = [
        3.0,
        2.5,
        True,
        datetime(2026, 5, 12),  # noqa: DTZ001, a cell has no zone
        date(2026, 5, 12),
        "  a\r\nb\xa0 ",
        None,
        10**20 * 1.0,
        Decimal("4.20"),
    ]
    assert [text_of(one) for one in given] == [
        *("3", "2.5", "yes", "2026-05-12", "2026-05-12", "a\nb", "", "1e+20", "4.20")
    ]


def test_a_formula_an_error_and_a_gap_in_a_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Roles"
    sheet.append(["Title", "Position"])
    sheet.append(["Agent", "=1+1"])
    sheet["A9000"] = " "  # somebody's space far below
    sheet["B5"] = "#REF!"
    sheet["B5"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    found, faults = read_workbook(out.getvalue())
    assert [row[:1] for row in found["Roles"]] == [["Title"], ["Agent"], [], [], [""]]
    assert [(one[1:3]) for one in faults] == [(2, 2), (5, 2)]
    assert faults[0][3] == FORMULA


def refusal(content):
    with pytest.raises(Unreadable) as unreadable:
        open_file(content)
    return str(unreadable.value)


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return out.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_files_that_are_made_to_hurt_or_are_none_end_in_words():
    workbook = write_workbook([Sheet("Roles", ["A"], [["b"]])], [])
    with zipfile.ZipFile(io.BytesIO(workbook)) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    bombed = ENTITIES + f"]>{sheet}".replace(">b<", ">&i;<")
    assert refusal(packed({**parts, "xl/worksheets/sheet1.xml": bombed})) == tables.DAMAGED
    assert refusal(packed({**parts, "xl/media/x": b"\0" * (tables.MOST_OPENED + 1)})) == tables.TOO_LARGE
    assert refusal(packed({"a.csv": b"x" * (tables.MOST_OPENED + 1)})) == tables.TOO_LARGE
    assert refusal(workbook[: len(workbook) // 2]) == tables.DAMAGED
    assert refusal(packed({"xl/other.xml": "<a/>"})) == tables.WRONG_KIND
    assert refusal(packed({"picture.png": b"x"})) == tables.WRONG_KIND
    assert refusal(b"%PDF-1.7") == tables.WRONG_KIND
    assert refusal(tables.OLD_EXCEL + b"x" * 600) == tables.OLD_KIND
    assert refusal(b" \r\n") == tables.EMPTY
    assert refusal(b"\xff\xfea\0\0") == tables.NOT_READABLE
    assert refusal(b"a\n" * (tables.MOST_ROWS + 2)) == tables.TOO_MANY_ROWS


def workbook_of(cell, *, times, shared):
    """A workbook with `cell` so often, of which `shared` are the texts that cells share."""
    names = "http://schemas.openxmlformats.org"
    relation, main = f"{names}/officeDocument/2006/relationships", f"{names}/spreadsheetml/2006/main"
    kinds = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml"}
    ends = "".join(f'<Relationship Id="{kind}" Type="{relation}/{kind}" Target="{kinds[kind]}"/>' for kind in kinds)
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
    said = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{types}{parts[name]}+xml"/>' for name in parts)
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{names}/package/2006/content-types">{said}</Types>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="Roles" sheetId="1" '
            'r:id="worksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{names}/package/2006/relationships">{ends}'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{f"<row>{cell * 100}</row>" * times}'
            "</sheetData></worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{shared}</t></si></sst>',
        }
    )


def test_one_text_that_thousands_of_cells_share_is_too_much():
    """It is there once in the file and in memory, and was written out for each: gigabytes for who reads them."""
    content = workbook_of('<c t="s"><v>0</v></c>', times=5, shared="x" * 200_000)
    assert len(content) < 10_000
    assert refusal(content) == tables.TOO_LARGE


def test_of_formulas_without_an_end_some_are_told(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_FAULTS", 50)
    book, faults = open_file(workbook_of("<c><f>1+1</f><v>2</v></c>", times=5, shared=""))
    assert len(book["Roles"]) == 5
    assert len(faults) == 50


def test_a_zip_has_a_sheet_for_each_file():
    rows = {"roles": [["Title"], ["=a"]], "skills-of-roles": [["Role"], ["b"]]}
    assert read_zip(write_zip(rows)) == rows
    inside = packed({"folder/roles.csv": b"Title\na", "folder/.hidden.csv": b"x", "readme.md": b"x"})
    assert read_zip(inside) == {"roles": [["Title"], ["a"]]}


LEVEL = SheetColumn(
    "level", "Level", CellKind.CHOICE, may_be_empty=False, choices=((1, "Entry"), (5, "Senior manager"))
)
WORK = SheetColumn("work_type", "Work type", CellKind.CHOICE, choices=(("non_voice", "Non-voice"),))
INDUSTRIES = SheetColumn("industries", "Industries", CellKind.PAGES, empty=(), noun="industry")
PAGES = {"industry": {"banking": 1, "health-care": 2, "health care": 2, "retail, travel": 3}}


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (LEVEL, "entry", 1),
        (LEVEL, "5", 5),
        (LEVEL, " Senior  manager", 5),
        (WORK, "NON-VOICE", "non_voice"),
        (WORK, "non_voice", "non_voice"),
        (INDUSTRIES, "banking, health-care", [1, 2]),
        (INDUSTRIES, "Health Care;banking\nbanking", [1, 2]),
        (INDUSTRIES, "Retail, travel\nbanking", [1, 3]),
        (INDUSTRIES, "", []),
        (SheetColumn("a", "A", CellKind.NUMBER, empty=100), "", 100),
        (SheetColumn("a", "A", CellKind.YES_NO, empty=False), "TRUE", True),
        (SheetColumn("a", "A", CellKind.YES_NO, empty=False), "No", False),
        (SheetColumn("a", "A", CellKind.LINE), "a\nb", "a b"),
        (SheetColumn("a", "A", CellKind.TEXT), "a\nb", "a\nb"),
    ],
)
def test_a_cell_says_a_value(column, text, value):
    assert read_value(column, text, PAGES) == value


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        (LEVEL, "boss", "“boss” is none of Entry, Senior manager."),
        (LEVEL, "", "This cannot be empty."),
        (INDUSTRIES, "banking, mining", "There is no “mining”."),
        (SheetColumn("a", "A", CellKind.YES_NO), "perhaps", "“perhaps” is neither yes nor no."),
        (SheetColumn("a", "A", CellKind.NUMBER), "3.5", "“3.5” is no whole number."),
        (SheetColumn("a", "A", CellKind.NUMBER), "٣", "“٣” is no whole number."),
        (SheetColumn("a", "A", CellKind.DECIMAL, places=2), "1,234", "“1,234” is no number. Write it as 1234.50."),
        (SheetColumn("a", "A", CellKind.DECIMAL, places=1), "1.25", "“1.25” has more than 1 places after the point."),
        (SheetColumn("a", "A", CellKind.DAY), "05/06/2026", "“05/06/2026” can be two days. Write it as 2026-05-31."),
        (SheetColumn("a", "A", CellKind.DAY), "2026-02-30", "“2026-02-30” is no day. Write it as 2026-05-31."),
        (SheetColumn("a", "A", CellKind.PAGE, noun="industry"), "mining", "There is no “mining”."),
    ],
)
def test_a_cell_that_cannot_be_is_told_why(column, text, why):
    with pytest.raises(Wrong) as wrong:
        read_value(column, text, PAGES)
    assert str(wrong.value) == why


@given(st.dates(min_value=date(1955, 1, 1), max_value=date(2118, 1, 1)))
def test_a_day_is_read_in_each_way_that_programs_write_it(day):
    ways = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%d.%m.%Y}",
        f"{day:%d %B %Y}",
        str((day - date(1899, 12, 30)).days),
    ]
    assert {day_of(way) for way in ways} == {day}


@given(st.decimals(min_value=0, max_value=999_999, places=2), st.integers(min_value=0, max_value=30_000))
def test_numbers_are_read_as_programs_write_them(amount, whole):
    assert decimal_of(text_of(amount), 2) == str(amount)
    assert Decimal(decimal_of(text_of(float(amount)), 2)) == amount
    assert number_of(text_of(float(whole))) == number_of(str(whole)) == whole


@given(st.lists(st.sampled_from([1, 2, 3]), unique=True).map(sorted))
def test_pages_are_written_by_their_slugs_and_read_again(keys):
    slugs = {"industry": {1: "banking", 2: "health-care", 3: "travel"}}
    by_slug = {"industry": {slug: key for key, slug in slugs["industry"].items()}}
    assert read_value(INDUSTRIES, text_of(cell_of(INDUSTRIES, keys, slugs)), by_slug) == keys
