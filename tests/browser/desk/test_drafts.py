"""A draft that waits: what readers see is corrected beside it, a link shows it, and an older version comes back."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import save_and_publish


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_is_corrected_beside_its_draft_shown_by_a_link_and_restored(desk, open_page, javascript):
    page = desk("careers/book/", javascript=javascript)
    page.locator("#result_list tbody th a").last.click()
    change, says = page.url, page.locator(".messagelist")
    title = page.get_by_label("Title").input_value()
    note = page.get_by_label("Author")
    before = note.input_value()
    note.fill(f"{before}, and others")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(says.get_by_text("Readers still see what was published.")).to_be_visible()

    page.get_by_role("link", name="Correct the published page").click()
    page.get_by_label("Title").fill(f"{title} (corrected)")
    page.get_by_role("button", name="Publish the correction").click()
    expect(says.first).to_be_visible()
    reader = open_page("/books/")
    expect(reader.get_by_text(f"{title} (corrected)")).to_be_visible()
    expect(reader.get_by_text(f"{before}, and others")).to_have_count(0)

    page.goto(change)
    expect(page.get_by_label("Title")).to_have_value(f"{title} (corrected)")
    expect(page.get_by_label("Author")).to_have_value(f"{before}, and others")
    page.get_by_role("link", name="Show it to somebody").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Copy this link now").input_value()
    reader.goto(link)
    expect(reader.get_by_text(f"{before}, and others").first).to_be_visible()
    page.get_by_role("button", name="Close all its links").click()
    assert reader.goto(link).status == 404

    page.goto(change)
    page.get_by_role("link", name="Discard the draft").click()
    page.get_by_role("button", name="Discard the draft").click()
    page.get_by_role("link", name="History", exact=True).click()
    page.locator(".history-what a").last.click()
    page.get_by_role("link", name="Restore version").click()
    page.get_by_role("button", name="Restore version").click()
    expect(says.get_by_text("The draft says what version 1 said.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(title)
    save_and_publish(page)
    expect(says.get_by_text("is published.")).to_be_visible()
    reader.goto("/books/")
    expect(reader.get_by_text(f"{title} (corrected)")).to_have_count(0)
    assert page.console_errors + page.failed_requests == []
