"""The Makefile and its installer, with stand-ins for Python and pip."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from bpo_portal.env import BASE_DIR

PYTHON_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
PRETEND = (
    "import runpy, sys; sys.argv = ['install.py', 'requirements.txt']; {}; "
    "runpy.run_path('.ci/install.py', {{}}, '__main__')"
)


@pytest.fixture
def folder(tmp_path):
    """A fresh clone, as far as make can see."""
    shutil.copy(BASE_DIR / "Makefile", tmp_path)
    (tmp_path / ".ci").mkdir()
    shutil.copy(BASE_DIR / ".ci" / "install.py", tmp_path / ".ci")
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    return tmp_path


def run(folder, *command, path=None):
    """Run `command` in `folder`, with the programs in `path` before all others."""
    # A `make test` around this test must not pass its own flags on.
    variables = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    if path:
        variables["PATH"] = f"{path}{os.pathsep}{variables['PATH']}"
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)


def program(file, script):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def install(folder, pretend="pass"):
    return run(folder, sys.executable, "-c", PRETEND.format(pretend))


def ready_venv(folder, pip_says="exit 0"):
    """A .venv whose pip only notes what it was asked for."""
    program(folder / ".venv/bin/pip", "exit 1")
    program(folder / ".venv/bin/python", f'echo "$@" >> {folder}/asked\n{pip_says}')


@pytest.mark.parametrize("target", ["run", "dev", "test", "bench", "check", "fix", "pins", "help"])
def test_help_lists_every_target(folder, target):
    assert f"make {target} " in run(folder, "make", "help").stdout


def test_a_python_too_old_is_one_clear_line(folder):
    for name in PYTHON_NAMES:
        program(folder / "old" / name, "exit 1")
    done = run(folder, "make", "run", path=folder / "old")
    assert done.returncode
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11 or later is needed. Install it, or say where it is: make run PYTHON=" in done.stderr


def test_the_newest_python_is_taken(folder):
    program(folder / "new" / "python3.14", 'test "$1" = -c || echo "installs with $0 $@"; exit 0')
    program(folder / "new" / "python3.13", "exit 1")
    done = run(folder, "make", "runtime", path=folder / "new")
    assert done.stdout == f"installs with {folder}/new/python3.14 .ci/install.py requirements.txt\n"


def test_a_named_python_that_is_too_old_is_one_clear_line(folder):
    done = install(folder, "sys.version_info = (3, 9, 2)")
    assert done.returncode == 1
    assert done.stderr == f"Python 3.11 or later is needed; {sys.executable} is 3.9.\n"


def test_a_python_without_venv_is_one_clear_line(folder):
    done = install(folder, "import importlib.util; importlib.util.find_spec = lambda name: None")
    assert done.returncode == 1
    assert done.stderr.startswith("This Python has no venv module. Install it")
    assert len(done.stderr.splitlines()) == 1


def test_requirements_are_installed_by_their_hashes_and_once(folder):
    ready_venv(folder)
    assert "Installing requirements.txt" in install(folder).stdout
    assert "--require-hashes" in (folder / "asked").read_text()
    (folder / "asked").unlink()
    assert install(folder).stdout == ""
    assert not (folder / "asked").exists()


def test_changed_requirements_are_installed_again(folder):
    ready_venv(folder)
    install(folder)
    (folder / "requirements.txt").write_text("django==5.2.1\n")
    assert "Installing requirements.txt" in install(folder).stdout


def test_an_installation_that_fails_is_tried_again(folder):
    ready_venv(folder, pip_says="exit 1")
    for _ in range(2):
        done = install(folder)
        assert done.returncode == 1
        assert done.stderr == "Could not install requirements.txt: the reason is above.\n"


def test_developing_makes_everything_ready_and_serves(folder):
    ready_venv(folder)
    assert run(folder, "make", "dev", "PORT=8001").returncode == 0
    assert (folder / "asked").read_text().splitlines() == [
        ".ci/install.py requirements-dev.txt",
        "manage.py migrate --verbosity 0",
        "manage.py load_guide",
        "manage.py make_demo_people",
        "manage.py runserver 127.0.0.1:8001",
    ]


def test_what_is_looked_at_before_a_commit_is_what_make_check_looks_at():
    recipe = re.search(r"^check: .*?\n\n", (BASE_DIR / "Makefile").read_text(), re.MULTILINE | re.DOTALL)[0]
    hooks = re.findall(r"entry: (.+)", (BASE_DIR / ".pre-commit-config.yaml").read_text())
    tools = [hook.removeprefix(".venv/bin/python -m ").removesuffix(" --force-exclude") for hook in hooks]
    assert tools[-1] == "make check"
    assert len(tools) == 4
    assert [tool for tool in tools[:-1] if f"$(BIN) {tool} " not in recipe] == []


def test_packages_that_were_lost_are_installed_into_a_new_venv(folder):
    ready_venv(folder)
    packages = folder / ".venv/lib/python3.11/site-packages"
    files = {"one/__init__.py": "1", "one/empty.py": "", "one/__pycache__/empty.cpython-311.pyc": "3"}
    note = packages / "one-1.0.dist-info/RECORD"
    for name, text in files.items():
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(text)
    note.parent.mkdir()
    note.write_text("".join(f"{name},sha256=x,{len(text)}\n" for name, text in files.items()) + "../../../bin/pip,,\n")
    install(folder)
    (packages / "one/__pycache__/empty.cpython-311.pyc").unlink()
    assert install(folder).stdout == ""

    makes = "import subprocess; asked = subprocess.run; subprocess.run = lambda c, **k: asked(['echo', *c[1:3]])"
    for lost, emptied in (("one/__init__.py", False), ("one/__init__.py", True), ("one-1.0.dist-info/RECORD", False)):
        kept = (packages / lost).read_text()
        (packages / lost).write_text("") if emptied else (packages / lost).unlink()
        said = run(folder, sys.executable, "-uc", PRETEND.format(makes)).stdout
        assert "is missing" in said, (lost, emptied)
        assert "Making .venv" in said
        assert "-m venv" in said
        assert "Installing requirements.txt" in said
        (packages / lost).write_text(kept)
