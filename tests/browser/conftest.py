"""Real Chromium against the real server. Fixtures: portal, browser, open_page, demo, desk, axe, wire_bytes."""

import os
from functools import wraps
from pathlib import Path

import pytest
from playwright.sync_api import Locator, sync_playwright

from tests.browser import server
from tests.browser.server import ready
from tests.services import chromium

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Colours are measured where they arrive, not on their way from another scheme.
SETTLE = "() => document.getAnimations().forEach(one => one.effect.getTiming().iterations < Infinity && one.finish())"
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
RUN_AXE = """async ([asked, without]) => {
    const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
    const found = await axe.run(document, {runOnly: asked, rules, resultTypes: ["violations"]});
    return found.violations.map(v => ({
        rule: v.id, help: v.help, where: v.nodes.map(n => n.target.join(" ")), why: v.nodes[0].failureSummary}));
}"""
HAS_AXE = "() => typeof axe === 'object'"
NEW_PASSWORD = "a passphrase of my own"
CUT_OFF = "net::ERR_ABORTED"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# The browser draws its own bar as a page and starts processes ahead of need, which takes longer than a page of ours.
# The last list counts, so that Playwright's own stands in it again.
WITHOUT = (
    "AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning,Translate,"
    "InitialWebUI,PreloadTopChromeWebUI,SpareRendererForSitePerProcess,WebUIBackForwardButton,WebUIHomeButton,"
    "WebUILocationBar,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxPopup,WebUIReloadButton,"
    "WebUISplitTabsButton,WebUITabStrip,WebUIToolbar"
)


@pytest.fixture(scope="session", autouse=True)
def one_first_start(tmp_path_factory):
    """For all of the processes that test side by side."""
    folder = tmp_path_factory.getbasetemp()
    server.PREPARED = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "prepared"


@pytest.fixture(scope="session")
def portal(tmp_path_factory, one_first_start):
    """The server of this test run, with the guide loaded: .url, .folder, .said and how the publisher signs in."""
    with ready(folder := tmp_path_factory.mktemp("portal")) as portal:
        portal.folder = folder
        yield portal


@pytest.fixture(scope="session")
def browser():
    # Chromium's sandbox does not work for root.
    root = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*QUIET, *root, f"--disable-features={WITHOUT}"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def steps_end_on_a_whole_page():
    """A click or a key that leads to another page returns when that page is there, not when its first byte is."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("click", "press"):
            patch.setattr(Locator, name, waits_for_page(getattr(Locator, name)))
        yield


def waits_for_page(step):
    @wraps(step)
    def and_wait(locator, *args, **options):
        step(locator, *args, **options)
        locator.page.wait_for_load_state()

    return and_wait


@pytest.fixture
def open_page(portal, browser):
    """`open_page("/roles/", width=360)`: the page in a browser that has never been here.

    The page notes what went wrong on it: `console_errors`, `failed_requests` (those answered 400 and up included)
    and `foreign_requests` (to any other host), lists of text. `response` is the answer to the page itself.
    """
    contexts = []

    def open_page(path, *, width=1280, scheme="light", javascript=True, height=800, touch=False, zone=None):
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            has_touch=touch,
            timezone_id=zone,
        )
        if zone is None:  # known, as after the first own page
            context.add_cookies([{"name": "time_zone", "value": "UTC", "url": portal.url}])
        context.set_default_timeout(10_000)  # milliseconds: a page that takes longer is at fault
        contexts.append(context)
        page = context.new_page()
        take_notes(page, portal.url)
        page.response = page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def take_notes(page, own_url):
    page.console_errors, page.failed_requests, page.foreign_requests = [], [], []
    page.on("console", lambda message: message.type == "error" and page.console_errors.append(message.text))
    page.on("pageerror", lambda error: page.console_errors.append(str(error)))
    # A request that a next page cut off is no fault.
    page.on("requestfailed", lambda r: r.failure != CUT_OFF and page.failed_requests.append(f"{r.url}: {r.failure}"))
    page.on("response", lambda r: r.status >= 400 and page.failed_requests.append(f"{r.url}: {r.status}"))
    page.on("request", lambda request: is_foreign(request.url, own_url) and page.foreign_requests.append(request.url))


def is_foreign(url, own_url):
    return not url.startswith((f"{own_url}/", f"{by_name(own_url)}/", "data:", "blob:", "about:"))


def by_name(url):
    """The same server: passkeys work under a name only."""
    return url.replace("127.0.0.1", "localhost")


@pytest.fixture
def desk(portal, open_page, demo):
    """`desk("careers/role/")`: a page of the HR desk, signed in as the first publisher, once for all tests.

    `desk("careers/role/", who="editor")` is the editor among the demo people.
    """

    def desk(path, *, who="", **options):
        if who not in portal.desk_cookies:
            portal.desk_cookies[who] = cookies_as(who)
        page = open_page("about:blank", **options)
        page.context.add_cookies(portal.desk_cookies[who])
        page.response = page.goto(f"/admin/{path}")
        return page

    def cookies_as(who):
        if who:
            return demo(who, "/admin/").context.cookies()
        page = open_page("/admin/")
        page.get_by_label("E-mail").fill(portal.publisher_email)
        page.get_by_label("Password").fill(portal.publisher_password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/password_change/")
        change_password(page, portal)
        return page.context.cookies()

    return desk


@pytest.fixture
def demo(portal, open_page):
    """`demo("two-years-in", "/me/")`: a page as one of the demo people (`careers/demo/services.py`)."""

    def demo(person, path, **options):
        page = open_page("/account/login/", **options)
        page.get_by_label("E-mail").fill(f"{person}@demo.example")
        page.get_by_label("Password", exact=True).fill(portal.demo_password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.response = page.goto(path)
        return page

    return demo


def change_password(page, portal):
    page.get_by_label("Old password").fill(portal.publisher_password)
    page.get_by_label("New password:", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password confirmation").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change my password").click()
    page.wait_for_url("**/done/")


@pytest.fixture(scope="session")
def axe():
    """`axe(page)`: what breaks WCAG 2.0 to 2.2, levels A and AA, on the page as it stands. Empty when nothing does.

    It asks all rules in light, and when `dark` is true those that look at colours in dark too: on a phone unless told
    otherwise, as colours seldom depend on the width and asking takes long. `axe(page, rules=[…])` asks these rules
    instead, also those that axe does not ask by itself.
    """
    source = AXE.read_text(encoding="utf-8")

    def axe(page, *, rules=(), dark=None, colours=True):
        if not page.evaluate(HAS_AXE):  # to read it takes longer than many a rule
            page.evaluate(source)  # through the debugger, which the page's Content-Security-Policy does not stop
        if rules:
            return ask(page, "rule", rules)
        found = []
        if not colours:
            return ask(page, "tag", RULES, without=COLOUR_RULES)
        if page.viewport_size["width"] < 768 if dark is None else dark:
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            page.evaluate(SETTLE)
            found += ask(page, "rule", COLOUR_RULES)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.evaluate(SETTLE)
        return found + ask(page, "tag", RULES)

    def ask(page, kind, values, without=()):
        return page.evaluate(RUN_AXE, [{"type": kind, "values": list(values)}, list(without)])

    return axe


@pytest.fixture
def wire_bytes(open_page):
    """`wire_bytes("/roles/")`: bytes of a first view over the wire, answers' headers included, with an empty cache."""
    page, received = open_page("about:blank"), []
    debugger = page.context.new_cdp_session(page)
    debugger.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    debugger.send("Network.enable")
    debugger.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def wire_bytes(path):
        received.clear()
        page.goto(path, wait_until="networkidle")
        return sum(received)

    return wire_bytes
