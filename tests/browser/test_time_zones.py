"""A person's first own page says their day, wherever the server is: with the browser's word, and with theirs."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

# At every moment one of them has another day than the server.
FAR = ["Pacific/Kiritimati", "Pacific/Pago_Pago"]


def elsewhere():
    now = datetime.now(UTC)
    return next(zone for zone in FAR if now.astimezone(ZoneInfo(zone)).date() != now.date())


def day_there(zone):
    today = datetime.now(ZoneInfo(zone))
    return f"{today:%A}, {today.day} {today:%B %Y}"


def track(open_page, **options):
    page = open_page("/certifications/six-sigma-yellow-belt/", **options)
    page.get_by_role("button", name=re.compile("Track this")).first.click()
    return page


def test_the_first_own_page_says_the_day_of_the_browser(open_page):
    zone = elsewhere()
    page = track(open_page, zone=zone)
    expect(page.get_by_text("You track")).to_be_visible()  # the message waited for the page that was meant
    page.context.clear_cookies(name="time_zone")
    page.goto("/me/")
    expect(page.get_by_text(day_there(zone))).to_be_visible()
    assert page.console_errors == []


def test_without_scripts_it_asks_and_then_says_the_day(open_page):
    zone = elsewhere()
    page = track(open_page, zone=zone, width=360, javascript=False)
    expect(page.get_by_role("heading", name="Which time zone are you in?")).to_be_visible()
    page.get_by_label("Your time zone").focus()
    page.get_by_label("Your time zone").select_option(zone)
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_text("You track")).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_text(day_there(zone))).to_be_visible()
