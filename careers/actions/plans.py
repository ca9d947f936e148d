"""Certification plans: begun once a person and certification, and theirs whatever HR edits later.

The profile's row is locked by whoever calls, so two clicks at once come one after the other.
"""

from django.db import transaction
from django.utils.timezone import localdate

from careers.models import CertificationPlan, PlanStep
from careers.planning.guide_steps import as_seen
from careers.planning.names import folded
from careers.planning.plans import Status, may_follow


class Refused(Exception):
    """What was asked cannot be, as the plan stands now. The text says why, to the person."""


@transaction.atomic
def track(*, profile, certification, now):
    """The plan for a certification of the guide, and whether it is new. The first one stays."""
    plan = profile.certification_plans.filter(certification=certification).first()
    if plan:
        return plan, False
    held = profile.certificates.filter(certification=certification).first()
    return begin(profile, certification, certification.title, certification.issuer, held=held, now=now), True


@transaction.atomic
def track_own(*, profile, title, issuer, now):
    """The same for one that the guide does not list; names that differ in case only are one."""
    wanted = own_key(title, issuer)
    for plan in profile.certification_plans.filter(certification=None):
        if own_name(plan) == wanted:
            return plan, False
    held = [row for row in profile.certificates.filter(certification=None) if own_name(row) == wanted]
    return begin(profile, None, title, issuer, held=held[0] if held else None, now=now), True


def own_name(row):
    return own_key(row.title, row.issuer)


def own_key(title, issuer):
    return folded(title), folded(issuer)


def begin(profile, certification, title, issuer, *, held, now):
    """With the guide's steps as the person's own; what is held already is passed, and needs none of them."""
    plan = profile.certification_plans.create(
        certification=certification,
        title=title,
        issuer=issuer,
        held=held,
        status=Status.PASSED if held else Status.PLANNED,
        seen_steps=as_seen((step.title, step.hours) for step in certification.steps.all()) if certification else [],
        created_at=now,
        changed_at=now,
    )
    if not held and certification:
        PlanStep.objects.bulk_create(
            PlanStep(
                plan=plan, position=place, title=step.title, hours=step.hours, guide_title=step.title, changed_at=now
            )
            for place, step in enumerate(certification.steps.all(), start=1)
        )
    return plan


def change_status(plan, status, *, now, **fields):
    """Write the status with what goes with it; `Refused` where it cannot follow the one there is."""
    if not may_follow(Status(plan.status), Status(status)):
        now_is, then = plan.get_status_display().lower(), CertificationPlan.Status(status).label.lower()
        raise Refused(f"This plan is “{now_is}” now, so it cannot become “{then}”. Nothing has changed.")
    if status != Status.BOOKED:
        fields = {"exam_at": None, "exam_zone": "", **fields}
    for name, value in {"status": status, **fields}.items():
        setattr(plan, name, value)
    save_plan(plan, now=now)


def save_plan(plan, *, now):
    plan.touch(now=now)
    plan.save()


@transaction.atomic
def start(*, plan, now):
    """They study now. The first day they did stays; a day to be ready by that has passed before it goes."""
    if plan.status != Status.STUDYING:
        started_on = plan.started_on or localdate(now)
        target_on = plan.target_on if plan.target_on and plan.target_on >= started_on else None
        change_status(plan, Status.STUDYING, now=now, started_on=started_on, target_on=target_on)


@transaction.atomic
def drop(*, plan, now):
    """Nothing goes but the exam that was booked; it can be taken up again."""
    if plan.status != Status.DROPPED:
        change_status(plan, Status.DROPPED, now=now)


@transaction.atomic
def take_up(*, plan, now):
    if plan.status == Status.DROPPED:
        change_status(plan, Status.STUDYING if plan.started_on else Status.PLANNED, now=now)


@transaction.atomic
def change_plan(*, plan, changed, now):
    """`changed` is {field: value} of target_on, title and issuer; nothing else is written."""
    if changed:
        for name, value in changed.items():
            setattr(plan, name, value)
        save_plan(plan, now=now)


@transaction.atomic
def rename_own(*, plan, changed, now):
    """Of one that the guide does not list. False where the person tracks another of that name."""
    names = {"title": plan.title, "issuer": plan.issuer, **changed}
    others = plan.profile.certification_plans.filter(certification=None).exclude(pk=plan.pk)
    if own_key(names["title"], names["issuer"]) in {own_name(other) for other in others}:
        return False
    change_plan(plan=plan, changed=changed, now=now)
    return True


@transaction.atomic
def remove_plan(*, plan):
    """With its steps, its study time, its attempts and its files. A certificate that was earned stays the person's."""
    plan.delete()
