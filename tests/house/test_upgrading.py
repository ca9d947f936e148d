"""A portal that is in use is upgraded, and everybody finds their work.

`tests/data/upgrade/` has the database of commit 5d0fe59 (migrations up to 0006), once for SQLite, once for PostgreSQL:
an account and a guest with one of everything, and one of each noun of the guide, made there by the makers of the tests
of then (`tests/whole_person.py`).
"""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.plans.models import PlanStep
from careers.saved.models import SavedRole

DATA = Path(__file__).parent.parent / "data" / "upgrade"
NAME = "upgraded_portal"
# What is Django's own and made anew, or derived from what else there is.
NOT_WORK = re.compile(r"django_migrations|django_content_type|auth_permission|careers_search|careers_revision|sqlite_")
# Line breaks; steps that a pass had ticked; what could come back has left the sessions.
MENDED = {("careers_savedrole", "note"), ("careers_planstep", "done_on"), ("careers_session", "session_data")}
NOT_FILLED = {"careers_loadedrow", "django_tasks_database_dbtaskresult"}


@pytest.fixture
def old_portal(tmp_path, django_db_blocker):
    """The connection leads to a database of its own, which is as the old version left it."""
    own_name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "sqlite":
            place = tmp_path / "portal.sqlite3"
            place.write_bytes(gzip.decompress((DATA / "portal.sqlite3.gz").read_bytes()))
            connection.settings_dict["NAME"] = str(place)
        else:
            on_the_server(f"DROP DATABASE IF EXISTS {NAME}", f"CREATE DATABASE {NAME} TEMPLATE template0")
            connection.settings_dict["NAME"] = NAME
            with connection.cursor() as cursor:
                cursor.execute(gzip.decompress((DATA / "portal.postgresql.sql.gz").read_bytes()).decode())
        connection.close()  # the dump sets what its session takes for granted
        with connection.cursor() as cursor:  # its sessions lasted until some day
            cursor.execute("UPDATE careers_session SET expire_date = %s", [timezone.now() + timedelta(days=1)])
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own_name
            if connection.vendor == "postgresql":
                on_the_server(f"DROP DATABASE {NAME}")


def on_the_server(*statements):
    parts = {name: connection.settings_dict[name.upper()] for name in ("host", "port", "user", "password")}
    with psycopg.connect(**parts, dbname="postgres", autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


def rows():
    """{table: {key: {column: value}}} of what is anybody's work."""
    found = {}
    for table in connection.introspection.table_names():
        if not NOT_WORK.match(table):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                columns = [column[0] for column in cursor.description]
                of_table = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            key = "id" if "id" in columns else columns[0]
            found[table] = {row[key]: row for row in of_table}
    return found


def changed(before, after):
    """{(table, column)} where a row says something else than before; a column that is gone does not count."""
    return {
        (table, column)
        for table, old in before.items()
        for key, row in old.items()
        for column, value in row.items()
        if after[table][key].get(column, value) != value
    }


def test_everybody_finds_their_work_after_an_upgrade(old_portal):
    before = rows()
    call_command("migrate", verbosity=0)
    after = rows()

    lost = {table: set(old) - set(after.get(table, ())) for table, old in before.items()}
    assert {table: keys for table, keys in lost.items() if keys} == {}
    assert {table for table, old in before.items() if not old} == NOT_FILLED
    assert changed(before, after) == MENDED
    every_model_reads_its_rows()

    assert SavedRole.objects.get(profile__user__email="asha@example.org").note == "Near home.\nAsk Meera."
    states = dict(PlanStep.objects.filter(title__startswith="Ticked").values_list("title", "done_on"))
    assert states == {"Ticked by hand": date(2026, 5, 1), "Ticked by the pass": None}, "a pass closes, and ticks none"
    assert pages_of(User.objects.get(email="asha@example.org")) > 10


def every_model_reads_its_rows():
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            str(row)
            row.refresh_from_db()


def pages_of(user):
    """How many pages answer of what this person has; each has to."""
    client, profile = Client(), Profile.objects.get(user=user)
    client.force_login(user)
    names = ["me-dashboard", "profile-read", "goal-read", "plan-list", "saved-list", "evidence-list", "data-read"]
    names += ["home", "role-list", "match-list", "route-map", "share-list", "calendar-read", "reminder-settings"]
    pages = [reverse(name) for name in names]
    pages += [reverse("plan-read", args=[plan.pk]) for plan in profile.certification_plans.all()]
    pages += [share.get_absolute_url() for share in profile.shares.filter(revoked_at=None)]
    answers = {page: client.get(page).status_code for page in pages}
    assert set(answers.values()) == {200}, answers
    return len(pages)
