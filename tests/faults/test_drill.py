"""The backup drill of `docs/operate.md`, by its own lines: a shell runs them, from the first backup on the old machine
to `make run` on the new one. What is not the portal's (`make`, `scp`, `ssh`) is played by programs of a line.
"""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from bpo_portal.env import BASE_DIR, env
from careers.plans.files.models import private_storage
from tests.factories import make_file
from tests.faults.test_backup import ENDED, another_place, differing, files_of, rows_of
from tests.private_files import kept_in

pytestmark = pytest.mark.django_db(transaction=True)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWN_FOLDER = re.compile(r"(?<!new:)(?<!^ssh new mkdir -m 700 )/srv/", re.MULTILINE)
WAY_OVER = """#!/bin/sh
# `scp file … new:folder`: the new machine's folders are below its home, and its own home is where no folder is named
for place; do :; done
folder=${place#new:}
while [ $# -gt 1 ]; do cp "$1" "$NEW${folder:-/home}" || exit 1; shift; done
"""
ON_THE_OTHER = '#!/bin/sh\nshift; exec sh -ec "$(echo "$*" | sed "s:/srv/:$NEW/srv/:g")"\n'
NOTED = '#!/bin/sh\necho "$@" >> "$NEW/asked-of-make"\n'
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))  # of cron: minute, hour, day, month, day of the week


def blocks(language):
    """Those of the chapter on backups, one after the other."""
    chapter = (BASE_DIR / "docs/operate.md").read_text().partition("\n## Backup and restore\n")[2].partition("\n## ")[0]
    return [text for kind, text in BLOCK.findall(chapter) if kind == language]


class Machine:
    """A folder that has `/srv/portal` in it, and a shell there."""

    def __init__(self, folder, **variables):
        self.folder, self.portal = folder, folder / "srv/portal"
        (folder / "home").mkdir(parents=True)
        self.portal.mkdir(parents=True)
        for name in ("manage.py", "Makefile"):
            (self.portal / name).symlink_to(BASE_DIR / name)
        (self.portal / ".venv/bin").mkdir(parents=True)
        python = self.portal / ".venv/bin/python"
        python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
        python.chmod(0o755)
        rest = {key: value for key, value in os.environ.items() if key not in env.scheme}
        own = {"HOME": str(folder / "home"), "ENV_FILE": str(self.portal / ".env"), "LOG_LEVEL": "ERROR"}
        self.variables = {**rest, **own, "DJANGO_SETTINGS_MODULE": "bpo_portal.settings", **variables}

    def here(self, text):
        """With the folders of this machine; what is said of the new one stays."""
        return OWN_FOLDER.sub(f"{self.folder}/srv/", text)

    def run(self, lines, **variables):
        done = subprocess.run(
            ["sh", "-ec", self.here(lines)],
            cwd=self.portal,
            env={**self.variables, **variables},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{lines}\n{done.stdout}{done.stderr}"
        return done

    def backups(self):
        return sorted(path.name for path in (self.folder / "srv/backups").iterdir())


@pytest.fixture
def machines(tmp_path, monkeypatch):
    """The old one with a person's file, and one whose database and folder are empty; and the connection to that."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in (("scp", WAY_OVER), ("ssh", ON_THE_OTHER), ("make", NOTED)):
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    with kept_in(tmp_path / "private", monkeypatch), another_place(tmp_path) as (there, place, private):
        make_file(content=b"A certificate")
        both = {"PATH": f"{programs}:{os.environ['PATH']}", "NEW": str(tmp_path / "new")}
        url = f"sqlite:///{connection.settings_dict['NAME']}"
        if connection.vendor == "postgresql":
            url = f"{there['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
        old = Machine(tmp_path / "old", DATABASE_URL=url, PRIVATE_ROOT=str(tmp_path / "private"), **both)
        (old.portal / ".env").write_text(f"SECRET_KEY={settings.SECRET_KEY}\n")
        new = Machine(tmp_path / "new", DATABASE_URL=there["DATABASE_URL"], PRIVATE_ROOT=str(private), **both)
        yield old, new, place


def test_the_drill_by_its_printed_lines_brings_everything_to_another_machine(machines):
    old, new, place = machines
    plain, encrypted, _, to_carry, to_restore = blocks("sh")
    old.run(plain)
    old.run(encrypted)
    assert [name.partition(".zip")[2] for name in old.backups()] == ["", ".encrypted"]
    before = rows_of(connection, without=ENDED), files_of(private_storage().location)
    at_night(old)
    old.run(to_carry)
    new.run(to_restore)
    after = rows_of(place, without=ENDED), files_of(new.variables["PRIVATE_ROOT"])
    assert not differing(before, after)
    assert (new.folder / "asked-of-make").read_text().split() == ["runtime", "run"]
    targets = re.findall(r"^([a-z ]+):", (BASE_DIR / "Makefile").read_text(), re.MULTILINE)
    assert {"runtime", "run"} <= set(" ".join(targets).split())


def at_night(machine):
    """The line for cron is one, and as its shell runs it there is one backup more and nobody gets a mail."""
    (line,) = blocks("cron")
    *moments, command = line.strip().split(maxsplit=5)
    for moment, (first, last) in zip(moments, RANGES, strict=True):
        assert moment == "*" or first <= int(moment) <= last
    assert "%" not in command  # to cron it is the end of the line
    before = machine.backups()
    done = machine.run(command, PATH="/usr/bin:/bin")
    assert not done.stderr
    assert len(set(machine.backups()) - set(before)) == 1


def test_the_units_for_systemd_are_such_and_do_what_cron_does(tmp_path):
    machine = Machine(tmp_path / "old")
    units = [machine.here(text) for text in blocks("ini")]
    service, timer = map(parsed, units)
    (line,) = blocks("cron")
    asked = machine.here(line).partition("&&")[2].removesuffix(">/dev/null\n").strip()
    assert service["Service"]["ExecStart"] == f"{service['Service']['WorkingDirectory']}/{asked}"
    assert timer["Timer"]["Persistent"] == "true"
    minute, hour = line.split()[:2]
    assert timer["Timer"]["OnCalendar"] == f"*-*-* {int(hour):02}:{int(minute):02}"
    enabling = blocks("sh")[2]
    assert "enable --now portal-backup.timer" in enabling
    if not (systemd := shutil.which("systemd-analyze")):
        return
    names = [tmp_path / "portal-backup.service", tmp_path / "portal-backup.timer"]
    for path, text in zip(names, units, strict=True):
        path.write_text(text)
    for words in (["verify", *names], ["calendar", timer["Timer"]["OnCalendar"]]):
        done = subprocess.run([systemd, *words], capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "portal-backup" in line]
        assert done.returncode == 0 and not said, done.stderr  # noqa: PT018


def parsed(unit):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(unit)
    return parser
