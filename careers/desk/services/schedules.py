"""Moments at which something is to happen to a page: given, moved, taken away; `due`, beside, does it.

Each is called inside `careers.desk.services.drafts.editing()`.
"""

import hashlib
import json

from django.db.models import Q, Subquery
from django.utils import timezone

from careers.desk.selectors.schedules import moment_there
from careers.desk.services.fault_mails import mail_about
from careers.guide.models.desk.drafts import DeskAction, Schedule
from careers.guide.models.revisions import Revision

What = DeskAction.What
SAVED_SINCE = "The draft was saved again after it got this time. Say whether it still goes live then."
SENT_BACK_SINCE = "The draft was sent back after it got this time."


def schedule_of(page, what):
    """None where the page has no such time."""
    return Schedule.objects.of_page(page).filter(what=what).select_related("version", "by").first()


def set_schedule(*, page, what, at, version, by):
    """Give it a time, or another one; what stopped it before counts no more. Returns the Schedule."""
    values = {"at": at, "version": version, "by": by, "fault": "", "stopped_at": None, "made_at": timezone.now()}
    about = {"model": page._meta.label_lower, "page_pk": page.pk, "what": what}
    schedule, _ = Schedule.objects.update_or_create(change_set=None, **about, defaults=values)
    note_next()
    note(What.SCHEDULED, page, schedule, by=by)
    return schedule


def schedule_of_set(change_set):
    return Schedule.objects.filter(change_set=change_set).select_related("by").first()


def schedule_set(*, change_set, at, by):
    """As `set_schedule`, for all that is in the set now."""
    values = {"at": at, "digest": digest_of_set(change_set), "by": by, "fault": "", "stopped_at": None}
    schedule, _ = Schedule.objects.update_or_create(
        change_set=change_set, defaults={**values, "what": Schedule.What.PUBLISH, "made_at": timezone.now()}
    )
    note_next()
    note(What.SCHEDULED, change_set, schedule, by=by)
    return schedule


def cancel_schedule(*, page, what, by):
    """Take the time away. No word of the page or of its draft changes."""
    if schedule := schedule_of(page, what):
        take_away(schedule, page, by=by)


def cancel_schedule_of_set(*, change_set, by):
    if schedule := schedule_of_set(change_set):
        take_away(schedule, change_set, by=by)


def take_away(schedule, thing, *, by):
    schedule.delete()
    note_next()
    note(What.UNSCHEDULED, thing, schedule, by=by)


def keep_time(*, page, version, by):
    """The time holds for what the draft says now."""
    if schedule := schedule_of(page, Schedule.What.PUBLISH):
        set_schedule(page=page, what=schedule.what, at=schedule.at, version=version, by=by)


def follow_version(page, version):
    """As where the draft got what readers see already, and no other word."""
    Schedule.objects.of_page(page).running().filter(what=Schedule.What.PUBLISH).update(version=version)


def stop_schedule(page, fault, *, by=None):
    """It does not happen until somebody decides, nor does the set in which the page's draft is.

    Who gave the time is told by mail, unless that is who stops it now.
    """
    about = {"model": page._meta.label_lower, "page_pk": page.pk}
    in_set = {f"change_set__drafts__{name}": value for name, value in about.items()}
    for schedule in Schedule.objects.running().filter(Q(**about) | Q(**in_set), what=Schedule.What.PUBLISH):
        stop(schedule, f"“{page}”: {fault}" if schedule.change_set_id else fault)
        if schedule.by_id and schedule.by_id != getattr(by, "pk", None):
            mail_about(schedule)


def stop(schedule, fault):
    """Returns whether it was running as it is in `schedule`: of two who stop it at once one does."""
    as_it_was = {"pk": schedule.pk, "at": schedule.at, "version": schedule.version_id, "fault": ""}
    stopped = Schedule.objects.filter(**as_it_was).update(fault=fault, stopped_at=timezone.now())
    note_next()
    return bool(stopped)


def forget_schedules(page, *whats):
    """It has happened, or cannot any more."""
    of_page = Schedule.objects.of_page(page)
    if (of_page.filter(what__in=whats) if whats else of_page).delete()[0]:
        note_next()


def forget_schedule_of_set(change_set):
    if Schedule.objects.filter(change_set=change_set).delete()[0]:
        note_next()


def digest_of_set(change_set):
    """Another one where a draft came, went or says something else."""
    drafts = change_set.drafts.order_by("model", "page_pk").values_list("model", "page_pk", "head__digest")
    return hashlib.sha256(json.dumps(list(drafts)).encode()).hexdigest()[:32]


def note_next():
    """Into the one row that every page asks."""
    first = Schedule.objects.running().values("at")[:1]
    Revision.objects.filter(pk=1).update(next_due=Subquery(first))


def note(what, page, schedule, *, by):
    DeskAction.objects.create(
        what=what,
        model=page._meta.label_lower,
        page_pk=page.pk,
        page_name=str(page)[:200],
        version=schedule.version,
        by=by,
        note=f"{schedule.get_what_display()}: {moment_there(schedule.at)}.",
    )
