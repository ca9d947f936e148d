"""Accounts in a real browser: up, in and out, passkeys, codes of an app; with JavaScript off; no broken rule."""

import itertools
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER, WIDTHS, scrolls_sideways

PASSWORD = "a passphrase of my own"
OUTSIDE = ["login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "password/reset/key/1-x/"]
INSIDE = ["reauthenticate/", "email/", "password/change/", "logout/"]
INSIDE += ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_up(page, email):
    page.goto("/account/signup/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_text("If this address was new here, your account is ready.")).to_be_visible()


def sign_in(page, email=None):
    if email:
        page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def code_of(secret, *, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def faults_of(page):
    return page.console_errors + page.failed_requests + page.foreign_requests


@pytest.mark.parametrize("javascript", [True, False])
def test_up_in_and_out(open_page, javascript):
    page = open_page("/", javascript=javascript)
    email = f"javascript-{javascript}@example.org".lower()
    sign_up(page, email)
    expect(page.get_by_label("E-mail")).to_have_value(email)
    sign_in(page)
    page.wait_for_url("**/me/**")
    page.goto("/account/email/")
    expect(page.locator("main").get_by_text(email)).to_be_visible()
    sign_out(page)
    assert faults_of(page) == []


def test_a_form_that_was_open_while_one_signed_out_loses_nothing(open_page):
    page = open_page("/account/signup/", javascript=False, width=360)
    sign_up(page, email := "a.very.long.address.of.asha@lost-forms.example.org")
    sign_in(page)
    page.goto("/me/profile/about/")
    page.get_by_label("What should we call you?").fill("Asha <Rao>")
    sign_out(page.context.new_page())
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("Asha <Rao>", exact=True)).to_be_visible()
    with page.context.expect_page() as beside:
        page.get_by_role("link", name="sign in first").click()
    sign_in(beside.value, email)
    expect(beside.value.get_by_role("heading", name="You are signed in")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("heading", name="You are signed in. Send it now?")).to_be_visible()
    expect(page.locator("main").get_by_text(email)).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Send it again").click()
    page.goto("/me/profile/")
    expect(page.get_by_text("Asha <Rao>").first).to_be_visible()
    assert not scrolls_sideways(page)


def overlaps(locator):
    """Whether any two of them, which stand in one row, touch."""
    boxes = sorted((box["x"], box["x"] + box["width"]) for box in (one.bounding_box() for one in locator.all()))
    return any(end > begin for (_, end), (begin, _) in itertools.pairwise(boxes))


@pytest.mark.parametrize("width", [360, 992, 1280])
def test_the_way_to_sign_in_is_on_every_page_and_leads_back(open_page, width):
    page = open_page("/roles/?level=lead", width=width, javascript=False)
    if width < 992:
        page.get_by_text("Menu", exact=True).click()
    page.locator("header").get_by_role("link", name="Sign in").locator("visible=true").click()
    sign_up(page, email := f"{'a.very.long.name.' * 2}{width:05}@header.of.example.org")
    page.goto("/account/login/?next=/roles/%3Flevel%3Dlead")
    sign_in(page, email)
    assert page.url.endswith("/roles/?level=lead")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".site-own .count")).to_have_text("1 saved")
    assert not scrolls_sideways(page)
    for wide in {360: [360], 992: [992, 1100, 1199], 1280: [1200, 1280, 1399, 1400]}[width]:
        page.set_viewport_size({"width": wide, "height": 800})
        assert not page.evaluate(IS_WIDER), wide
        assert page.locator("header").bounding_box()["height"] < 80, wide
        if wide > 991:
            assert page.locator(".site-own .account-name").bounding_box()["width"] > 40, wide
            assert not overlaps(page.locator(".site-bar a:visible")), wide
    page.set_viewport_size({"width": width, "height": 800})
    if width < 992:
        page.get_by_text("Menu", exact=True).click()
    page.locator("header").get_by_role("link", name=email).locator("visible=true").click()
    expect(page.get_by_role("heading", name="Your e-mail")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Delete")).to_be_visible()


def test_work_of_a_guest_stays_theirs_until_somebody_says_so_without_a_script(open_page, axe):
    page = open_page("/account/signup/", javascript=False, width=360)
    expect(page.get_by_role("button", name="Show password")).to_have_count(0)
    sign_up(page, "asked@example.org")
    page.goto("/roles/team-leader/")
    page.get_by_role("button", name="Save").first.click()
    page.goto("/account/login/?next=/roles/")
    sign_in(page, "asked@example.org")
    page.goto("/me/saved/")
    expect(page.locator("main").get_by_text("Team Leader")).to_have_count(0)
    page.get_by_role("link", name="Say whether it is yours").click()
    expect(page.get_by_role("heading", name="Is this yours?")).to_be_visible()
    expect(page.get_by_text("Team Leader")).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Leave it on this browser").click()
    sign_out(page)
    page.goto("/me/saved/")
    expect(page.get_by_role("link", name="Team Leader", exact=True)).to_be_visible()
    page.goto("/account/login/")
    sign_in(page, "asked@example.org")
    page.goto("/me/data/")
    page.get_by_role("link", name="See it, bring it in or delete it").click()
    page.get_by_role("button", name="Bring it in").click()
    page.goto("/me/saved/")
    expect(page.get_by_role("link", name="Team Leader", exact=True)).to_be_visible()
    assert faults_of(page) == []


def test_a_password_can_be_shown_by_keyboard(open_page):
    page = open_page("/account/signup/")
    password = page.get_by_label("Password", exact=True)
    password.fill(PASSWORD)
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Show password")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(password).to_have_attribute("type", "text")
    page.keyboard.press("Space")
    expect(password).to_have_attribute("type", "password")
    assert faults_of(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_app_protects_the_account(open_page, javascript):
    page = open_page("/", javascript=javascript)
    email = f"app-{javascript}@example.org".lower()
    sign_up(page, email)
    sign_in(page)
    page.goto("/account/2fa/totp/activate/")
    expect(page.get_by_role("img", name="Code to scan")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".field-error")).to_contain_text("That code is not right")
    assert page.locator(".secret").inner_text().replace(" ", "") == secret, "the app need not scan again"
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator(".codes code").first.inner_text()
    sign_out(page)
    page.goto("/account/login/")
    sign_in(page, email)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(code_of(secret, later=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/me/**")
    sign_out(page)
    page.goto("/account/login/")
    sign_in(page, email)
    page.get_by_label("Code", exact=True).fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/me/**")
    assert faults_of(page) == []


def test_a_passkey_signs_in_without_a_password(open_page, portal):
    page = open_page(portal.url.replace("127.0.0.1", "localhost") + "/account/signup/")
    base = page.url.removesuffix("/account/signup/")
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.get_by_label("E-mail").fill("passkey@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    sign_in(page)
    page.goto(f"{base}/account/2fa/webauthn/add/")
    page.get_by_label("Name").fill("My 😀 phone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{base}/account/2fa/webauthn/")
    expect(page.get_by_role("heading", name="My 😀 phone")).to_be_visible()
    page.goto(f"{base}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{base}/account/login/?next=/roles/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{base}/roles/")
    page.goto(f"{base}/account/2fa/webauthn/")
    expect(page.get_by_text("Signs you in without your password.")).to_be_visible()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    assert page.console_errors + page.failed_requests == []


def test_a_passkey_is_the_second_step_too(open_page, portal):
    page = open_page(portal.url.replace("127.0.0.1", "localhost") + "/account/signup/")
    base = page.url.removesuffix("/account/signup/")
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.get_by_label("E-mail").fill("second@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    sign_in(page)
    page.goto(f"{base}/account/2fa/webauthn/add/")
    page.get_by_label("Let it sign me in without my password").uncheck()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{base}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{base}/account/login/")
    sign_in(page, "second@example.org")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/me/**")
    assert page.console_errors + page.failed_requests == []


def test_where_passkeys_cannot_work_the_page_says_why(open_page):
    page = open_page("/account/login/")
    expect(page.get_by_text("Passkeys need a name in the address bar.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page = open_page("/account/login/", javascript=False)
    expect(page.get_by_text("Passkeys need JavaScript, which does not run in this browser.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_account_pages_break_no_rule(open_page, axe, width):
    page = open_page("/account/login/", width=width, height=2400)
    faults = looked_at(page, axe, OUTSIDE)
    page.goto("/account/signup/")
    page.get_by_label("E-mail").fill("not one")
    page.locator("form").filter(has=page.get_by_label("Password")).evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Create the account").click()
    faults += looked_at(page, axe, [None])
    sign_up(page, f"rules-{width}@example.org")
    sign_in(page)
    faults += looked_at(page, axe, INSIDE)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_second_step_break_no_rule(open_page, axe, portal, width):
    base = portal.url.replace("127.0.0.1", "localhost")  # no passkey works under a number
    page = open_page(f"{base}/account/signup/", width=width, height=2400)
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.get_by_label("E-mail").fill(f"second-rules-{width}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    sign_in(page)
    faults = []

    def look(heading, path=""):
        if path:
            page.goto(f"{base}{path}")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        faults.extend(looked_at(page, axe, [None]))

    page.goto(f"{base}/account/2fa/webauthn/add/")
    page.get_by_label("Name").fill("A phone with a name as long as a name may be, to see it wrap")
    page.get_by_label("Let it sign me in without my password").uncheck()
    page.get_by_role("button", name="Add the passkey").click()
    look("Recovery codes")
    look("Make new codes?", "/account/2fa/recovery-codes/generate/")
    look("Your passkeys", "/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    look("Rename this passkey")
    page.goto(f"{base}/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    look("Remove this passkey?")
    page.goto(f"{base}/account/email/")
    page.get_by_label("New e-mail").fill(f"another-address-of-mine-{width}@example.org")
    page.get_by_role("button", name="Change the address").click()
    look("waits to be confirmed")
    page.goto(f"{base}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{base}/account/login/")
    sign_in(page, f"second-rules-{width}@example.org")
    look("One more step")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_that_keeps_readers_from_the_desk_breaks_no_rule(open_page, axe, width):
    page = open_page("/", width=width)
    sign_up(page, f"reader-{width}@example.org")
    sign_in(page)
    page.wait_for_url("**/me/**")
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="The HR desk is for editors")).to_be_visible()
    page.console_errors.clear(), page.failed_requests.clear()  # it is answered with 403
    faults = looked_at(page, axe, [None])
    assert not faults, "\n".join(faults)


def looked_at(page, axe, paths):
    faults = []
    for path in paths:
        if path:
            page.goto(f"/account/{path}")
        shown = re.sub(r"^.*?//[^/]*", "", page.url)
        # Before axe, which styles elements itself while it measures.
        faults += [f"{shown}: {text}" for text in faults_of(page)]
        faults += [f"{shown}: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
        if scrolls_sideways(page):
            faults.append(f"{shown}: scrolls sideways")
        page.console_errors.clear()
    return faults
