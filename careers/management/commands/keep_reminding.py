import logging
import threading
import time

from django.core.management import BaseCommand, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from careers.management.supervise import end_with
from careers.reminders.services.runs import book_next, is_booked
from careers.runtime.outages import is_outage

log = logging.getLogger(__name__)
INTERVAL = 20  # seconds between two looks for work
LOOK = 60  # seconds between two looks whether a run waits at all, by a clock that nobody sets


class Command(BaseCommand):
    help = "Make and send reminders every quarter of an hour, until it is stopped. `serve` runs it by itself."
    requires_system_checks = []  # `serve` ran them

    def add_arguments(self, parser):
        parser.add_argument("--parent", type=int, help="end when this process is no longer our parent")

    def handle(self, *, parent, **options):
        if parent:
            end_with(parent)
        threading.Thread(target=keep_booked, daemon=True).start()
        while not worked():
            connection.close()
            time.sleep(INTERVAL)


def worked():
    """True when it was stopped, False when the database was away or busy: then it is tried again."""
    try:
        book_next(now=timezone.now())
        call_command("db_worker", interval=INTERVAL, reload=False, verbosity=0)
    except DatabaseError as error:
        if not is_outage(error):
            raise
        log.exception("Reminders wait for the database.")  # one line a minute, see `OutagesInBrief`
        return False
    return True


def keep_booked():
    """Book again what is not, or only for a far day: a run books the next, but none runs while that day is awaited."""
    while True:
        time.sleep(LOOK)
        try:
            if not is_booked(now=timezone.now()):
                book_next(now=timezone.now())
        except DatabaseError:
            pass  # the worker meets it as well, and says so
        finally:
            connection.close()
