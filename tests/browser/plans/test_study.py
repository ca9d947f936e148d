"""The clock for studying counts on the page, and goes on when the page is opened anew."""

import re

from playwright.sync_api import expect

from tests.browser.looks import scrolls_sideways


def seconds(page):
    minutes, rest = page.locator("[data-clock]").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def test_the_clock_counts_survives_a_reload_and_becomes_an_entry(open_page):
    page = open_page("/certifications/six-sigma-yellow-belt/", width=360, scheme="dark")
    page.get_by_role("button", name="Track this").first.click()
    study = page.get_by_role("region", name="Study time")
    study.get_by_role("button", name="Start the clock").click()
    expect(page.locator("[data-clock]")).to_have_text(re.compile("00:0[1-9]"))
    before = seconds(page)
    page.reload()
    assert seconds(page) >= before
    assert not scrolls_sideways(page)
    study.get_by_role("button", name="Stop the clock").click()
    expect(page.get_by_text("Logged 1 min for")).to_be_visible()


def test_without_javascript_the_page_says_since_when_it_runs(open_page):
    page = open_page("/certifications/six-sigma-yellow-belt/", javascript=False)
    page.get_by_role("button", name="Track this").first.click()
    study = page.get_by_role("region", name="Study time")
    study.get_by_role("button", name="Start the clock").click()
    expect(study.get_by_text(re.compile(r"The clock is running since \d\d:\d\d"))).to_be_visible()
    expect(page.locator("[data-clock]")).to_be_hidden()
