"""Certificates that a person holds, and the evidence of skills that comes with each.

The credits are copied when the certificate is recorded: what HR edits in them later changes nobody's evidence. A plan
for the same certification is passed as long as the certificate is there, however it was recorded.
"""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from careers.actions.credits import write_evidence
from careers.actions.plans import change_status, move_start, own_name, take_steps, take_up
from careers.models import CertificationPlan, ExamAttempt, HeldCertificate
from careers.planning.exams import first_day
from careers.planning.names import folded
from careers.planning.plans import Status
from careers.planning.validity import months_after


@transaction.atomic
def hold_certificate(*, profile, certification, earned_on, expires_on, now):
    """Record it with its evidence; returns it, and whether it is new. One that is held already stays as it is."""
    held, is_new = HeldCertificate.objects.get_or_create(
        profile=profile,
        certification=certification,
        defaults={"earned_on": earned_on, "expires_on": expires_on, "answered_at": now, "changed_at": now},
    )
    if is_new:
        write_evidence(held, now=now)
    link_plan(held, now=now)
    return held, is_new


@transaction.atomic
def hold_own(*, profile, title, issuer, earned_on, expires_on, now):
    """The same for one that the guide does not list: it shows no skill. Names that differ in case only are one."""
    wanted = folded(title), folded(issuer)
    for held in profile.certificates.filter(certification=None):
        if own_name(held) == wanted:
            return held, False
    days = {"earned_on": earned_on, "expires_on": expires_on}
    return profile.certificates.create(title=title, issuer=issuer, **days, answered_at=now, changed_at=now), True


def link_plan(held, *, now):
    """A plan for what is held is passed; also one that was dropped."""
    plan = plan_for(held)
    if plan is None or plan.status == Status.PASSED:
        return
    if plan.status == Status.DROPPED:
        take_up(plan=plan, now=now)
    move_start(plan, held.earned_on, now=now)
    change_status(plan, Status.PASSED, now=now, held=held)


def plan_for(held):
    """The one that it passed; else the one of its name that no other certificate passed."""
    plan = CertificationPlan.objects.filter(held=held).first()
    if plan:
        return plan
    plans = CertificationPlan.objects.filter(profile=held.profile_id, certification=held.certification_id, held=None)
    if held.certification_id:
        return plans.first()
    return next((plan for plan in plans if own_name(plan) == own_name(held)), None)


def says(held, **values):
    return all(getattr(held, name) == value for name, value in values.items())


@transaction.atomic
def change_certificate(*, held, now, **values):
    """`values` are fields of it. Another day moves its evidence with it, also what was withdrawn.

    The same values change nothing.
    """
    if says(held, **values):
        return
    for name, value in values.items():
        setattr(held, name, value)
    held.answered_at = now
    held.touch(now=now)
    held.save()
    held.evidence.update(shown_on=held.earned_on)
    plan = CertificationPlan.objects.filter(held=held).first()
    if plan:
        move_start(plan, held.earned_on, now=now)


@transaction.atomic
def remove_certificate(*, held, now):
    """Its evidence goes with it. A plan for it is studied again; all stays but the pass and what that ticked."""
    plan = CertificationPlan.objects.filter(held=held).first()
    if plan:
        plan.attempts.filter(outcome=ExamAttempt.Outcome.PASSED).delete()
        ticked_by_pass(plan).update(done_on=None, done_by_pass=False, version=F("version") + 1, changed_at=now)
        take_steps(plan, now=now)
        started_on = first_day(plan.started_on, plan.target_on, today=min(localdate(now), held.earned_on))
        change_status(plan, Status.STUDYING, now=now, held=None, started_on=started_on)
    held.delete()


def ticked_by_pass(plan):
    """The steps that are open again once the pass is taken back."""
    return plan.steps.filter(done_by_pass=True)


def usual_expiry(certification, earned_on):
    """The day on which it lapses by the guide's validity; None where it does not expire or nobody knows."""
    return months_after(earned_on, certification.validity_months) if certification.validity_months else None
