"""Planning a route as people do it: without JavaScript, without a mouse, on a phone, in both schemes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS_WITH_TABLET, cookies_of, scrolls_sideways

ROUTE = "/paths/plan/?from=customer-service-executive&to=operations-manager"
PAGES = [
    "/paths/plan/",
    f"{ROUTE}&by=least_new",
    "/paths/plan/?from=new&to=client-relationship-manager&by=cheapest",
    "/paths/plan/?from=transition-manager&to=team-leader",
    "/paths/plan/?from=team-leader&to=team-leader",
]


def heading(page):
    return page.locator("#route")


def test_a_guest_plans_changes_what_matters_and_sees_another_route_without_javascript(open_page):
    page = open_page("/paths/plan/", javascript=False)
    page.get_by_label("From").select_option("Customer Service Executive")
    page.get_by_label("To", exact=True).select_option("Operations Manager")
    page.get_by_role("button", name="Find routes").click()
    expect(heading(page)).to_contain_text("Best route 2 moves, via Quality Analyst")
    page.get_by_label("Cheapest").check()
    page.get_by_role("button", name="Find routes").click()
    expect(heading(page)).to_contain_text("Best route 2 moves, via Workforce Management Analyst")
    expect(page.get_by_label("Cheapest")).to_be_checked()
    page.get_by_role("link", name=re.compile("See this route.*via Process Trainer")).click()
    expect(heading(page)).to_contain_text("This route 2 moves, via Process Trainer")
    shared = open_page(page.url)
    expect(heading(shared)).to_contain_text("This route 2 moves, via Process Trainer")
    assert cookies_of(page) == set()


def test_unknown_months_are_counted_not_hidden(open_page):
    page = open_page(f"{ROUTE}&via=team-leader")
    ticket = page.get_by_role("complementary", name="The whole route")
    expect(ticket).to_contain_text("12–48 months")
    expect(ticket).to_contain_text("plus 1 move with time not known")


def test_with_the_keyboard_alone(open_page):
    page = open_page("/paths/plan/")
    page.get_by_label("From").focus()
    page.keyboard.type("New")
    page.keyboard.press("Tab")
    page.keyboard.type("Team Leader")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Fastest")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Fewest moves")).to_be_checked()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from=new&to=team-leader&by=fewest#best$"))
    expect(heading(page)).to_contain_text("Best route 2 moves")


def test_a_route_becomes_a_goal(open_page):
    page = open_page(f"{ROUTE}&via=team-leader")
    page.get_by_role("button", name="Make it my goal").click()
    expect(page).to_have_url(re.compile("/me/goal/$"))
    expect(page.get_by_role("main")).to_contain_text("Team Leader")


def test_on_a_phone_the_answer_and_what_to_do_with_it_come_first(open_page):
    page = open_page("/paths/plan/?from=customer-service-executive&to=operations-manager", width=360)
    page.get_by_role("button", name="Find routes").click()
    expect(heading(page)).to_be_in_viewport()
    expect(page.get_by_text("2 moves · 12–24 months plus 1 not known · US$905 · 11 skills")).to_be_in_viewport()
    distance = page.evaluate("document.querySelector('.planner-legs').getBoundingClientRect().top")
    assert page.get_by_role("button", name="Make it my goal").bounding_box()["y"] < distance


def test_on_paper_no_skill_is_folded_away(open_page):
    page = open_page(ROUTE)
    folded = page.locator(".leg-more .leg-name").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    assert folded.bounding_box()["height"] > 0
    expect(page.get_by_role("button", name="Find routes")).to_be_hidden()
    expect(
        page.get_by_text("/paths/plan/?from=customer-service-executive&to=operations-manager&by=fastest")
    ).to_be_visible()


def test_a_dead_end_leads_on(open_page):
    page = open_page("/paths/plan/?from=transition-manager&to=team-leader")
    expect(page.get_by_role("heading", name="No route from Transition / Migration Manager")).to_be_visible()
    page.get_by_role("link", name="Quality Analyst").click()
    expect(heading(page)).to_contain_text("Best route 1 move, direct")


def test_an_unknown_address_says_so_and_the_rest_stays(open_page):
    page = open_page("/paths/plan/?from=emperor&to=team-leader&by=cheapest")
    assert page.response.status == 404
    expect(page.get_by_role("alert")).to_contain_text("You wrote “emperor”.")
    expect(page.get_by_label("To", exact=True)).to_have_value("team-leader")
    expect(page.get_by_label("Cheapest")).to_be_checked()


@pytest.mark.parametrize("width", WIDTHS_WITH_TABLET)
def test_accessible_and_never_wider_than_the_window(open_page, axe, width):
    page = open_page("about:blank", width=width)
    for address in PAGES:
        page.goto(address)
        assert not scrolls_sideways(page), address
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        assert axe(page) == [], address
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.console_errors
        assert not page.foreign_requests
