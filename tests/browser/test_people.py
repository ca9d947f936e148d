"""A visitor becomes a person with an account: nothing is asked at first, and nothing is lost on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways
from tests.browser.server import ready

PASSWORD = "a bus to the night shift"
ROLES = ["Customer Service Executive", "Data Entry Operator"]


@pytest.fixture(scope="module")
def mail_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def sending(tmp_path_factory, mail_folder):
    """A portal that sends e-mail, so that addresses have to be confirmed. Its mails arrive in `mail_folder`."""
    with ready(tmp_path_factory.mktemp("sending"), EMAIL_URL=f"filemail:///{mail_folder}") as portal:
        yield portal


@pytest.fixture
def visit(sending, browser):
    """`visit("/roles/")` in a browser that has never been there."""
    contexts = []

    def visit(path, **options):
        contexts.append(browser.new_context(base_url=sending.url, **options))
        contexts[-1].add_cookies([{"name": "time_zone", "value": "UTC", "url": sending.url}])  # else it is asked first
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)  # milliseconds
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()


def link_to(email, mail_folder):
    """The link of the newest mail to that address."""
    texts = [path.read_text() for path in sorted(mail_folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)]
    mail = next(text for text in reversed(texts) if f"To: {email}" in text)
    return re.search(r"https?://\S+", mail.replace("=\n", ""))[0]


def save(page, title):
    page.get_by_role("button", name=f"Save {title}").click()
    expect(page.locator("article", has_text=title).get_by_role("button", name="Save", pressed=True)).to_be_visible()


def sign_up(page, email):
    page.goto("/me/")
    page.get_by_role("link", name="Create one").first.click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()


def sign_in(page, email):
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_guest_did_is_there_after_signing_up_and_on_a_second_browser(visit, mail_folder, javascript):
    email = f"asha{javascript:d}@example.org"
    page = visit("/roles/", java_script_enabled=javascript)
    for title in ROLES:
        save(page, title)
    page.goto("/me/profile/about/")
    page.get_by_label("What should we call you?").fill("Asha")
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_url(re.compile("working-life"))

    sign_up(page, email)
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(link_to(email, mail_folder))
    page.get_by_role("button", name="Confirm this address").click()
    page.wait_for_url("**/me/")  # signed in, as it is the browser that signed up
    expect(page.locator("main").get_by_text(email, exact=True)).to_be_visible()
    expect(page.get_by_text("Kept on this browser only.")).to_have_count(0)
    everything_is_there(page)

    second = visit("/", java_script_enabled=javascript)
    save_and_merge(second, email)
    everything_is_there(second)
    expect(second.get_by_role("link", name="Team Leader", exact=True)).to_be_visible()


def save_and_merge(page, email):
    """A guest on another device signs in, and says that both have been the same person all along."""
    page.goto("/roles/?q=team+leader")
    save(page, "Team Leader")
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Is this yours?")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="My plan")).to_be_visible()


def everything_is_there(page):
    page.goto("/me/profile/about/")
    expect(page.get_by_label("What should we call you?")).to_have_value("Asha")
    page.goto("/me/saved/")
    for title in ROLES:
        expect(page.get_by_role("link", name=title, exact=True).first).to_be_visible()


def test_somebody_who_confirms_elsewhere_signs_in_here_and_finds_all(visit, mail_folder):
    page = visit("/roles/")
    save(page, ROLES[0])
    sign_up(page, "elsewhere@example.org")
    phone = visit(link_to("elsewhere@example.org", mail_folder))
    phone.get_by_role("button", name="Confirm this address").click()
    sign_in(page, "elsewhere@example.org")
    page.goto("/me/saved/")
    expect(page.get_by_role("link", name=ROLES[0], exact=True).first).to_be_visible()


def test_before_it_is_confirmed_nobody_is_signed_in(visit):
    page = visit("/me/")
    sign_up(page, "never@example.org")
    sign_in(page, "never@example.org")
    page.goto("/me/")
    expect(page.get_by_text("never@example.org")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_my_plan_breaks_no_rule(visit, axe, width):
    page = visit("/me/", viewport={"width": width, "height": 800})
    faults = check(page, axe)
    page.goto("/roles/")
    save(page, ROLES[0])
    page.goto("/me/profile/target/")
    page.get_by_role("combobox").select_option(label="Team Leader")
    page.get_by_role("button", name="Save").click()
    page.goto("/me/")
    expect(page.get_by_text("Team Leader").first).to_be_visible()
    assert faults + check(page, axe) == []


def check(page, axe):
    """As high as the page, or the bar at the bottom of a phone covers what axe measures."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    faults = [f"{fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
    if scrolls_sideways(page):
        faults.append("scrolls sideways")
    page.set_viewport_size(size)
    return faults
