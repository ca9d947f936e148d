"""One script as a guest asks for all that is dear, over and over; others hardly notice.

The script (`tests.attacks.flooding`) and the readers share the machine with the server. Times are taken in turns, so
that whatever else the machine does meets all.
"""

import os
import random
import time
from urllib.parse import quote

import pytest
from django.db import connection

from bpo_portal.floods import LONG
from careers.plans.models import PlanStep
from careers.search.services.indexing import bring_up_to_date
from tests import factories as make
from tests.attacks.flooding import Browser, script
from tests.faults.processes import serving, take_database
from tests.plans.test_files import plain_pdf

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = ("/", "/roles/", "/certifications/", "/books/", "/faq/")
OWN = ("/me/", "/me/plans/", "/me/profile/about/")
KINDS = ("public", "own", "writes")
ROUNDS, SECONDS = 6, 4  # of reading, in each state of the machine
OTHERS = "127.0.0.2"  # another address than the flood's, as people have
PAUSE = 0.05  # between two pages of a reader
MOST_TIMES = 2  # of 95 in 100 answers under the flood, what they take without it


class Reader:
    """Somebody who reads public pages, their own, and writes."""

    def __init__(self, url):
        self.public, self.own = Browser(url, OTHERS), Browser(url, OTHERS)
        self.own.send("/me/profile/about/", display_name="Asha")
        for browser, paths in ((self.public, PUBLIC), (self.own, OWN)):
            for path in paths:
                browser.ask(path)

    def read(self, answers, seconds=SECONDS):
        """Adds (status, seconds) to each kind of `answers`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answers["public"].append(self.public.ask(random.choice(PUBLIC)))
            time.sleep(PAUSE)
            answers["own"].append(self.own.ask(random.choice(OWN)))
            time.sleep(PAUSE)
            answers["writes"].append(self.own.send("/me/profile/about/", display_name=f"Asha {random.random()}"))
            time.sleep(PAUSE)


def percentile(answers, part):
    return sorted(seconds for _, seconds in answers)[int(len(answers) * part)]


def long_plan(guest):
    """Hundreds of steps, so that their PDF takes seconds; and what the script needs to know."""
    plan = make.make_plan(guest.profile, title="Flood")
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=place, title=f"Step {place} of what there is to read") for place in range(1, 400)
    )
    return {"plan": plan.pk, "session": guest.cookies["sessionid"].value, "file": plain_pdf()}


def own_database(folder):
    """For the server: a copy of the tests' SQLite, or their PostgreSQL itself."""
    if connection.vendor == "sqlite":
        take_database(folder)
        return {}
    of = connection.settings_dict
    account = f"{quote(of['USER'], safe='')}:{quote(of['PASSWORD'], safe='')}"
    return {"DATABASE_URL": f"postgres://{account}@{of['HOST']}:{of['PORT']}/{of['NAME']}"}


def test_a_guest_who_floods_the_server_shuts_nobody_out(guide, guest, tmp_path):
    """In a few seconds, on any machine: everybody is answered, however long it takes there."""
    plan, answers = long_plan(guest), {kind: [] for kind in KINDS}
    with serving(tmp_path, **own_database(tmp_path)) as server, script(url=server.url, **plan) as flood:
        reader = Reader(server.url)
        flood.begin()
        reader.read(answers, seconds=3)
        flood.end()
        assert "Traceback" not in server.log.read_text()
    assert flood.answers["uploads"]["302"], "it was nobody's script"
    assert all(answers.values())
    assert {status for of in answers.values() for status, _ in of} <= {200, 302}


@pytest.mark.soak
def test_a_guest_who_floods_the_server_slows_nobody(guide, guest, tmp_path):
    begun_at, _, _ = os.getloadavg()
    bring_up_to_date()  # the index, as work beside the pages does
    plan = long_plan(guest)
    idle, flooded = ({kind: [] for kind in KINDS} for _ in range(2))
    with serving(tmp_path, **own_database(tmp_path)) as server, script(url=server.url, **plan) as flood:
        reader = Reader(server.url)
        for _ in range(ROUNDS):
            reader.read(idle)
            flood.begin()
            time.sleep(LONG + 1)  # it is known as one
            reader.read(flooded)
            flood.end()
            time.sleep(1)
    print(flood.answers)
    for kind in KINDS:
        for part in (0.5, 0.95):
            times = [1000 * percentile(of[kind], part) for of in (idle, flooded)]
            print(f"{kind} {part:.0%}: idle {times[0]:.1f}, flooded {times[1]:.1f} ms")
    assert flood.answers["uploads"]["302"], "it was nobody's script"
    assert {status for of in flooded.values() for status, _ in of} <= {200, 302}
    if begun_at > os.cpu_count() / 2:
        pytest.skip("Others use this machine: who has a turn of a processor then, no server decides.")
    for kind in KINDS:
        assert percentile(flooded[kind], 0.95) <= MOST_TIMES * percentile(idle[kind], 0.95), kind
