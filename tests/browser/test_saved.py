"""Saving roles as people do it: with and without JavaScript, in two tabs, back and forth, by keyboard."""

import re
from functools import partial

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways


def press(page, title):
    page.get_by_role("button", name=f"Save {title}", pressed=False).click()


def is_saved(page, title):
    button = page.get_by_role("button", name=f"Save {title}", pressed=True)
    expect(button).to_have_text("Saved")
    return button


def count(page):
    return page.locator("#saved-count")


IS_SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-added, .htmx-settling')"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("path", ["/", "/roles/", "/roles/data-entry-operator/", "/search/?q=data+entry"])
def test_a_visitor_saves_where_they_are(open_page, path, javascript):
    page = open_page(path, javascript=javascript)
    press(page, "Data Entry Operator")
    is_saved(page, "Data Entry Operator")
    expect(count(page)).to_contain_text("1")
    expect(page.get_by_text("an account keeps it safe").first).to_be_visible()
    assert page.url.partition("#")[0].endswith(path)
    for other in ("/", "/roles/", "/roles/team-leader/", "/me/saved/", "/skills/"):
        page.goto(other)
        expect(count(page)).to_contain_text("1")
    assert page.console_errors == []
    assert page.failed_requests == []


def test_saving_says_so_and_keeps_the_focus(open_page):
    page = open_page("/roles/team-leader/")
    button = page.get_by_role("button", name="Save Team Leader")
    button.focus()
    button.press("Enter")
    expect(page.locator("#said-team-leader")).to_have_attribute("role", "status")
    expect(page.locator("#said-team-leader")).to_contain_text("Saved. Kept on this browser only")
    expect(is_saved(page, "Team Leader")).to_be_focused()
    page.wait_for_function(IS_SETTLED)  # until then the new button sends a plain form, which leads to a whole page
    page.keyboard.press("Enter")
    expect(page.locator("#said-team-leader")).to_have_text("Removed from your saved roles.")
    expect(page.get_by_role("button", name="Save Team Leader", pressed=False)).to_be_focused()
    expect(count(page)).to_have_text("")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_second_save_on_a_page_from_before_the_session(open_page, javascript):
    page = open_page("/roles/", javascript=javascript)
    old = page.context.new_page()
    old.goto("/roles/")
    press(page, "Team Leader")
    is_saved(page, "Team Leader")
    press(old, "Quality Analyst")
    is_saved(old, "Quality Analyst")
    old.goto("/me/saved/")
    expect(old.locator(".saved-role")).to_have_count(2)


def test_two_quick_saves_of_a_new_visitor_are_one_guest(open_page):
    page = open_page("/roles/")
    page.evaluate("""() => {
        for (const slug of ["team-leader", "quality-analyst", "process-trainer"])
            document.getElementById(`save-${slug}`).click();
    }""")
    for title in ("Team Leader", "Quality Analyst", "Process Trainer"):
        is_saved(page, title)
    page.goto("/me/saved/")
    expect(page.locator(".saved-role")).to_have_count(3)


def test_another_tab_shows_it_too(open_page):
    page = open_page("/roles/")
    other = page.context.new_page()
    other.goto("/roles/team-leader/")
    press(page, "Team Leader")
    is_saved(other, "Team Leader")
    expect(count(other)).to_contain_text("1")


def test_removing_is_shown_in_another_tab_and_reading_notes_nothing(open_page):
    page = open_page("/roles/team-leader/")
    noted = "localStorage.getItem('saved-roles-changed')"
    page.goto("/me/saved/")
    assert page.evaluate(noted) is None
    page.goto("/roles/team-leader/")
    press(page, "Team Leader")
    is_saved(page, "Team Leader")
    before = page.evaluate(noted)
    other = page.context.new_page()
    other.goto("/me/saved/")
    assert other.evaluate(noted) == before
    other.get_by_role("button", name="Remove Team Leader").click()
    expect(page.locator("#save-team-leader")).to_have_attribute("aria-pressed", "false")
    other.get_by_role("button", name="Undo").click()
    is_saved(page, "Team Leader")
    before = page.evaluate(noted)
    other.reload()
    assert other.evaluate(noted) == before


def test_going_back_shows_the_truth(open_page):
    page = open_page("/roles/")
    page.goto("/roles/team-leader/")
    press(page, "Team Leader")
    is_saved(page, "Team Leader")
    page.go_back()
    is_saved(page, "Team Leader")
    expect(count(page)).to_contain_text("1")


def test_filters_and_buttons_live_beside_each_other(open_page):
    page = open_page("/roles/")
    press(page, "Team Leader")
    is_saved(page, "Team Leader")
    page.get_by_label(re.compile("^Lead")).check()
    expect(page.locator("#results .role-card-title")).to_have_text(["Team Leader"])
    is_saved(page, "Team Leader").click()
    expect(page.get_by_role("button", name="Save Team Leader", pressed=False)).to_be_visible()
    expect(page).to_have_url(re.compile("level=lead"))


@pytest.mark.parametrize("javascript", [True, False])
def test_groups_notes_removing_and_undoing(open_page, javascript):
    page = open_page("/roles/", javascript=javascript)
    press(page, "Team Leader")
    is_saved(page, "Team Leader")
    page.goto("/me/saved/")
    page.locator("summary", has_text="New group").click()
    page.get_by_label("Name of the group").fill("Near home")
    page.get_by_role("button", name="Make the group").click()
    page.get_by_role("link", name="Note and group of Team Leader").click()
    page.get_by_role("combobox", name="Group").select_option("Near home")
    page.get_by_label("Note").fill("Ask Priya.\nTwice.")
    page.get_by_role("button", name="Save note and group").click()
    group = page.get_by_role("region", name="Near home")
    expect(group.locator(".saved-note")).to_contain_text("Ask Priya.")
    page.get_by_role("button", name="Remove Team Leader").click()
    expect(page.get_by_text("Team Leader is removed.")).to_be_visible()
    expect(page.locator(".saved-role")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(group.locator(".saved-note")).to_contain_text("Ask Priya.")
    page.get_by_role("link", name="Rename or delete the group Near home").click()
    page.get_by_role("button", name="Delete the group").click()
    expect(page.locator(".saved-note")).to_contain_text("Ask Priya.")
    assert page.console_errors == []


def test_comparing_from_the_list(open_page):
    page = open_page("/roles/")
    for title in ("Team Leader", "Quality Analyst"):
        press(page, title)
        is_saved(page, title)
    page.goto("/me/saved/")
    page.get_by_role("button", name="Compare the chosen").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose two roles at least")
    page.get_by_label("Compare Team Leader").check()
    page.get_by_label("Compare Quality Analyst").check()
    page.get_by_role("button", name="Compare the chosen").click()
    expect(page.get_by_role("columnheader", name="Quality Analyst")).to_be_visible()


def test_the_name_of_the_button_stays_and_holds_the_word_on_it(open_page, axe):
    page = open_page("/roles/")
    button, names = page.locator("#save-team-leader"), set()
    for word in ("Save", "Saved"):
        expect(button).to_have_text(word)
        name = button.get_attribute("aria-label")
        assert word.casefold() in name.casefold().split()
        names.add(name)
        assert axe(page, rules=["label-content-name-mismatch"]) == []
        button.click()
    assert len(names) == 1


def test_without_a_connection_it_says_so(open_page):
    page = open_page("/roles/team-leader/")
    page.context.set_offline(True)
    press(page, "Team Leader")
    expect(page.locator("#said-team-leader")).to_contain_text("Not saved.")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_accessible_empty_and_full(open_page, axe, width):
    page = open_page("/me/saved/", width=width, height=3000)
    assert axe(page) == []
    page.goto("/roles/")
    for title in ("Team Leader", "Quality Analyst"):
        press(page, title)
        is_saved(page, title)
    page.set_viewport_size({"width": width, "height": 8000})
    assert axe(page) == []
    page.goto("/me/saved/")
    page.locator("summary", has_text="New group").click()
    page.get_by_label("Name of the group").fill("Near home, " + "averylongword" * 3)
    page.get_by_role("button", name="Make the group").click()
    page.get_by_role("link", name="Note and group of Team Leader").click()
    page.get_by_label("Note").fill("https://example.org/" + "long" * 100)
    assert axe(page) == []
    page.get_by_role("button", name="Save note and group").click()
    page.get_by_role("button", name="Remove Quality Analyst").click()
    expect(page.get_by_text("Quality Analyst is removed.")).to_be_visible()
    page.locator("summary", has_text="New group").click()
    assert axe(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("link", name="Rename or delete the group").click()
    page.get_by_label("Name of the group").fill("")
    page.get_by_role("button", name="Rename the group").click()
    expect(page.get_by_role("alert")).to_contain_text("One thing to fix")
    assert axe(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_that_come_between_are_accessible(open_page, axe, portal, width):
    page = open_page("/", width=width, height=2000)
    save = f"{portal.url}/roles/team-leader/save/"
    answers = {
        "Save Team Leader?": page.request.post(save).text(),  # sends nothing that a browser vouches with
        "That came from another site": page.request.post(save, headers={"Sec-Fetch-Site": "cross-site"}).text(),
        "Too many at once": in_the_clothes_of(page.content(), render_to_string("careers/web/too_many.html")),
    }
    for heading, text in answers.items():
        page.route(save, partial(answer, text=text))
        page.goto(save)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert axe(page) == [], heading
        assert not scrolls_sideways(page)
        page.unroute(save)


def answer(route, *, text):
    route.fulfill(body=text, content_type="text/html")


def in_the_clothes_of(page, text):
    """A page that takes a hundred visitors to see, made by hand: with the head of a page of the server."""
    head = page[: page.index("</head>")]
    return head + text[text.index("</head>") :]


def test_buttons_are_large_enough_to_touch(open_page):
    page = open_page("/roles/", width=320, touch=True)
    for target in page.locator("#results .btn-save, #results .above-link").all():
        assert target.bounding_box()["height"] >= 44
    page.locator("#save-team-leader").tap()
    is_saved(page, "Team Leader")
    assert page.url.endswith("/roles/"), "the card below was not opened"


@pytest.mark.parametrize("javascript", [True, False])
def test_two_taps_make_one_group_and_are_told_once_that_it_is_made(open_page, javascript):
    page = open_page("/me/groups/add/", javascript=javascript)
    page.get_by_label("Name").fill("Near home")
    page.get_by_role("button", name="Make the group").dblclick()
    expect(page.get_by_text("The group “Near home” is made.")).to_have_count(1)
    expect(page.get_by_role("heading", level=2).filter(has_text="Near home")).to_have_count(1)
    expect(page.get_by_text("already")).to_have_count(0)
    assert page.console_errors + page.failed_requests == []
