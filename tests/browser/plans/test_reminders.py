"""How somebody chooses their reminders: with the browser's time zone offered, and told what is wrong."""

from playwright.sync_api import expect

from tests.browser.looks import scrolls_sideways


def reminders_of_a_guest(open_page, **options):
    """Who has nothing chooses nothing: somebody who has saved a role."""
    page = open_page("/roles/team-leader/", **options)
    page.get_by_role("button", name="Save Team Leader").click()
    page.wait_for_load_state("networkidle")
    page.goto("/me/reminders/")
    return page


def test_reminders_are_chosen_and_what_is_wrong_is_said(open_page, axe):
    page = reminders_of_a_guest(open_page, width=360, scheme="dark")
    page.set_viewport_size({"width": 360, "height": 4000})
    page.get_by_label("Before an exam").fill("soon")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("You wrote “soon”.")
    assert not scrolls_sideways(page)
    assert axe(page) == []

    offer = page.locator("#zone-suggestion")
    if offer.is_visible():  # a browser in UTC offers it, too
        zone = offer.locator("strong").inner_text()
        offer.get_by_role("button").click()
        expect(page.get_by_label("Your time zone").locator("option:checked")).to_have_text(zone)
        expect(offer).to_be_hidden()
    page.get_by_label("Before an exam").fill("3")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Before an exam")).to_have_value("3")


def test_reminders_are_chosen_without_scripts(open_page):
    page = reminders_of_a_guest(open_page, javascript=False)
    page.get_by_label("As a note on").uncheck()
    page.get_by_label("Your time zone").select_option("Asia/Manila")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("As a note on")).not_to_be_checked()
    expect(page.get_by_label("Your time zone")).to_have_value("Asia/Manila")
    expect(page.locator("#zone-suggestion")).to_be_hidden()
