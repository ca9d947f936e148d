"""The certificate of a plan: recorded when it is passed, changed, renewed, taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.about import About
from careers.lib.days import day_in_words
from careers.lib.words import counted, plural
from careers.people.services.refusing import Refused
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.plans.certificates.forms.passing import PassForm, PlanCertificateForm, RenewForm
from careers.plans.certificates.rules import ends_in_words
from careers.plans.certificates.services.passing import (
    change_certificate_of,
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
from careers.plans.views.own import own_plan
from careers.plans.views.pages import form_page, question_page, refusals_at, to_plan

CERTIFICATE = "certificate"  # the part of the plan's page
WITHDRAWN = "The certificate is taken back, with what it showed. You are studying again."


@own_page
@refusals_at(CERTIFICATE)
def plan_pass(request, pk):
    with answering(request) as profile:
        plan, now = own_plan(profile, pk), timezone.now()
        form = pass_form(plan, sent(request), now=now)
        if form.is_valid():
            pass_plan(plan=plan, **form.given, now=now)
            messages.success(request, passed_text(plan))
            return to_plan(pk, CERTIFICATE)
    return form_page(request, plan, form, **words_of_pass(plan))


def pass_form(plan, given, *, now):
    reason = why_not_pass(plan)
    if reason and not (given and plan.held_certificate):  # what is sent twice is judged when it is known
        raise Refused(reason)
    today = latest_day(plan, now=now)
    earned = About(exam_day(plan, now=now) or today)
    return PassForm(
        given,
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


def passed_text(plan):
    count = plan.held_certificate.evidence.count()
    counts = f" It shows {counted(count, 'skill')}, on every role page." if count else ""
    lapses = (
        f" {ends_in_words(today=timezone.localdate(), expires=plan.held_certificate.expires)}"
        if plan.held_certificate.expires
        else ""
    )
    return f"Passed: {plan.name} is on your list of certificates.{counts}{lapses}"


def words_of_pass(plan):
    lead = f"{plan.name}. What it credits counts on every role page from then on. You can take it back later."
    if plan.is_booked:
        lead += f" The exam of {day_in_words(day_there(plan))} leaves your plan and your calendar."
    if plan.open_steps:
        count = len(plan.open_steps)
        steps = plural(count, f"The step that is open is,The {count} steps that are open are")
        lead += f" {steps} not needed any more then."
    return {"title": "Record the certificate", "verb": "Save the certificate", "lead": lead}


@own_page
@refusals_at(CERTIFICATE)
def plan_certificate(request, pk):
    with answering(request) as profile:
        plan, now = own_plan(profile, pk), timezone.now()
        held = held_of(plan)
        form = PlanCertificateForm(sent(request), held=held, today=today_of(held, now=now))
        if form.is_valid():
            change_certificate_of(plan=plan, **form.given, now=now)
            messages.success(request, "The certificate is saved.")
            return to_plan(pk, CERTIFICATE)
    lead = f"{plan.name}. Another day of earning moves what the certificate shows to that day."
    return form_page(request, plan, form, title="Change the certificate", verb="Save the certificate", lead=lead)


@own_page
@refusals_at(CERTIFICATE)
def plan_renew(request, pk):
    with answering(request) as profile:
        plan, now = own_plan(profile, pk), timezone.now()
        form = renew_form(plan, sent(request), now=now)
        if form.is_valid():
            renew(plan=plan, **form.given, now=now)
            messages.success(request, renewed_text(form))
            return to_plan(pk, CERTIFICATE)
    return form_page(request, plan, form, **words_of_renewal(plan))


def renew_form(plan, given, *, now):
    held = held_of(plan)
    today = today_of(held, now=now)
    return RenewForm(
        given,
        stored={"renewed_on": held.renewed, "expires_on": held.expires},
        suggested={"renewed_on": About(today), "expires_on": renewed_expiry(plan, About(today))},
        today=today,
        known={f"{name}_on": getattr(held, name) for name in ("earned", "renewed", "expires")},
        usual=lambda begins: renewed_expiry(plan, begins),
        validity=validity_of(plan),
    )


def renewed_text(form):
    renewed, expires = (form.cleaned_data[name] for name in ("renewed_on", "expires_on"))
    valid = f" {ends_in_words(today=timezone.localdate(), expires=expires)}" if expires else ""
    return f"Renewed {renewed.on}.{valid}"


def words_of_renewal(plan):
    expires = plan.held_certificate.expires
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
    with answering(request) as profile:
        plan = own_plan(profile, pk)
        if not plan.is_passed:  # it was taken back before
            return to_plan(pk, CERTIFICATE)
        if request.method != "POST":
            return question_page(request, pk, CERTIFICATE, **words_of_withdrawing(plan))
        withdraw(plan=plan, now=timezone.now())
    messages.success(request, WITHDRAWN)
    return to_plan(pk, CERTIFICATE)


def words_of_withdrawing(plan):
    lines = [in_levels(*row) for row in falls_back(plan.held_certificate)]
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
def certificate_track(request, pk):
    """The plan for a certificate on the profile's list, which keeps its renewal."""
    try:
        with writing(request, create=False) as profile:
            held = get_object_or_404(profile.certificates.with_names(), pk=pk)
            plan, is_new = track_held(held=held, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("certificate-edit", pk)
    if is_new:
        messages.success(request, f"You track {plan.name} now: its days, its renewal and what a lapse would cost.")
    return to_plan(plan.pk, CERTIFICATE)
