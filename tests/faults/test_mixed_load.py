"""A minute of everything at once in a guide of 5,000 roles: readers, people who save, and an editor.

Marked `soak`: `pytest -m soak tests/faults/test_mixed_load.py -s` says how each kind was answered, and how fast.
"""

import random
import threading
import time
from collections import Counter, defaultdict
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from careers.demo.load import make_load
from careers.guide.models.roles import Role
from tests.as_sent import as_sent
from tests.attacks.flooding import FORM, TOKEN, Browser
from tests.attacks.test_flood import own_database, percentile
from tests.faults.processes import serving

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
ROLES, SECONDS, READERS, SAVERS = 5000, 60, 3, 2
PUBLIC = [
    "/",
    "/roles/",
    "/roles/?level=lead&sort=name",
    "/roles/?q=load+role+{one}",
    "/roles/load-role-{one}/",
    "/roles/compare/?role=load-role-{one}&role=load-role-{other}",
    "/skills/load-skill-{skill}/",
    "/search/?q=load+role+{one}",
    "/search/?q=xq{one}",
    "/search/suggest/?q=load+role+{skill}",
    "/paths/?around=load-role-{one}",
    "/paths/plan/?from=load-role-{one}&to=load-role-{other}",
    "/match/",
    "/sitemap.xml",
]
OWN = ["/me/", "/me/saved/", "/match/", "/roles/load-role-{one}/", "/me/profile/skills/"]


class Minute:
    """Threads that go on until it is over; `answers`: {kind: [(status, seconds)]}, `errors` of the threads."""

    def __init__(self, server):
        self.server, self.over, self.answers = server, threading.Event(), defaultdict(list)
        self.errors = []

    def run(self, kinds):
        threads = [threading.Thread(target=self.go_on, args=(kind,)) for kind in kinds]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS)
        self.over.set()
        for thread in threads:
            thread.join()

    def go_on(self, kind):
        try:
            kind()
        except Exception as error:
            self.errors.append(f"{type(error).__name__}: {error}")

    def read(self):
        with Browser(self.server.url) as browser:
            while not self.over.is_set():
                self.answers["public"].append(browser.ask(some(PUBLIC)))

    def save(self):
        with Browser(self.server.url, "127.0.0.2") as browser:
            while not self.over.is_set():
                role = reverse("role-save", args=[f"load-role-{random.randint(1, ROLES)}"])
                name = f"Asha {random.random()}"
                self.answers["save"].append(browser.ask(role, urlencode({"sent": 1}), **FORM))
                self.answers["write"].append(browser.send(reverse("profile-about"), display_name=name))
                self.answers["own"].append(browser.ask(some(OWN)))

    def edit(self, session, pages):
        cookie = f"sessionid={session}; csrftoken={TOKEN}; time_zone=UTC"
        while not self.over.wait(1):
            page = random.choice(pages)
            form = as_sent(self.server.get(page, Cookie=cookie).text, form_id="role_form")
            form |= {"team_size": [f"{random.randint(2, 10**6)} people"], "_publish": ["Save and publish"]}
            body = urlencode(form, doseq=True).encode()
            answer = self.server.get(page, body, Cookie=cookie, **FORM)
            self.answers["edit"].append((answer.status, answer.seconds))


def some(addresses):
    one, other = random.sample(range(1, ROLES + 1), 2)
    return random.choice(addresses).format(one=one, other=other, skill=random.randint(1, 100))


def test_a_minute_of_everything_at_once_answers_everybody(publisher, tmp_path):
    make_load(roles=ROLES, today=localdate())
    pages = [reverse("admin:careers_role_change", args=[role.pk]) for role in Role.objects.order_by("pk")[:50]]
    session = publisher.cookies["sessionid"].value
    with serving(tmp_path, **own_database(tmp_path)) as server:
        minute = Minute(server)
        minute.run([*[minute.read] * READERS, *[minute.save] * SAVERS, lambda: minute.edit(session, pages)])
        log = server.log.read_text()
    for kind, answers in minute.answers.items():
        half, most = (1000 * percentile(answers, part) for part in (0.5, 0.95))
        statuses = dict(Counter(status for status, _ in answers))
        print(f"{kind}: {statuses}, half within {half:.0f} ms, 95 in 100 within {most:.0f} ms")
    assert not minute.errors
    assert not [one for answers in minute.answers.values() for one in answers if one[0] >= 500], log[-3000:]
    assert {status for status, _ in minute.answers["edit"]} == {302}
    assert len(minute.answers["edit"]) > SECONDS / 10  # also where others use the machine ten times over
    assert "Traceback" not in log
