"""A connection to SQLite stays open from one request to the next: not to a file that is no longer there."""

import shutil

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from careers.runtime.outages import close_if_replaced


@pytest.fixture
def database(tmp_path, db):
    path = tmp_path / "portal.sqlite3"
    # It would wait for the transaction of the test, though that has another file.
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": {"timeout": 0}}
    one = DatabaseWrapper({**connection.settings_dict, **settings})
    with one.cursor() as cursor:
        cursor.execute("CREATE TABLE word (text)")
    yield one, path
    one.close()


def words(one):
    with one.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT text FROM word")]


def test_it_stays_open_while_the_file_is_the_same(database):
    one, _ = database
    before = one.connection
    with one.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('x')")
    close_if_replaced(one)
    assert one.connection is before


def test_a_file_that_was_put_in_its_place_is_opened(database):
    one, path = database
    shutil.copy(path, path.with_suffix(".copy"))
    with one.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('lost with the old file')")
    path.with_suffix(".copy").replace(path)
    close_if_replaced(one)
    assert words(one) == []


def test_none_in_its_place_is_no_reason_to_go_on_with_the_old_one(database):
    one, path = database
    path.unlink()
    close_if_replaced(one)
    assert one.connection is None
