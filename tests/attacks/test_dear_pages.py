"""Many ask for pages that take long to make: what is there is answered meanwhile, and each page is made once."""

import asyncio
import threading
import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from bpo_portal import asgi
from careers.web import public_pages
from careers.web.only_kept import NOT_KEPT, ONLY_KEPT

KEPT, DEAR, STATIC = "/roles/", "/paths/plan/", "/static/css/base.css"
MANY = 30  # more than there are threads of any kind


class Asked:
    """One request without a body to a `Portal`, as a server gives it."""

    def __init__(self, path, visitor):
        self.status, self.seconds = None, None
        ends = {"server": ("127.0.0.1", 80), "client": (visitor, 1)}
        words = {"method": "GET", "path": path, "query_string": b"", "http_version": "1.1", "scheme": "http"}
        self.scope = {"type": "http", "headers": [], **ends, **words}

    async def answer(self, portal):
        begun = time.monotonic()
        await portal(self.scope, self.receive, self.send)
        self.seconds = time.monotonic() - begun
        return self

    async def receive(self):
        raise AssertionError("Nothing comes after the head, so nothing is waited for.")

    async def send(self, message):
        self.status = message.get("status", self.status)


@pytest.fixture
def busy_portal():
    """A portal whose dear pages are made until `over` is set."""
    over = threading.Event()

    def application(environ, start):
        is_asked_for_kept = ONLY_KEPT in environ
        if environ["PATH_INFO"] == DEAR and not is_asked_for_kept:
            over.wait(5)
        is_there = environ["PATH_INFO"] != DEAR or not is_asked_for_kept
        start("200 OK" if is_there else f"{NOT_KEPT} None", [])
        return [b"here"]

    portal = asgi.Portal(application, has_kept_pages=True)
    portal.over = over
    yield portal
    over.set()
    for threads in portal.threads.values():
        threads.shutdown()


@pytest.mark.parametrize("path", [KEPT, STATIC, "/healthz"])
def test_what_is_there_is_answered_while_more_pages_are_made_than_there_are_threads(busy_portal, path):
    async def ask():
        dear = [asyncio.create_task(Asked(DEAR, f"127.0.0.{n}").answer(busy_portal)) for n in range(1, MANY)]
        await asyncio.sleep(0.05)
        there = await asyncio.wait_for(Asked(path, "127.0.1.1").answer(busy_portal), 2)
        assert not [one for one in dear if one.done()]
        busy_portal.over.set()
        return there, await asyncio.gather(*dear)

    there, dear = asyncio.run(ask())
    assert (there.status, there.seconds < 0.5) == (200, True)
    assert {one.status for one in dear} == {200}


def test_a_page_that_takes_longer_than_a_second_is_made_once(db, settings):
    """Two who make the same share the processor, so both of them would wait longer."""
    made = []

    def page(request):
        made.append(1)
        time.sleep(1.2)
        response = HttpResponse("Roles")
        response.is_for_everybody = True
        return response

    answers = public_pages.kept_pages_first(page)
    public_pages.known_revision()
    requests = [RequestFactory().get(KEPT) for _ in range(5)]
    assert answers(RequestFactory().get(KEPT, **{ONLY_KEPT: True})).status_code == NOT_KEPT
    threads = [threading.Thread(target=answers, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    assert answers(RequestFactory().get(KEPT, **{ONLY_KEPT: True})).content == b"Roles"
