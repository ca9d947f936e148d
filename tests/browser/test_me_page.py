""" "My plan" with certificates: what is next, put off for a week, on paper, and by keyboard without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways
from tests.paper import once_made


def tracked(open_page, **options):
    page = open_page("/certifications/six-sigma-yellow-belt/", **options)
    page.get_by_role("button", name="Track this").first.click()
    expect(page.get_by_text("You track Six Sigma Yellow Belt now.")).to_be_visible()
    page.goto("/me/")
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_it_breaks_a_rule(demo, axe, width):
    """Of somebody who has a goal, a plan that is studied, one with an exam to come, and a certificate."""
    page = demo("two-years-in", "/me/", width=width, height=6000)
    for name in ("Team Leader", "Six Sigma Yellow Belt", "ITIL Foundation"):
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    assert axe(page) == []
    assert not scrolls_sideways(page)
    page.goto("/me/print/")
    assert axe(page) == []
    assert not scrolls_sideways(page)


def test_what_is_next_waits_until_monday_when_the_person_says_so(open_page):
    page = tracked(open_page, javascript=False)
    sign = page.get_by_role("region", name="Learn the words")
    expect(sign.get_by_role("link", name="Open this step")).to_be_visible()
    sign.get_by_role("button", name="Not this week").press("Enter")
    expect(page.get_by_text("Put off until Monday")).to_be_visible()
    expect(page.get_by_role("region", name="Find a role to aim for")).to_be_visible()
    expect(page.get_by_role("link", name="Six Sigma Yellow Belt", exact=True)).to_be_visible()
    answer = once_made(lambda: page.request.get("/me/plan.pdf"), lambda response: response.status)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    assert page.console_errors + page.failed_requests == []
