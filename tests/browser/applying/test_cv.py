"""From a role to what is ready for it, and to a CV of one page: in Chromium, without JavaScript, and by keyboard."""

import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.looks import WIDTHS, cookies_of, scrolls_sideways
from tests.paper import once_made

ROLE = "/roles/customer-service-executive/"
READY = f"{ROLE}ready/"


def write_cv(page):
    page.goto("/me/cv/edit/")
    page.get_by_label("Your full name").fill("Asha Rao")
    page.get_by_label("Phone number to show").fill("+91 98765 43210")
    page.get_by_label("City").fill("Pune")
    page.get_by_role("button", name="Save and see it").click()


def add_job(page):
    page.get_by_role("link", name="Add a job").click()
    page.get_by_label("What you were").fill("Sales assistant")
    page.get_by_label("From").fill("May 2024")
    page.get_by_role("button", name="Save and see the CV").click()


def test_from_a_role_to_papers_to_a_cv_that_is_taken_away_without_a_script(open_page):
    page = open_page(ROLE, javascript=False, width=360)
    page.get_by_role("link", name="Ready to apply").click()
    expect(page.get_by_role("heading", name="Ready for Customer Service Executive")).to_be_visible()
    assert cookies_of(page) == set(), "who reads gets no cookie"
    page.get_by_role("button", name=re.compile("I have it ?: Photo identity card")).click()
    expect(page.get_by_text("Kept on this browser only")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^1 of \d+"))).to_be_visible()
    write_cv(page)
    add_job(page)
    expect(page.get_by_text("Your CV lives in this browser until you have an account.")).to_be_visible()
    answer = once_made(lambda: page.request.get("/me/cv/cv.pdf"), lambda answer: answer.status)
    made = PdfReader(io.BytesIO(answer.body()))
    assert len(made.pages) == 1
    assert "Sales assistant" in made.pages[0].extract_text().replace("\0", "")
    with page.expect_download() as expected:
        page.get_by_role("link", name="Save it as JSON Resume").click()
    assert expected.value.suggested_filename == "cv-asha-rao.json"
    assert json.loads(Path(expected.value.path()).read_text())["basics"]["name"] == "Asha Rao"
    page.goto(READY)
    expect(page.get_by_text(re.compile(r"^2 of \d+"))).to_be_visible()
    assert page.console_errors == []


@pytest.mark.parametrize("width", WIDTHS)
def test_its_pages_break_no_rule_and_fit_the_window(open_page, axe, width):
    page = open_page(READY, width=width)
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("I have it")).first.click()
    write_cv(page)
    add_job(page)
    for path in ("/me/cv/", "/me/cv/edit/", READY):
        page.goto(path)
        assert axe(page, dark=False) == [], path
        assert not scrolls_sideways(page), path


def test_the_list_is_one_page_on_paper(open_page):
    page = open_page(READY)
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1


def test_a_first_view_is_small(wire_bytes):
    assert wire_bytes(READY) <= 60_000


def test_a_tick_and_a_job_by_keyboard_alone(open_page):
    page = open_page(READY)
    page.get_by_role("button", name=re.compile("I have it")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Take the tick back ?: Photo identity card"))).to_be_visible()
    page.goto("/me/cv/jobs/add/")
    page.locator("#id_position").focus()
    page.keyboard.type("Teller")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("2023")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your CV")).to_be_visible()
    expect(page.get_by_role("link", name="Teller")).to_be_visible()
