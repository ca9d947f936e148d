"""An editor and a publisher at one page, each in a browser of their own: a review, and two who change the same."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import save_and_publish


def saved(page, button, author):
    page.get_by_label("Author").fill(author)
    page.get_by_role("button", name=button, exact=True).click()


def act(page, link, button, text=""):
    page.get_by_role("link", name=link, exact=True).click()
    if text:
        page.get_by_role("textbox").last.fill(text)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_editor_asks_hears_why_not_asks_again_and_a_publisher_publishes(desk, open_page, javascript):
    editor = desk("careers/book/", who="editor", javascript=javascript)
    editor.locator("#result_list tbody th a").first.click()
    change, author = editor.url, editor.get_by_label("Author").input_value()
    expect(editor.get_by_role("button", name="Save and publish")).to_have_count(0)
    first, second = f"{author} and somebody", f"{author} and a friend"
    state = editor.locator(".standing-state")
    saved(editor, "Save and ask for a review", first)
    editor.get_by_label("What should be looked at").fill("Whether the name is right.")
    editor.get_by_role("button", name="Ask for a review").click()
    expect(state).to_have_text("In review")
    expect(editor.get_by_role("link", name="Approve", exact=True)).to_have_count(0)

    publisher = desk("", javascript=javascript)
    publisher.goto(change)
    expect(publisher.get_by_label("Author")).to_have_value(first)
    act(publisher, "Send back", "Send it back", "Say who it is.")
    expect(publisher.locator(".messagelist").get_by_text("went back to its writer.")).to_be_visible()

    editor.goto(change)
    expect(editor.locator(".standing-note")).to_contain_text("Say who it is.")
    saved(editor, "Save and ask for a review", second)
    editor.get_by_role("button", name="Ask for a review").click()
    expect(state).to_have_text("In review")
    publisher.goto(change)
    act(publisher, "Approve", "Approve it")
    expect(publisher.locator(".standing-state")).to_have_text("Approved")
    reader = open_page("/books/")
    expect(reader.get_by_text(second)).to_have_count(0)
    act(publisher, "Publish", "Publish it now")
    expect(publisher.locator(".messagelist").get_by_text("is published.")).to_be_visible()
    reader.goto("/books/")
    expect(reader.get_by_text(second)).to_be_visible()

    publisher.goto(change)
    publisher.get_by_label("Author").fill(author)  # as it was, for what comes after
    save_and_publish(publisher)
    expect(publisher.locator(".messagelist").get_by_text("is published.")).to_be_visible()
    for one in (editor, publisher, reader):
        assert one.console_errors + one.failed_requests == []


def test_two_who_change_the_same_see_both_and_choose(desk):
    """Without a script: `test_admin.py`."""
    editor = desk("careers/book/", who="editor")
    editor.locator("#result_list tbody th a").first.click()
    change, author = editor.url, editor.get_by_label("Author").input_value()
    publisher = desk("")
    publisher.goto(change)
    saved(publisher, "Save draft", f"{author}, theirs")
    expect(publisher.locator(".messagelist").get_by_text("Readers still see")).to_be_visible()

    saved(editor, "Save draft", f"{author}, mine")
    sides = editor.locator(".clash-side")
    expect(sides).to_have_count(3)
    for side, words in enumerate((author, f"{author}, theirs", f"{author}, mine")):
        expect(sides.nth(side).locator("p")).to_have_text(words)
    sides.nth(2).get_by_role("radio").check()
    editor.get_by_role("button", name="Bring together as the draft").click()
    expect(editor.get_by_label("Author")).to_have_value(f"{author}, mine")
    act(editor, "Discard the draft", "Discard the draft")
    expect(editor.get_by_label("Author")).to_have_value(author)
    assert editor.console_errors + editor.failed_requests + publisher.console_errors == []
