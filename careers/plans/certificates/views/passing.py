"""The certificate of a plan: recorded when it is passed, changed, renewed, taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.about import About, in_words
from careers.people.services.refusing import Refused
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.plans.certificates.forms.passing import CredentialForm, PassForm, RenewForm
from careers.plans.certificates.rules import ends_in_words
from careers.plans.certificates.services.passing import (
    change_credential,
    failed_on,
    falls_back,
    held_of,
    pass_plan,
    renew,
    renewed_expiry,
    suggested_expiry,
    today_of,
    track_held,
    why_not_pass,
    withdraw,
)
from careers.plans.exams.services import day_there, exam_day, latest_day
from careers.plans.rules.status import Status
from careers.plans.views.questions import plan_form, plan_question, to_plan

CERTIFICATE = "certificate"  # the part of the plan's page


@own_page
def plan_pass(request, pk):
    return plan_form(request, pk, make=pass_form, act=save_pass, words=words_of_pass, part=CERTIFICATE)


def pass_form(plan, sent):
    reason = why_not_pass(plan)
    if reason and not (sent and plan.held):  # what is sent twice is judged when it is known
        raise Refused(reason)
    now = timezone.now()
    today = latest_day(plan, now=now)
    earned = About(exam_day(plan, now=now) or today)
    return PassForm(
        sent,
        stored={"started_on": plan.started_on},
        suggested={"earned_on": earned, "expires_on": suggested_expiry(plan, earned)},
        today=today,
        known={"target_on": plan.target_on},
        usual=lambda begins: suggested_expiry(plan, begins),
        validity=validity_of(plan),
        failed_on=lambda earned: failed_on(plan, earned, now=now),
    )


def validity_of(plan):
    certification = plan.known
    return certification.validity_text if certification and certification.validity_months else ""


def save_pass(plan, form):
    pass_plan(plan=plan, **form.given, now=timezone.now())
    count = plan.held.evidence.count()
    counts = f" It shows {count} skill{'' if count == 1 else 's'}, on every role page." if count else ""
    lapses = f" {ends_in_words(today=timezone.localdate(), expires=plan.held.expires)}" if plan.held.expires else ""
    return f"Passed: {plan.name} is on your list of certificates.{counts}{lapses}"


def words_of_pass(plan):
    lead = f"{plan.name}. What it credits counts on every role page from then on. You can take it back later."
    if plan.status == Status.BOOKED:
        lead += f" The exam of {in_words(day_there(plan))} leaves your plan and your calendar."
    if plan.open_steps:
        count = len(plan.open_steps)
        steps = "The step that is open is" if count == 1 else f"The {count} steps that are open are"
        lead += f" {steps} not needed any more then."
    return {"title": "Record the certificate", "verb": "Save the certificate", "lead": lead}


@own_page
def plan_credential(request, pk):
    return plan_form(
        request, pk, make=credential_form, act=save_credential, words=words_of_credential, part=CERTIFICATE
    )


def credential_form(plan, sent):
    held = held_of(plan)
    return CredentialForm(sent, held=held, today=today_of(held, now=timezone.now()))


def save_credential(plan, form):
    change_credential(plan=plan, **form.given, now=timezone.now())
    return "The certificate is saved."


def words_of_credential(plan):
    lead = f"{plan.name}. Another day of earning moves what the certificate shows to that day."
    return {"title": "Change the certificate", "verb": "Save the certificate", "lead": lead}


@own_page
def plan_renew(request, pk):
    return plan_form(request, pk, make=renew_form, act=save_renewal, words=words_of_renewal, part=CERTIFICATE)


def renew_form(plan, sent):
    held = held_of(plan)
    today = today_of(held, now=timezone.now())
    return RenewForm(
        sent,
        stored={"renewed_on": held.renewed, "expires_on": held.expires},
        suggested={"renewed_on": About(today), "expires_on": renewed_expiry(plan, About(today))},
        today=today,
        known={f"{name}_on": getattr(held, name) for name in ("earned", "renewed", "expires")},
        usual=lambda begins: renewed_expiry(plan, begins),
        validity=validity_of(plan),
    )


def save_renewal(plan, form):
    renew(plan=plan, **form.given, now=timezone.now())
    expires = form.cleaned_data["expires_on"]
    valid = f" {ends_in_words(today=timezone.localdate(), expires=expires)}" if expires else ""
    return f"Renewed {form.cleaned_data['renewed_on'].on}.{valid}"


def words_of_renewal(plan):
    expires = plan.held.expires if plan.held else None
    before = f" {ends_in_words(today=timezone.localdate(), expires=expires)}" if expires else ""
    rule = plan.certification.renewal_rule if plan.certification else ""
    return {
        "title": "Record the renewal",
        "verb": "Save the renewal",
        "lead": f"{plan.name}.{before}",
        "said_by_guide": rule,
    }


@own_page
def plan_withdraw(request, pk):
    return plan_question(
        request,
        pk,
        applies=lambda plan: plan.status == Status.PASSED,
        act=lambda plan: withdraw(plan=plan, now=timezone.now()),
        words=words_of_withdrawing,
        said="The certificate is taken back, with what it showed. You are studying again.",
        part=CERTIFICATE,
    )


def words_of_withdrawing(plan):
    lines = [in_levels(*row) for row in falls_back(plan.held)]
    lines += [f"“{step.title}” is open again" for step in plan.steps.all() if step.is_not_needed]
    return {
        "question": "Take this certificate back?",
        "lead": f"{plan.name} goes off your list of certificates, and the plan goes back to studying.",
        "intro": "What changes with it:" if lines else "",
        "lines": lines,
        "verb": "Take it back",
    }


def in_levels(skill, level, then):
    if then is None:
        return f"{skill.name}: {level} now, then not known"
    return f"{skill.name}: stays at {level}" if then == level else f"{skill.name}: {level} now, then {then}"


@own_page
@require_POST
def profile_certificate_track(request, pk):
    """The plan for a certificate on the profile's list, which keeps its renewal."""
    try:
        with writing(request, create=False) as profile:
            held = get_object_or_404(profile.certificates.with_names(), pk=pk)
            plan, is_new = track_held(held=held, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("profile-certificate", pk)
    if is_new:
        messages.success(request, f"You track {plan.name} now: its days, its renewal and what a lapse would cost.")
    return to_plan(plan.pk, CERTIFICATE)
