"""The profile in real Chromium: by keyboard, without JavaScript, left and resumed, and the look of every page."""

import re

import pytest

from tests.browser.looks import WIDTHS, scrolls_sideways

STEPS = ["about", "working-life", "skills", "certificates", "target"]
PAGES = [
    *(f"/me/profile/{step}/" for step in STEPS),
    "/me/profile/",
    "/me/evidence/",
    "/roles/team-leader/",
]


@pytest.fixture
def filled(open_page):
    """`filled(**options)`: a page of somebody who has answered every step."""

    def filled(**options):
        page = open_page("/me/profile/about/", **options)
        page.get_by_label("What should we call you?").fill("Asha")
        page.get_by_label("Where are you now?").select_option(label="Customer Service Executive")
        page.get_by_label("Years of work so far").fill("4")
        page.get_by_label("The highest you have finished").select_option("secondary")
        go_on(page)
        page.get_by_label("Day").check()
        page.get_by_label("Non-voice", exact=True).check()
        page.get_by_label("Language 1", exact=True).fill("English")
        page.get_by_label("Level of language 1").select_option("B2")
        go_on(page)
        rate(page, "Communication skills", "3 Able")
        rate(page, "Customer-centric mindset", "2 Basic")
        go_on(page)
        page.get_by_label("Certificate", exact=True).select_option(label="ITIL Foundation")
        page.get_by_label("When you earned it").fill("2026-05-12")
        go_on(page)
        page.get_by_label("Which role do you want to reach?").select_option(label="Team Leader")
        page.get_by_role("button", name="Save and see your profile").click()
        return page

    return filled


def go_on(page):
    page.get_by_role("button", name="Save and go on").click()


def rate(page, skill, answer):
    page.get_by_role("group", name=skill, exact=True).get_by_label(re.compile(answer)).check()


@pytest.mark.parametrize("javascript", [True, False])
def test_five_steps_and_what_they_give(filled, javascript):
    page = filled(javascript=javascript)
    assert page.get_by_role("img", name="100 percent").is_visible()
    assert page.get_by_text("Hindi").count() == 0
    assert page.get_by_text("English B2").is_visible()
    page.goto("/roles/team-leader/")
    assert page.get_by_text("Nights are usual: you accept day only; many employers will say no.").is_visible()
    assert re.search(r"You have \d of \d essential skills", page.locator(".fit").inner_text())
    assert page.get_by_text("from ITIL Foundation").count() == 0
    assert page.get_by_text(re.compile("from your ITIL Foundation, 12 May 2026")).first.is_visible()


def test_all_steps_by_keyboard_alone(open_page):
    page = open_page("/me/profile/about/")
    focus_on(page, "#id_display_name")
    page.keyboard.type("Asha")
    page.keyboard.press("Enter")
    page.wait_for_url("**/working-life/")
    focus_on(page, "input[name=shifts]")
    page.keyboard.press("Space")
    press(page, "Save and go on")
    page.wait_for_url("**/skills/")
    focus_on(page, ".rating input")
    page.keyboard.press("ArrowDown")
    assert page.locator(".rating").first.locator("input").nth(1).is_checked()
    press(page, "Save and go on")
    page.wait_for_url("**/certificates/")
    focus_on(page, "#id_no_certificate")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/target/")
    focus_on(page, "#id_target_role")
    page.keyboard.type("Team L")
    press(page, "Save and see your profile")
    page.wait_for_url("**/me/profile/")
    assert page.get_by_role("img", name="100 percent").is_visible()


def focus_on(page, selector):
    """Tab until the first element that fits has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}")


def press(page, name):
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"The keyboard does not reach “{name}”")


@pytest.mark.parametrize("javascript", [True, False])
def test_wrong_number_is_told_with_a_way_to_it_and_stays(open_page, javascript):
    page = open_page("/me/profile/about/", javascript=javascript)
    page.get_by_label("What should we call you?").fill("Asha")
    page.get_by_label("Years of work so far").fill("fourty")
    go_on(page)
    page.get_by_role("alert").get_by_role("link").click()
    years = page.get_by_label("Years of work so far")
    assert page.url.endswith("#id_years_of_experience")
    assert years.input_value() == "fourty"
    assert years.get_attribute("aria-invalid") == "true"
    described = [page.locator(f"#{one}").inner_text() for one in years.get_attribute("aria-describedby").split()]
    assert "Write a whole number from 0 to 60. You wrote “fourty”." in " ".join(described)
    assert page.get_by_label("What should we call you?").input_value() == "Asha"


def test_profile_is_left_and_resumed(open_page):
    page = open_page("/me/profile/about/")
    page.get_by_label("What should we call you?").fill("Asha")
    go_on(page)
    page.goto("/roles/")
    page.goto("/me/profile/")
    page.get_by_role("link", name="Go on with working life").click()
    page.get_by_role("link", name="Skip this step").click()
    steps = page.get_by_role("navigation", name="Steps of your profile")
    assert steps.locator("[aria-current=step]").inner_text() == "Skills"
    steps.get_by_role("link", name="About you done").click()
    assert page.get_by_label("What should we call you?").input_value() == "Asha"
    for step in STEPS:
        page.goto(f"/me/profile/{step}/")
        page.get_by_role("link", name="Leave and go on later").click()
        assert page.url.endswith("/me/")


def test_second_tab_takes_nothing_back(filled):
    first = filled()
    first.goto("/me/profile/working-life/")
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_label("Language 2", exact=True).fill("Hindi")
    second.get_by_label("Level of language 2").select_option("C2")
    second.get_by_label("Night").check()
    go_on(second)
    first.get_by_label("Remote").check()
    go_on(first)
    first.goto("/me/profile/")
    assert first.get_by_text("Hindi C2, English B2").is_visible()
    assert first.get_by_text("Day, night").is_visible()
    assert first.get_by_text("Remote").is_visible()


def test_chosen_rating_is_marked_by_more_than_its_radio(open_page):
    page = open_page("/me/profile/skills/")
    option = page.locator(".option").nth(2)
    before = option.evaluate("one => getComputedStyle(one).backgroundColor")
    option.click()
    assert option.locator("input").is_checked()
    assert option.evaluate("one => getComputedStyle(one).backgroundColor") != before


def test_phone_shows_the_name_of_this_step_only(open_page):
    page = open_page("/me/profile/skills/", width=360)
    widths = [one.bounding_box()["width"] for one in page.locator(".step-name").all()]
    assert [width > 1 for width in widths] == [False, False, True, False, False]
    assert page.locator(".tab-bar").count() == 0


def test_withdrawing_and_undoing_without_javascript(filled):
    page = filled(javascript=False)
    page.goto("/me/evidence/")
    page.get_by_role("button", name=re.compile("Withdraw Communication skills")).click()
    assert page.get_by_role("status").get_by_text("Withdrawn.").is_visible()
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("button", name=re.compile("Withdraw Communication skills")).is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_profile_are_sound_and_accessible(filled, axe, width):
    page = filled(width=width)
    faults = []
    for path in PAGES:
        page.goto(path)
        faults += faults_of(page, axe, path, width)
    page.goto("/me/profile/certificates/")
    page.get_by_role("link", name=re.compile("^Change")).click()
    faults += faults_of(page, axe, "one certificate", width)
    page.get_by_role("link", name="Remove it from your list").click()
    faults += faults_of(page, axe, "removing it", width)
    page.goto("/me/profile/working-life/")
    page.get_by_label("Language 2", exact=True).fill("ENGLISH")
    go_on(page)
    faults += faults_of(page, axe, "with something to fix", width)
    faults += page.console_errors + page.failed_requests + page.foreign_requests
    assert not faults, "\n".join(faults)


def test_empty_pages_are_accessible_and_narrow_ones_do_not_scroll_sideways(open_page, axe):
    page = open_page("/me/evidence/", width=320)
    faults = []
    for path in PAGES:
        page.goto(path)
        faults += faults_of(page, axe, path, 320)
    assert not faults, "\n".join(faults)


def test_long_words_stay_on_a_narrow_page(open_page):
    page = open_page("/me/profile/about/", width=320)
    page.get_by_label("What should we call you?").fill("W" * 80)
    page.get_by_label("Years of work so far").fill("x" * 500)
    go_on(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_label("Years of work so far").fill("4")
    go_on(page)
    page.get_by_label("Language 1", exact=True).fill("L" * 60)
    go_on(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto("/me/profile/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def faults_of(page, axe, name, width):
    found = []
    if scrolls_sideways(page):
        found.append(f"{name}: scrolls sideways")
    # As high as the page, or the bar at the bottom of a phone covers what axe measures.
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    found += [f"{name}: {fault['rule']} at {fault['where'][:3]}: {fault['why']}" for fault in axe(page)]
    page.set_viewport_size({"width": width, "height": 800})
    return found
