"""The portal, asked as a server asks it: through the whole WSGI application, in this process.

Costs are of the processor, which other work on the machine hardly touches. What a database does in a process of its own
is in the wall clock's time only.
"""

import io
import sys
from dataclasses import dataclass
from ipaddress import IPv4Address
from itertools import count
from time import perf_counter, process_time
from typing import NamedTuple

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from bpo_portal import urls
from careers.people.models.profiles import Profile
from careers.web.public_pages import forget_pages

FIXED = "x" * 20_000
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_COOKIE": "time_zone=UTC"}
BARE, INSERT = "/bench/bare/", "/bench/insert/"


def bare(request):
    return HttpResponse(FIXED)


def one_insert(request):
    Profile.objects.create()
    return HttpResponse(FIXED)


one_insert.csrf_exempt = True


class Cost(NamedTuple):
    """Milliseconds."""

    cpu: float
    wall: float


@dataclass
class Portal:
    """`client` is a test's, whose cookies are sent."""

    client: Client | None = None

    def __post_init__(self):
        if not any(str(one.pattern).startswith("bench/") for one in urls.urlpatterns):
            urls.urlpatterns[:0] = [path(BARE[1:], bare), path(INSERT[1:], one_insert)]
        self.application = get_wsgi_application()
        self.visitors = count(1)

    def ask(self, address, method="GET", body=b"", **headers):
        way, _, query = address.partition("?")
        if self.client:
            headers["HTTP_COOKIE"] = "; ".join(f"{name}={one.value}" for name, one in self.client.cookies.items())
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": way,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": "br",
            "REMOTE_ADDR": str(IPv4Address(next(self.visitors))),  # of one network few guests begin
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **headers,
        }
        answer = {}

        def begin(status, headers, _=None):
            session = [value for name, value in headers if name == "Set-Cookie" and "sessionid=" in value]
            answer.update(dict(headers), status=status, session="".join(session).partition(";")[0].strip())

        parts = self.application(environ, begin)
        answer["body"] = b"".join(parts)
        parts.close()
        assert answer["status"][:3] in ("200", "303", "304"), (address, answer["status"])
        return answer

    def ask_fresh(self, address):
        forget_pages()
        return self.ask(address)

    def costs(self, *asked, times=20, rounds=10):
        """The `Cost` of each of `asked`, which are functions: the least of some rounds' average.

        In turn, so that what the machine does beside it touches all of them alike.
        """
        for ask in asked:
            ask()
        found = [[averaged(ask, times) for ask in asked] for _ in range(rounds)]
        return [
            Cost(min(one.cpu for one in column), min(one.wall for one in column)) for column in zip(*found, strict=True)
        ]

    def page(self, address, *, rounds=5):
        """What a page costs that nobody has kept: {"cpu": …, "wall": …, "queries": …, "bytes": …}."""
        taken = []
        self.ask(address)
        for _ in range(rounds):
            forget_pages()
            taken.append(averaged(lambda: self.ask(address), 1))
        forget_pages()
        with CaptureQueriesContext(connection) as queries:
            answer = self.ask(address, HTTP_ACCEPT_ENCODING="")
        return {
            "cpu": min(one.cpu for one in taken),
            "wall": min(one.wall for one in taken),
            "queries": len(queries),
            "bytes": len(answer["body"]),
            "status": int(answer["status"][:3]),
        }


def averaged(ask, times):
    cpu, wall = process_time(), perf_counter()
    for _ in range(times):
        ask()
    return Cost((process_time() - cpu) / times * 1000, (perf_counter() - wall) / times * 1000)
