"""Work on a person's data in a process of its own, which the system ends at its bounds (`careers.lib.bounds`)."""

import os
import shutil
import subprocess
import sys

from django.conf import settings

from careers.lib import bounds

# What a program needs to start, to find its libraries and fonts, and none of our secrets.
VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE")
# Pages come first from the process's first moment: to start the interpreter and to load the libraries takes longer than
# most of the work. Where a system has no such command, `bound` does it, later.
NICE = shutil.which("nice")
COMES_LAST = [NICE, "-n", str(bounds.COMES_LAST)] if NICE else []


def run_bounded(module, content, *, seconds):
    """Run `python -m module` on `content`. Ends it after `seconds`, and raises `TimeoutExpired`."""
    return subprocess.run(  # noqa: S603, our own program
        [*COMES_LAST, sys.executable, "-B", "-m", module],
        input=content,
        capture_output=True,
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in VARIABLES if name in os.environ},
        timeout=seconds,
        check=False,
    )
