"""Class 12, no nights, weak English, a phone: from the first page to a CV of one page, by links alone."""

import io
import re
from time import monotonic

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.looks import at_full_height, scrolls_sideways
from tests.browser.practice.clock import begun_before
from tests.paper import once_made

PHONE = 360


def say_who_one_is(page):
    page.get_by_role("link", name="See which roles fit you").click()
    page.get_by_role("link", name="what you finished at school").click()
    page.get_by_label("Where are you now?").select_option(label="New to BPO")
    page.get_by_label("The highest you have finished").select_option(index=2)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Day", exact=True).check()
    page.get_by_role("combobox", name="Language 1", exact=True).fill("English")
    page.get_by_label("Level of language 1").select_option("A2")
    page.get_by_role("button", name="Save and go on").click()


def rate_and_match(page):
    page.get_by_role("contentinfo").get_by_role("link", name="Roles that fit you").click()
    for question in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
        question.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Show my matches").click()
    expect(page.get_by_text("You have a school certificate:").first).to_be_visible()
    first = page.get_by_role("article").first
    expect(first.get_by_text("Level: Entry").first).to_be_visible()
    expect(first.get_by_text("some employers will say no", exact=False)).to_have_count(0)
    expect(first.get_by_text("you accept day only; ask first", exact=False)).to_be_visible()


def type_to_evidence(page, portal):
    """In three minutes that take a second, 30 words a minute and one mistake that is mended."""
    begun_before(page, portal)
    page.get_by_role("link", name="Typing test", exact=True).click()
    page.get_by_role("link", name="3 minutes").click()
    assert not scrolls_sideways(page)
    box, given = page.get_by_label("Type here"), page.get_by_role("region", name="The text to type").inner_text()
    box.focus()
    page.keyboard.insert_text("a whole sentence that comes at once")
    expect(page.get_by_role("alert").first).to_have_text("Only single keys count. What came at once was taken out.")
    expect(box).to_have_value("")
    page.keyboard.type(given[:30] + "x")
    page.keyboard.press("Backspace")
    page.keyboard.type(given[30:450])
    expect(page.get_by_role("timer")).to_have_text(re.compile("^1:"))
    page.evaluate("skip(180000)")
    expect(page.get_by_text("30 net words a minute", exact=True)).to_be_visible()
    page.get_by_role("button", name="Let it count as evidence").click()
    expect(page.get_by_text("It counts as evidence.")).to_be_visible()


def make_cv(page):
    page.get_by_label("Your full name").fill("Asha Rao")
    page.get_by_label("Phone number to show").fill("+91 98765 43210")
    page.get_by_role("button", name="Save and see it").click()
    assert fits(page), "where the machine is busy, its pages are counted when it is looked at again"
    answer = once_made(lambda: page.request.get("/me/cv/cv.pdf"), lambda answer: answer.status)
    [sheet] = PdfReader(io.BytesIO(answer.body())).pages
    words = sheet.extract_text().replace("\0", "")
    assert "Asha Rao" in words
    assert "Typing" in words, "the test stands on it"


def fits(page):
    counted, until = page.get_by_text("It fits on one page."), monotonic() + 60
    while not counted.is_visible() and monotonic() < until:
        page.reload()
    return counted.is_visible()


def test_from_no_nights_at_class_12_to_a_cv(open_page, portal, axe):
    page = open_page("/", width=PHONE, touch=True)
    say_who_one_is(page)
    rate_and_match(page)
    is_sound(page, axe)
    page.get_by_role("link", name="Process Associate", exact=True).first.click()
    expect(page.get_by_role("heading", name="Who hires for this")).to_be_visible()
    is_sound(page, axe)
    page.get_by_role("link", name="How to apply", exact=True).click()
    expect(page.get_by_text("A real employer never asks you for money.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("where TCS takes applications"))).to_be_visible()
    page.get_by_role("link", name="Ready for Process Associate").click()
    page.get_by_role("button", name=re.compile("I have it ?: Photo identity card")).click()
    expect(page.get_by_text(re.compile(r"Take the tick back ?: Photo identity card"))).to_be_visible()
    is_sound(page, axe)
    before = ready_of(page)
    type_to_evidence(page, portal)
    is_sound(page, axe)
    page.get_by_role("link", name="Ready to apply?").click()
    page.get_by_role("link", name="Ready for Process Associate").click()
    assert ready_of(page) > before, "the test is done"
    page.get_by_role("link", name="Your CV").first.click()
    page.get_by_role("link", name="Name, contact, summary and parts").click()
    make_cv(page)
    is_sound(page, axe)
    page.get_by_role("link", name="the companies").click()
    expect(page.get_by_role("heading", name="Companies")).to_be_visible()
    assert page.console_errors + page.failed_requests == []


def is_sound(page, axe):
    """With what this person has done by now; every page that is the same for all is looked at elsewhere."""
    assert not scrolls_sideways(page), page.url
    assert at_full_height(page, lambda: axe(page, colours=False)) == [], page.url


def ready_of(page):
    """How many things are ready, as the page says at its top."""
    return int(re.match(r"(\d+) of \d+", page.locator(".sign .lead").inner_text())[1])
