"""A word of the glossary is explained in place: by keyboard, without JavaScript, on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways

ROLE = "/roles/customer-service-executive/"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_word_opens_and_closes_by_keyboard_and_fits(open_page, axe, width):
    page = open_page(ROLE, width=width)
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


def test_it_opens_without_javascript_and_leads_to_all_words(open_page):
    page = open_page(ROLE, javascript=False)
    page.get_by_role("button", name="outbound", exact=True).click()
    page.get_by_role("link", name="All words").click()
    expect(page.get_by_role("heading", name="Words you will hear")).to_be_in_viewport()


def test_on_paper_it_stands_behind_its_word(open_page):
    page = open_page(ROLE)
    page.emulate_media(media="print")
    expect(page.get_by_text("One company does work for another.")).to_be_visible()
    expect(page.get_by_role("link", name="All words").first).to_be_hidden()
