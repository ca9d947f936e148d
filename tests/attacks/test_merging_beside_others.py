"""The most that a sign-in can bring together, while 21 others write: nobody is refused, and nobody waits for long."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from careers.accounts.models.sessions import GUEST
from careers.personal_data.views.signing_in import CLAIMED
from careers.plans.certificates.services.held import MOST_OWN_CERTIFICATES
from careers.plans.services.plans import MOST_PLANS, MOST_STEPS_OF_ALL
from careers.plans.study.services.log import MOST_ENTRIES
from tests.attacks.flooding import Browser
from tests.attacks.test_cost_of_merging import both
from tests.attacks.test_flood import own_database
from tests.faults.processes import serving

pytestmark = pytest.mark.django_db(transaction=True)
OTHERS = 21
BUSY = 5  # seconds that a write waits for SQLite's lock, and then says "busy"
MOST = {
    "plans": MOST_PLANS,
    "steps": MOST_STEPS_OF_ALL // MOST_PLANS,
    "times": MOST_ENTRIES // MOST_STEPS_OF_ALL,
    "certificates": MOST_OWN_CERTIFICATES,
}
# A tenth of it, for machines that have other work.
MUCH = {name: of if name == "steps" else of // 10 for name, of in MOST.items()}


def session_of(guest):
    session = Client().session
    session[GUEST] = guest.pk
    session.save()
    return session.session_key


@pytest.mark.parametrize(
    ("size", "guest_is_newer"),
    [(MUCH, True), *(pytest.param(MOST, is_newer, marks=pytest.mark.soak) for is_newer in (True, False))],
    ids=["much", "most-guest", "most-account"],
)
def test_others_write_while_the_most_is_merged(tmp_path, size, guest_is_newer):
    account, guest = both(**size, guest_is_newer=guest_is_newer)
    session = session_of(guest)
    with serving(tmp_path, **own_database(tmp_path)) as server, ThreadPoolExecutor(OTHERS + 1) as people:
        who = Browser(server.url)
        who.cookies["sessionid"] = session
        fields = {"login": account.user.email, "password": "correct horse battery"}
        assert who.send("/account/login/", **fields)[0] == 302
        others = [Browser(server.url, f"127.0.1.{number + 1}") for number in range(OTHERS)]
        for number, other in enumerate(others):
            assert other.send("/me/profile/about/", display_name=f"Somebody {number}")[0] == 302
        begun = time.monotonic()
        merging = people.submit(who.send, "/me/data/guest/claim/", guest=guest.pk)
        time.sleep(0.1)
        writes = [people.submit(other.send, "/me/profile/about/", display_name="Asha") for other in others]
        answers = sorted((one.result() for one in writes), key=lambda answer: answer[1])
        beside = time.monotonic() - begun
        status, seconds = merging.result()
        page = server.get("/me/", Cookie="; ".join(f"{name}={value}" for name, value in who.cookies.items()))
        for browser in (who, *others):
            browser.line.close()
        said = server.log.read_text()
    waits = [round(waited, 2) for _, waited in answers]
    print(f"the merge {seconds:.2f} s; {OTHERS} writes beside it: {waits[0]} to {waits[-1]} s, all by {beside:.2f} s")
    assert status == 302
    assert [status for status, _ in answers] == [302] * OTHERS
    assert waits[-1] < BUSY
    assert "Traceback" not in said
    assert seconds > 0.2 or size is MUCH, "they wrote meanwhile"
    assert CLAIMED in page.text
