"""Makes .venv and puts pinned, hashed requirements into it. Does nothing when that has been done and all is there.

It runs before anything is installed, so the standard library has to do, and an old Python has to be able to read it.
"""

import csv
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOO_OLD = "Python 3.11 or later is needed; {} is {}.{}."
COME_ALONG = {"pip", "setuptools"}  # with every environment, and whoever likes brings them up to date
NO_VENV = (
    "This Python has no venv module. Install it (on Debian and Ubuntu: apt-get install python3-venv), "
    "or name another Python: make run PYTHON=/path/to/python3.11"
)


def main(name: str) -> None:
    if sys.version_info < (3, 11):
        sys.exit(TOO_OLD.format(sys.executable, *sys.version_info))
    requirements = ROOT / name
    stamp = VENV / f".{requirements.stem}"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    lock = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # a second `make` at the same time waits here and finds the work done
    made_from, *projects = stamp.read_text().split() if stamp.exists() else [""]
    if not ((VENV / "bin/pip").exists() and (VENV / "bin/python").exists()):
        made_from = make_venv()
    elif made_from == wanted and (lost := first_lost(projects)):
        print(f"{lost} is missing.", flush=True)
        made_from = make_venv()
    if not stamp.exists() or made_from != wanted:
        install(requirements)
        stamp.write_text("\n".join([wanted, *sorted(set(installed()) - COME_ALONG)]))


def installed() -> dict[str, Path]:
    """Where pip noted the files of each project."""
    noted = VENV.glob("lib/python*/site-packages/*.dist-info")
    return {folder.name.partition("-")[0]: folder / "RECORD" for folder in noted}


def first_lost(projects: list[str]) -> str:
    """What of `projects` is no longer there or was emptied, by an accident or a full disk; "" where all is."""
    records = installed()
    for project in projects:
        if project not in records or not records[project].exists():
            return f"{project} in {VENV.name}"
        for name, _, size in csv.reader(records[project].read_text(encoding="utf-8").splitlines()):
            file = os.path.join(records[project].parent.parent, name)
            if not name.endswith(".pyc") and is_lost(file, size):
                return os.path.relpath(file, ROOT)
    return ""


def is_lost(file: str, size: str) -> bool:
    try:
        return os.stat(file).st_size == 0 and size not in ("", "0")
    except FileNotFoundError:
        return True


def make_venv() -> str:
    """Returns what it is made from: nothing yet."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(NO_VENV)
    print("Making .venv ...", flush=True)
    # --clear: what is there was left by a run that did not come to its end.
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        sys.exit("Could not make .venv: the reason is above.")
    return ""


def install(requirements: Path) -> None:
    print(f"Installing {requirements.name}, which takes about half a minute ...", flush=True)
    pip = [str(VENV / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*pip, "--require-hashes", "-r", str(requirements)]).returncode:
        sys.exit(f"Could not install {requirements.name}: the reason is above.")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except OSError as error:
        sys.exit(f"Cannot write {error.filename or VENV}: {error.strerror}.")
    except KeyboardInterrupt:
        sys.exit(130)
