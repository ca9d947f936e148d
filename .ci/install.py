"""Makes .venv and puts pinned, hashed requirements into it. Does nothing when that has been done.

It runs before anything is installed, so the standard library has to do, and an old Python has to be able to read it.
"""

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
    if not ((VENV / "bin/pip").exists() and (VENV / "bin/python").exists()):
        make_venv()
    if not stamp.exists() or stamp.read_text() != wanted:
        install(requirements)
        stamp.write_text(wanted)


def make_venv() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(NO_VENV)
    print("Making .venv ...", flush=True)
    # --clear: what is there was left by a run that did not come to its end.
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        sys.exit("Could not make .venv: the reason is above.")


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
