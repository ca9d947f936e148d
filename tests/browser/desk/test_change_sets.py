"""Pages that go live as one, from the form of the first to undoing it, at the desk in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways

NOUNS = {"industry": "telecom", "metric": "csat"}


@pytest.mark.parametrize("width", WIDTHS)
def test_two_pages_are_put_together_published_looked_at_and_undone_without_a_script(desk, axe, width):
    page, looked = (desk("", width=width, javascript=has_script) for has_script in (False, True))
    title, said = f"Texts at {width}", f"Written at {width} pixels."

    def look(*addresses):
        for address in addresses:
            looked.goto(address)
            assert axe(looked) == []
            assert not scrolls_sideways(looked)

    changes = [draft_of(page, noun, words, said) for noun, words in NOUNS.items()]
    page.goto(changes[0])
    page.get_by_role("link", name="Put into a change set").click()
    look(page.url)
    page.get_by_label("A new one, named below").check()
    page.get_by_label("Name of the new one").fill(title)
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    there = page.url
    page.get_by_label("Look for a page by its name").fill(NOUNS["metric"])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put in").first.click()
    expect(page.get_by_role("heading", name="2 pages")).to_be_visible()
    page.get_by_text("1 change", exact=True).first.click()
    expect(page.get_by_text(said).first).to_be_visible()
    look("/admin/", "/admin/careers/changeset/", "/admin/careers/changeset/add/", there, page.url)
    page.get_by_role("link", name="Publish", exact=True).click()
    look(page.url, page.url.replace("publish", "discard"), page.url.replace("publish", "rename"))
    page.get_by_role("button", name="Publish all of it now").click()
    expect(page.get_by_text(f"“{title}” is published.")).to_be_visible()
    look(page.url)
    page.get_by_role("link", name="Undo").click()
    look(page.url)
    page.get_by_role("button", name="Make drafts that undo it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Undo: {title}")
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish all of it now").click()
    page.goto(changes[0])
    expect(page.locator("#id_summary")).not_to_have_value(said)
    assert page.console_errors + looked.console_errors + looked.failed_requests == []


def draft_of(page, noun, words, said):
    """The form of a page whose draft says something new."""
    page.goto(f"/admin/careers/{noun}/?q={words}")
    page.locator("#result_list tbody th a").first.click()
    page.locator("#id_summary, #id_explanation").fill(said)
    page.get_by_role("button", name="Save draft", exact=True).click()
    return page.url
