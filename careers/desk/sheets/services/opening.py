"""A file that was sent, opened by a bounded process (`careers.desk.sheets.rules.opening`)."""

import json
import logging
import subprocess

from careers.desk.sheets.rules.opening import REFUSED
from careers.desk.sheets.rules.tables import DAMAGED, TOO_LARGE, Unreadable
from careers.runtime.bounded import run_bounded

log = logging.getLogger(__name__)
SECONDS_AT_MOST = 600  # its process has 60 of work, which take longer where pages come first


def opened_file(content):
    """({title of a sheet: rows}, [[sheet, row, column, what is wrong]]). Raises `Unreadable`."""
    try:
        done = run_bounded("careers.desk.sheets.rules.opening", content, seconds=SECONDS_AT_MOST)
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_LARGE) from None
    if done.returncode == REFUSED:
        raise Unreadable(done.stdout.decode())
    if done.returncode < 0:  # the system ended it at its bounds
        raise Unreadable(TOO_LARGE)
    if done.returncode:
        log.error("A sheet could not be opened: %s", done.stderr.decode(errors="replace")[-2000:])
        raise Unreadable(DAMAGED)
    said = json.loads(done.stdout)
    return said["sheets"], said["faults"]
