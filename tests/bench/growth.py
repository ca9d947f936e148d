"""One size of `make bench`: what pages, writes and edits cost in a guide of so many roles. Writes a line of JSON.

Ratios are to a view that answers a fixed text behind the same middlewares, and to one that inserts a row, in the same
run.
"""

import json
import resource
import sys
from functools import partial
from itertools import cycle
from statistics import median
from time import process_time

import django

django.setup()

from django.core.management import call_command
from django.test.utils import override_settings
from django.utils import timezone

from careers.demo.load import make_load
from careers.guide.models.roles import Role
from careers.search.services.indexing import refresh_index
from tests.bench.pages import PUBLIC
from tests.bench.portal import BARE, INSERT, OURS, Portal

LIST, SAVE, SAVED_IN_TURN = "/roles/", "/roles/load-role-7/save/", 40


@override_settings(ALLOWED_HOSTS=["localhost"])
def main(roles):
    call_command("migrate", verbosity=0)
    call_command("load_guide", verbosity=0, stdout=sys.stderr)
    begun = process_time()
    make_load(roles=roles, today=timezone.localdate())
    made = process_time() - begun
    portal = Portal()
    found = {"roles": roles, "make_load": made, **ratios(portal), "pages": {one: portal.page(one) for one in PUBLIC}}
    print(json.dumps({**found, **edits(portal)}))


def ratios(portal):
    """How many times a bare view each takes, upside down: above 1 is faster than that."""
    tag = portal.ask(LIST)["ETag"]
    asked = {
        "bare": partial(portal.ask, BARE),
        "kept": partial(portal.ask, LIST),
        "not modified": partial(portal.ask, LIST, HTTP_IF_NONE_MATCH=tag),
        "insert": partial(portal.ask, INSERT, "POST", **OURS),
        "first save": partial(portal.ask, SAVE, "POST", **OURS),
        "next save": next_save(portal),
        "fresh": partial(portal.ask_fresh, LIST),
    }
    found = {name: one.cpu for name, one in zip(asked, portal.costs(*asked.values()), strict=True)}
    return {
        "bare": found["bare"],
        "one insert": found["insert"],
        "kept": found["bare"] / found["kept"],
        "not modified": found["bare"] / found["not modified"],
        "fresh": found["bare"] / found["fresh"],
        "a guest's first save": found["insert"] / found["first save"],
        "a guest's next save": found["insert"] / found["next save"],
    }


def next_save(portal):
    """Of a guest whom the session knows; each time of another role, so that it is done each time."""
    known = {**OURS, "HTTP_COOKIE": f"time_zone=UTC; {portal.ask(SAVE, 'POST', **OURS)['session']}"}
    numbers = cycle(range(1, SAVED_IN_TURN + 1))
    return lambda: portal.ask(f"/roles/load-role-{next(numbers)}/save/", "POST", **known)


def edits(portal):
    """Bringing the index up to date after an edit, what publishing costs, and how much memory all of this took."""
    taken, published = [], []
    for number in range(7):
        Role.objects.filter(slug="load-role-7").update(team_size=f"{number}")
        begun = process_time()
        refresh_index()
        taken.append((process_time() - begun) * 1000)
        begun = process_time()
        publish(portal)
        published.append((process_time() - begun) * 1000)
    factor = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {
        "index after an edit": median(taken),
        "publish, and the list": median(published),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / factor,
    }


def publish(portal):
    """As an editor does, until the first reader has the list with it."""
    role = Role.objects.get(slug="load-role-9")
    role.status = Role.Status.DRAFT
    role.save()
    role.publish()
    portal.ask(LIST)


if __name__ == "__main__":
    main(int(sys.argv[1]))
