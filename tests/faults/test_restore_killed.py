"""A restore that is killed leaves the database as it was or as it is to be, with all files that its rows name."""

import hashlib
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from careers.backups.services.backups import make_backup
from careers.plans.models import CertificationPlan
from tests.factories import make_file, make_profile, make_role
from tests.faults.processes import wait_for
from tests.faults.test_backup import another_place, files_of, manage, rows_of
from tests.private_files import kept_in

pytestmark = pytest.mark.django_db(transaction=True)
# The script for psql stops between two tables, as the one who writes it is killed.
HALF = r"""
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from careers.backups.services import database_copies

def half(source, target):
    content, end = source.read(), b"\n\\.\n"  # of the rows of one table
    if not hasattr(target, "seekable") or not target.seekable():  # psql's end of the pipe
        target.write(content[:content.index(end, len(content) // 2) + len(end)])
        target.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    target.write(content)

database_copies.shutil.copyfileobj = half
call_command("restore", sys.argv[1], overwrite=True)
"""


@pytest.fixture
def two(tmp_path, monkeypatch):
    """The file of a backup, and one of what there was later: with more, and without some of the former."""
    folder = tmp_path / "backups"
    folder.mkdir()
    with kept_in(tmp_path / "private", monkeypatch):
        profile = make_profile()
        make_file(content=b"stays")
        gone = make_file(content=b"is deleted")
        first = make_backup(folder=folder, passphrase=None, keep=None, now=timezone.now()).path
        gone.plan.delete()
        make_file(content=b"came later")
        make_role()
        CertificationPlan.objects.bulk_create(
            CertificationPlan(profile=profile, title=f"{number:0100}", issuer="We") for number in range(2000)
        )
        second = make_backup(folder=folder, passphrase=None, keep=None, now=timezone.now() + timezone.timedelta(1)).path
        yield first, second


def state_of(place, private):
    """The rows, once nobody else is in the database any more; each file that one names is there."""
    if place.vendor == "postgresql":
        wait_for(lambda: not others_in(place), within=30)
    rows = rows_of(place)
    with place.cursor() as cursor:
        cursor.execute("SELECT file, digest FROM careers_evidencefile")
        named = dict(cursor.fetchall())
    place.close()
    kept = {file: hashlib.sha256(content).hexdigest() for file, content in files_of(private).items()}
    assert named.items() <= kept.items()
    return rows


def others_in(place):
    with place.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def put(env, place, private, path):
    done = manage(env, "restore", path, "--overwrite")
    assert done.returncode == 0, done.stderr
    return state_of(place, private)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="psql's script is PostgreSQL's")
def test_half_a_script_for_psql_changes_nothing(tmp_path, two):
    first, second = two
    with another_place(tmp_path) as (env, place, private):
        was = put(env, place, private, first)
        done = subprocess.run([sys.executable, "-c", HALF, second], env=env, cwd=settings.BASE_DIR)
        assert done.returncode == -signal.SIGKILL
        assert state_of(place, private) == was


@pytest.mark.soak
def test_a_restore_is_killed_at_any_moment(tmp_path, two):
    first, second = two
    with another_place(tmp_path) as (env, place, private):
        ends = {"new": put(env, place, private, second), "old": put(env, place, private, first)}
        begun = time.monotonic()
        assert put(env, place, private, second) == ends["new"]
        lasts, met = time.monotonic() - begun, []
        for part in range(24):
            put(env, place, private, first)
            command = [sys.executable, "manage.py", "restore", second, "--overwrite"]
            process = subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
            time.sleep(lasts * (0.5 + part / 40))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            rows = state_of(place, private)
            met += [name for name, end in ends.items() if rows == end] or ["mixture"]
        assert put(env, place, private, second) == ends["new"]
        print(place.vendor, {state: met.count(state) for state in met})
        assert set(met) == {"old", "new"}
