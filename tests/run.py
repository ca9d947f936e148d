"""`make test`: all tests on SQLite, on PostgreSQL what it may answer otherwise, then in a real browser.

DB=sqlite leaves PostgreSQL out, DB=postgresql asks it everything; QUICK=1, which is `make quick`, asks in a minute one
case of what needs neither of them, nor a browser, nor long. The first part measures which branches of rules, services
and selectors all tests took, and fails below a floor (`tests/coverage.py`). At its end it says how long each part took,
and which tests took longest.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bpo_portal.env import env
from tests import coverage
from tests.services import (
    Missing,
    caddy,
    chromium,
    haproxy,
    lighter_chromium,
    nginx,
    pango,
    postgresql,
    postgresql_bin,
    redis_server,
)

NOTHING_COLLECTED = 5
SLOWEST = 20  # tests that are named at the end
# By file: a test with transactions of its own empties the database for those beside it, so those keep together. Three
# on two cores, as there is always one that waits for a process of its own or for the database: `tests/order.py`.
SIDE_BY_SIDE = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
# What SQLite has answered already and no database answers otherwise.
NOT_AGAIN = ["-m", "not soak and not any_database"]
WITHOUT_BROWSER = ["tests", "--ignore=tests/browser", *SIDE_BY_SIDE]
# What is the database's own (locks, constraints, migrations, search, order, the end of long writes), and every page and
# every form once. All else is the same on every database, and waits for `make test DB=postgresql`.
AGAIN_ON_POSTGRESQL = [
    *(
        "attacks/flood",
        "attacks/merging_beside_others",
        "calendars/calendars",
        "desk/change_sets",
        "desk/effects/effects",
        "desk/effects/exchanges",
        "desk/effects/looking_first",
        "desk/drafts",
        "desk/invitations",
        "desk/marker",
        "desk/permissions",
        "desk/preview_links",
        "desk/publishing_costs",
        "desk/readers",
        "desk/sheets/sheets",
        "desk/sheets/taking",
        "desk/words/remarks",
        "desk/times/schedule",
        "desk/words/typing",
        "faults/backup",
        "faults/drill",
        "faults/killed",
        "faults/import_killed",
        "faults/restore_killed",
        "faults/wrong_clocks",
        "guide/loading",
        "guide/nights_and_days",
    ),
    *("house/concurrency", "house/constraints", "house/conventions", "house/html", "house/migrations", "house/once"),
    *("house/texts", "house/untouched", "house/upgrading", "occupations/importing", "occupations/occupations"),
    *("people/cost_of_writes", "people/lists_of_many", "people/whose_work", "practice/at_once"),
    *("personal_data/data", "personal_data/deleting", "personal_data/merging_plans", "reminders/reminder_mails"),
    *("people/removals", "people/tabs", "reminders/reminder_runs", "reminders/reminders", "saved/saved"),
    *("search/denied", "search/indexing", "search/search", "sharing/shares", "site/roles", "web/kept_pages"),
    "web/public",
]
# What starts processes, draws papers, walks over every address, or is a catalogue apart. The rule for the rest is in
# `tests/quick.py`.
NOT_QUICK = [
    *("attacks", "demo", "desk/permissions", "faults", "dashboard/print", "guide/loading", "house/agreement"),
    *("tools/development", "house/html", "house/make", "house/me", "house/once", "house/promises", "house/upgrading"),
    *("house/words", "occupations", "people/time_zones", "people/whose_work", "personal_data/data"),
    *("personal_data/merging_plans", "plans/passed_plans", "routes/map", "web/lost_forms", "web/public"),
    "web/same_origin",
]
# Where Python may not keep what it compiled, every process compiles every test anew, which takes ten seconds each.
UNCOMPILED = {"PYTHONDONTWRITEBYTECODE"}
QUICK = ["--quick", "--hypothesis-profile=quick", "-n", "2"]  # nothing of it waits
# One by one, as a few pages take most of the time; each process has a server of its own. Three on two cores, as each
# often waits: until a page has come to rest, until it is time to look again.
WITH_BROWSER = ["tests/browser", "-n", "3", "--dist", "worksteal"]


def main() -> int:
    database, arguments = os.environ.get("DB") or "both", shlex.split(os.environ.get("ARGS", ""))
    if database not in ("both", "sqlite", "postgresql"):
        sys.exit(f"DB={database} is not known: sqlite, postgresql or both.")
    if os.environ.get("QUICK"):
        left_out = [f"--ignore={file_of(name)}" for name in NOT_QUICK]
        part = pytest([*WITHOUT_BROWSER, *left_out, *QUICK], arguments, "quick", "sqlite://:memory:")
        return report({"quick": part}, chosen=bool(arguments))
    try:
        # All first: nobody wants to hear after minutes that something is missing.
        programs = postgresql_bin() if database != "sqlite" else None
        lighter_chromium()
        chromium()
        pango()
    except Missing as missing:
        sys.exit(str(missing))
    for find in (caddy, haproxy, nginx, redis_server):  # here, as two test processes cannot install at once
        try:
            find()
        except Missing as missing:
            print(f"{missing} Its tests are skipped.", flush=True)
    parts = {}
    if database != "postgresql":
        # Of chosen tests nothing is measured: few of them take few branches.
        measures = not arguments
        parts["SQLite"] = pytest(WITHOUT_BROWSER, arguments, "SQLite", "sqlite://:memory:", measures=measures)
    if programs:
        with postgresql(programs) as url:
            again = [file_of(name) for name in AGAIN_ON_POSTGRESQL]
            where = [*again, *SIDE_BY_SIDE, *NOT_AGAIN] if "SQLite" in parts else WITHOUT_BROWSER
            parts["PostgreSQL"] = pytest(where, arguments, "PostgreSQL", url)
    parts["browser"] = pytest(WITH_BROWSER, arguments, "browser", "sqlite://:memory:")
    return report(parts, chosen=bool(arguments))


@dataclass
class Part:
    status: int
    seconds: float
    tests: list[tuple[float, str]]  # seconds of each, with what its fixtures took, and its name for pytest


def file_of(name: str) -> str:
    """ "faults/backup" is tests/faults/test_backup.py, and "faults" all of tests/faults."""
    folder, noun = os.path.split(name)
    return os.path.join("tests", folder, f"test_{noun}.py") if folder else os.path.join("tests", noun)


def pytest(where: list[str], arguments: list[str], name: str, database_url: str, *, measures: bool = False) -> Part:
    print(f"\n=== {name} ===", flush=True)
    # What this machine's environment says of the portal must not decide whether a test passes.
    variables = {key: value for key, value in os.environ.items() if key not in {*env.scheme, *UNCOMPILED}}
    with tempfile.TemporaryDirectory(prefix="portal-run-") as folder:
        times, lines = Path(folder, "times.xml"), Path(folder, "coverage.json")
        module = coverage.command(lines) if measures else ["-m", "pytest"]
        command = [sys.executable, *module, "-q", "-o", "junit_family=xunit1", f"--junitxml={times}"]
        begun = time.monotonic()
        process = subprocess.Popen([*command, *where, *arguments], env={**variables, "DATABASE_URL": database_url})
        status = wait(process)
        if measures and not status:
            is_enough, sentence = coverage.verdict(lines)
            print(sentence, flush=True)
            status = 0 if is_enough else 1
        return Part(status, time.monotonic() - begun, seconds_of(times))


def seconds_of(times: Path) -> list[tuple[float, str]]:
    """Of each test; none where pytest did not come as far as to write them."""
    if not times.exists():
        return []
    return [(float(case.get("time")), name_of(**case.attrib)) for case in ElementTree.parse(times).iter("testcase")]


def name_of(*, file: str, classname: str, name: str, **_) -> str:
    module, classes = file.removesuffix(".py").replace("/", "."), ""
    if classname != module:
        classes = classname.removeprefix(f"{module}.").replace(".", "::") + "::"
    return f"{file}::{classes}{name}"


def wait(process: subprocess.Popen) -> int:
    """However we are ended, pytest ends first and in good order, so that no server and no browser is left behind."""
    try:
        return process.wait()
    except SystemExit:
        process.send_signal(signal.SIGINT)  # Ctrl-C in a terminal has reached pytest already; SIGTERM has not
        raise
    finally:
        process.wait()


def report(parts: dict[str, Part], *, chosen: bool) -> int:
    tests = [(seconds, f"{test} ({name})") for name, part in parts.items() for seconds, test in part.tests]
    print(f"\n=== the {SLOWEST} slowest tests ===")
    for seconds, test in sorted(tests, reverse=True)[:SLOWEST]:
        print(f"{seconds:6.1f} s  {test}")
    print("\n=== summary ===")
    statuses = [part.status for part in parts.values()]
    # ARGS may choose tests of one part only; then the others have none, which is no failure.
    fine = {0, NOTHING_COLLECTED} if chosen and 0 in statuses else {0}
    for name, part in parts.items():
        passed = "passed" if part.status == 0 else "no tests chosen"
        outcome = passed if part.status in fine else f"FAILED (exit status {part.status})"
        print(f"{name:<11} {outcome}, {part.seconds:.0f} s")
    return int(not fine.issuperset(statuses))


def end(*_) -> None:
    """SIGTERM leaves as an exception does, so that PostgreSQL is stopped on the way out."""
    sys.exit(128 + signal.SIGTERM)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
