"""The run that books the next one, so that exactly one waits whatever happens.

The next is booked before anything else: a run that fails or is killed is followed by another. Who books looks first,
one at a time, so that neither a second start nor a second machine makes a second chain.

A clock may have been wrong for a while and be right again. What was booked by it for a far day is booked anew.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from careers.guide.models.revisions import Revision
from careers.reminders.models import Reminder, ReminderMail
from careers.reminders.services.making import remind
from careers.runtime.lock_timeout import long_lock_timeout

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=15)
KEPT = timedelta(days=1)  # rows of former runs
TOLD_KEPT = timedelta(days=366)  # what was told, after its event; what is over for a month is never told again
TURN = 7_364_633  # any number that nobody else locks in PostgreSQL


@task(takes_context=True)
def keep_reminding(context):
    """Return numbers, and nothing of people: they stand in the task's row.

    What is due in the guide is done before, where no reader has come by since.
    """
    now = timezone.now()
    book_next(now=now, after=EVERY)
    forget_former(now=now, but=context.task_result.id)
    Revision.current()
    try:
        with long_lock_timeout():
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
    """Unless one waits already, and for no later than a next one may."""
    take_turn()
    waiting = runs().filter(status=TaskResultStatus.READY)
    far, _ = waiting.filter(run_after__gt=now + EVERY).delete()
    if far:
        log.warning("The next reminders were booked for a far day, as by a wrong clock. They are booked anew.")
    if not waiting.exists():
        keep_reminding.using(run_after=now + after).enqueue()


def is_booked(*, now):
    """Whether a run waits, and for no later than a next one may. One query, and no lock."""
    return runs().filter(status=TaskResultStatus.READY, run_after__lte=now + EVERY).exists()


def runs():
    return DBTaskResult.objects.filter(task_path=keep_reminding.module_path)


def take_turn():
    """SQLite's transactions come one after the other as they are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def forget_former(*, now, but=None):
    """Those that were killed too, which count as running for good; and what was told more than a year ago.

    Not the run with the key `but`, which is the one that forgets: it may have waited for days.
    """
    former = Q(enqueued_at__lt=now - KEPT) | Q(enqueued_at__gt=now + KEPT)
    runs().filter(former).exclude(Q(status=TaskResultStatus.READY) | Q(pk=but)).delete()
    Reminder.objects.filter(event_on__lt=(now - TOLD_KEPT).date()).delete()
    ReminderMail.objects.filter(reminders=None, created_at__lt=now - TOLD_KEPT).delete()
