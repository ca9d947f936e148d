"""A proof kept with a plan and taken back again; the dates of a plan in one's own calendar."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser.looks import scrolls_sideways

BELT = "/certifications/six-sigma-yellow-belt/"


def photo():
    exif, packed = Image.Exif(), io.BytesIO()
    exif[0x010E] = "The place it was taken at"
    Image.new("RGB", (40, 30)).save(packed, "PNG", exif=exif)
    return {"name": "My belt.png", "mimeType": "image/png", "buffer": packed.getvalue()}


def test_a_guest_keeps_a_picture_and_copies_the_calendar_address(open_page, axe):
    page = open_page(BELT)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Track this").first.click()
    page.get_by_label("Add a file").set_input_files({**photo(), "name": "belt.pdf", "buffer": b"<html>"})
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("alert")).to_contain_text("This is no PDF, PNG or JPEG")
    page.get_by_label("The file").set_input_files(photo())
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("status").first).to_contain_text("“My belt.png” is kept.")
    with page.expect_download() as download:
        page.get_by_role("link", name="My belt.png", exact=True).click(no_wait_after=True)
    content = download.value.path().read_bytes()
    assert download.value.suggested_filename == "My belt.png"
    assert content.startswith(b"\x89PNG")
    assert b"place" not in content

    assert axe(page) == []

    page.goto("/me/calendar/")
    page.get_by_role("button", name="Make the address").click()
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    answer = page.context.request.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.body().startswith(b"BEGIN:VCALENDAR\r\n")
    assert axe(page) == []
    page.set_viewport_size({"width": 360, "height": 2000})
    assert not scrolls_sideways(page)
    assert page.console_errors == []
