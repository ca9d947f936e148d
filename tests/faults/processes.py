"""The portal's commands and its server in processes of their own, over a new database."""

import subprocess
import sys

from bpo_portal.env import BASE_DIR
from tests.browser.server import variables


def manage(folder, *words, **changed):
    """A command that runs meanwhile; `end_of` waits for it."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        env=variables(folder, **changed),
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def end_of(process, *, within=120):
    said, _ = process.communicate(timeout=within)
    return process.returncode, said
