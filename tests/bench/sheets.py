"""Sheets of many roles: taken out, looked at and brought in, as the server does it. Writes a line of JSON.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m tests.bench.sheets 5000 8

The numbers are of roles, and of skills that each asks for. The database has to be
a new one, migrated.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from contextlib import contextmanager
from time import perf_counter, process_time, sleep

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpo_portal.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from careers.accounts.models.users import User
from careers.demo.load import make_load
from careers.desk.sheets.models import SheetImport
from careers.desk.sheets.selectors.exports import keys_of, sheets_of, workbook_of
from careers.desk.sheets.services.imports import begin_import, confirm
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.people.models.profiles import Profile

STEPS = {}


def main(roles, skills):
    call_command("migrate", verbosity=0)
    make_load(roles=roles, today=timezone.localdate())
    publisher = User.objects.create_superuser("bench@example.org")
    measured("take out", lambda: workbook_of(Role, sheets_of(Role, keys_of(Role))))
    STEPS["memory of taking out"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    for name, is_new in (("new", True), ("changed", False)):
        content = workbook_of(Role, sheets_of_roles(skills, is_new=is_new))
        STEPS[f"bytes of {name}"] = len(content)
        sheet = begin_import(model=Role, file_name=f"{name}.xlsx", content=content, by=publisher, is_publisher=True)
        measured(f"look at {name}", worker)
        sheet.refresh_from_db()
        print(
            name,
            sheet.state,
            sheet.new,
            sheet.changed,
            sheet.unchanged,
            sheet.faults[:3],
            sheet.problem,
            file=sys.stderr,
        )
        confirm(sheet, title=name, by=publisher, is_publisher=True)
        with writer_beside(name):
            measured(f"bring in {name}", worker)
        sheet.refresh_from_db()
        print(name, sheet.state, sheet.problem, Draft.objects.count(), file=sys.stderr)
        SheetImport.objects.all().delete()
    STEPS["memory of the largest process"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000
    print(json.dumps(STEPS))


def sheets_of_roles(number, *, is_new):
    """All roles, each asking for so many skills: under other addresses and titles, or with another summary."""
    first, *others = sheets_of(Role, list(Role.objects.filter(status="published").values_list("pk", flat=True)))
    skills = list(Skill.objects.order_by("slug").values_list("slug", flat=True)[:number])
    slug, title, summary = (first.head.index(name) for name in ("Address", "Title", "Summary"))
    for row in first.rows:
        if is_new:
            row[slug], row[title] = f"new-{row[slug]}", f"New {row[title]}"
        else:
            row[summary] = "You do something else."
    rows = next(one for one in others if "Proficiency" in one.head)
    rows.rows = [[row[slug], skill, "Able", "yes"] for row in first.rows for skill in skills]
    return [first, rows]


def worker():
    subprocess.run(
        [sys.executable, "manage.py", "read_sheets"], cwd=settings.BASE_DIR, check=True
    )  # as the server does


@contextmanager
def writer_beside(name):
    """Somebody who saves something ten times a second meanwhile, and how long they waited at most."""
    waits, over = [], threading.Event()

    def save():
        while not over.is_set():
            begun = perf_counter()
            with transaction.atomic():
                Profile.objects.create()
            waits.append(perf_counter() - begun)
            sleep(0.1)
        connection.close()

    writer = threading.Thread(target=save)
    writer.start()
    yield
    over.set()
    writer.join()
    STEPS[f"longest wait of a writer beside {name}"] = round(max(waits), 2)


def seconds_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(name, step):
    """Seconds by the clock, and of the processor, which other programs on it do not stretch."""
    begun, used = perf_counter(), process_time() + seconds_of_children()
    step()
    work = process_time() + seconds_of_children() - used
    STEPS[name] = {"seconds": round(perf_counter() - begun, 1), "of the processor": round(work, 1)}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
