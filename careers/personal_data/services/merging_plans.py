"""Certification plans of two profiles of one person become one list: part of `careers.personal_data.services.merging`.

Of two plans for one certification the account's row stays. One that was only begun, with a click, says nothing against
the other; of two that were worked on the newer speaks. What is done, logged, tried, booked or kept as a file on either
side stays.
"""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from careers.evidence.models.evidence import HeldCertificate
from careers.lib.names import folded
from careers.lib.zones import zone_of
from careers.personal_data.services.merging_steps import (
    Changes,
    merge_items,
    merge_rows,
    merge_steps,
    move_reminders,
    was_touched,
)
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.status import Status
from careers.plans.study.models import StudyEntry
from careers.plans.study.services.clock import minutes_on
from careers.reminders.models import Reminder

ANSWERS = ("title", "issuer", "target_on", "seen_steps", "exam_minutes", "exam_place", "exam_url")
EXAM = ("exam_at", "exam_zone")
# Which status of the other plan says more than the one that speaks.
FARTHER = {
    Status.PLANNED: {Status.STUDYING, Status.BOOKED, Status.NOT_PASSED},
    Status.STUDYING: {Status.BOOKED},
}


def known_as(row):
    """Return the same for two plans, or two certificates, that are one."""
    return row.certification_id or (folded(row.title), folded(row.issuer))


def merge_plans(guest, profile):
    """Called when the certificates are merged: one that both held is the account's by now.

    Returns {key of a plan of the guest's: the account's plan that took its place}.
    """
    held = {known_as(row): row for row in profile.certificates.all()}
    own, theirs = {known_as(plan): plan for plan in plans_of(profile)}, list(plans_of(guest))
    told = Reminder.objects.filter(profile__in=(guest, profile), held_certificate=None)
    changes = Changes(told, logged=[*own.values(), *theirs])
    tracked = {plan.held_certificate_id: plan for plan in own.values() if plan.held_certificate_id}
    zone = zone_of(profile.time_zone, guest.time_zone, settings.TIME_ZONE)
    for plan in theirs:
        earned = held.get(known_as(plan))
        present = own.get(known_as(plan)) or (earned and tracked.get(earned.pk))
        if present is None:
            plan.profile, plan.held_certificate = profile, earned
            save_with_status(plan, zone)
        else:
            merge_plan(plan, present, held=present.held_certificate or earned, zone=zone, changes=changes)
    changes.write()
    for clock in guest.study_clocks.filter(plan__in=changes.moved):
        clock.plan = changes.moved[clock.plan_id]
        clock.save(update_fields=["plan"])
    for key, plan in own.items():
        if key in held and plan.held_certificate_id is None and held[key].pk not in tracked:
            plan.held_certificate = held[key]
            save_with_status(plan, zone)
    merge_clocks(guest, profile, zone)
    move_the_rest(guest, profile)
    return changes.moved


def move_the_rest(guest, profile):
    """The reminders of what came along as it was. Each is asked about by the key of its thing: PostgreSQL knows little
    of tables that have grown fast, and would join all that the two have, which took it minutes.
    """
    owners = {
        "held_certificate": HeldCertificate.objects.values("profile"),
        "plan": CertificationPlan.objects.values("profile"),
        "step": PlanStep.objects.values("plan__profile"),
    }
    for column, owner in owners.items():
        things = Reminder.objects.filter(profile=guest).exclude(**{column: None})
        whose = Subquery(owner.filter(pk=OuterRef(column)))
        things.alias(whose=whose).filter(whose=profile.pk).update(profile=profile)


def plans_of(profile):
    rows = ("steps", "attempts", "exam_items", "files")
    return profile.certification_plans.select_related("held_certificate").prefetch_related(*rows)


def save_with_status(plan, zone):
    """Give the plan a status that fits what it has: with a certificate it is passed, without one it is not."""
    if plan.held_certificate:
        plan.status = Status.PASSED
    elif plan.is_passed:
        plan.status = Status.STUDYING
    if plan.is_studying and plan.started_on is None:
        plan.started_on = earliest(localdate(plan.created_at, zone), plan.target_on)
    if not plan.is_booked:
        plan.exam_at, plan.exam_zone = None, ""
    plan.bump_version(now=plan.changed_at)
    plan.save()


def merge_plan(theirs, present, *, held, zone, changes):
    """`theirs` lets go of its certificate first: two plans never hold one."""
    if theirs.held_certificate_id:
        CertificationPlan.objects.filter(pk=theirs.pk).update(held_certificate=None, status=Status.PLANNED)
    # Before anything of it changes: whether it was worked on, and when.
    speaks, other = sorted(
        (theirs, present), key=lambda plan: (was_touched(plan, changes), plan.changed_at), reverse=True
    )
    merge_steps(speaks, other, present, changes)
    farther = other.status in FARTHER.get(Status(speaks.status), ())
    status = {name: getattr(other if farther else speaks, name) for name in ("status", *EXAM)}
    answers = {name: getattr(speaks, name) or getattr(other, name) for name in ANSWERS}
    for name, value in {**status, **answers}.items():
        setattr(present, name, value)
    present.started_on = earliest(theirs.started_on, present.started_on)
    if present.started_on and present.target_on and present.target_on < present.started_on:
        present.target_on = None
    present.created_at = min(theirs.created_at, present.created_at)
    present.changed_at = max(theirs.changed_at, present.changed_at)
    present.held_certificate = held
    merge_rows(theirs.attempts.all(), present.attempts.all(), present, changes, key=lambda row: row.taken_on)
    merge_items(theirs, present, changes)
    merge_rows(theirs.files.all(), present.files.all(), present, changes, key=lambda row: row.digest)
    changes.moved[theirs.pk] = present
    move_reminders("plan", theirs, present, changes)
    save_with_status(present, zone)


def earliest(*days):
    return min((day for day in days if day), default=None)


def merge_clocks(guest, profile, zone):
    """One clock runs on: the later one. The time of the other, until then, is logged."""
    clocks = sorted([*guest.study_clocks.all(), *profile.study_clocks.all()], key=lambda clock: clock.started_at)
    if len(clocks) == 2:
        first, second = clocks
        StudyEntry.objects.create(
            plan_id=first.plan_id,
            step_id=first.step_id,
            minutes=minutes_on(first, second.started_at),
            studied_on=localdate(first.started_at, zone),
        )
        first.delete()
    for clock in clocks[-1:]:
        clock.profile = profile
        clock.save(update_fields=["profile"])


def merge_settings(guest, profile):
    """How to be reminded: what was said last."""
    theirs, own = guest.reminder_settings.first(), profile.reminder_settings.first()
    if theirs and (own is None or theirs.answered_at > own.answered_at):
        if own:
            own.delete()
        guest.reminder_settings.update(profile=profile)


def merge_feeds(guest, profile):
    """One calendar address: the one that a calendar program asked for last; else the account's."""
    theirs, own = guest.calendar_feeds.first(), profile.calendar_feeds.first()
    if theirs and (own is None or (theirs.opened_at and (own.opened_at is None or theirs.opened_at > own.opened_at))):
        if own:
            own.delete()
        guest.calendar_feeds.update(profile=profile)
    guest.calendar_events.update(profile=profile)  # what programs were told of dates that come along
