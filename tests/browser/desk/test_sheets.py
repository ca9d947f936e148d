"""A sheet at the desk in a real browser, read by the server's own process: first with a wrong row, then right."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways

TIMEOUT = 60_000  # milliseconds: a process is started, on a busy machine
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(download, change):
    """The file that was taken out, as somebody saves it who wrote into it."""
    found = openpyxl.load_workbook(io.BytesIO(download.path().read_bytes()))
    change(found.worksheets[0])
    out = io.BytesIO()
    found.save(out)
    return {"name": "industries.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}


def column(sheet, title):
    return [cell.value for cell in sheet[1]].index(title) + 1


@pytest.mark.parametrize(("width", "javascript"), list(zip(WIDTHS, (False, True), strict=True)))
def test_a_sheet_with_a_wrong_row_is_refused_and_the_right_one_becomes_drafts(desk, axe, width, javascript):
    page, looked = (desk("", width=width, javascript=has_script) for has_script in (javascript, True))
    said = f"Written in a sheet at {width} pixels."

    def look():
        looked.goto(page.url)
        assert axe(looked) == []
        assert not scrolls_sideways(looked)

    def bring_in(file):
        page.goto(sheets)
        page.get_by_label("The sheet").set_input_files(file)
        page.get_by_role("button", name="Look what it would change").click()

    page.goto("/admin/careers/industry/")
    page.get_by_role("link", name="Sheets").click()
    sheets = page.url
    look()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Excel workbook (XLSX)").click()

    def wrong(sheet):
        sheet.cell(3, column(sheet, "Position")).value = "first"

    def right(sheet):
        # Another page at each width: the first one's draft is in a set already.
        sheet.cell(2 + WIDTHS.index(width), column(sheet, "Summary")).value = said

    bring_in(book(taken.value, wrong))
    expect(page.get_by_role("heading", name="What is wrong")).to_be_visible(timeout=TIMEOUT)
    expect(page.get_by_role("cell", name="“first” is no whole number.")).to_be_visible()
    look()
    bring_in(book(taken.value, right))
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=TIMEOUT)
    expect(page.get_by_text(said)).to_be_visible()
    look()
    page.get_by_label("Name of the change set").fill(f"Sheet at {width}")
    page.get_by_role("button", name="Bring it in as drafts").click()
    expect(page.get_by_text("It is brought in: 1 draft in a change set.")).to_be_visible(timeout=TIMEOUT)
    look()
    page.get_by_role("link", name=f"Sheet at {width}", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Sheet at {width}")
    assert page.console_errors + looked.console_errors + looked.failed_requests == []
