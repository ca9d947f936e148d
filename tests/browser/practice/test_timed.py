"""Tests with a time in real Chromium: typed key by key, on a phone, by keyboard, without JavaScript."""

import re

import pytest
from django.core import signing
from playwright.sync_api import expect

from careers.practice.timed.forms import SALT
from tests.browser.looks import WIDTHS, scrolls_sideways
from tests.browser.server import variables

# Each key takes 150 milliseconds, however soon the next one comes; `skip(…)` lets time pass.
CLOCK = """
    let ahead = 0;
    const real = performance.now.bind(performance);
    performance.now = () => real() + ahead;
    Object.defineProperty(Event.prototype, "timeStamp", {get() { return real() + ahead; }});
    addEventListener("keydown", () => { ahead += 150; }, true);
    window.skip = (more) => { ahead += more; };
"""


@pytest.fixture
def secret(portal):
    return variables(portal.folder)["SECRET_KEY"]


def begun_before(page, secret):
    """The tests that this page opens from now on began ten minutes ago, for the server."""

    def answer(route):
        response = route.fetch()
        body = response.text()
        token = re.search(r'name="start" value="([^"]+)"', body)[1]
        *start, at = signing.loads(token, salt=SALT, key=secret)
        older = signing.dumps([*start, at - 600_000], salt=SALT, key=secret)
        route.fulfill(response=response, body=body.replace(token, older))

    page.add_init_script(CLOCK)
    page.route("**/me/practice/begin/**", answer)


def test_a_phone_with_a_keyboard_types_to_evidence_that_counts_in_the_match(open_page, secret):
    page = open_page("/skills/typing/", width=360)
    begun_before(page, secret)
    page.get_by_role("link", name="typing test").click()
    page.get_by_role("link", name="3 minutes").click()
    assert not scrolls_sideways(page)
    box, given = page.get_by_label("Type here"), page.get_by_role("region", name="The text to type").inner_text()
    box.focus()
    page.keyboard.insert_text("a whole sentence that comes at once")
    expect(page.get_by_role("alert").first).to_have_text("Only single keys count. What came at once was taken out.")
    expect(box).to_have_value("")
    page.keyboard.type(given[:30] + "x")
    page.keyboard.press("Backspace")
    page.keyboard.type(given[30:450])
    expect(page.get_by_role("timer")).to_have_text(re.compile("^1:"))
    page.evaluate("skip(180000)")
    expect(page.get_by_role("heading", name="Typing test, 3 minutes")).to_be_visible()
    expect(page.get_by_text("30 net words a minute", exact=True)).to_be_visible()
    page.get_by_role("button", name="Let it count as evidence").click()
    expect(page.get_by_text("It counts as evidence.")).to_be_visible()
    page.get_by_role("link", name="See which roles fit you").click()
    expect(page.get_by_role("heading", name="Roles that fit you")).to_be_visible()
    expect(page.get_by_text("Ranked by 1 of the")).to_be_visible()
    assert page.console_errors == []
    assert page.failed_requests == []


def test_a_reload_in_the_middle_says_what_became_of_the_test(open_page):
    page = open_page("/me/practice/begin/?kind=numbers&minutes=1")
    page.on("dialog", lambda dialog: dialog.accept())
    first = page.get_by_label("Row 1").first
    first.focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Row 2").first).to_be_focused()
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


def test_without_a_connection_the_result_waits_on_the_page(open_page, secret):
    page = open_page("/practice/data-entry/")
    begun_before(page, secret)
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
        page.set_viewport_size({"width": width, "height": 2000})
        assert axe(page) == [], path
        assert not scrolls_sideways(page), path
