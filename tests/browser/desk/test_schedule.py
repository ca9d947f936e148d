"""A draft goes live at its moment in a real browser, before a reader whose page another process has kept."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from sqlite3 import connect

import pytest
from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER, save_and_publish
from tests.browser.server import DATABASE

FORM = "careers/question/"


def the_moment_has_come(portal):
    """By the clock of the database, as nobody waits for a day here."""
    past = f"{datetime.now(UTC) - timedelta(seconds=1):%Y-%m-%d %H:%M:%S}"
    with closing(connect(portal.folder / DATABASE, timeout=10)) as database, database:
        database.execute("UPDATE careers_schedule SET at = ?", [past])
        database.execute("UPDATE careers_revision SET next_due = ?", [past])


@pytest.mark.parametrize("javascript", [True, False])
def test_a_draft_gets_a_time_keeps_it_and_goes_live(portal, desk, open_page, javascript):
    page = desk(FORM, javascript=javascript, height=2000)
    page.locator("#result_list tbody th a").first.click()
    change = page.url
    before = page.get_by_label("Short answer").input_value()
    page.get_by_label("Short answer").fill("At its time.")
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.get_by_role("link", name="Publish later").click()
    page.get_by_label("Day").fill("2020-01-01")
    page.get_by_label("Time").fill("09:00")
    page.get_by_role("button", name="Give it this time").click()
    expect(page.get_by_text("That moment has passed.").first).to_be_visible()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    page.get_by_label("Day").fill(f"{tomorrow:%Y-%m-%d}")
    page.get_by_role("button", name="Give it this time").click()
    expect(page.get_by_text("goes live on").first).to_be_visible()

    page.get_by_label("Short answer").fill("At its time, and well said.")
    page.get_by_label("Keep it: what you save goes live").check()
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_text("as it is now.").first).to_be_visible()
    page.goto("/admin/to-come/")
    expect(page.get_by_text("goes live on")).to_be_visible()

    reader = open_page("/faq/")
    expect(reader.get_by_text("and well said")).to_have_count(0)
    the_moment_has_come(portal)
    reader.goto("/faq/")
    expect(reader.get_by_text("and well said").first).to_be_visible()
    page.goto("/admin/to-come/")
    expect(page.get_by_text("Nothing has a time.")).to_be_visible()

    page.goto(change)
    page.get_by_label("Short answer").fill(before)
    save_and_publish(page)
    assert page.console_errors + page.failed_requests == []


def test_times_break_no_rule_and_one_that_failed_says_why(portal, desk, open_page, axe):
    page = desk("careers/skill/?q=coaching", height=2000)
    page.get_by_role("link", name="Coaching", exact=True).click()
    change, later = page.url, page.url.replace("/change/", "/publish-later/")
    page.locator("#id_source_name").fill("")
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.goto(later)
    page.get_by_label("Day").fill("2027-03-31")
    page.get_by_label("Time").fill("09:00")
    page.get_by_role("button", name="Give it this time").click()
    the_moment_has_come(portal)
    open_page("/")
    faults = []
    for width, path in ((1280, "/admin/"), (1280, later), (360, later), (360, "/admin/to-come/"), (360, change)):
        page.set_viewport_size({"width": width, "height": 2000})
        page.goto(path)
        expect(page.get_by_text("Source: Readers need this").first).to_be_visible()
        # Before axe, which styles elements itself while it measures.
        faults += [f"{path}: {text}" for text in page.console_errors + page.failed_requests]
        faults += [f"{path}: scrolls sideways"] if page.evaluate(IS_WIDER) else []
        faults += [f"{path}: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
        page.console_errors.clear()
    page.goto(later)
    page.get_by_role("button", name="Take the time away").click()
    page.goto(change.replace("/change/", "/do/discard/"))
    page.get_by_role("button", name="Discard the draft").click()
    assert not faults, "\n".join(faults)
