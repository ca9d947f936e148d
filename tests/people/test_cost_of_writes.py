"""A write holds SQLite's one lock, and a connection of PostgreSQL: it asks the database for little."""

from datetime import timedelta

import pytest
from django.middleware.csrf import _mask_cipher_secret as masked
from django.test import Client
from django.utils import timezone

from careers.accounts.models.sessions import Session
from careers.fields.models.rows import insert_unless_there
from careers.guide.selectors.role_facets import role_facets
from careers.people.models.profiles import Profile
from careers.people.models.submissions import Submission
from careers.saved.models import SavedRole
from tests import factories as make
from tests.queries import queries_of

pytestmark = pytest.mark.django_db(transaction=True)
MOST, MOST_OF_NEXT, MOST_OF_FIRST = 10, 8, 7  # with the beginning and the end of the transaction
OURS = {"Sec-Fetch-Site": "same-origin"}
SECRET = "a" * 32


def browser():
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = SECRET
    return client


def cost_of(client, address, **fields):
    """In queries, of a form that is saved; `fields` with a nonce of its own, as pages of a person carry it."""
    answers = []
    data = {"csrfmiddlewaretoken": masked(SECRET), **fields} if fields else {}
    cost = queries_of(lambda: answers.append(client.post(address, data, headers=OURS)))
    assert answers[0].status_code in (302, 303)
    return cost


def test_a_first_save_and_the_next_ask_little():
    roles = [make.make_role() for _ in range(3)]
    cost_of(browser(), f"/roles/{roles[0].slug}/save/")
    for role in roles[1:]:  # somebody has looked at them
        cost_of(browser(), f"/roles/{role.slug}/save/")
    client = browser()
    costs = [cost_of(client, f"/roles/{role.slug}/save/") for role in roles]
    assert max(costs) <= MOST_OF_NEXT, costs
    assert costs[0] <= MOST_OF_FIRST, "who is new has nothing that could be asked about"
    assert SavedRole.objects.filter(profile=Profile.objects.latest("pk")).count() == 3
    assert (Profile.objects.count(), Session.objects.count(), Submission.objects.count()) == (4, 4, 4)


def test_who_only_saves_is_here_today_and_their_browser_knows_them_as_long_again():
    client, roles, today = browser(), [make.make_role() for _ in range(2)], timezone.localdate()
    cost_of(client, f"/roles/{roles[0].slug}/save/")
    Profile.objects.update(active_on=today - timedelta(80))
    answer = client.post(f"/roles/{roles[1].slug}/save/", headers=OURS)
    assert answer.status_code == 303 and "sessionid" in answer.cookies  # noqa: PT018
    assert Profile.objects.get().active_on == today


def test_a_step_of_the_profile_asks_little_more_the_first_time_and_the_next():
    client = browser()
    role_facets()  # what the process keeps of the guide is there
    costs = [cost_of(client, "/me/profile/about/", display_name=name) for name in ("Asha", "Ravi", "Ramon")]
    assert max(costs[1:]) <= MOST, costs
    assert costs[0] <= MOST + 3, costs
    assert Profile.objects.get().display_name == "Ramon"


def test_a_row_in_words_that_are_there_is_the_row_that_django_writes():
    profiles = [make.make_profile() for _ in range(2)]
    role, now = make.make_role(), timezone.now()
    seen = {"title": "Ünïcode “role”", "skills": {"Excel": [3, True]}, "none": None}
    rows = [SavedRole(profile=one, role=role, note="50 % of it", seen=seen, saved_at=now) for one in profiles]
    insert_unless_there(rows[0])
    SavedRole.objects.bulk_create([rows[1]], ignore_conflicts=True)
    ours, djangos = SavedRole.objects.order_by("pk").values(*[field.attname for field in SavedRole._meta.fields])
    differs = {name for name in ours if ours[name] != djangos[name]}
    assert differs <= {"id", "profile_id", "answered_at", "seen_at"}
    rows[0].note = "a second one"
    insert_unless_there(rows[0])
    assert [row.note for row in SavedRole.objects.all()] == ["50 % of it"] * 2
