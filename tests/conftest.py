import gc
import os
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test import client as test_client
from hypothesis import settings as hypothesis_settings

from careers.accounts.models.users import trust_email
from careers.guide.models.revisions import LoadedRow
from careers.guide.selectors.kept import everything_kept
from careers.guide.services.loading import load_guide
from careers.people.views.requests import GUEST
from careers.web.public_pages import forget_pages
from tests import emptying, order, quick
from tests.factories import make_profile, make_user
from tests.settings import KEPT

# How long an example takes is the machine's: a busy one, or one that measures branches, is no fault.
hypothesis_settings.register_profile("usual", deadline=None)
hypothesis_settings.register_profile("quick", max_examples=8, deadline=None)
hypothesis_settings.register_profile("thorough", max_examples=1000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))

ROWS_FILE = Path(KEPT.name, "guide.sqlite3")  # of the guide, where SQLite is tested


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="one case of each test that takes no time (tests/quick.py)")


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before their order changes, and after that
def pytest_collection_modifyitems(config, items):
    if config.getoption("quick"):
        kept = set(quick.chosen(items))
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]
    yield
    if not config.getoption("loadscopereorder", True):
        items[:] = order.in_turn(items)


def pytest_collection_finish():
    """What is loaded by now stays to the end: to look for garbage in it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def quick_databases():
    with pytest.MonkeyPatch.context() as patch:
        emptying.patch(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_templates():
    """`response.context` holds what pages were made of, not again what each small template in them was given.

    To copy that takes a twentieth of the time of all tests.
    """
    note = test_client.store_rendered_templates

    def note_whole(store, signal, sender, template, context, **options):
        if context.template is template:
            note(store, signal, sender, template, context, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_client, "store_rendered_templates", note_whole)
        yield


@pytest.fixture(scope="session", autouse=True)
def pages_that_are_there():
    """Nobody reads the text of a redirect. It is empty, so whatever a test looks for in vain would be absent there."""
    text = HttpResponse.text.func

    def text_of_a_page(response):
        assert not 300 <= response.status_code < 400, f"It leads to {response.url} and has no text."
        return text(response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HttpResponse.text, "func", text_of_a_page)
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """No test meets what another one kept or counted."""
    for cache in caches.all():
        cache.clear()
    forget_pages()
    for kept in everything_kept:
        kept.forget()


@pytest.fixture(autouse=True)
def known_zone(monkeypatch):
    """Every test's browser has said its time zone, as each does with its first own page; tests of that take it back."""
    begin = Client.__init__

    def __init__(self, *args, **options):
        begin(self, *args, **options)
        self.cookies["time_zone"] = "UTC"

    monkeypatch.setattr(Client, "__init__", __init__)


@pytest.fixture(scope="session")
def guide_rows():
    """Filled by the first test that loads the guide: the load's report and every row that it wrote."""
    return {}


@pytest.fixture
def guide(db, guide_rows):
    """The whole guide, as a first run loads it. Rows are copied after the first time, as loading takes seconds."""
    if guide_rows:
        with transaction.atomic():
            come_back(guide_rows["permissions"], guide_rows["rows"])
    else:
        report = load_guide()
        rows = [(model, copied_rows(model)) for model in guide_models()]
        guide_rows.update(report=report, rows=rows, permissions=permissions())
    return guide_rows["report"]


def permissions():
    """Each as (app, model, codename, name, key)."""
    kind = ("content_type__app_label", "content_type__model")
    return list(Permission.objects.order_by("pk").values_list(*kind, "codename", "name", "pk"))


def come_back(then, rows):
    """Write the rows again, and where needed the permissions that they name by key.

    A test with transactions of its own empties the database; what Django then fills in itself gets other keys.
    """
    if permissions() != then:
        Permission.objects.all().delete()
        types = {one.natural_key(): one for one in ContentType.objects.all()}
        Permission.objects.bulk_create(
            Permission(pk=pk, codename=codename, name=name, content_type=types[app, model])
            for app, model, codename, name, pk in then
        )
    for model, copies in rows:
        write_again(model, copies)
    reset_sequences([Permission, *(model for model, _ in rows)])


def copied_rows(model):
    """As the database itself has them, so that no model has to read or to write them; SQLite's are in a file."""
    table, columns = as_sql(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
                return b"".join(copy)
        rows = cursor.connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    kept, places = f"kept_{model._meta.db_table}", ", ".join("?" * (1 + columns.count(",")))
    with closing(connect(ROWS_FILE)) as file, file:
        file.execute(f"CREATE TABLE {kept} ({columns})")
        file.executemany(f"INSERT INTO {kept} VALUES ({places})", rows)
    return None


def write_again(model, copies):
    table, columns = as_sql(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(copies)
        else:
            rows_beside(cursor.connection)
            kept = f"guide.kept_{model._meta.db_table}"
            cursor.connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {kept}")


def rows_beside(sqlite):
    """The file of rows is there as `guide`: SQLite copies from it in a quarter of the time that passing them takes.

    To read only, or each transaction would lock it too.
    """
    if not any(name == "guide" for _, name, _ in sqlite.execute("PRAGMA database_list")):
        sqlite.execute("ATTACH ? AS guide", [f"file:{ROWS_FILE}?mode=ro"])


def as_sql(model):
    """A model's table, and its columns that can be written."""
    columns = [f'"{field.column}"' for field in model._meta.local_concrete_fields if not field.generated]
    return f'"{model._meta.db_table}"', ", ".join(columns)


def guide_models():
    loaded = [apps.get_model(label) for label in LoadedRow.objects.order_by("pk").values_list("model", flat=True)]
    models = [*dict.fromkeys(loaded), LoadedRow]
    return [*models, *(field.remote_field.through for model in models for field in plain_many_to_many(model))]


def plain_many_to_many(model):
    return [field for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created]


def reset_sequences(models):
    with connection.cursor() as cursor:
        if statements := connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(" ".join(statements))


@pytest.fixture
def editor(guide, client):
    return signed_in(client, group="Editor")


@pytest.fixture
def publisher(guide, client):
    return signed_in(client, group="Publisher")


@pytest.fixture
def guest(db, client):
    """A visitor who has written something: a client whose session knows the guest `client.profile`."""
    client.profile = make_profile()
    session = client.session
    session[GUEST] = client.profile.pk
    session.save()
    return client


@pytest.fixture
def person(db, client):
    """Somebody signed in to an account of their own, with `client.user` and `client.profile`."""
    client.user = make_user()
    client.profile = make_profile(user=client.user)
    client.force_login(client.user)
    return client


def signed_in(client, *, group):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def run_command(db, capsys):
    """Run a management command and return what it printed."""

    def run(*args, **options):
        call_command(*args, **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def mail_server(with_mail, monkeypatch):
    """With mail, and every account that is made from now on has confirmed its address."""

    make_unconfirmed = make_user

    def confirmed(**fields):
        user = make_unconfirmed(**fields)
        trust_email(user)
        return user

    monkeypatch.setattr("tests.factories.make_user", confirmed)
    monkeypatch.setattr("tests.conftest.make_user", confirmed)


@pytest.fixture
def with_mail(settings):
    """As with a mail server: addresses have to be confirmed, changes are told. Mails are in `mailoutbox`."""
    settings.SENDS_EMAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False
