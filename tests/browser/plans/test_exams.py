"""A guest books an exam, passes it, and sees the skill that it shows on a role."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.browser.looks import scrolls_sideways

BELT = "/certifications/six-sigma-yellow-belt/"
ROLE = "/roles/quality-analyst/"


def look_at(page, axe):
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 6000})
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize(("width", "javascript"), [(360, True), (1280, False)])
def test_guest_books_passes_and_sees_the_skill_on_a_role(open_page, axe, width, javascript):
    page = open_page(BELT, width=width, javascript=javascript)
    page.get_by_role("button", name="Track this").first.click()
    page.get_by_role("link", name="I have booked the exam").click()
    page.get_by_role("button", name="Save the exam").click()
    expect(page.get_by_role("alert")).to_contain_text("2 things to fix")
    page.get_by_label("Day").fill((localdate() + timedelta(days=20)).isoformat())
    page.get_by_label("Time", exact=True).fill("09:30")
    page.get_by_label("Time zone").select_option("Asia/Manila")
    page.get_by_label("Place").fill("Test centre")
    page.get_by_role("button", name="Save the exam").click()
    ticket = page.get_by_role("region", name="Exam", exact=True)
    expect(ticket).to_contain_text("09:30")
    expect(ticket).to_contain_text("Manila time (GMT+8)")
    page.get_by_role("button", name="Ready: The booking number").click()
    expect(page.get_by_role("button", name="Ready: The booking number")).to_have_attribute("aria-pressed", "true")
    if javascript:
        look_at(page, axe)

    page.get_by_role("link", name="I have passed").click()
    page.get_by_label("Credential number").fill("YB-1")
    page.get_by_role("button", name="Save the certificate").click()
    expect(page.get_by_role("region", name="Your certificate")).to_contain_text("YB-1")
    if javascript:
        look_at(page, axe)
    page.goto(ROLE)
    expect(page.get_by_text("from your Six Sigma Yellow Belt").first).to_be_visible()
