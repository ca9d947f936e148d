"""The HR desk asks for a second step, in a real browser: from signing in over an app to the page that one wanted."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER
from tests.browser.server import ready
from tests.browser.test_accounts import code_of


@pytest.fixture(scope="module")
def portal(tmp_path_factory, one_first_start):
    with ready(tmp_path_factory.mktemp("second"), STAFF_SECOND_FACTOR="1") as portal:
        yield portal


def begin(open_page, portal, who, **options):
    page = open_page("/admin/careers/role/?q=team", **options)
    page.get_by_label("E-mail").fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(portal.demo_password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("The HR desk asks for a second step.")).to_be_visible()
    return page


def set_up(page):
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Code", exact=True).fill(code_of(page.locator(".secret").inner_text().replace(" ", "")))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes code")).to_have_count(10)


def test_an_editor_sets_up_an_app_on_a_phone_and_goes_on_where_they_wanted(open_page, portal, axe):
    page = begin(open_page, portal, "editor", width=360)
    assert axe(page) == []
    assert not page.evaluate(IS_WIDER)
    page.goto("/roles/team-leader/")
    expect(page.get_by_role("heading", name="Team Leader", exact=True)).to_be_visible()
    page.goto("/admin/careers/role/")
    set_up(page)
    assert axe(page) == []
    page.get_by_role("link", name="Go on to the HR desk").click()
    expect(page).to_have_url(f"{portal.url}/admin/careers/role/")
    expect(page.get_by_role("link", name="Team Leader", exact=True)).to_be_visible()
    assert page.console_errors + page.failed_requests + page.foreign_requests == []


def test_a_publisher_does_so_without_javascript_by_the_keyboard(open_page, portal):
    page = begin(open_page, portal, "publisher", javascript=False)
    set_up(page)
    page.get_by_role("link", name="Go on to the HR desk").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.url}/admin/careers/role/?q=team")
    expect(page.get_by_role("link", name="Team Leader", exact=True)).to_be_visible()
