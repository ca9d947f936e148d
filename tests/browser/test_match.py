"""Matches in real Chromium: three questions without JavaScript, by keyboard, and the look of every state."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, cookies_of, scrolls_sideways

QUESTIONS = ["Communication skills", "Problem-solving ability", "Basic computer proficiency"]
QUERIES = ["", "?only=shift", "?only=shift&level=lead"]


def rate(page, skill, answer):
    page.get_by_role("group", name=skill, exact=True).get_by_label(re.compile(answer)).check()


def show(page):
    page.get_by_role("button", name="Show my matches").click()


@pytest.fixture
def matched(open_page):
    """`matched(**options)`: the ranking of somebody who answered the three questions."""

    def matched(**options):
        page = open_page("/match/", **options)
        for skill, answer in zip(QUESTIONS, ("4 Strong", "2 Basic", "3 Able"), strict=True):
            rate(page, skill, answer)
        show(page)
        return page

    return matched


def test_visitor_answers_three_questions_without_javascript_and_sees_the_ranking(matched):
    page = matched(javascript=False)
    expect(page.get_by_role("heading", name="Roles that fit you")).to_be_visible()
    expect(page.get_by_text("Ranked by 3 of the")).to_be_visible()
    expect(page.get_by_text("3 ratings cannot show that you fit a role.")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^Where you can start.*yet: \d roles"))).to_be_visible()
    first = page.get_by_role("article").first
    expect(first).to_have_accessible_description(
        re.compile("^(Cannot say yet: May fit now|Within reach at least) .* points, .*%")
    )
    expect(first.get_by_text(re.compile(r"essential skills?\."))).to_be_visible()
    first.locator("summary").click()
    expect(first.get_by_text("With all that is not rated there as asked")).to_be_visible()
    first.get_by_role("link", name=re.compile("^Rate ")).first.click()
    expect(page.locator(":target")).to_be_visible()
    page.go_back()
    expect(first.get_by_text("Shift: ")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Lead")).check()
    page.get_by_role("button", name="Show these roles").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Remove this filter: Lead").click()
    assert page.get_by_role("article").count() > 5
    page.get_by_role("link", name="Find a route to Team Leader").click()
    assert "/paths/plan/?to=team-leader" in page.url


def test_who_answers_nothing_is_told_so_and_stays_a_visitor(open_page):
    page = open_page("/match/")
    show(page)
    expect(page.get_by_role("alert")).to_contain_text("Rate at least one of them.")
    assert cookies_of(page) == set()
    rate(page, QUESTIONS[1], "3 Able")
    show(page)
    expect(page.get_by_text("Ranked by 1 of the")).to_be_visible()
    assert page.console_errors == []
    assert page.failed_requests == []


def test_choice_of_a_filter_is_answered_on_the_page(matched):
    page = matched()
    lead = page.get_by_role("checkbox", name=re.compile("^Lead"))
    lead.check()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 role")).to_be_visible()
    assert page.url.endswith("/match/?level=lead")
    lead.uncheck()
    expect(page.get_by_role("article").nth(5)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(1)
    assert page.console_errors == []


def test_questions_and_ranking_by_keyboard_alone(open_page):
    page = open_page("/match/")
    for _ in QUESTIONS:
        tab_to(page, "radio")
        page.keyboard.press("ArrowRight")
    tab_to(page, "submit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Roles that fit you")).to_be_visible()
    points = page.get_by_role("article").first.locator("summary")
    points.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").first.get_by_text("Together")).to_be_visible()


def tab_to(page, kind):
    """On to the next field of this type, which is not the one that has the focus."""
    here = "document.activeElement.name || document.activeElement.type"
    before = page.evaluate(here)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == kind and page.evaluate(here) != before:
            return
    raise AssertionError(f"no {kind} is reached with the Tab key")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_breaks_no_rule(open_page, axe, width):
    page = open_page("/match/", width=width)
    faults = check(page, axe)
    show(page)
    faults += check(page, axe)
    for skill in QUESTIONS:
        rate(page, skill, "3 Able")
    show(page)
    page.goto("/me/profile/working-life/")
    page.get_by_label("Day").check()
    page.get_by_role("button", name="Save and go on").click()
    for query in QUERIES:
        page.goto(f"/match/{query}")
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        faults += check(page, axe)
    assert faults == []


@pytest.mark.parametrize("open_first", [False, True])
def test_nothing_scrolls_sideways_at_320_pixels(matched, open_first):
    page = matched(width=320)
    if open_first:
        page.get_by_role("article").first.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def check(page, axe):
    """As high as the page, or the bar at the bottom of a phone covers what axe measures."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    faults = [f"{fault['rule']} at {fault['where'][:3]} on {page.url}" for fault in axe(page)]
    if scrolls_sideways(page):
        faults.append(f"{page.url} scrolls sideways")
    page.set_viewport_size(size)
    return faults


def test_cards_on_a_phone_can_be_compared(matched):
    """Each is well under a screen high: what explains it is folded away."""
    page = matched(width=360)
    heights = page.evaluate("[...document.querySelectorAll('article')].map(card => card.offsetHeight)")
    assert max(heights) < 520
