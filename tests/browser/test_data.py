"""Your data in a real browser: taken away, shown to somebody else, deleted; with JavaScript off; no broken rule."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, cookies_of, scrolls_sideways
from tests.browser.test_accounts import PASSWORD, faults_of, sign_in, sign_up

OWN = ["/me/data/", "/me/shares/", "/me/shares/add/", "/me/data/delete/"]


def account(open_page, name, **options):
    """A page on which somebody new is signed in and has said their name."""
    page = open_page("about:blank", **options)
    email = f"{name.lower()}@data.example.org"
    sign_up(page, email)
    sign_in(page)
    page.goto("/me/profile/about/")
    page.get_by_label("What should we call you?").fill(name)
    page.locator("main form button[type=submit]").first.click()
    return page


def make_link(page, *labels, whom):
    page.goto("/me/shares/")
    page.get_by_role("link", name="Make a link").click()
    for label in labels:
        page.get_by_label(label).check()
    page.get_by_label("Whom it is for").fill(whom)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("The link is ready.")).to_be_visible()
    return page.get_by_label("Its address").first.input_value()


def files_in(download):
    with zipfile.ZipFile(io.BytesIO(Path(download.path()).read_bytes())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_everything_comes_along_in_one_file(open_page):
    page = account(open_page, "Ravi")
    page.goto("/me/data/")
    with page.expect_download() as expected:
        page.get_by_role("link", name="Download everything").click()
    assert expected.value.suggested_filename.startswith("bpo-careers-")
    files = files_in(expected.value)
    assert json.loads(files["profile.json"])["profile"]["display_name"] == "Ravi"
    assert json.loads(files["resume.json"])["basics"]["name"] == "Ravi"
    assert "profile.schema.json" in files["README.txt"]
    assert faults_of(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_shared_page_opens_elsewhere_until_it_is_closed(open_page, javascript):
    page = account(open_page, f"Meera{javascript}", javascript=javascript)
    address = make_link(page, "About me: name, role, experience, education", whom="A recruiter")
    assert page.get_by_role("button", name="Copy link").is_visible() == javascript
    elsewhere = open_page(address, javascript=javascript)
    assert elsewhere.response.status == 200
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text(f"Meera{javascript}")
    assert cookies_of(elsewhere) == set()
    assert faults_of(elsewhere) == []
    page.reload()
    expect(page.get_by_text("Last opened on")).to_be_visible()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("“A recruiter” is closed.")).to_be_visible()
    assert elsewhere.reload().status == 404
    expect(elsewhere.get_by_role("heading", name="This link does not open")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("You share nothing.")).to_be_visible()


def test_the_link_is_copied_and_said_so(open_page):
    page = account(open_page, "Tara")
    address = make_link(page, "Certificates", whom="Me")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_a_shared_page_goes_on_paper_whole(open_page):
    page = account(open_page, "Anil")
    address = make_link(page, "About me: name, role, experience, education", "Certificates", whom="Paper")
    page.goto(address)
    page.emulate_media(media="print")
    assert page.locator(".site-header").is_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Certificates")).to_be_visible()


def assert_only_what_is_said_stays(page):
    """Of cookies, on the page that says what stays: read whole, its scripts too."""
    page.wait_for_load_state("load")
    there = {cookie["name"] for cookie in page.context.cookies()}
    assert there <= set(page.locator("main li b").all_inner_texts())


@pytest.mark.parametrize("javascript", [True, False])
def test_an_account_is_deleted_after_its_password(open_page, javascript):
    name = f"Nina{javascript}"
    page = account(open_page, name, javascript=javascript)
    address = make_link(page, "Certificates", whom="Somebody")
    page.goto("/me/data/")
    page.get_by_role("link", name="See what would be deleted").click()
    page.get_by_label("Your password").fill("not this one")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("That is not your password").first).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    assert_only_what_is_said_stays(page)
    page.goto("/me/data/")
    expect(page.get_by_text("Nothing is kept about you.", exact=True)).to_be_visible()
    assert page.goto(address).status == 404
    page.goto("/account/login/")
    sign_in(page, f"{name.lower()}@data.example.org")
    expect(page.get_by_text("do not fit together").first).to_be_visible()


def test_a_guest_deletes_what_is_kept_for_the_browser(open_page):
    page = open_page("/me/profile/about/")
    page.get_by_label("What should we call you?").fill("Guest")
    page.locator("main form button[type=submit]").first.click()
    page.goto("/me/data/")
    expect(page.get_by_text("Kept on this browser only.")).to_be_visible()
    page.get_by_role("link", name="See what would be deleted").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", name="Everything is deleted")).to_be_visible()
    assert_only_what_is_said_stays(page)
    page.goto("/me/data/")
    expect(page.get_by_text("Nothing is kept about you.", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_breaks_a_rule(open_page, axe, width):
    page = account(open_page, f"Asha{width}", width=width)
    make_link(page, "About me: name, role, experience, education", "Skills, with how each is known", whom="x" * 80)
    address = make_link(page, *SECTIONS, whom="")
    stranger = open_page("/me/data/", width=width)
    faults = [*looked_at(stranger, axe, ["/me/data/", "/me/shares/", address, "/shared/nothing/"])]
    assert faults + looked_at(page, axe, OWN) == []
    page.goto("/me/shares/add/")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults_on(page, axe) == []


SECTIONS = [
    "About me: name, role, experience, education",
    "Working life: shifts, work types, place, languages",
    "Skills, with how each is known",
    "Certificates",
    "Where I want to go",
]


def looked_at(page, axe, addresses):
    found = []
    for address in addresses:
        page.goto(address)
        found += faults_on(page, axe)
    return found


def faults_on(page, axe):
    size = page.viewport_size
    # As high as the page, or the bar at the bottom of a phone covers what axe measures.
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    found = [f"{page.url}: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
    page.set_viewport_size(size)
    if scrolls_sideways(page):
        found.append(f"{page.url}: scrolls sideways")
    return found
