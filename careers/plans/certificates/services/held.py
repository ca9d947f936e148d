"""Certificates that a person holds, and the evidence of skills that comes with each.

The credits are copied when the certificate is recorded: what HR edits in them later changes nobody's evidence. A plan
for the same certification is passed as long as the certificate is there, however it was recorded.
"""

from django.db import transaction
from django.utils.timezone import localdate

from careers.evidence.models.evidence import HeldCertificate
from careers.evidence.rules.validity import months_after
from careers.evidence.selectors.credits import write_evidence
from careers.lib.about import About, first_of
from careers.lib.names import folded
from careers.people.services.refusing import refuse_over
from careers.plans.exams.models import ExamAttempt
from careers.plans.models import CertificationPlan
from careers.plans.rules.status import Status, first_day
from careers.plans.services.plans import change_status, move_start, own_name, take_steps, take_up

MOST_OWN_CERTIFICATES = 300  # those of the guide are bounded by the guide
TOO_MANY_CERTIFICATES = "You keep {most} certificates of your own, which is as many as there can be. Remove one first."


@transaction.atomic
def hold_certificate(*, profile, certification, now, **days):
    """Record it with its evidence; returns it, and whether it is new. One that is held already stays as it is.

    `days` are its fields: the day it was earned, the day it lapses, and how well each is known.
    """
    held, is_new = HeldCertificate.objects.get_or_create(
        profile=profile,
        certification=certification,
        defaults={**days, "answered_at": now, "changed_at": now},
    )
    if is_new:
        write_evidence(held, now=now)
    link_plan(held, now=now)
    return held, is_new


@transaction.atomic
def hold_own(*, profile, title, issuer, now, **days):
    """The same for one that the guide does not list: it shows no skill. Names that differ in case only are one."""
    wanted = folded(title), folded(issuer)
    for held in profile.certificates.filter(certification=None):
        if own_name(held) == wanted:
            return held, False
    refuse_more_certificates(profile)
    return profile.certificates.create(title=title, issuer=issuer, **days, answered_at=now, changed_at=now), True


def link_plan(held, *, now):
    """A plan for what is held is passed; also one that was dropped."""
    plan = plan_for(held)
    if plan is None or plan.is_passed:
        return
    if plan.is_dropped:
        take_up(plan=plan, now=now)
    start_before(plan, held, now=now)
    change_status(plan, Status.PASSED, now=now, held_certificate=held)


def start_before(plan, held, *, now):
    """Nobody earns it before they start; a day that may be later than the start says nothing against it."""
    if plan.started_on and held.earned.last < plan.started_on:
        move_start(plan, held.earned_on, now=now)


def plan_for(held):
    """The one that it passed; else the one of its name that no other certificate passed."""
    plan = CertificationPlan.objects.filter(held_certificate=held).first()
    if plan:
        return plan
    plans = CertificationPlan.objects.filter(
        profile=held.profile_id, certification=held.certification_id, held_certificate=None
    )
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
    held.bump_version(now=now)
    held.save()
    held.evidence.update(shown_on=held.earned_on)
    plan = CertificationPlan.objects.filter(held_certificate=held).first()
    if plan:
        start_before(plan, held, now=now)


@transaction.atomic
def remove_certificate(*, held, now):
    """Its evidence goes with it. A plan for it is studied again, and what the pass closed is open again."""
    plan = CertificationPlan.objects.filter(held_certificate=held).first()
    if plan:
        plan.attempts.filter(outcome=ExamAttempt.Outcome.PASSED).delete()
        take_steps(plan, now=now)
        started_on = first_day(plan.started_on, plan.target_on, today=min(localdate(now), held.earned_on))
        change_status(plan, Status.STUDYING, now=now, held_certificate=None, started_on=started_on)
    held.delete()


def usual_expiry(certification, earned: About):
    """When it lapses by the guide's validity, as well as the day before it is known; None where it does not, or nobody
    knows. Of a month or a year it is the first day on which it may lapse.
    """
    months = certification.validity_months
    return first_of(months_after(earned.day, months), earned.precision) if months else None


def refuse_more_certificates(profile):
    own = HeldCertificate.objects.filter(profile=profile, certification=None)
    refuse_over(own, MOST_OWN_CERTIFICATES, TOO_MANY_CERTIFICATES)
