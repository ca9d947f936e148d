"""Two at once on a new database: the second waits, and finds nothing to do."""

import fcntl
import os
from contextlib import contextmanager, nullcontext
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection

from careers.management.commands import migrate
from careers.runtime.turns import alone
from tests.faults.processes import end_of, manage
from tests.programs import or_skip
from tests.services import postgresql, postgresql_bin


def at_once(folder, *words, times=2, **changed):
    return [end_of(process) for process in [manage(folder, *words, **changed) for _ in range(times)]]


def the_second_finds_nothing(ends):
    assert [status for status, _ in ends] == [0] * len(ends), ends
    assert sum("No migrations to apply" in said for _, said in ends) == len(ends) - 1, ends


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_migrate_a_new_database(tmp_path, database):
    with postgresql(or_skip(postgresql_bin)) if database == "postgresql" else nullcontext() as url:
        the_second_finds_nothing(at_once(tmp_path, "migrate", **({"DATABASE_URL": url} if url else {})))


def test_migrate_looks_at_the_database_in_its_turn_only(db, monkeypatch):
    turns, looks = [], []

    @contextmanager
    def in_turn():
        turns.append("mine")
        yield
        turns.clear()

    monkeypatch.setattr(migrate, "in_turn", in_turn)
    monkeypatch.setattr(migrate.Command, "check", lambda self, **options: looks.append([*turns]))
    call_command("migrate", skip_checks=False, verbosity=0)
    assert looks == [["mine"]]


@pytest.mark.soak
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_first_runs_on_a_new_database(tmp_path, database):
    with postgresql(postgresql_bin()) if database == "postgresql" else nullcontext() as url:
        changed = {"DATABASE_URL": url} if url else {}
        the_second_finds_nothing(at_once(tmp_path, "migrate", **changed))
        ends = at_once(tmp_path, "load_guide", **changed)
        assert [status for status, _ in ends] == [0, 0], ends
        assert sum(said.startswith("0 added") for _, said in ends) == 1, ends


def is_alone_beside(name):
    """Of somebody else with a connection of their own."""
    found = []

    def look():
        with alone(name) as is_alone:
            found.append(is_alone)
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    return found == [True]


def test_of_two_who_want_to_be_alone_the_second_is_told_and_does_not_wait(db, tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "portal.sqlite3"))
    with alone("links") as is_alone:
        assert is_alone
        assert not is_alone_beside("links")
        assert is_alone_beside("another")
    assert is_alone_beside("links")


def test_a_second_run_of_the_links_refuses_in_words(tmp_path):
    file = os.open(tmp_path / "portal.sqlite3.check_links", os.O_RDWR | os.O_CREAT)
    fcntl.flock(file, fcntl.LOCK_EX)
    changed = {"DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}"}
    status, said = end_of(manage(tmp_path, "check_links", **changed))
    os.close(file)
    assert status == 1
    assert "Another run is trying the links right now. Nothing was done." in said
