"""What leads to a role and on from it, as it is seen, heard and walked by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways


def ways(page):
    return page.get_by_role("region", name="Ways in and ways on")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_ways_of_a_role_are_clean_and_fit(open_page, axe, width):
    page = open_page("/roles/team-leader/", width=width, height=6000)
    ways(page).locator("summary").click()
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_leads_here_stands_before_the_role_and_what_comes_next_after_it(open_page, width):
    page = open_page("/roles/team-leader/", width=width)
    place = "element => { const box = element.getBoundingClientRect(); return [box.left, box.top]; }"
    before, here, after = (ways(page).locator(part).evaluate(place) for part in (".ways-in", ".ways-here", ".ways-on"))
    axis = 0 if width > 768 else 1
    assert before[axis] < here[axis] < after[axis]


def test_a_screen_reader_hears_each_way_with_its_line_its_kind_and_its_months(open_page):
    page = open_page("/roles/team-leader/")
    leads_here = ways(page).get_by_role("list", name="Leads here")
    comes_next = ways(page).get_by_role("list", name="Comes next")
    first = leads_here.get_by_role("listitem").first
    expect(first).to_match_aria_snapshot("""
        - link "Customer Service Executive"
        - text: ", Operations line: Promotion · 12–48 months"
    """)
    expect(comes_next.get_by_role("listitem").filter(has_text="Quality Analyst")).to_contain_text("Sideways")
    expect(ways(page)).to_contain_text("This role: Team Leader")


def test_the_way_goes_on_without_javascript_and_by_keyboard(open_page):
    page = open_page("/roles/customer-service-executive/", javascript=False)
    ways(page).get_by_role("link", name="Quality Analyst").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quality Analyst")
    ways(page).get_by_role("link", name="Operations Manager").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Operations Manager")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_role_leads_to_its_way_out(open_page, axe, width):
    page = open_page("/roles/team-leader/", width=width, height=6000)
    ways(page).get_by_role("link", name="Retail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Careers after BPO")
    assert page.url.endswith("#retail")
    assert axe(page) == []
    assert not scrolls_sideways(page)


def test_the_page_of_ways_out_is_short_on_a_phone(open_page):
    page = open_page("/paths/ways-out/", width=360)
    assert page.evaluate("document.documentElement.scrollHeight") < 6400


def test_the_small_print_of_the_ways_out_is_clean_when_it_is_open(open_page, axe):
    page = open_page("/paths/ways-out/", width=360, height=20000)
    for summary in page.locator("main summary").all():
        summary.click()
    expect(page.get_by_text("39 desirable moves")).to_be_visible()
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [768, 1280])
def test_where_nothing_leads_in_the_ways_on_take_the_room(open_page, width):
    page = open_page("/roles/data-entry-operator/", width=width)
    whole, on = (ways(page).locator(part).first.bounding_box() for part in (".ways", "ul.ways-on"))
    assert on["width"] > whole["width"] * 0.55
    here = ways(page).locator(".ways-here").bounding_box()
    middle = here["y"] + here["height"] / 2
    assert abs(middle - (on["y"] + on["height"] / 2)) < 5, "the role stands beside the middle of its ways"
