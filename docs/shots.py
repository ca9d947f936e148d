"""Pictures of the HR desk for its manual, of a portal with the guide and the demo people in it.

    .venv/bin/python -m docs.shots

Draws `docs/edit/*.webp` anew. Look at them before you commit them.
"""

import base64
import hmac
import io
import re
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bpo_portal.env import BASE_DIR
from tests.browser import server
from tests.services import chromium

SHOTS = BASE_DIR / "docs" / "edit"
SIZE = {"width": 1000, "height": 720}
QUALITY, MOST_BYTES = 70, 60_000
ROLE = "Data Entry Operator"
OWNER = "owner@demo.example"


def code_of(secret):
    """What an app shows for it now. No Django runs in this process, so it is reckoned here (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def shoot(page, name, at=None):
    """What the window shows, from `at` on where that is a text of the page."""
    if at:
        page.get_by_text(at, exact=True).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top - 24)")
    picture = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(picture, "webp", quality=QUALITY, method=6)
    if len(picture.getvalue()) > MOST_BYTES:
        sys.exit(f"{name} has {len(picture.getvalue()):,} bytes.")
    (SHOTS / f"{name}.webp").write_bytes(picture.getvalue())
    print(f"{name}: {len(picture.getvalue()):,} bytes")


def make_owner(folder, password):
    """A superuser, who is none of the demo people."""
    make = [sys.executable, "manage.py", "createsuperuser", "--noinput", "--email", OWNER]
    variables = server.variables(folder) | {"DJANGO_SUPERUSER_PASSWORD": password}
    subprocess.run(make, env=variables, cwd=BASE_DIR, check=True, capture_output=True)  # noqa: S603, our own program


def invite(page):
    """Two people; it ends on the list of those who have not come yet."""
    for email, group in (("ines@example.org", "Editor"), ("sam@example.org", "Publisher")):
        page.goto("/admin/careers/invitation/add/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_role("radio", name=group).check()
        page.get_by_role("button", name="Invite").click()
    page.goto("/admin/careers/invitation/")


def desk_of(browser, portal, email, *, shoots=False):
    """A page of the desk as one of these people, who sets up the second step that this portal asks for."""
    page = browser.new_context(base_url=portal.url, viewport=SIZE, reduced_motion="reduce").new_page()
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(portal.demo_password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if shoots:
        shoot(page, "safety")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_role("link", name="Go on to the HR desk").click()
    return page


def form_of(page, role):
    page.goto(f"/admin/careers/role/?q={role.replace(' ', '+')}")
    page.get_by_role("link", name=role, exact=True).click()
    return re.sub(r"change/.*", "", page.url)


def write(page, role, summary):
    """Save a draft of it; returns the beginning of its addresses."""
    about = form_of(page, role)
    page.get_by_label("Summary").fill(summary)
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.locator(".messagelist li").first.wait_for()
    page.goto(f"{about}change/")
    return about


def do(page, about, act, text=""):
    page.goto(f"{about}do/{act}/")
    if text:
        page.locator(".act-text textarea, .act-text input").first.fill(text)
    page.locator(".submit-row [type=submit], .submit-row button").first.click()


def readers(page):
    """What readers look for in vain."""
    for words in ("night auditor", "night auditor", "chat moderator", "prompt writer"):
        page.goto(f"/search/?q={words.replace(' ', '+')}")


def draw(browser, portal):
    owner = desk_of(browser, portal, OWNER)
    invite(owner)
    shoot(owner, "invite")
    readers(browser.new_context(base_url=portal.url).new_page())
    editor = desk_of(browser, portal, "editor@demo.example", shoots=True)
    publisher = desk_of(browser, portal, "publisher@demo.example")
    about = write(editor, ROLE, "You type what is on paper, or in a picture, into a system. Every sign counts.")
    shoot(editor, "write")
    editor.goto(f"{about}links/")
    editor.locator("main form [type=submit], #content form [type=submit], #content form button").first.click()
    shoot(editor, "show")
    do(editor, about, "review", "The summary: is it true of medical records, too?")
    other = write(editor, "Team Leader", "You lead some fifteen people, and answer for what their calls are like.")
    do(editor, other, "review")
    publisher.goto(f"{other}do/send-back/")
    do(publisher, other, "send-back", "How many people is it where the article says “12 to 20”?")
    publisher.goto(f"{about}do/approve/")
    shoot(publisher, "review")
    publisher.goto("/admin/")
    shoot(publisher, "next")
    do(publisher, about, "approve")
    publisher.goto(f"{about}do/publish/")
    shoot(publisher, "publish")
    do(publisher, about, "publish")
    publisher.goto(f"{about}history/")
    shoot(publisher, "go-back")
    publisher.goto(f"{other}change/?correct=1")
    shoot(publisher, "correct")
    publisher.goto("/admin/careers/searchmiss/")
    shoot(publisher, "searches")
    publisher.goto("/admin/guide-health/")
    shoot(publisher, "health")
    publisher.goto("/admin/log/")
    shoot(publisher, "log")
    publisher.goto(f"{other}publish-later/")
    shoot(publisher, "schedule")
    publisher.goto("/admin/careers/role/sheets/")
    shoot(publisher, "sheets")


def main():
    with tempfile.TemporaryDirectory() as folder:
        server.PREPARED = Path(folder) / "prepared"
        own = Path(folder) / "portal"
        own.mkdir()
        with server.ready(own, STAFF_SECOND_FACTOR="1") as portal, sync_playwright() as playwright:
            make_owner(own, portal.demo_password)
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            draw(browser, portal)
            browser.close()


if __name__ == "__main__":
    sys.exit(main())
