"""Certification plans: begun once a person and certification, and theirs whatever HR edits later.

The profile's row is locked by whoever calls, so two clicks at once come one after the other.
"""

from django.db import transaction
from django.utils.timezone import localdate

from careers.evidence.selectors.credits import write_evidence
from careers.lib.names import folded
from careers.people.services.refusing import Refused, refuse_over
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.guide_changes import GuideStep, as_seen
from careers.plans.rules.status import Status, first_day

# Far above what people have: it decides how long their pages take, and how long others wait for a merge. What came
# together from a guest and an account stays, however much it is; only adding is refused.
MOST_STEPS_OF_ALL = 3000  # of all plans of a person
TOO_MANY_STEPS = "Your plans have {most} steps together, which is as many as there can be. Remove some first."

MOST_PLANS = 200  # of a person: what every page of theirs looks through
TOO_MANY = "You have {most} plans, which is as many as there can be. Remove one first."


@transaction.atomic
def track(*, profile, certification, now):
    """The plan for a certification of the guide, and whether it is new. The first one stays."""
    plan = profile.certification_plans.filter(certification=certification).first()
    plan = plan or adopt_plan(profile, certification, now=now)
    if plan:
        return plan, False
    held = profile.certificates.filter(certification=certification).first()
    title, issuer = certification.public_name, certification.public_issuer
    return create_plan(profile, certification, title, issuer, held=held, now=now), True


def adopt_plan(profile, certification, *, now):
    """Their own plan of the guide's name becomes the one for the guide's, with its certificate; None where none is.

    Their steps stay; the guide's are offered beside them.
    """
    if not certification.is_known or profile.certificates.filter(certification=certification).exists():
        return None
    names = [own_key(certification.title, issuer) for issuer in (certification.issuer, "")]
    own = profile.certification_plans.filter(certification=None).select_related("held_certificate")
    plan = next((plan for plan in own if own_name(plan) in names), None)
    if plan is None:
        return None
    if plan.held_certificate:
        plan.held_certificate.certification, plan.held_certificate.title, plan.held_certificate.issuer = (
            certification,
            "",
            "",
        )
        plan.held_certificate.bump_version(now=now)
        plan.held_certificate.save()
        write_evidence(plan.held_certificate, now=now)
    plan.certification, plan.title, plan.issuer = certification, certification.title, certification.issuer
    if not plan.held_certificate:
        take_steps(plan, now=now)
    save_plan(plan, now=now)
    return plan


@transaction.atomic
def track_own(*, profile, title, issuer, now):
    """The same for one that the guide does not list; names that differ in case only are one."""
    wanted = own_key(title, issuer)
    for plan in profile.certification_plans.filter(certification=None):
        if own_name(plan) == wanted:
            return plan, False
    own = profile.certificates.filter(certification=None, plan=None)
    held = next((row for row in own if own_name(row) == wanted), None)
    return create_plan(profile, None, title, issuer, held=held, now=now), True


def own_name(row):
    return own_key(row.title, row.issuer)


def own_key(title, issuer):
    return folded(title), folded(issuer)


def create_plan(profile, certification, title, issuer, *, held, now):
    """With the guide's steps as the person's own; what is held already is passed, and needs none of them."""
    if profile.certification_plans.count() >= MOST_PLANS:  # more only where a guest's came into an account
        raise Refused(TOO_MANY.format(most=MOST_PLANS))
    if certification and certification.is_known and not held:
        refuse_more_steps(profile, more=certification.steps.count())
    plan = profile.certification_plans.create(
        certification=certification,
        title=title,
        issuer=issuer,
        held_certificate=held,
        status=Status.PASSED if held else Status.PLANNED,
        created_at=now,
        changed_at=now,
    )
    if not held and take_steps(plan, now=now):
        plan.save()
    return plan


def take_steps(plan, *, now):
    """The guide's steps as the person's own, where they saw none of them and have none yet. The caller saves the plan.

    Returns whether there were any.
    """
    is_known = plan.certification and plan.certification.is_known
    if not is_known or plan.seen_steps or plan.steps.exists():
        return False
    steps = list(plan.certification.steps.all())
    plan.seen_steps = as_seen(GuideStep(step.title, step.hours, step.is_renewal) for step in steps)
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=plan,
            position=place,
            title=step.title,
            hours=step.hours,
            is_renewal=step.is_renewal,
            guide_title=step.title,
            changed_at=now,
        )
        for place, step in enumerate(steps, start=1)
    )
    return bool(steps)


def change_status(plan, status, *, now, **fields):
    """Write the status with what goes with it; `Refused` where it cannot follow the one there is."""
    if not plan.can_become(status):
        now_is, then = plan.get_status_display().lower(), CertificationPlan.Status(status).label.lower()
        raise Refused(f"This plan is “{now_is}” now, so it cannot become “{then}”. Nothing has changed.")
    if status != Status.BOOKED:
        fields = {"exam_at": None, "exam_zone": "", **fields}
    for name, value in {"status": status, **fields}.items():
        setattr(plan, name, value)
    save_plan(plan, now=now)


def save_plan(plan, *, now):
    plan.bump_version(now=now)
    plan.save()


@transaction.atomic
def start(*, plan, now):
    """They study now. From an older page it takes no exam and no certificate away: those are asked about."""
    if plan.is_studying:
        return
    if plan.status in CANNOT_START:
        raise Refused(f"{CANNOT_START[plan.status]} Nothing has changed.")
    started_on = first_day(plan.started_on, plan.target_on, today=localdate(now))
    change_status(plan, Status.STUDYING, now=now, started_on=started_on)


def move_start(plan, day, *, now):
    """Move the start back to `day`, on which something was done, if that is earlier."""
    if plan.started_on and day < plan.started_on:
        plan.started_on = day
        save_plan(plan, now=now)


CANNOT_START = {
    Status.BOOKED: "The exam of this plan is booked. Take the exam off first if it is not.",
    Status.PASSED: "You passed this. Take the certificate back first if that was a mistake.",
}


@transaction.atomic
def drop(*, plan, now):
    """Nothing goes but the exam that was booked; it can be taken up again."""
    if not plan.is_dropped:
        change_status(plan, Status.DROPPED, now=now)


@transaction.atomic
def take_up(*, plan, now):
    if plan.is_dropped:
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
    """Of one that the guide does not list. Its certificate is called the same, so that by its name either is found."""
    names = {"title": plan.title, "issuer": plan.issuer, **changed}
    plans = plan.profile.certification_plans.filter(certification=None).exclude(pk=plan.pk)
    certificates = plan.profile.certificates.filter(certification=None).exclude(pk=plan.held_certificate_id)
    for others, reason in ((plans, OTHER_PLAN_HAS_NAME), (certificates, OTHER_CERTIFICATE_HAS_NAME)):
        if own_key(**names) in {own_name(other) for other in others}:
            raise Refused(reason)
    change_plan(plan=plan, changed=changed, now=now)
    if plan.held_certificate and (plan.held_certificate.title, plan.held_certificate.issuer) != (
        plan.title,
        plan.issuer,
    ):
        plan.held_certificate.title, plan.held_certificate.issuer = plan.title, plan.issuer
        plan.held_certificate.bump_version(now=now)
        plan.held_certificate.save()


OTHER_PLAN_HAS_NAME = "You track another certification of this name and issuer. Write another name."
OTHER_CERTIFICATE_HAS_NAME = "You hold another certificate of this name and issuer. Write another name."


@transaction.atomic
def remove_plan(*, plan):
    """With its steps, its study time, its attempts and its files. A certificate that was earned stays the person's."""
    plan.delete()


def refuse_more_steps(profile, *, more):
    refuse_over(PlanStep.objects.filter(plan__profile=profile), MOST_STEPS_OF_ALL, TOO_MANY_STEPS, more=more)
