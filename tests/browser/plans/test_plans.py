"""A certification is tracked by a guest: its steps ticked, added and arranged, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import save_and_publish, scrolls_sideways

CERTIFICATION = "/certifications/six-sigma-yellow-belt/"


def is_clean(page, axe):
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 6000})
    assert axe(page) == []
    assert not scrolls_sideways(page)


def tracked(open_page, **options):
    page = open_page(CERTIFICATION, **options)
    page.get_by_role("button", name="Track this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Six Sigma Yellow Belt")
    return page


def marks(page):
    return page.locator("button.stop-mark")


def names(page):
    return page.locator(".plan-arrange-name").all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_tracks_ticks_adds_and_arranges(open_page, javascript):
    page = tracked(open_page, javascript=javascript)
    plan = page.url
    expect(page.get_by_text("It is kept on this browser only")).to_be_visible()
    marks(page).first.click()
    expect(marks(page).first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#plan-head")).to_contain_text("Studying")
    page.get_by_role("link", name="Add a step").click()
    page.get_by_label("What there is to do").fill("Sleep well")
    page.get_by_label("Hours it takes").fill("eight")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label("What there is to do")).to_have_value("Sleep well")
    page.get_by_label("Hours it takes").fill("8")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Arrange").click()
    order = names(page)
    up = page.get_by_role("button", name="Up: Sleep well")
    up.press("Enter")
    expect(page.locator("#arrange-said")).to_have_text(f"“Sleep well” is step {len(order) - 1} of {len(order)} now")
    expect(up).to_be_focused()
    assert names(page) == [*order[:-2], order[-1], order[-2]]
    page.goto(CERTIFICATION)
    expect(page.get_by_role("link", name="Open your plan")).to_have_attribute(
        "href", re.sub(r"https?://[^/]+", "", plan)
    )
    assert page.console_errors + page.failed_requests == []


def test_a_stop_that_is_dragged_stays_where_it_was_put(open_page):
    page = tracked(open_page)
    page.get_by_role("link", name="Arrange").click()
    order, grips = names(page), page.locator("[data-grip]")
    grips.nth(1).drag_to(grips.first, target_position={"x": 4, "y": 2})
    expect(page.locator("#arrange-said")).to_contain_text("is step 1 of")
    page.reload()
    assert names(page) == [order[1], order[0], *order[2:]]


def test_the_pages_of_a_plan_are_clean_and_fit_a_phone(open_page, axe):
    page = tracked(open_page, width=360, scheme="dark")
    is_clean(page, axe)
    page.get_by_role("link", name="Arrange").click()
    is_clean(page, axe)
    page.goto("/me/plans/add/")
    page.get_by_label("Or the name of another").fill("A certification with a very long name of my own")
    page.get_by_role("button", name="Track it").click()
    expect(page.get_by_text("No step yet")).to_be_visible()
    is_clean(page, axe)


def test_what_the_guide_changed_is_clean_and_taken(open_page, axe, desk):
    page = tracked(open_page, width=360)
    editor = desk("careers/certification/?q=yellow+belt")
    editor.locator("#result_list tbody th a").first.click()
    hours = editor.locator("#id_steps-0-hours")
    before = hours.input_value()
    try:
        hours.fill("9")
        save_and_publish(editor)
        page.reload()
        differs = page.get_by_role("region", name="The guide changed one step")
        expect(differs).to_contain_text("9 h")
        is_clean(page, axe)
        differs.get_by_role("button", name="Take it").click()
        expect(differs).to_have_count(0)
        expect(page.locator(".plan-step").first).to_contain_text("9 h")
    finally:
        editor.locator("#id_steps-0-hours").fill(before)
        save_and_publish(editor)
