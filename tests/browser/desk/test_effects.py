"""What follows from an act at the desk, in a real browser: told before, refused with the list, made once more."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER, WIDTHS


@pytest.mark.parametrize("javascript", [True, False])
def test_what_changes_for_readers_is_told_before_a_page_is_taken_offline(desk, javascript):
    page = desk("careers/role/?q=team+leader", javascript=javascript)
    page.get_by_role("link", name="Team Leader", exact=True).click()
    page.get_by_role("link", name="What changes for readers").click()
    expect(page.get_by_role("heading", name="If it is taken offline")).to_be_visible()
    expect(page.get_by_role("heading", name="Moves and routes").first).to_be_visible()
    expect(page.get_by_text("moves are no longer shown").first).to_be_visible()
    page.get_by_role("link", name="Back to the page").click()
    page.get_by_role("link", name="Take offline", exact=True).click()
    expect(page.get_by_role("heading", name="What readers then miss")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("heading", name="Pages that name it")).to_be_visible()
    expect(page.get_by_role("button", name="Take offline instead")).to_be_visible()
    expect(page.get_by_role("button", name="Delete it for good")).to_have_count(0)
    assert page.console_errors + page.failed_requests == []


def test_a_page_is_made_once_more_deleted_and_made_again_without_a_script(desk):
    page = desk("careers/metric/", javascript=False)
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Duplicate").click()
    page.get_by_role("button", name="Make the copy").click()
    name = page.get_by_label("Name").input_value()
    assert name.endswith("(copy)")
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete it for good").click()
    page.get_by_role("link", name="Deleted pages").click()
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name="What it said")).to_be_visible()
    page.get_by_role("button", name="Make it again as a draft").click()
    expect(page.get_by_text(f"“{name}” is a draft again.")).to_be_visible()
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete it for good").click()
    assert page.console_errors + page.failed_requests == []


@pytest.mark.parametrize("javascript", [True, False])
def test_what_else_changes_is_looked_at_before_a_form_and_a_list_publish(desk, javascript):
    """What was typed is in the draft, which is discarded at the end."""
    page, says = desk("careers/role/?q=team+leader", javascript=javascript), "The shortest route takes fewer moves for"
    page.get_by_role("link", name="Team Leader", exact=True).click()
    change = page.url
    page.locator("#id_level").select_option(label="Entry")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("It is saved as a draft. Look at what else changes")).to_be_visible()
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("button", name="Publish it now")).to_be_visible()
    page.goto("/admin/careers/role/?q=team+leader")
    page.get_by_role("checkbox", name="Select Team Leader", exact=True).check()
    page.locator("select[name=action]").select_option(label="Publish the selected pages")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("button", name="Publish them now")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    page.goto(change.replace("/change/", "/do/discard/"))
    page.get_by_role("button", name="Discard the draft").click()
    assert page.console_errors + page.failed_requests == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_on_what_follows_break_no_rule(desk, axe, width):
    page, faults = desk("careers/role/?q=team+leader", width=width), []
    change = page.get_by_role("link", name="Team Leader", exact=True).get_attribute("href")
    about = [change.replace("change/", end) for end in ("impact/", "copy/", "delete/")]
    for path in [*about, "/admin/deleted-pages/"]:
        page.goto(path)
        faults += [f"{path}: {text}" for text in page.console_errors + page.failed_requests]
        faults += [f"{path}: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
        if page.evaluate(IS_WIDER):
            faults.append(f"{path}: scrolls sideways")
        page.console_errors.clear()
    page.goto("/admin/careers/role/")
    page.locator("#result_list tbody .action-select").first.check()
    page.locator("select[name=action]").select_option(label="Take the selected pages offline")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("button", name="Take them offline")).to_be_visible()
    faults += [f"many: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
    if page.evaluate(IS_WIDER):
        faults.append("many: scrolls sideways")
    assert not faults, "\n".join(faults)
