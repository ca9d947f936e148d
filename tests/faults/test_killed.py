"""The server is killed while people write: whatever was answered is there."""

import time
from contextlib import closing
from http.client import HTTPException
from itertools import count
from sqlite3 import connect
from threading import Thread

import pytest
from django.db import connection

from careers.people.models.profiles import Profile
from tests.attacks.flooding import Browser
from tests.attacks.test_flood import own_database
from tests.browser.server import DATABASE
from tests.faults.processes import serving, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


def names_kept(folder):
    """What the database has, after it was found whole."""
    if connection.vendor != "sqlite":
        return set(Profile.objects.values_list("display_name", flat=True))
    with closing(connect(folder / DATABASE)) as own:
        assert own.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {name for (name,) in own.execute("SELECT display_name FROM careers_profile")}


def write_until_killed(url, number, names, answered):
    """A new person each time: theirs are four rows in three tables."""
    while True:
        with Browser(url, f"127.0.3.{number + 1}") as browser:
            name = f"Somebody {number} {next(names)}"
            try:
                status, _ = browser.send("/me/profile/about/", display_name=name)
            except (OSError, HTTPException):
                return
            assert status == 302
            answered.append(name)


def more_than(number, answered):
    return lambda: len(answered) > number


@pytest.mark.parametrize("kills", [1, pytest.param(10, marks=pytest.mark.soak)])
def test_whatever_was_answered_is_there_after_the_server_was_killed(db, tmp_path, kills):
    changed, answered, names = own_database(tmp_path), [], count()
    for kill in range(kills):
        with serving(tmp_path, **changed) as server:
            threads = [
                Thread(target=write_until_killed, args=(server.url, number, names, answered))
                for number in range(WRITERS)
            ]
            for thread in threads:
                thread.start()
            wait_for(more_than(len(answered) + 10, answered), within=30)
            time.sleep(kill / kills / 2)
            server.kill()
            for thread in threads:
                thread.join()
    lost = set(answered) - names_kept(tmp_path)
    print(f"{kills} kills, {len(answered)} answered writes, {len(lost)} lost")
    assert len(answered) > 10 * kills
    assert lost == set()
