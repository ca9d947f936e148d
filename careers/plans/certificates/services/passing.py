"""What a plan leads to: the certificate, recorded when it is passed, renewed, taken back.

The profile's row is locked by whoever calls. Said twice, everything here is as said once.
"""

from django.db import transaction
from django.utils.timezone import localdate

from careers.evidence.rules.levels import current_claim
from careers.evidence.rules.validity import as_long_from
from careers.evidence.selectors.levels import levels_of
from careers.lib.about import About, Precision, about, first_of, roughest
from careers.people.services.refusing import Refused
from careers.plans.certificates.services.held import (
    change_certificate,
    hold_certificate,
    hold_own,
    link_plan,
    remove_certificate,
    says,
    usual_expiry,
)
from careers.plans.exams.models import ExamAttempt
from careers.plans.exams.services import exam_day, latest_day
from careers.plans.models import CertificationPlan
from careers.plans.rules.status import failed_in_words, problems_of_certificate
from careers.plans.services.plans import adopt_plan, save_plan, track, track_own


@transaction.atomic
def pass_plan(*, plan, now, started_on=None, was_that_exam=False, **values):
    """Record the certificate, and the plan as passed. One that was on their list before takes the newer days.

    What was open is closed by that: no step is ticked, and no hour counts as done, that the person did not say.

    `values` are its fields: two days and how well they are known, number and link. `started_on` is given where they
    wrote it just now; `was_that_exam` turns an attempt of that day, recorded as not passed, into this one.
    """
    if plan.held_certificate and says(plan.held_certificate, **values):
        return
    reason = why_not_pass(plan)
    if reason:
        raise Refused(reason)
    start = {"started_on": started_on, "target_on": plan.target_on}
    days = {name: value for name, value in values.items() if name.startswith(("earned_", "expires_"))}
    earned = days_of(days)["earned"]
    refuse(today=latest_day(plan, now=now), **days_of(days), **start)
    failed = failed_on(plan, earned, now=now)
    if failed and not was_that_exam:
        raise Refused(f"{failed_in_words(failed)} Nothing has changed.")
    if started_on and started_on != plan.started_on:
        plan.started_on = started_on
        save_plan(plan, now=now)
    sat_on = day_sat(plan, earned, now=now)
    held = hold(plan, days, now=now)
    change_certificate(held=held, now=now, **values)
    if sat_on:
        record_pass(plan, sat_on, now=now)
    link_plan(held, now=now)
    plan.refresh_from_db()


def why_not_pass(plan):
    """A sentence; empty where the certificate can be recorded."""
    if plan.is_passed:
        return "You have recorded this certificate already. Nothing has changed."
    if plan.is_dropped:
        return "This plan is dropped. Take it up again, then record the certificate. Nothing has changed."
    return ""


def hold(plan, days, *, now):
    if plan.certification:
        return hold_certificate(profile=plan.profile, certification=plan.certification, **days, now=now)[0]
    return hold_own(profile=plan.profile, title=plan.title, issuer=plan.issuer, **days, now=now)[0]


def days_of(values):
    """{earned, expires, …: About or None} of fields of a certificate."""
    names = [name.removesuffix("_on") for name in values if name.endswith("_on")]
    return {
        name: values[f"{name}_on"] and about(values[f"{name}_on"], values.get(f"{name}_precision", Precision.DAY))
        for name in names
    }


def day_sat(plan, earned: About, *, now):
    """The day of the exam. None where nobody said it: a month is no day on which an exam was sat."""
    booked = exam_day(plan, now=now)
    if earned.is_exact:
        return min(booked or earned.day, earned.day)
    return booked if booked and earned.day <= booked <= earned.last else None


def failed_on(plan, earned: About, *, now):
    """The day of that exam, where they recorded of it that they did not pass."""
    day = day_sat(plan, earned, now=now)
    failed = plan.attempts.filter(taken_on=day, outcome=ExamAttempt.Outcome.NOT_PASSED)
    return day if plan.has_exam and failed.exists() else None


def record_pass(plan, sat_on, *, now):
    """The exam, where there is one, on the day they sat it. An attempt of that day is that one."""
    outcome = ExamAttempt.Outcome.PASSED
    if plan.has_exam and not plan.attempts.filter(taken_on=sat_on).update(outcome=outcome):
        plan.attempts.create(taken_on=sat_on, outcome=outcome, recorded_at=now)


def refuse(**days):
    for problem in problems_of_certificate(**days):
        raise Refused(f"{problem.text} Nothing has changed.")


@transaction.atomic
def renew(*, plan, now, **values):
    """`values` are the day it was renewed and the day it lapses now, and how well they are known."""
    held = held_of(plan)
    refuse(today=today_of(held, now=now), earned=held.earned, **days_of(values))
    change_certificate(held=held, **values, now=now)


@transaction.atomic
def change_certificate_of(*, plan, now, **values):
    """`values` are the fields of the certificate that were changed."""
    held = held_of(plan)
    days = {name: getattr(held, name) for name in ("earned", "expires", "renewed")}
    refuse(today=today_of(held, now=now), **{**days, **days_of(values)})
    change_certificate(held=held, **values, now=now)


def today_of(held, *, now):
    """It may have been earned where the day had begun before it did here."""
    return max(localdate(now), held.earned_on)


def held_of(plan):
    if plan.held_certificate is None:
        raise Refused("There is no certificate here: the plan is not passed. Nothing has changed.")
    return plan.held_certificate


@transaction.atomic
def withdraw(*, plan, now):
    if plan.held_certificate:
        remove_certificate(held=plan.held_certificate, now=now)


def falls_back(held):
    """(skill, level now, level without the certificate or None) of each skill that it shows and that changes."""
    now, rows = levels_of(held.profile), {}
    for row in held.profile.evidence.for_levels().exclude(certificate=held):
        rows.setdefault(row.skill_id, []).append(row.as_claim())
    shown = held.evidence.standing().select_related("skill").order_by("skill__name")
    found = [(row.skill, now[row.skill].proficiency, current_claim(rows.get(row.skill_id, ()))) for row in shown]
    return [(skill, level, then.proficiency if then else None) for skill, level, then in found]


def suggested_expiry(plan, begins: About):
    return usual_expiry(plan.known, begins) if plan.known else None


def renewed_expiry(plan, renewed: About):
    """By the guide; else as long as it was valid before."""
    held, usual = plan.held_certificate, suggested_expiry(plan, renewed)
    if usual or held.expires_on is None:
        return usual
    begins = held.renewed or held.earned
    day = as_long_from(renewed.day, begins=begins.day, ends=held.expires_on)
    return first_of(day, roughest(renewed, begins, held.expires))


@transaction.atomic
def hold_and_track(*, profile, certification, now, **days):
    """The certificate, and the plan that keeps its renewal; None for a plan where they can have no more.

    One that is held already stays as it is. `days` are those of `hold_certificate`.
    """
    adopt_plan(profile, certification, now=now)
    held, _ = hold_certificate(profile=profile, certification=certification, **days, now=now)
    try:
        return held, track_held(held=held, now=now)[0]
    except Refused:
        return held, None


@transaction.atomic
def track_held(*, held, now):
    """The plan that keeps a certificate that they hold, whatever either is called."""
    plan = CertificationPlan.objects.filter(held_certificate=held).first()
    if plan:
        return plan, False
    if held.certification:
        return track(profile=held.profile, certification=held.certification, now=now)
    return track_own(profile=held.profile, title=held.title, issuer=held.issuer, now=now)
