"""Mails that say once why something did not happen at its time. The worker sends them, so no reader waits."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from careers.accounts.mail import automatic_headers
from careers.desk.selectors.schedules import coming_of
from careers.guide.models.desk.drafts import Schedule
from careers.reminders.rules import header_line

KEPT = timedelta(days=30)  # rows of former mails
BODY = """{name} ({noun}) {line}.

It does not: {fault}

Readers see what they saw before, and nothing is lost. It is not tried again until somebody gives it a time anew, or
does it now:
{url}
"""


def mail_about(schedule):
    """Call it in the transaction that stops the schedule, so there is one mail for each time that it stops."""
    if settings.SENDS_EMAIL and schedule.by_id:
        runs = DBTaskResult.objects.filter(task_path=mail_fault.module_path)
        runs.filter(finished_at__lt=timezone.now() - KEPT).delete()
        mail_fault.enqueue(schedule.pk)


@task
def mail_fault(schedule_pk):
    """Nothing is sent where somebody has decided meanwhile, or where who is to be told may not enter the desk."""
    schedule = Schedule.objects.stopped().select_related("by", "change_set").filter(pk=schedule_pk).first()
    if schedule and schedule.by and schedule.by.is_active and schedule.by.is_staff:
        for one in coming_of([schedule], may_publish=True):
            fault_mail(one, to=schedule.by.email).send()


def fault_mail(coming, *, to):
    url = f"{settings.SITE_URL}{coming.change_url or reverse('admin:to_come')}"
    said = {"name": coming.name, "noun": coming.noun, "line": coming.line, "fault": coming.fault}
    return EmailMessage(
        subject=header_line(f"Stopped: {coming.name}"),
        body=BODY.format(**said, url=url),
        to=[to],
        headers=automatic_headers(),
    )
