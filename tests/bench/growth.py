"""One size of `make bench`: what pages, writes and edits cost in a guide of so many roles. Writes a line of JSON.

Costs are of the processor, through the whole WSGI application, which other work on the machine hardly touches. Ratios
are to a view that answers a fixed text behind the same middlewares, and to one that inserts a row, in the same run.
"""

import io
import json
import resource
import sys
from ipaddress import IPv4Address
from itertools import count
from statistics import median
from time import perf_counter, process_time

import django

django.setup()

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path
from django.utils import timezone

from bpo_portal import urls
from careers.demo.load import make_load
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.search.services.indexing import refresh_index
from careers.web.public_pages import forget_pages

PAGES = [
    "/",
    "/roles/",
    "/roles/?level=lead&sort=name",
    "/roles/?q=load+role+7",
    "/roles/load-role-7/",
    "/roles/compare/?role=load-role-7&role=load-role-8",
    "/skills/",
    "/skills/load-skill-3/",
    "/certifications/",
    "/industries/",
    "/guide/",
    "/paths/",
    "/paths/?around=load-role-7",
    "/paths/plan/",
    "/paths/plan/?from=load-role-1&to=load-role-9",
    "/paths/plan/?from=new&to=load-role-9&by=cheapest",
    "/match/",
    "/sitemap.xml",
    "/search/?q=load+role+7",
    "/search/?q=xqzxq",
    "/search/suggest/?q=load",
]
FIXED = "x" * 20_000
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_COOKIE": "time_zone=UTC"}


def bare(request):
    return HttpResponse(FIXED)


def one_insert(request):
    Profile.objects.create()
    return HttpResponse(FIXED)


one_insert.csrf_exempt = True


class Portal:
    """Asks the WSGI application as a server does."""

    def __init__(self):
        urls.urlpatterns[:0] = [path("bench/bare/", bare), path("bench/insert/", one_insert)]
        self.application = get_wsgi_application()
        self.visitors = count(1)

    def ask(self, address, method="GET", **headers):
        way, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": way,
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": "br",
            "REMOTE_ADDR": str(IPv4Address(next(self.visitors))),  # of one network few guests begin
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **headers,
        }
        answer = {}
        parts = self.application(environ, lambda status, headers, _=None: answer.update(dict(headers), status=status))
        answer["body"] = b"".join(parts)
        parts.close()
        assert answer["status"][:3] in ("200", "303", "304"), (address, answer["status"])
        return answer

    def cost(self, address, *, times=200, rounds=5, before=lambda: None, **headers):
        """The least of some rounds' average, in milliseconds of the processor."""
        self.ask(address, **headers)
        return min(self.round(address, times, before, headers) for _ in range(rounds))

    def round(self, address, times, before, headers):
        taken = 0
        for _ in range(times):
            before()
            begun = process_time()
            self.ask(address, **headers)
            taken += process_time() - begun
        return taken / times * 1000


@override_settings(ALLOWED_HOSTS=["localhost"])
def main(roles):
    call_command("migrate", verbosity=0)
    call_command("load_guide", verbosity=0)
    begun = process_time()
    make_load(roles=roles, today=timezone.localdate())
    made = process_time() - begun
    portal = Portal()
    print(json.dumps({"roles": roles, "make_load": made, **ratios(portal), "pages": pages(portal), **edits()}))


def ratios(portal):
    """How many times a bare view each takes, upside down: above 1 is faster than that."""
    tag = portal.ask("/roles/")["ETag"]
    fixed, insert = portal.cost("/bench/bare/"), portal.cost("/bench/insert/", times=20, method="POST", **OURS)
    save = portal.cost("/roles/load-role-7/save/", times=20, method="POST", **OURS)
    return {
        "bare": fixed,
        "kept": fixed / portal.cost("/roles/"),
        "not modified": fixed / portal.cost("/roles/", HTTP_IF_NONE_MATCH=tag),
        "a guest's first save": insert / save,
    }


def pages(portal):
    return {address: page(portal, address) for address in PAGES}


def page(portal, address):
    taken = portal.cost(address, times=1, rounds=5, before=forget_pages)
    forget_pages()
    begun = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        answer = portal.ask(address, HTTP_ACCEPT_ENCODING="")
    return {
        "cpu": taken,
        "wall": (perf_counter() - begun) * 1000,
        "queries": len(queries),
        "bytes": len(answer["body"]),
        "status": int(answer["status"][:3]),
    }


def edits():
    """Bringing the index up to date after an edit, and how much memory all of this took."""
    taken = []
    for number in range(7):
        Role.objects.filter(slug="load-role-7").update(team_size=f"{number}")
        begun = process_time()
        refresh_index()
        taken.append((process_time() - begun) * 1000)
    factor = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {
        "index after an edit": median(taken),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / factor,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
