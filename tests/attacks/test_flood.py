"""One script as a guest asks for all that is dear, over and over; others hardly notice.

The script and the readers share the machine with the server, so the script waits for its answers, in few threads, and
speaks with little work of its own.
"""

import random
import socket
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest

from careers.plans.models import PlanStep
from tests import factories as make
from tests.faults.processes import serving, take_database
from tests.plans.test_files import plain_pdf

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
TOKEN = "a" * 32
FORM = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
PUBLIC = ("/", "/roles/", "/certifications/", "/books/", "/faq/")
OWN = ("/me/", "/me/plans/", "/me/profile/about/")
SECONDS = 20  # of reading, idle and under the flood
OTHERS = "127.0.0.2"  # another address than the flood's, as people have
PAUSE = 0.05  # between two pages of a reader
# Of 95 in 100 answers, under the flood, as a multiple of what they take without it. Twice is the aim, which
# pages reach and writes do not: they share the lock as well. It was three to nine before visitors had turns.
MOST_TIMES = 4
FLOOR = 0.05  # seconds: below this nobody sees a difference


class Browser:
    """A person's: it keeps its connection and its cookies."""

    def __init__(self, url, source="127.0.0.1"):
        self.host, self.source = urlsplit(url).netloc, source
        self.cookies = {"csrftoken": TOKEN, "time_zone": "UTC"}
        self.line = None

    def ask(self, path, body=None, **headers):
        """(status, seconds)."""
        begun = time.monotonic()
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.line is None:
            self.line = HTTPConnection(self.host, timeout=60, source_address=(self.source, 0))
        try:
            self.line.request("GET" if body is None else "POST", path, body, headers)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.line.close()
            self.line = None
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, time.monotonic() - begun

    def send(self, path, **fields):
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields})
        return self.ask(path, body, **FORM)

    def upload(self, path, content):
        token = self.cookies["csrftoken"]
        parts = [f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode()]
        parts += [
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n',
            content,
            b"\r\n--x--",
        ]
        headers = {**FORM, "Content-Type": "multipart/form-data; boundary=x"}
        return self.ask(path, b"".join(parts), **headers)


def read_and_write(url, until, kinds):
    """{kind: [(status, seconds)]} of somebody who reads public pages, their own, and writes."""
    public, own = Browser(url, OTHERS), Browser(url, OTHERS)
    own.send("/me/profile/about/", display_name="Asha")
    while time.monotonic() < until:
        for kind, browser, paths in (("public", public, PUBLIC), ("own", own, OWN)):
            kinds[kind].append(browser.ask(random.choice(paths)))
            time.sleep(PAUSE)
        kinds["writes"].append(own.send("/me/profile/about/", display_name=f"Asha {random.random()}"))
        time.sleep(PAUSE)


def measured(url):
    kinds = {"public": [], "own": [], "writes": []}
    read_and_write(url, time.monotonic() + SECONDS, kinds)
    return kinds


def percentile_95(answers):
    return sorted(seconds for _, seconds in answers)[int(len(answers) * 0.95)]


class Flood:
    """Threads that each do one kind of harm until the end, counted."""

    def __init__(self, url, plan):
        self.url, self.plan = url, plan
        self.over, self.answers = threading.Event(), {}

    def __enter__(self):
        harms = [self.pdfs, self.uploads, self.sessions, self.searches, self.sign_ins, self.silence]
        self.threads = [threading.Thread(target=self.repeat, args=(harm,)) for harm in harms]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def repeat(self, harm):
        browser, counts = self.guest(), self.answers.setdefault(harm.__name__, {})
        while not self.over.is_set():
            try:
                status, _ = harm(browser)
            except (OSError, HTTPException) as error:
                status = type(error).__name__
            counts[status] = counts.get(status, 0) + 1

    def guest(self):
        browser = Browser(self.url)
        browser.cookies["sessionid"] = self.plan.session
        return browser

    def pdfs(self, browser):
        self.change(browser)
        return browser.ask("/me/plan.pdf")

    def change(self, browser):
        """So that none that was made is the same."""
        browser.send("/me/profile/about/", display_name=f"Flood {random.random()}")

    def uploads(self, browser):
        return browser.upload(f"/me/plans/{self.plan.pk}/files/", self.plan.file + str(random.random()).encode())

    def sessions(self, _):
        """A new guest each: the first save makes a row of theirs and of their session."""
        browser = Browser(self.url)
        answer = browser.send("/me/profile/about/", display_name="Somebody")
        browser.line.close()
        return answer

    def searches(self, browser):
        return browser.ask(f"/search/?q={random.randrange(10**6)}+excel+lead&x={random.random()}")

    def sign_ins(self, browser):
        fields = {"login": f"a{random.random()}@example.org", "password": "wrong horse battery"}
        return browser.send("/account/login/", **fields)

    def silence(self, _):
        """A body of which two bytes come."""
        host, _, port = urlsplit(self.url).netloc.partition(":")
        head = f"POST /me/profile/about/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 100\r\n\r\nab"
        with closing(socket.create_connection((host, int(port)), timeout=60)) as line, suppress(OSError):
            line.sendall(head.encode())
            self.over.wait(2)
        return "silent", 2


def long_plan(guest):
    """Hundreds of steps, so that their PDF takes seconds; and what the script needs to know."""
    plan = make.make_plan(guest.profile, title="Flood")
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=place, title=f"Step {place} of what there is to read") for place in range(1, 400)
    )
    return SimpleNamespace(pk=plan.pk, session=guest.cookies["sessionid"].value, file=plain_pdf())


def test_a_guest_who_floods_the_server_slows_nobody(guest, tmp_path):
    plan = long_plan(guest)
    take_database(tmp_path)
    with serving(tmp_path) as server:
        measured_once = Browser(server.url)
        for path in (*PUBLIC, *OWN):
            measured_once.ask(path)
        idle = measured(server.url)
        with Flood(server.url, plan) as flood:
            time.sleep(2)
            busy = measured(server.url)
    print(flood.answers)
    for kind, answers in busy.items():
        print(
            kind,
            *(
                f"{name} {percentile_95(of) * 1000:.0f} ms of {len(of)}"
                for name, of in (("idle", idle[kind]), ("busy", answers))
            ),
        )
    for kind, answers in busy.items():
        assert {status for status, _ in answers} <= {200, 302}, kind
        assert percentile_95(answers) < max(MOST_TIMES * percentile_95(idle[kind]), FLOOR), kind
