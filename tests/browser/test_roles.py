"""Finding a role as people do it: filters that answer at once, suggestions, the same without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, cookies_of, scrolls_sideways


def cards(page):
    return page.locator("#results .role-card-title").all_inner_texts()


def test_filters_answer_in_place_and_live_in_the_address(open_page):
    page = open_page("/roles/")
    page.evaluate("window.stayed = true")
    page.get_by_label(re.compile("^Lead")).check()
    expect(page.locator("#results .role-card-title")).to_have_text(["Team Leader"])
    expect(page.locator("#result-count")).to_contain_text("1 role")
    expect(page).to_have_url(re.compile("level=lead"))
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    expect(page.get_by_label(re.compile("^Lead"))).to_be_focused()
    page.get_by_label(re.compile("^Manager")).check()
    expect(page.locator("#results .role-card-title")).to_have_text(["Team Leader", "Operations Manager"])
    page.get_by_label("Sort by").select_option("name")
    expect(page.locator("#results .role-card-title")).to_have_text(["Operations Manager", "Team Leader"])
    page.reload()
    expect(page.locator("#results .role-card-title")).to_have_text(["Operations Manager", "Team Leader"])


def test_counts_beside_the_filters_follow(open_page):
    page = open_page("/roles/")
    before = page.locator("#count-nights-usual").inner_text()
    page.get_by_label(re.compile("^Lead")).check()
    expect(page.locator("#count-nights-usual")).to_have_text("1")
    assert before != "1"


def test_going_back_shows_the_list_as_it_was(open_page):
    page = open_page("/roles/")
    everything = cards(page)
    page.get_by_label(re.compile("^Lead")).check()
    expect(page.locator("#results .role-card-title")).to_have_text(["Team Leader"])
    page.go_back()
    expect(page.locator("#results .role-card-title")).to_have_count(len(everything))
    expect(page.get_by_role("banner")).to_be_visible()


def test_choices_survive_going_back(open_page):
    page = open_page("/roles/")
    page.get_by_label(re.compile("^Entry")).check()
    expect(page).to_have_url(re.compile(r"\?level=entry$"))
    page.get_by_label(re.compile("^Not needed")).check()
    expect(page).to_have_url(re.compile("degree=not_needed"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?level=entry$"))
    expect(page.get_by_label(re.compile("^Entry"))).to_be_checked()
    expect(page.get_by_label(re.compile("^Not needed"))).not_to_be_checked()
    page.get_by_role("group", name="Nights").get_by_label(re.compile("^Usual")).check()
    expect(page).to_have_url(re.compile("level=entry&.*nights=usual"))


def test_asking_again_for_what_is_shown_adds_nothing_to_the_history(open_page):
    page = open_page("/roles/?level=lead")
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Find").click()
    page.wait_for_timeout(300)
    assert page.evaluate("history.length") == before


def test_on_a_phone_the_button_leads_to_the_answer(open_page):
    page = open_page("/roles/", width=360)
    page.locator("summary", has_text="Filters").click()
    page.get_by_label(re.compile("^Lead")).check()
    page.get_by_role("button", name="Show 1 role").click()
    expect(page.locator("#result-count")).to_be_focused()
    expect(page.locator("#result-count")).to_be_in_viewport()
    assert page.get_by_label(re.compile("^Lead")).is_hidden()


def test_the_same_without_javascript(open_page):
    page = open_page("/roles/", javascript=False)
    page.get_by_label(re.compile("^Lead")).check()
    page.get_by_role("button", name=re.compile("^Show")).click()
    assert cards(page) == ["Team Leader"]
    page.get_by_role("link", name="Remove this filter: Lead").click()
    assert len(cards(page)) > 10


def test_filters_on_a_phone_fold_away_and_stay_open_while_choosing(open_page):
    page = open_page("/roles/", width=360)
    choice = page.get_by_label(re.compile("^Lead"))
    assert choice.is_hidden()
    page.locator("summary", has_text="Filters").click()
    choice.check()
    expect(page.locator("#filters-chosen")).to_contain_text("1")
    assert choice.is_visible()


def test_an_empty_result_leads_on(open_page):
    page = open_page("/roles/?q=zzz&level=lead")
    expect(page.get_by_role("heading", name="No role fits all of that")).to_be_visible()
    page.get_by_role("link", name="Without the words: 1 role").click()
    assert cards(page) == ["Team Leader"]


def test_suggestions_by_keyboard(open_page):
    page = open_page("/")
    field = page.get_by_role("combobox", name="Search the guide")
    field.press_sequentially("team le")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Team Leader")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Team Leader")


def test_searching_without_suggestions(open_page):
    page = open_page("/", javascript=False)
    page.get_by_label("Search the guide").fill("call center agent")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("main").get_by_role("link", name="Customer Service Executive").first).to_be_visible()


def test_comparing_from_a_card(open_page):
    page = open_page("/roles/")
    page.get_by_role("link", name="Compare Team Leader with other roles").click()
    page.get_by_label("Quality Analyst").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="Quality Analyst")).to_be_visible()


def test_reading_leaves_no_cookie(open_page):
    page = open_page("/")
    for path in ("/roles/", "/roles/team-leader/", "/search/?q=data", "/guide/"):
        page.goto(path)
    assert cookies_of(page) == set()


# A page with words of the glossary, which are explained in place.
EXPLAINED = "/roles/customer-service-executive/"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_word_opens_and_closes_by_keyboard_and_fits(open_page, axe, width):
    page = open_page(EXPLAINED, width=width)
    word = page.get_by_role("button", name="BPO", exact=True)
    meaning = page.get_by_text("Business process outsourcing. One company does work for another.")
    expect(meaning).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_in_viewport(ratio=1)
    assert axe(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="All words")).to_be_focused()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(word).to_be_focused()
    assert not scrolls_sideways(page)


def test_a_word_opens_without_javascript_and_leads_to_all_words(open_page):
    page = open_page(EXPLAINED, javascript=False)
    page.get_by_role("button", name="outbound", exact=True).click()
    page.get_by_role("link", name="All words").click()
    expect(page.get_by_role("heading", name="Words you will hear")).to_be_in_viewport()


def test_on_paper_an_explanation_stands_behind_its_word(open_page):
    page = open_page(EXPLAINED)
    page.emulate_media(media="print")
    expect(page.get_by_text("One company does work for another.")).to_be_visible()
    expect(page.get_by_role("link", name="All words").first).to_be_hidden()
