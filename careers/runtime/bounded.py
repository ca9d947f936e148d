"""Work on a person's data in a process of its own, which the system ends at its bounds (`careers.lib.bounds`)."""

import os
import subprocess
import sys

from django.conf import settings

# What a program needs to start, to find its libraries and fonts, and none of our secrets.
VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE")


def run_bounded(module, content, *, seconds):
    """Run `python -m module` on `content`. Ends it after `seconds`, and raises `TimeoutExpired`."""
    return subprocess.run(  # noqa: S603, our own program
        [sys.executable, "-B", "-m", module],
        input=content,
        capture_output=True,
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in VARIABLES if name in os.environ},
        timeout=seconds,
        check=False,
    )
