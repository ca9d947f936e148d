"""The career map as people meet it: one picture at a time, every station by keyboard, the list equal to it."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS_WITH_TABLET, scrolls_sideways

NAMES = "stations => stations.map(station => station.querySelector('text').textContent.trim())"


def shown_stations(page):
    return page.locator(".metro-station:visible")


@pytest.mark.parametrize("width", WIDTHS_WITH_TABLET)
def test_the_map_is_accessible_and_scrolls_only_downwards(open_page, axe, width):
    page = open_page("/paths/", width=width)
    page.locator(".map-list summary").click()
    # As high as the page, or the bar at the bottom of a phone covers what axe measures.
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    assert axe(page) == []
    assert not scrolls_sideways(page)
    assert page.console_errors == []


@pytest.mark.parametrize(("width", "shape"), [(360, "narrow"), (768, "narrow"), (1199, "narrow"), (1200, "wide")])
def test_one_picture_shows_and_its_text_is_never_small(open_page, width, shape):
    page = open_page("/paths/", width=width)
    picture = page.locator(".metro:visible")
    expect(picture).to_have_count(1)
    expect(page.get_by_role("group", name="Roles on their lines")).to_have_count(1)
    assert f"metro-{shape}" in picture.get_attribute("class")
    scale = picture.evaluate("picture => picture.getScreenCTM().a")
    assert scale * 15 >= 13


@pytest.mark.parametrize("width", [360, 1280])
def test_no_name_leaves_the_picture_or_lies_on_another(open_page, width):
    page = open_page("/paths/", width=width)
    boxes = shown_stations(page).evaluate_all(
        "stations => stations.map(s => s.querySelector('text').getBoundingClientRect().toJSON())"
    )
    panel = page.locator(".map-panel").bounding_box()
    for number, box in enumerate(boxes):
        assert panel["x"] <= box["left"]
        assert box["right"] <= panel["x"] + panel["width"]
        for other in boxes[number + 1 :]:
            apart = box["right"] <= other["left"] or other["right"] <= box["left"]
            assert apart or box["bottom"] <= other["top"] or other["bottom"] <= box["top"]


def test_the_keyboard_goes_from_station_to_station_and_into_a_role(open_page):
    page = open_page("/paths/", width=1280)
    count = shown_stations(page).count()
    page.locator("[data-print]").focus()
    for number in range(count):
        page.keyboard.press("Tab")
        station = shown_stations(page).nth(number)
        expect(station).to_be_focused()
        expect(station.locator(".metro-focus").first).to_be_visible()
    first = shown_stations(page).first
    first.focus()
    first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer Service Executive")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_list_holds_the_stations_of_the_map(open_page, javascript):
    page = open_page("/paths/", width=360, javascript=javascript)
    page.locator(".map-list summary").click()
    listed = page.locator(".map-stops > li > a")
    expect(listed.first).to_be_visible()
    on_map = shown_stations(page).evaluate_all(NAMES) if javascript else shown_stations(page).all_text_contents()
    assert set(listed.all_inner_texts()) == {" ".join(name.split()) for name in on_map}


def test_printing_is_offered_where_a_script_can_do_it(open_page):
    expect(open_page("/paths/").get_by_role("button", name="Print")).to_be_visible()
    expect(open_page("/paths/", javascript=False).get_by_role("button", name="Print")).to_have_count(0)


def test_own_stations_are_marked_by_words(open_page):
    page = open_page("/roles/team-leader/", width=360)
    page.get_by_role("button", name="Save Team Leader").click()
    expect(page.locator("#said-team-leader")).to_contain_text("Saved")
    page.goto("/paths/")
    expect(page.get_by_role("link", name="Team Leader Saved")).to_be_visible()
    signs = page.get_by_role("list", name="Signs").locator("svg")
    assert max(signs.evaluate_all("all => all.map(sign => sign.getBoundingClientRect().width)")) < 45
    assert not scrolls_sideways(page)


def test_a_part_of_the_map_is_chosen_without_javascript(open_page):
    page = open_page("/paths/?around=team-leader", javascript=False)
    page.get_by_label("Stations around").select_option(label="Quality Analyst")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Process Trainer").first).to_be_visible()
    page.get_by_role("link", name="See the whole map").click()
    expect(page.get_by_role("link", name="Data Entry Operator").first).to_be_visible()


@pytest.mark.parametrize(("width", "height", "shape"), [(1009, 680, "wide"), (680, 1009, "narrow")])
def test_on_paper_the_map_stands_on_the_first_page(open_page, width, height, shape):
    page = open_page("/paths/", width=width)
    page.set_viewport_size({"width": width, "height": height})  # a sheet of A4 within its margins
    page.emulate_media(media="print")
    picture = page.locator(".metro:visible")
    expect(picture).to_have_count(1)
    assert f"metro-{shape}" in picture.get_attribute("class")
    box = page.locator(".map-panel").bounding_box()
    assert box["y"] + box["height"] <= height
