"""The process that reads sheets and brings them in, so that no thread that pages need does.

One at a time for each server. Whoever looks at a sheet that waits asks for it again, so that none is left behind.
"""

import logging
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from careers.desk.sheets.models import SheetImport

log = logging.getLogger(__name__)
BEAT = 30  # seconds between two signs of life
SECONDS_AT_MOST = 1800  # of one process, which goes through all that waits
TURN = threading.Lock()


def start_work():
    """Returns at once. Does nothing where it is at work: before it ends it looks whether more waits."""
    if TURN.acquire(blocking=False):
        # It keeps no server from ending: what it does is one transaction, or can be done again.
        threading.Thread(target=run, daemon=True).start()


@contextmanager
def signs_of_life(sheet):
    """While a sheet is worked on its row says so, however long a step takes."""
    over = threading.Event()

    def beat():
        while not over.wait(BEAT):
            with suppress(DatabaseError):  # SQLite is being written: what is written says more
                SheetImport.objects.filter(pk=sheet.pk).update(seen_at=timezone.now())
            connection.close()

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def run():
    try:
        if SheetImport.objects.to_work_on(timezone.now()).exists():
            command = [sys.executable, "manage.py", "read_sheets"]
            subprocess.run(  # noqa: S603, our own program
                command,
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                timeout=SECONDS_AT_MOST,
                check=False,
            )
    except subprocess.TimeoutExpired:
        log.error("The process that reads sheets took more than %d seconds.", SECONDS_AT_MOST)
    except Exception:
        log.exception("Sheets could not be read.")
    finally:
        connections.close_all()
        TURN.release()
