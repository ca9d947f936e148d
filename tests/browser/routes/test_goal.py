"""A route becomes somebody's own: planned, adopted, ticked off, and kept theirs when HR edits the guide."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, save_and_publish, scrolls_sideways

PLAN = "/paths/plan/?from=customer-service-executive&to=operations-manager"
MOVE = "customer service executive team leader"


@pytest.fixture
def months(desk):
    """`months(9, 30)` edits the move to Team Leader on HR's desk; what was there before comes back at the end."""
    page = desk(f"careers/move/?q={MOVE}")
    page.locator("#result_list tbody th a").first.click()
    fields = [page.get_by_label(name) for name in ("Months from", "Months to")]
    address, before = page.url, [field.input_value() for field in fields]

    def months(*values):
        page.goto(address)
        for field, value in zip(fields, values, strict=True):
            field.fill(str(value))
        save_and_publish(page)
        expect(page.locator(".messagelist").get_by_text("is published.")).to_be_visible()

    yield months
    months(*before)


def adopt(page):
    page.get_by_role("button", name="Make it my goal").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your goal: Operations Manager")


def adopted(open_page, **options):
    page = open_page(f"{PLAN}&by=fewest&via=team-leader", **options)
    adopt(page)
    return page


def mark(page, step):
    return page.locator("button.stop-mark", has_text=f"Done: {step}")


def is_clean(page, axe):
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 6000})
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_first_look_to_a_plan_that_outlives_an_edit_of_the_guide(open_page, months, javascript):
    page = open_page(f"{PLAN}&by=fastest", javascript=javascript)
    page.get_by_label("Fewest moves").check()
    page.get_by_role("button", name="Find routes").click()
    expect(page).to_have_url(re.compile("by=fewest"))
    page.goto(f"{page.url.partition('#')[0]}&via=team-leader")
    adopt(page)
    expect(page.get_by_text("It is kept on this browser only")).to_be_visible()
    mark(page, "Move to Team Leader").click()
    expect(mark(page, "Move to Team Leader")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".journey-wide .is-here")).to_contain_text("Team Leader")
    page.get_by_role("button", name="Yes, this is my role now").click()
    expect(page.get_by_text("Your profile says now that you are Team Leader.")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, this is my role now")).to_have_count(0)

    months(9, 30)
    page.goto("/me/")
    expect(page.get_by_text("The guide has changed what your goal rests on")).to_be_visible()
    page.get_by_role("link", name="See the difference").click()
    differs = page.get_by_role("region", name="The guide has changed")
    expect(differs).to_contain_text("12–48 months")
    expect(differs).to_contain_text("9–30 months")
    expect(page.locator(".goal-leg").first).to_contain_text("12–48 months")
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("What you had done stays.")).to_be_visible()
    expect(differs).to_have_count(0)
    expect(page.locator(".goal-leg").first).to_contain_text("9–30 months")
    expect(mark(page, "Move to Team Leader")).to_have_attribute("aria-pressed", "true")
    assert page.console_errors + page.failed_requests == []


def test_whoever_keeps_theirs_is_not_asked_again(open_page, months):
    page = adopted(open_page)
    months(10, 20)
    page.reload()
    page.get_by_role("button", name="Keep yours").click()
    expect(page.get_by_text("Your goal stays as it is.")).to_be_visible()
    expect(page.get_by_role("button", name="Keep yours")).to_have_count(0)
    expect(page.locator(".goal-leg").first).to_contain_text("12–48 months")


def test_what_is_done_stays_when_the_route_changes(open_page):
    page = adopted(open_page)
    mark(page, "Move to Team Leader").click()
    expect(mark(page, "Move to Team Leader")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{PLAN}&by=fewest&via=quality-analyst")
    adopt(page)
    before = page.get_by_role("region", name="Done before")
    expect(before).to_contain_text("Move to Team Leader")
    page.goto(f"{PLAN}&by=fewest&via=team-leader")
    adopt(page)
    expect(before).to_have_count(0)
    expect(mark(page, "Move to Team Leader")).to_have_attribute("aria-pressed", "true")


def test_by_keyboard_the_mark_keeps_the_focus_and_what_is_done_is_said(open_page):
    page = adopted(open_page)
    step = page.locator("button.stop-mark").nth(1)
    step.focus()
    page.keyboard.press("Space")
    expect(step).to_have_attribute("aria-pressed", "true")
    expect(step).to_be_focused()
    expect(page.locator("#goal-said")).to_have_text(re.compile(r"1 of \d+ steps done"))
    page.keyboard.press("Enter")
    expect(step).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#goal-said")).to_have_text(re.compile(r"0 of \d+ steps done"))


def test_a_mark_answers_from_the_moment_that_it_is_there(open_page):
    """A key that repeats comes sooner than 20 ms after the answer before: the form in it is bound already."""
    page = adopted(open_page)
    page.evaluate("""() => {
        window.stayed = true;
        document.addEventListener("htmx:afterRequest", () =>
            setTimeout(() => document.querySelectorAll("button.stop-mark")[1].click()), {once: true});
    }""")
    step = page.locator("button.stop-mark").nth(1)
    step.click()
    expect(page.locator("#goal-said")).to_have_text(re.compile(r"0 of \d+ steps done"))
    expect(step).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.stayed")


def test_every_mark_can_be_hit_with_a_thumb_and_no_two_share_a_place(open_page):
    page = adopted(open_page, width=360)
    tops = page.locator("button.stop-mark").evaluate_all("marks => marks.map(m => m.getBoundingClientRect().top)")
    assert len(tops) > 4
    assert min(after - before for before, after in pairwise(tops)) >= 44
    box = page.locator("button.stop-mark").first.bounding_box()
    hit = "([x, y]) => document.elementFromPoint(x, y).closest('button.stop-mark') !== null"
    page.locator("button.stop-mark").first.scroll_into_view_if_needed()
    box = page.locator("button.stop-mark").first.bounding_box()
    assert page.evaluate(hit, [box["x"] - 6, box["y"] - 6])
    assert page.evaluate(hit, [box["x"] + 36, box["y"] + 36])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_it_breaks_a_rule(open_page, axe, months, width):
    page = open_page("/me/goal/", width=width)
    is_clean(page, axe)
    page.goto(f"{PLAN}&by=fewest&via=team-leader")
    adopt(page)
    mark(page, "Move to Team Leader").click()
    expect(mark(page, "Move to Team Leader")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{PLAN}&by=fewest&via=quality-analyst")
    adopt(page)
    months(width // 20, width)
    page.goto(f"{PLAN}&by=fewest&via=team-leader")
    adopt(page)
    months(1, 2)
    for path in ("/me/goal/", "/me/", "/me/goal/drop/"):
        page.goto(path)
        is_clean(page, axe)
    assert page.console_errors + page.failed_requests == []
