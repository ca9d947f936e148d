"""The run that books the next one, so that exactly one waits whatever happens.

The next is booked before anything else: a run that fails or is killed is followed by another. Who books looks first,
one at a time, so that neither a second start nor a second machine makes a second chain.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from careers.actions.patience import long_patience
from careers.actions.reminding import remind
from careers.models import Reminder, ReminderMail

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=15)
KEPT = timedelta(days=1)  # rows of former runs
TOLD_KEPT = timedelta(days=366)  # what was told, after its event; what is over for a month is never told again
TURN = 7_364_633  # any number that nobody else locks in PostgreSQL


@task()
def keep_reminding():
    """What it returns stands in the task's row: numbers only, nothing of people."""
    now = timezone.now()
    book_next(now=now, after=EVERY)
    forget_former(now=now)
    try:
        with long_patience():
            report = remind()
    except Exception:
        log.exception("Reminders broke off. The next run goes on.")
        raise
    return {
        "made": report.made,
        "sent": report.sent,
        "failed": report.failed,
        "waiting": report.waiting,
        "broken": report.broken,
    }


@transaction.atomic
def book_next(*, now, after=timedelta()):
    """Unless one waits already."""
    take_turn()
    if not runs().filter(status=TaskResultStatus.READY).exists():
        keep_reminding.using(run_after=now + after).enqueue()


def runs():
    return DBTaskResult.objects.filter(task_path=keep_reminding.module_path)


def take_turn():
    """SQLite's transactions come one after the other as they are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def forget_former(*, now):
    """Those that were killed too, which count as running for good; and what was told more than a year ago."""
    runs().filter(enqueued_at__lt=now - KEPT).exclude(status=TaskResultStatus.READY).delete()
    Reminder.objects.filter(event_on__lt=(now - TOLD_KEPT).date()).delete()
    ReminderMail.objects.filter(reminders=None, created_at__lt=now - TOLD_KEPT).delete()
