"""The same portal among ever more people: what pages of one of them, the desk and the daily runs cost.

    python -m tests.bench.people 1000,100000

Writes a line of JSON for each number. The guide has 200 roles, each time the same. What PostgreSQL does, it does in a
process of its own, so that here the wall clock counts as well.
"""

import json
import sys
from datetime import timedelta
from functools import partial
from itertools import count
from time import perf_counter
from urllib.parse import urlencode

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.middleware.csrf import _mask_cipher_secret as masked
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from careers.accounts.models.users import User
from careers.demo.load import make_load
from careers.demo.load_people import AT_A_TIME, made_up, make_people
from careers.people.models.profiles import Profile
from careers.people.services.guests import prune_guests
from careers.people.services.removals import prune_removals
from careers.people.services.submissions import prune_submissions
from careers.reminders.selectors.events import due_of, end_of_part, people_with_events, recipients_of
from careers.reminders.services.making import BATCH
from tests.bench.pages import DESK, OWN
from tests.bench.portal import OURS, Portal

ROLES, LOOKED_AT = 200, 10
LONG_AWAY = 118  # days: few of the guests, so that many are left for the next size
SECRET = "a" * 32
SIGN_IN = "/account/login/"


@override_settings(ALLOWED_HOSTS=["localhost"])
def main(sizes):
    call_command("migrate", verbosity=0)
    make_load(roles=ROLES, today=timezone.localdate())
    publisher = User.objects.create_superuser("bench@example.org")
    for people in sizes:
        begun = perf_counter()
        make_people(people=people, now=timezone.now())
        made = perf_counter() - begun
        found = {"people": people, "make_load": made, "pages": pages_of_people(publisher), "runs": runs()}
        print(json.dumps(found), flush=True)


def pages_of_people(publisher):
    """{address: cost} of pages of somebody amid all, at each size alike, of the desk, and of forms."""
    middle = made_up().count() // AT_A_TIME // 2 * AT_A_TIME + AT_A_TIME // 2
    theirs = made_up().filter(user__isnull=False, certification_plans__isnull=False)
    person = theirs.filter(pk__gte=made_up().order_by("pk")[middle].pk).order_by("pk").first()
    own, desk, visitor = Portal(signed_in(person.user)), Portal(signed_in(publisher)), Portal()
    plan = person.certification_plans.first()
    found = {f"own {one}": own.page(one.format(plan=plan.pk)) for one in OWN}
    found |= {f"desk {one}": desk.page(one) for one in DESK}
    known = {**OURS, "HTTP_COOKIE": f"time_zone=UTC; {visitor.ask(save(1), 'POST', **OURS)['session']}"}
    numbers = count(1)
    forms = {
        "a guest's first save": partial(visitor.ask, save(7), "POST", **OURS),
        "a guest's next save": lambda: visitor.ask(save(next(numbers) % LOOKED_AT + 1), "POST", **known),
        "a wrong password": partial(sign_in, visitor, numbers),
    }
    costs = visitor.costs(*forms.values(), times=LOOKED_AT, rounds=5)
    return found | {name: one._asdict() for name, one in zip(forms, costs, strict=True)}


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["time_zone"] = "UTC"
    return client


def save(number):
    return f"/roles/load-role-{number}/save/"


def sign_in(portal, numbers):
    """As somebody else each time, as few tries with one e-mail are taken."""
    form = {"login": f"{next(numbers)}-nobody@example.org", "password": "x", "csrfmiddlewaretoken": masked(SECRET)}
    headers = {**OURS, "HTTP_COOKIE": f"time_zone=UTC; csrftoken={SECRET}", "HTTP_ORIGIN": "http://localhost"}
    return portal.ask(SIGN_IN, "POST", urlencode(form).encode(), **headers)


def runs():
    """Milliseconds a person, of the runs that go through people: a part of each run, which is then taken back."""
    now, found = timezone.now(), {}
    for name, after in (("first", 0), ("last", Profile.objects.latest("pk").pk - BATCH)):
        begun = perf_counter()
        end = end_of_part(after=after, most=BATCH)
        people = list(people_with_events(now=now, after=after, upto=end))
        due = len(due_of(recipients_of(people), now=now))
        found[f"reminders, the {name} {BATCH}"] = {"due": due, "wall": since(begun) / len(people)}
    with transaction.atomic():
        begun = perf_counter()
        pruned = prune_guests(idle_since=timezone.localdate() - timedelta(days=LONG_AWAY), now=now)
        found["prune guests and sessions"] = {**pruned._asdict(), "wall": since(begun) / sum(pruned)}
        for name, prune in (("prune answers to forms", prune_submissions), ("prune what was removed", prune_removals)):
            begun = perf_counter()
            rows = prune(now=now)
            found[name] = {"rows": rows, "wall": since(begun) / max(1, rows)}
        transaction.set_rollback(True)
    return found


def since(begun):
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1].split(",")])
