"""The database away, or locked by another program: kept pages are served, all else is a sentence, and it passes."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from sqlite3 import connect
from time import monotonic
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from careers.actions import kept
from careers.actions.kept import known_revision
from careers.models import Revision
from careers.postgresql import base
from careers.postgresql.base import DatabaseWrapper
from tests.browser.server import DATABASE
from tests.faults.processes import end_of, manage, serving, take_database, wait_for
from tests.services import free_port, postgresql, postgresql_bin, run, unprivileged_account

FORM = {"Sec-Fetch-Site": "same-origin", "Cookie": "time_zone=UTC; csrftoken=" + "a" * 32}
ABOUT = b"csrfmiddlewaretoken=" + b"a" * 32 + b"&display_name=Asha+%26+Ravi"
SENTENCE = "This page cannot be shown just now"
SERVER = {"NAME": "portal", "USER": "portal", "PASSWORD": "", "TIME_ZONE": None, "CONN_MAX_AGE": 0, "OPTIONS": {}}
SERVER |= {"AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False}
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite's lock")


@contextmanager
def locked(folder):
    """Somebody else is writing all the time."""
    with closing(connect(folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def is_sentence(answer):
    has_way_on = ">Try again</a>" in answer.text
    return answer.status == 503 and answer.headers["Retry-After"] == "10" and SENTENCE in answer.text and has_way_on


def save(server):
    return server.get("/me/profile/about/", ABOUT, **FORM)


@on_sqlite
@pytest.mark.django_db
def test_a_locked_sqlite_keeps_nobody_from_reading(tmp_path):
    take_database(tmp_path)
    with serving(tmp_path) as server, ThreadPoolExecutor(24) as people:
        assert server.get("/").status == 200
        with locked(tmp_path):
            writes = [people.submit(save, server) for _ in range(24)]
            time.sleep(0.6)
            waits = sorted(server.get("/").seconds for _ in range(20))
            assert server.get("/books/").status == 200, "others are made"
            answers = [write.result() for write in writes]
        assert waits[10] < 0.1, waits
        assert waits[-1] < 1, waits
        assert {answer.status for answer in answers} == {503}
        for answer in answers:
            assert "Busy: nothing was saved" in answer.text
            assert "Asha &amp; Ravi" in answer.text
            assert "Send it again</button>" in answer.text
            assert answer.headers["Retry-After"] == "10"
        assert save(server).status == 302
        log = server.log.read_text()
        assert "Traceback" not in log
        assert log.count("The database is away or busy") == 1


def test_a_database_that_is_not_there_is_a_sentence_and_a_line(tmp_path):
    url = f"postgres://portal:hush-hush@127.0.0.1:{free_port()}/portal"
    with serving(tmp_path, DATABASE_URL=url) as server:
        pages = ["/", "/roles/", "/search/?q=a", "/me/", "/me/profile/", "/admin/careers/role/"]
        answers = {page: server.get(page, Cookie=f"sessionid={'a' * 32}; time_zone=UTC") for page in 3 * pages}
        assert [page for page, answer in answers.items() if not is_sentence(answer)] == []
        assert save(server).status == 503
        known = {"Cookie": f"sessionid={'a' * 32}"}
        assert server.get("/healthz", **known).status == 200
        ready = server.get("/readyz", **known)
        assert ready.status == 503
        assert "database: does not answer" in ready.text
        assert "hush" not in ready.text + server.log.read_text()
        assert server.log.read_text().count("\n") <= 3


@pytest.mark.soak
@pytest.mark.parametrize("seconds", [20])
def test_postgresql_away_and_back(tmp_path, seconds):
    programs, account = postgresql_bin(), unprivileged_account()
    with postgresql(programs) as url:
        status, said = end_of(manage(tmp_path, "migrate", DATABASE_URL=url))
        assert status == 0, said
        with psycopg.connect(url) as database:
            folder = database.execute("SHOW data_directory").fetchone()[0]
        with serving(tmp_path, DATABASE_URL=url) as server:
            assert server.get("/").status == 200
            assert save(server).status == 302
            run(account, programs / "pg_ctl", f"stop -D {folder} -m immediate -w")
            end, kept, others = time.monotonic() + seconds, [], []
            while time.monotonic() < end:
                kept.append(server.get("/"))
                others += [server.get("/books/"), save(server)]
                time.sleep(0.05)
            run(account, programs / "pg_ctl", f"start -D {folder} -l {folder}.log -w")
            assert {answer.status for answer in kept} == {200}
            assert max(answer.seconds for answer in kept) < 0.5
            assert {answer.status for answer in others} == {503}
            assert all("Asha &amp; Ravi" in answer.text for answer in others[1::2])
            wait_for(lambda: save(server).status == 302, within=10)
            assert server.get("/books/").status == 200
            assert server.get("/readyz").status == 200
            log = server.log.read_text()
            assert "Traceback" not in log
            assert log.count("\n") <= 4, log
            print(len(kept) + len(others), "requests,", len(log), "bytes of log")


@pytest.fixture
def away(monkeypatch):
    """Switches the revision's query off, as an outage does; `away.asked` counts who asked."""

    def current():
        away.asked += 1
        try:
            raise SQLiteError
        except SQLiteError as error:
            raise OperationalError("away") from error

    def away():
        monkeypatch.setattr(Revision, "current", current)

    away.asked = 0
    monkeypatch.setattr(SQLiteError, "sqlite_errorcode", 5, raising=False)
    return away


class SQLiteError(Exception):
    pass


def test_the_last_known_revision_holds_for_an_hour_and_one_asks_each_second(db, away, monkeypatch):
    number = known_revision()
    away()
    now = monotonic()
    assert [known_revision() for _ in range(50)] == [number] * 50
    assert away.asked == 1
    monkeypatch.setattr(kept, "monotonic", lambda: now + 2)
    assert [known_revision() for _ in range(50)] == [number] * 50
    assert away.asked == 2
    monkeypatch.setattr(kept, "monotonic", lambda: now + kept.LONGEST + 1)
    with pytest.raises(OperationalError):
        known_revision()


def test_what_the_database_does_not_understand_is_our_fault(db, client, monkeypatch):
    """It stays a 500 with its traceback: nobody would find it otherwise."""
    client.raise_request_exception = False

    def broken(*_):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(Revision, "current", broken)
    assert client.get("/roles/").status_code == 500


def test_a_form_that_another_site_sent_comes_back_to_nobody(db, client, monkeypatch, away):
    client.raise_request_exception = False
    away()
    monkeypatch.setattr("careers.views.profiles.render", lambda *_: Revision.current())
    for site, is_shown in (("same-origin", True), ("cross-site", False)):
        page = client.post("/me/profile/about/", {"display_name": "x" * 300}, headers={"Sec-Fetch-Site": site})
        assert page.status_code == 503
        assert ("x" * 300 in page.text) is is_shown
        assert page["Cache-Control"] == "private, no-store"


def test_nobody_waits_for_a_postgresql_that_has_just_not_answered(db):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host, port = silent.getsockname()
        server = DatabaseWrapper({**SERVER, "HOST": host, "PORT": port, "OPTIONS": {"connect_timeout": 2}})
        with pytest.raises(OperationalError):
            server.ensure_connection()
        begun = monotonic()
        for _ in range(20):
            with pytest.raises(OperationalError, match="a moment ago"):
                server.ensure_connection()
        assert monotonic() - begun < 0.5


@pytest.mark.soak
def test_postgresql_is_taken_again_after_it_did_not_answer(db, monkeypatch):
    with postgresql(postgresql_bin()) as url:
        parts = urlsplit(url)
        known = {"NAME": "postgres", "USER": parts.username, "PASSWORD": parts.password}
        server = DatabaseWrapper({**SERVER, **known, "HOST": parts.hostname, "PORT": parts.port})
        monkeypatch.setitem(base.asked_until, (parts.hostname, parts.port), monotonic() + 0.5)
        with pytest.raises(OperationalError, match="a moment ago"):
            server.ensure_connection()
        time.sleep(0.6)
        server.ensure_connection()
        assert server.is_usable()
        assert (parts.hostname, parts.port) not in base.asked_until
        server.close()
