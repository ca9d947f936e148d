"""Interview cards, messages to answer and mock calls in a browser: without a script, by keyboard, offline, on paper."""

import io

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, at_full_height, scrolls_sideways

MOST_BYTES = 60_000
PUBLIC = ["/practice/", "/practice/cards/", "/practice/messages/", "/practice/calls/late-order/"]


def test_a_card_is_answered_taken_back_and_answered_by_keyboard_alone_without_a_script(open_page):
    page = open_page("/me/practice/cards/", width=360, javascript=False)
    expect(page.get_by_role("heading", name="Tell me about yourself")).to_be_visible()
    page.get_by_text("Turn the card over").press("Enter")
    page.get_by_label("Your own example").fill("In the shop, last May.")
    page.get_by_role("button", name="Good").press("Enter")
    expect(page.get_by_text("Good. It comes again on")).to_be_visible()
    expect(page.get_by_role("heading", name="Why do you want to work in BPO?")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("heading", name="Tell me about yourself")).to_be_visible()
    page.get_by_text("Turn the card over").press("Enter")
    expect(page.get_by_label("Your own example")).to_have_value("In the shop, last May.")
    page.get_by_role("button", name="Again").press("Enter")
    expect(page.get_by_text("It comes again later today.")).to_be_visible()
    page.goto("/practice/")
    expect(page.get_by_text("8 cards for today: 1 comes again and 7 are new.")).to_be_visible()
    assert page.console_errors + page.failed_requests == []


def test_an_answer_is_written_ticked_and_deleted_without_a_script(open_page):
    page = open_page("/practice/messages/", javascript=False)
    page.locator("#late-parcel").get_by_role("link", name="Answer it").click()
    page.get_by_label("Your answer").fill("Please be patient, it will come at some time.")
    page.get_by_role("button", name="Keep it and see the examples").click()
    expect(page.locator("mark")).to_have_text(["Please be patient"])
    expect(page.get_by_role("heading", name="A good one")).to_be_visible()
    page.get_by_label("Greeting: I greet").check()
    page.get_by_role("button", name="Keep my ticks").click()
    expect(page.get_by_label("Greeting: I greet")).to_be_checked()
    page.get_by_role("link", name="Delete this answer").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("Your answer is deleted.")).to_be_visible()
    assert page.console_errors + page.failed_requests == []


def test_the_cards_work_without_a_line_once_they_are_loaded(open_page):
    page = open_page("/practice/cards/")
    page.context.set_offline(True)
    card = page.locator("details", has_text="What is your weakness?")
    expect(card.get_by_text("How to build an honest answer")).to_be_hidden()
    card.locator("summary").press("Enter")
    expect(card.get_by_text("How to build an honest answer")).to_be_visible()


def test_on_paper_each_card_of_a_call_has_a_page_and_the_questions_are_open(open_page):
    page = open_page("/practice/calls/late-order/")
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    texts = [sheet.get_textpage().get_text_range() for sheet in paper]
    titles = ["The caller’s card", "The agent’s card", "The score sheet"]
    assert [[title for title in titles if title in text] for text in texts] == [[title] for title in titles]
    page.goto("/practice/cards/")
    words = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(page.pdf(format="A4")))
    assert words.count("What it tests") == words.count("My own example") == 28
    assert "Practise them" not in words


def test_no_page_that_everybody_reads_breaks_a_rule(open_page, axe):
    page = open_page("/practice/", width=360)
    for path in PUBLIC:
        page.goto(path)
        for summary in page.locator("main details > summary").all():
            summary.click()
        assert at_full_height(page, lambda: axe(page)) == [], path
        assert not scrolls_sideways(page), path


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_ones_own_breaks_a_rule(open_page, axe, width):
    page = open_page("/me/practice/cards/", width=width, height=6000)
    page.get_by_text("Turn the card over").click()
    page.get_by_role("button", name="Easy").click()
    page.get_by_text("Turn the card over").click()
    assert axe(page) == []
    page.goto("/me/practice/messages/?message=call-hotel")
    page.get_by_label("Your note").fill("The guest was rude and wants three rooms now.")
    page.get_by_role("button", name="Keep it").click()
    assert axe(page) == []
    assert not scrolls_sideways(page)
    page.goto("/me/practice/calls/?call=late-order")
    assert axe(page, colours=False) == []
    assert not scrolls_sideways(page)


def test_the_longest_page_of_it_is_light(wire_bytes):
    assert wire_bytes("/practice/messages/") <= MOST_BYTES
