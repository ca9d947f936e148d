"""A process that brings a sheet in is killed at any moment: readers see nothing of it, and it can be done anew."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from careers.desk.services.drafts import editing
from careers.desk.services.sets.publishing import publish_set
from careers.desk.sheets.models import SheetImport
from careers.desk.sheets.rules.opening import open_file
from careers.desk.sheets.rules.tables import write_csv
from careers.desk.sheets.services import imports, taking_back
from careers.desk.sheets.services.imports import begin_import, confirm, drop_sheet, look_again, work_through
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.roles import Role
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.versions import current_version
from careers.people.services.refusing import Refused
from tests.attacks.test_flood import own_database
from tests.browser.server import variables
from tests.desk.sheets.test_taking import HEAD, everything, long_ago
from tests.factories import make_role, make_skill, make_user
from tests.faults.processes import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
State = SheetImport.State
PAGES = 40  # half of them new
# For each line that it reads a process of its own that works on sheets. Where the line names a function, that process
# kills itself as the function ends, so in the midst of the transaction around it; its number and its end are said.
WORKERS = """
import itertools, os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.utils.module_loading import import_string
from careers.desk.sheets.rules.opening import open_file
from careers.desk.sheets.services import imports, taking_back

def deadly(path, count):
    module, _, name = path.rpartition(".")
    whole, calls = import_string(path), itertools.count(1)

    def one(*given, **named):
        done = whole(*given, **named)
        if next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(sys.modules[module], name, one)

imports.opened_file = open_file
taking_back.FIRST = taking_back.MOST = 10
taking_back.REST = 0.1
for line in sys.stdin:
    path, count = line.split()
    pid = os.fork()
    if not pid:
        if "." in path:
            deadly(path, int(count))
        if path == "outside":
            taking_back.REST = 5  # whoever kills it has the time
        call_command("read_sheets")
        os._exit(0)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""
SHEETS = "careers.desk.sheets.services"
WHOLE, OUTSIDE = "whole", "outside"
SOME = range(1, PAGES)  # how many go in at once hangs on how fast the machine is
# (function, at which call of it, how many pages may be in the set by then)
MOMENTS = [
    (f"{SHEETS}.taking.start_set", 1, range(0)),
    ("careers.desk.services.sets.drafts.upsert_drafts", 1, range(1)),
    (f"{SHEETS}.taking.put_part", 3, SOME),
    (f"{SHEETS}.taking.finish_filling", 1, range(PAGES, PAGES + 1)),
]


@pytest.fixture
def workers(tmp_path):
    changed = own_database(tmp_path)
    if connection.vendor == "sqlite":
        changed = {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    env = variables(tmp_path, DJANGO_SETTINGS_MODULE="tests.settings", SECRET_KEY=settings.SECRET_KEY, **changed)
    command = [sys.executable, "-c", WORKERS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, text=True, **pipes) as process:
        yield process
        process.stdin.close()


@contextmanager
def at_work(workers, path=WHOLE, count=1):
    """The number of the process; it has to have been killed by the end, unless it works on the whole."""
    print(path, count, file=workers.stdin, flush=True)
    yield int(workers.stdout.readline())
    ended = int(workers.stdout.readline())
    assert ended == (0 if path == WHOLE else -signal.SIGKILL)


def work(workers, *moment):
    with at_work(workers, *moment):
        pass


@pytest.fixture
def sheet(db, monkeypatch):
    """Looked at, and of as many pages that readers see as new ones."""
    monkeypatch.setattr(imports, "opened_file", open_file)
    monkeypatch.setattr(taking_back.time, "sleep", lambda _: None)
    skill = make_skill()
    for number in range(PAGES // 2):
        current_version(make_role(slug=f"role-{number}", title=f"Role {number}", skills={skill: 2}))
    sheet = sheet_of(make_user())
    work_through()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.new, sheet.changed) == (State.READY, PAGES // 2, PAGES // 2)
    return sheet


def sheet_of(by):
    rows = [
        [f"role-{number}", f"Role {number}", "Of the sheet.", "Entry", "Operations", "Voice", "Not needed"]
        for number in range(PAGES)
    ]
    return begin_import(model=Role, file_name="a.csv", content=write_csv([HEAD, *rows]), by=by, is_publisher=True)


def say_yes(sheet):
    sheet.refresh_from_db()
    confirm(sheet, title="Of 2027", by=sheet.by, is_publisher=True)


def outcome():
    """All that was brought in, but for keys."""
    drafts = {one.page_pk: one for one in Draft.objects.select_related("head", "change_set")}
    pages = {}
    for role in Role.objects.all():
        draft, now = drafts[role.pk], content_of(role)
        pages[role.slug] = role.status, now["fields"], now["rows"], draft.head.content["fields"], draft.state
        assert (draft.change_set.title, draft.change_set.state) == ("Of 2027", ChangeSet.State.OPEN)
    acts = DeskAction.objects.order_by("what", "page_name").values_list("what", "page_name", "note")
    return pages, list(acts), ChangeSet.objects.count()


def unkilled(sheet):
    with transaction.atomic():
        say_yes(sheet)
        work_through()
        done = outcome()
        transaction.set_rollback(True)
    return done


def find_sane(sheet, readers_see, written):
    """Nothing is published or can be, and whoever waits for the sheet is told how to go on."""
    sheet.refresh_from_db()
    assert sheet.state == State.TAKING
    assert {role.pk: content_of(role) for role in Role.objects.published()} == readers_see
    assert not ChangeSet.objects.exclude(state=ChangeSet.State.FILLING).exists()
    if sheet.change_set:
        number = sheet.pages.exclude(written=None).count()
        assert number in written
        assert sheet.change_set.drafts.count() == number
        with pytest.raises(Refused, match="being filled"), editing():
            publish_set(sheet.change_set, by=sheet.by)
        with pytest.raises(Refused, match="A part of this sheet is in already"):
            drop_sheet(sheet)
    else:
        assert (list(written), Draft.objects.exists()) == ([], False)
    long_ago(sheet)
    sheet.refresh_from_db()


def test_a_sheet_is_whole_or_nothing_wherever_its_process_is_killed(sheet, workers):
    before, whole = everything(), unkilled(sheet)
    readers_see = {role.pk: content_of(role) for role in Role.objects.published()}
    for path, count, written in MOMENTS:
        say_yes(sheet)
        work(workers, path, count)
        find_sane(sheet, readers_see, written)
        look_again(sheet, by=sheet.by, is_publisher=True)
        work(workers)
        assert everything() == before
    say_yes(sheet)
    with at_work(workers, OUTSIDE) as pid:
        wait_for(lambda: sheet.pages.exclude(written=None).exists())
        os.kill(pid, signal.SIGKILL)
    anew = sheet_of(sheet.by)
    work(workers)
    anew.refresh_from_db()
    assert anew.state == State.WAITING, "what it compares with is a half, as long as somebody may be at work"
    find_sane(sheet, readers_see, SOME)
    work(workers, f"{SHEETS}.taking_back.take_part_back", 1)  # whoever takes it back is killed as well
    for one in (sheet, anew):
        long_ago(one)
    anew.refresh_from_db()
    look_again(anew, by=sheet.by, is_publisher=True)
    work(workers)
    assert everything() == before
    say_yes(anew)
    work(workers)
    assert outcome() == whole
    assert State(SheetImport.objects.get(pk=anew.pk).state) == State.TAKEN
