"""Tests with a time that are typed in a few seconds: keys that took their time, and a test that began earlier."""

import re

from django.core import signing

from careers.practice.timed.forms import SALT
from tests.browser.server import variables

# Each key takes 150 milliseconds, however soon the next one comes; `skip(…)` lets time pass.
CLOCK = """
    let ahead = 0;
    const real = performance.now.bind(performance);
    performance.now = () => real() + ahead;
    Object.defineProperty(Event.prototype, "timeStamp", {get() { return real() + ahead; }});
    addEventListener("keydown", () => { ahead += 150; }, true);
    window.skip = (more) => { ahead += more; };
"""


def begun_before(page, portal):
    """The tests that this page opens from now on began ten minutes ago, for the server."""
    secret = variables(portal.folder)["SECRET_KEY"]

    def answer(route):
        response = route.fetch()
        body = response.text()
        token = re.search(r'name="start" value="([^"]+)"', body)[1]
        *start, at = signing.loads(token, salt=SALT, key=secret)
        older = signing.dumps([*start, at - 600_000], salt=SALT, key=secret)
        route.fulfill(response=response, body=body.replace(token, older))

    page.add_init_script(CLOCK)
    page.route("**/me/practice/begin/**", answer)
