"""What readers say reaches the desk, and its answer goes into a draft: without JavaScript, and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways


@pytest.mark.parametrize("width", WIDTHS)
def test_a_vote_and_a_search_in_vain_are_answered_at_the_desk(open_page, desk, axe, width):
    reader = open_page("/roles/team-leader/", width=width)
    assert axe(reader) == []
    assert not scrolls_sideways(reader)
    reader = open_page("/roles/team-leader/", width=width, javascript=False)
    reader.get_by_text("Add a comment").focus()
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    reader.keyboard.type(f"Read at {width} pixels.")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    assert reader.context.cookies() == [] or {one["name"] for one in reader.context.cookies()} == {"time_zone"}
    reader.get_by_role("link", name="Back to the page").click()
    expect(reader.get_by_role("heading", name="Team Leader", level=1)).to_be_visible()
    word = f"gaffering{'x' * (width % 7)}"
    reader.goto(f"/search/?q={word}")

    seen = desk("careers/pagevote/", width=width)
    expect(seen.get_by_text(f"Read at {width} pixels.")).to_be_visible()
    assert axe(seen) == []
    page = desk("careers/searchmiss/", width=width, javascript=False)
    page.get_by_role("link", name=f"Answer {word}").click()
    page.get_by_label("Look for a page by its name").fill("team leader")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add as another title to Team Leader")).to_be_visible()
    page.get_by_role("button", name="Add as a search word to Team Leader").click()
    expect(page.get_by_text(f"“{word}” is in the draft of “Team Leader”.")).to_be_visible()
    expect(page.get_by_role("link", name=f"Answer {word}")).to_have_count(0)
    for one in (reader, seen, page):
        assert one.console_errors + one.failed_requests == []
