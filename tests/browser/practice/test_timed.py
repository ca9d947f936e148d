"""Tests with a time in real Chromium: typed key by key, on a phone, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways
from tests.browser.practice.clock import begun_before


def test_a_reload_in_the_middle_says_what_became_of_the_test(open_page):
    page = open_page("/me/practice/begin/?kind=numbers&minutes=1")
    page.on("dialog", lambda dialog: dialog.accept())
    first = page.get_by_label("Row 1").first
    first.focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Row 2").first).to_be_focused()
    page.get_by_label("Row 9").last.focus()
    expect(page.get_by_role("timer")).to_be_in_viewport()
    page.get_by_role("button", name="Hide the time").click()
    expect(page.get_by_role("timer")).to_be_hidden()
    page.reload()
    said = "You left a test before its time was over, so it does not count. This is a new one."
    expect(page.get_by_role("status").first).to_have_text(said)
    expect(page.get_by_label("Row 1").first).to_have_value("")


def test_without_javascript_it_says_what_is_right_and_takes_no_time(open_page):
    page = open_page("/practice/typing/", javascript=False)
    page.get_by_role("link", name="1 minute").click()
    expect(page.get_by_text("Your browser runs no script here, so no time is taken.")).to_be_visible()
    text = page.get_by_role("region", name="The text to type").inner_text()
    page.get_by_label("Type here").fill(text[:100])
    page.get_by_role("button", name="See how much is right").click()
    expect(page.get_by_text("100 % of what you typed is right.")).to_be_visible()
    expect(page.get_by_text("it is not kept")).to_be_visible()


def test_without_a_connection_the_result_waits_on_the_page(open_page, portal):
    page = open_page("/practice/data-entry/")
    begun_before(page, portal)
    page.get_by_role("link", name="1 minute").first.click()
    page.get_by_label("Order number").first.focus()
    page.keyboard.type("1")
    page.context.set_offline(True)
    page.evaluate("skip(60000)")
    again = page.get_by_role("button", name="Send it again")
    expect(again).to_be_focused()
    page.context.set_offline(False)
    again.click()
    expect(page.get_by_role("heading", name="Data-entry test, 1 minute")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_practice_keeps_to_the_rules(open_page, axe, width):
    page = open_page("/practice/", width=width)
    for path in ("", "/practice/typing/", "/practice/data-entry/", "begin/?kind=typing", "begin/?kind=forms"):
        if path:
            page.goto(path if path.startswith("/") else f"/me/practice/{path}&minutes=1")
        page.set_viewport_size({"width": width, "height": 4000})
        assert axe(page) == [], path
        assert not scrolls_sideways(page), path
