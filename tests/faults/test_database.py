"""The database away, frozen or locked by others: kept pages are served, all else is a sentence, and it passes."""

import ast
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import connect
from subprocess import PIPE
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.template.loader import render_to_string
from django.test import Client

from bpo_portal.headers import ON_EVERY_ANSWER
from careers.guide.models.revisions import Revision
from careers.guide.selectors import kept
from careers.guide.selectors.kept import known_revision
from careers.lib import asking
from careers.postgresql import base
from careers.postgresql.base import DatabaseWrapper
from careers.runtime import lock_timeout
from careers.web.public_pages import without_question
from tests.browser.server import DATABASE
from tests.faults.processes import end_of, manage, serving, take_database, wait_for
from tests.programs import or_skip
from tests.services import free_port, postgresql, postgresql_bin, run, unprivileged_account

FORM = {"Sec-Fetch-Site": "same-origin", "Cookie": "time_zone=UTC; csrftoken=" + "a" * 32}
ABOUT = b"csrfmiddlewaretoken=" + b"a" * 32 + b"&display_name=Asha+%26+Ravi"
COPY = "this page is shown as everybody sees it"
SIGN_IN = "/account/login/"
LONG = {"display_name": "x" * 300}  # a form that shows its fault
SENTENCE = "This page cannot be shown just now"
SERVER = {"NAME": "portal", "USER": "portal", "PASSWORD": "", "TIME_ZONE": None, "CONN_MAX_AGE": 0, "OPTIONS": {}}
SERVER |= {"AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False}
KNOWN = f"sessionid={'a' * 32}; time_zone=UTC"
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="a server's processes are found in /proc")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite's lock")


@contextmanager
def locked(folder):
    """Somebody else is writing all the time."""
    with closing(connect(folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def is_sentence(answer):
    says = SENTENCE in answer.text and ">Try again</a>" in answer.text
    return says and answer.status == 503 and answer.headers["Retry-After"] == "10" and is_closed(answer)


def is_closed(answer):
    """It says to the browser what every answer says."""
    return all(answer.headers[name] == value for name, value in ON_EVERY_ANSWER.items())


def save(server):
    return server.get("/me/profile/about/", ABOUT, **FORM)


def waits_of(server, *, times, pause=0):
    """Seconds for a page that is kept, from the least."""
    waits = []
    for _ in range(times):
        answer = server.get("/")
        assert answer.status == 200
        waits.append(answer.seconds)
        time.sleep(pause)
    return sorted(waits)


@on_sqlite
@pytest.mark.django_db
def test_a_locked_sqlite_keeps_nobody_from_reading(tmp_path):
    take_database(tmp_path)
    with serving(tmp_path) as server, ThreadPoolExecutor(24) as people:
        assert server.get("/").status == 200
        with locked(tmp_path):
            writes = [people.submit(save, server) for _ in range(24)]
            time.sleep(0.6)
            rounds = [waits_of(server, times=20), waits_of(server, times=20)]
            assert server.get("/books/").status == 200, "others are made"
            answers = [write.result() for write in writes]
        assert min(waits[10] for waits in rounds) < 0.1, rounds
        assert min(waits[-1] for waits in rounds) < 0.3, rounds
        assert {answer.status for answer in answers} == {503}
        for answer in answers:
            assert "Busy: nothing was saved" in answer.text
            assert "Asha &amp; Ravi" in answer.text
            assert "Send it again</button>" in answer.text
            assert answer.headers["Retry-After"] == "10"
            assert is_closed(answer)
        assert save(server).status == 302
        log = server.log.read_text()
        assert "Traceback" not in log
        assert log.count("The database is away or busy") == 1


@on_sqlite
@pytest.mark.django_db
def test_who_collects_the_garbage_of_a_writer_that_waits_does_not_wait_along(tmp_path, monkeypatch):
    """As the event loop's thread may, whenever it collects: a request that failed leaves its cursors in a traceback."""
    take_database(tmp_path)
    monkeypatch.setattr(lock_timeout, "queue", lock_timeout.Queue())  # the test's own transaction is not of it
    cursors, began, options = [], Event(), {**connection.settings_dict, "NAME": str(tmp_path / DATABASE)}

    def write():
        own = connection.copy("own")
        own.settings_dict = options
        own.execute_wrappers = [lock_timeout.wait_in_turn]
        own.inc_thread_sharing()
        with closing(own):
            own.ensure_connection()
            cursors.append(own.connection.execute("SELECT 1 UNION SELECT 2"))  # not read to its end
            began.set()
            with pytest.raises(OperationalError, match="locked"), own.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
            return monotonic()

    with locked(tmp_path), ThreadPoolExecutor(1) as beside:
        writer = beside.submit(write)
        began.wait()
        time.sleep(1)  # another program has the lock: so much is known by now
        begun = monotonic()
        cursors.clear()
        assert monotonic() - begun < 0.2
        assert writer.result() - begun > 2, "it has waited on meanwhile"


def is_copy(answer):
    return answer.status == 200 and COPY in answer.text and answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.soak
@on_sqlite
@pytest.mark.django_db
def test_no_kept_page_waits_longer_than_a_tenth_of_a_second_while_sqlite_is_locked(tmp_path):
    """Though 24 people press again half a second after each answer, for 20 seconds.

    Nobody waits for SQLite's lock there. What a page waits for is its turn of the interpreter, each time that it comes
    back from SQLite, while others are told that the database is busy. A machine that does something else besides may
    take longer for any page: as it did without the lock.
    """
    take_database(tmp_path)
    with serving(tmp_path) as server:
        assert server.get("/").status == 200
        idle = waits_of(server, times=500, pause=0.02)
        pressing = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.pressing", server.url], stdin=PIPE, stdout=PIPE, text=True
        )
        with pressing, locked(tmp_path):
            time.sleep(1)
            waits = waits_of(server, times=500, pause=0.04)
            said, _ = pressing.communicate()
    for name, seen in (("idle", idle), ("locked", waits)):
        parts = [f"{1000 * seen[int(len(seen) * part)]:.0f} ms" for part in (0.5, 0.95, 0.99)]
        print(name, *parts, f"at most {1000 * seen[-1]:.0f} ms")
    assert set(ast.literal_eval(said)) == {503}
    assert waits[-1] < max(0.1, idle[-1])
    assert waits[475] < max(0.05, idle[475])


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


@pytest.mark.parametrize(("seconds", "longest"), [(2, 5), pytest.param(20, 0.5, marks=pytest.mark.soak)])
def test_postgresql_away_and_back(tmp_path, seconds, longest):
    """For a long time on a machine of its own; for a moment on any, where a page may have to wait for a processor."""
    programs, account = or_skip(postgresql_bin), unprivileged_account()
    with postgresql(programs) as url:
        status, said = end_of(manage(tmp_path, "migrate", DATABASE_URL=url))
        assert status == 0, said
        with psycopg.connect(url) as database:
            folder = database.execute("SHOW data_directory").fetchone()[0]
        with serving(tmp_path, DATABASE_URL=url) as server:
            assert server.get("/").status == 200
            assert save(server).status == 302
            run(account, programs / "pg_ctl", f"stop -D {folder} -m immediate -w")
            end, kept, copies, others = time.monotonic() + seconds, [], [], []
            while time.monotonic() < end:
                kept.append(server.get("/"))
                copies.append(server.get("/", Cookie=KNOWN))
                others += [server.get("/books/"), save(server)]
                time.sleep(0.05)
            run(account, programs / "pg_ctl", f"start -D {folder} -l {folder}.log -w")
            assert {answer.status for answer in kept} == {200}
            assert max(answer.seconds for answer in kept) < longest
            assert all(map(is_copy, copies))
            assert max(answer.seconds for answer in copies) < longest
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
        monkeypatch.setattr(Revision, "at_a_glance", current)

    away.asked = 0
    monkeypatch.setattr(SQLiteError, "sqlite_errorcode", 5, raising=False)
    return away


class SQLiteError(Exception):
    pass


def set_clocks(monkeypatch, now):
    for module in (kept, asking):
        monkeypatch.setattr(module, "monotonic", lambda: now)


def test_the_last_known_revision_holds_for_an_hour_and_one_asks_each_second(db, away, monkeypatch):
    number = known_revision()
    away()
    now = monotonic()
    assert [known_revision() for _ in range(50)] == [number] * 50
    assert away.asked == 1
    set_clocks(monkeypatch, now + 2)
    assert [known_revision() for _ in range(50)] == [number] * 50
    assert away.asked == 2
    set_clocks(monkeypatch, now + kept.LONGEST + 1)
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


def test_whoever_is_known_sees_the_kept_page_of_everybody_and_it_stays_nowhere(person, away, monkeypatch):
    shown = Client().get("/").text
    away()
    monkeypatch.setattr(
        "careers.personal_data.views.middleware.has_session",
        lambda request: request.COOKIES.get("sessionid") and Revision.current(),
    )
    person.raise_request_exception = False
    page = person.get("/", headers={"If-None-Match": "*"})
    assert page.status_code == 200
    assert COPY in page.text
    bare = page.text.replace(render_to_string("parts/page/_as_everybody_sees_it.html"), "")
    assert len(bare) == len(without_question(shown.encode()).decode())
    assert page["Cache-Control"] == "private, no-store"
    assert "ETag" not in page
    for address in ("/books/", "/me/", "/no-such-page/"):
        assert is_503(person.get(address))
    assert COPY not in Client().get("/").text
    known_revision.forget()
    assert is_503(person.get("/")), "nothing is known of the guide"


def is_503(response):
    return response.status_code == 503 and SENTENCE in response.text


def test_a_page_of_an_outage_says_who_is_signed_in_where_that_was_known_before(person, away, monkeypatch):
    """Else it says neither: a person who is signed in is not asked to sign in."""
    email, known_to_nobody = person.user.email, Client()
    for client in (person, known_to_nobody):
        client.raise_request_exception = False
    away()
    monkeypatch.setattr("careers.people.views.profile.TemplateResponse", lambda *_: Revision.current())
    for ask in (
        lambda client: client.get("/me/profile/about/"),
        lambda client: client.post("/me/profile/about/", LONG, headers={"Sec-Fetch-Site": "same-origin"}),
    ):
        assert [said_of_account(ask(client), email) for client in (person, known_to_nobody)] == [{email}, {SIGN_IN}]
    monkeypatch.setattr(
        "careers.personal_data.views.middleware.has_session", lambda request: request.COOKIES and Revision.current()
    )
    assert said_of_account(person.get("/books/"), email) == set()
    for name in ("400.html", "500.html"):
        assert SIGN_IN not in render_to_string(name), "they are rendered without anybody"


def said_of_account(response, email):
    assert response.status_code == 503
    header = response.text.partition("</header>")[0] + response.text.partition("<footer")[2]
    return {words for words in (email, SIGN_IN) if words in header}


def test_a_form_that_another_site_sent_comes_back_to_nobody(db, client, monkeypatch, away):
    client.raise_request_exception = False
    away()
    monkeypatch.setattr("careers.people.views.profile.TemplateResponse", lambda *_: Revision.current())
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


@pytest.fixture(scope="module")
def own_postgresql(tmp_path_factory):
    """A server that a test may freeze, with the portal's tables: its URL, and its first process."""
    with postgresql(or_skip(postgresql_bin)) as url:
        status, said = end_of(manage(tmp_path_factory.mktemp("migrating"), "migrate", DATABASE_URL=url))
        assert status == 0, said
        with psycopg.connect(url) as database:
            folder = Path(database.execute("SHOW data_directory").fetchone()[0])
        yield url, int((folder / "postmaster.pid").read_text().split()[0])


@contextmanager
def frozen(first):
    """The server answers nobody, in no connection, until the end of it."""
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    processes = [first, *map(int, children)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


@pytest.mark.soak
@needs_proc
def test_a_frozen_postgresql_holds_nobody_for_long(tmp_path, own_postgresql):
    url, first = own_postgresql
    with serving(tmp_path, DATABASE_URL=url) as server, ThreadPoolExecutor(40) as people:
        assert server.get("/").status == 200
        assert {save(server).status for _ in range(12)} == {302}
        known = [people.submit(server.get, "/me/", Cookie=KNOWN) for _ in range(20)]
        assert {one.result().status for one in known} == {200}
        with frozen(first):
            writes = [people.submit(save, server) for _ in range(12)]
            known = [people.submit(server.get, "/me/", Cookie=KNOWN) for _ in range(12)]
            end, kept = monotonic() + 12, []
            while monotonic() < end:
                kept.append(server.get("/"))
                time.sleep(0.05)
            others = [one.result() for one in (*writes, *known)]
            assert {answer.status for answer in others} == {503}
        waits = sorted(answer.seconds for answer in kept)
        print(
            len(kept), "kept pages:", waits[len(waits) // 2], waits[-3:], "others:", max(one.seconds for one in others)
        )
        assert {answer.status for answer in kept} == {200}
        assert waits[-1] < 1.5
        assert waits[-3] < 0.3
        assert max(one.seconds for one in others) < 15
        wait_for(lambda: save(server).status == 302, within=10)
        assert server.get("/me/", Cookie=KNOWN).status == 200
        assert "Traceback" not in server.log.read_text()


@pytest.mark.soak
def test_a_row_that_somebody_holds_is_busy_and_readers_go_on(tmp_path, own_postgresql):
    url, _ = own_postgresql
    with serving(tmp_path, DATABASE_URL=url) as server, psycopg.connect(url) as somebody:
        assert server.get("/").status == 200
        somebody.execute("LOCK careers_profile IN ACCESS EXCLUSIVE MODE")
        answer = save(server)
        assert (answer.status, answer.seconds < 6) == (503, True)
        assert "Busy: nothing was saved" in answer.text
        assert "Asha &amp; Ravi" in answer.text
        assert server.get("/").status == server.get("/books/").status == 200
        somebody.rollback()
        assert save(server).status == 302


@needs_proc
def test_only_what_is_asked_for_a_page_has_an_end(db, monkeypatch):
    """A page is told after some seconds that a frozen server does not answer; a command waits for it."""
    monkeypatch.setattr(base.DatabaseWrapper, "answer_timeout", 0.5)
    monkeypatch.setattr(base, "ANSWER", 0.5)
    with (
        postgresql(or_skip(postgresql_bin)) as url,
        closing(connected(url)) as command,
        closing(connected(url, is_for_page=True)) as page,
        closing(connected(url, is_for_page=True)) as other,
    ):
        assert limits(command) == ("0", "0")
        assert limits(page) == (f"{base.LOCK}s", f"{base.STATEMENT}s")
        with psycopg.connect(url) as asked:
            folder = Path(asked.execute("SHOW data_directory").fetchone()[0])
        with ThreadPoolExecutor(1) as beside:
            with frozen(int((folder / "postmaster.pid").read_text().split()[0])):
                waiting = beside.submit(limits, command)
                begun = monotonic()
                with pytest.raises(OperationalError):
                    limits(page)
                assert 0.5 <= monotonic() - begun < 2
                begun = monotonic()
                with pytest.raises(OperationalError, match="a moment ago"):
                    limits(other)
                assert monotonic() - begun < 0.2
                assert not waiting.done()
            assert waiting.result(10) == ("0", "0")
        page.close()
        other.close()
        with pytest.raises(OperationalError, match="a moment ago"):
            page.ensure_connection()
        monkeypatch.setattr(asking, "monotonic", lambda: monotonic() + base.AGAIN + 1)
        assert limits(page) == limits(other) == (f"{base.LOCK}s", f"{base.STATEMENT}s")


def connected(url, *, is_for_page=False):
    parts = urlsplit(url)
    known = {"NAME": "postgres", "USER": parts.username, "PASSWORD": parts.password}
    database = DatabaseWrapper({**SERVER, **known, "HOST": parts.hostname, "PORT": parts.port})
    database.is_for_page = is_for_page
    database.inc_thread_sharing()  # what a command waits for, the test asks in a thread
    database.ensure_connection()
    return database


def limits(database):
    with database.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        return cursor.fetchone()
