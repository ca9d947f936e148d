"""One script as a guest asks for all that is dear, over and over; others hardly notice.

The script (`tests.attacks.flooding`) and the readers share the machine with the server. Times with it and without it
are taken in turns, so that whatever else the machine does meets both.
"""

import random
import time
from urllib.parse import quote

import pytest
from django.db import connection

from careers.plans.models import PlanStep
from tests import factories as make
from tests.attacks.flooding import Browser, script
from tests.faults.processes import serving, take_database
from tests.plans.test_files import plain_pdf

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
PUBLIC = ("/", "/roles/", "/certifications/", "/books/", "/faq/")
OWN = ("/me/", "/me/plans/", "/me/profile/about/")
KINDS = ("public", "own", "writes")
ROUNDS, SECONDS = 6, 4  # of reading, idle and under the flood
OTHERS = "127.0.0.2"  # another address than the flood's, as people have
PAUSE = 0.05  # between two pages of a reader
MOST_TIMES = 2  # of 95 in 100 answers, under the flood, as a multiple of what they take without it
FLOOR = 0.05  # seconds: below this nobody sees a difference


class Reader:
    """Somebody who reads public pages, their own, and writes."""

    def __init__(self, url):
        self.public, self.own = Browser(url, OTHERS), Browser(url, OTHERS)
        self.own.send("/me/profile/about/", display_name="Asha")
        for path in (*PUBLIC, *OWN):
            self.public.ask(path)

    def read(self, answers):
        """Adds (status, seconds) to each kind of `answers`."""
        until = time.monotonic() + SECONDS
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


def test_a_guest_who_floods_the_server_slows_nobody(guest, tmp_path):
    plan = long_plan(guest)
    idle, busy = ({kind: [] for kind in KINDS} for _ in range(2))
    with (
        serving(tmp_path, **own_database(tmp_path)) as server,
        script(url=server.url, **plan) as flood,
    ):
        reader = Reader(server.url)
        for _ in range(ROUNDS):
            reader.read(idle)
            flood.begin()
            time.sleep(1)
            reader.read(busy)
            flood.end()
            time.sleep(1)
    print(flood.answers)
    for kind in KINDS:
        for part in (0.5, 0.95):
            before, beside = (percentile(of[kind], part) for of in (idle, busy))
            times = f"{1000 * before:.0f} → {1000 * beside:.0f} ms, {beside / before:.2f} times"
            print(f"{kind} {part:.0%}: {times}, of {len(idle[kind])} and {len(busy[kind])}")
    for kind in KINDS:
        assert {status for status, _ in busy[kind]} <= {200, 302}, kind
        assert percentile(busy[kind], 0.95) < max(MOST_TIMES * percentile(idle[kind], 0.95), FLOOR), kind
