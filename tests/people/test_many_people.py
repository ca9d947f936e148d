"""What is asked about one person does not go through all of them: SQLite says how it looks for what it is asked.

Its plans do not depend on how many rows there are, as nobody has counted them in a test.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.people.services.guests import prune_guests
from careers.people.services.removals import prune_removals
from careers.people.services.submissions import prune_submissions
from careers.reminders.selectors.events import due_of, people_with_events, recipients_of
from careers.reminders.services.outbox import deliver
from tests import factories as make
from tests.own_pages import own_addresses, pages_of
from tests.whole_person import PASSWORD, make_whole_account, models_of_people

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the words of a plan are SQLite's"),
]
EMAIL = "mira@example.org"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def person():
    return make_whole_account(mark="mira", colleague=make.make_user())


def walked_through(ask):
    """Tables of people, each row of which is looked at by what `ask` asks; with the first words that do so."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    found = {}
    tables = {model._meta.db_table for model in models_of_people()}
    for sql in (query["sql"] for query in captured):
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            found |= dict.fromkeys(walks(sql) & tables, sql)
    assert captured
    return found


def walks(sql):
    """Tables that are read from end to end, be it by an index."""
    names = {alias: table for table, alias in re.findall(r'(?:FROM|JOIN) "(\w+)" "?(U\d+|\w+)"?', sql)}
    plan = [row[3] for row in connection.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    scanned = [line.split()[1] for line in plan if line.startswith("SCAN ")]
    return {names.get(one, one) for one in scanned}


def test_no_page_of_a_person_looks_at_everybody(person):
    client = Client()
    client.force_login(person)
    client.cookies["time_zone"] = "UTC"
    addresses = own_addresses(person.profile)
    assert walked_through(lambda: list(pages_of(client, addresses))) == {}


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/account/login/", {"login": EMAIL, "password": PASSWORD}),
        ("/account/login/", {"login": EMAIL.upper(), "password": "another"}),
        ("/account/signup/", {"email": "new@example.org", "password1": PASSWORD}),
        ("/account/password/reset/", {"email": EMAIL}),
        ("/me/profile/about/", {"display_name": "Mira"}),
        ("/roles/a-role/save/", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_form_does(person, address, form):
    make.make_role(title="A role")
    assert walked_through(lambda: Client(headers=OURS).post(address, form)) == {}


def test_an_account_is_found_in_any_case_of_its_letters(person):
    assert User.objects.get_by_natural_key("MiRa@Example.org") == person
    assert not User.objects.with_email("mira_example.org").exists()


# Whoever has something to be reminded of is looked for among all, a part of them at a time, by the key.
EVERYBODY = {"careers_profile"}


def test_no_daily_run_looks_at_more_than_it_is_about(person):
    at, day = now(), localdate()
    runs = {
        "reminders": lambda: due_of(recipients_of(people_with_events(now=at, after=0, upto=person.profile.pk)), now=at),
        "mails": lambda: deliver(clock=now),
        "guests": lambda: prune_guests(idle_since=day - timedelta(days=90), now=at),
        "answers": lambda: prune_submissions(now=at),
        "removed": lambda: prune_removals(now=at),
    }
    found = {name: walked_through(run) for name, run in runs.items()}
    assert {name: tables for name, tables in found.items() if tables.keys() - EVERYBODY} == {}
    assert Profile.objects.filter(pk=person.profile.pk).exists()
