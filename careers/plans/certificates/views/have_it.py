"""“I have it already”: a certificate of the guide, recorded by who earned it before they came here.

The way here is a link, which works from pages that carry no token; the form has one.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from careers.fields.forms import in_columns
from careers.guide.models.certifications import Certification
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.plans.certificates.forms.held import HaveForm
from careers.plans.certificates.services.held import usual_expiry
from careers.plans.certificates.services.passing import hold_and_track
from careers.plans.certificates.views.held import listed_text, open_held
from careers.plans.certificates.views.passing import CERTIFICATE
from careers.plans.views.pages import plan_page
from careers.search.views import or_archived
from careers.web.private import keep_private
from careers.web.renamed import or_renamed

ON_THE_LIST = "You have {title} on your list already, earned {day}."


@own_page
@or_renamed(Certification)
@or_archived(Certification)
def certificate_have(request, slug):
    certification = get_object_or_404(Certification.objects.published(), slug=slug)
    form = HaveForm(sent(request), today=timezone.localdate(), certification=certification)
    if form.is_valid():
        return keep_private(record(request, certification, form))
    there = None if form.is_bound else what_is_there(request, certification)
    page = there or render(
        request, "careers/plans/certificates/have.html", {"certification": certification, "form": form}
    )
    return keep_private(page)


def what_is_there(request, certification):
    """Return the way to their certificate or to passing the plan of it; None if they have neither, or dropped it."""
    held = request.profile.certificates.filter(certification=certification).with_names().first()
    if held:
        messages.info(request, ON_THE_LIST.format(title=held.name, day=held.earned.on))
        return redirect(page_of(held, getattr(held, "plan", None)))
    plan = request.profile.certification_plans.filter(certification=certification).not_dropped()
    return redirect("plan-pass", plan.get().pk) if plan.exists() else None


def page_of(held, plan):
    return plan_page(plan.pk, CERTIFICATE) if plan else reverse("certificate-edit", args=[held.pk])


def record(request, certification, form):
    earned, written = form.cleaned_data["earned_on"], form.cleaned_data["expires_on"]
    expires = written or usual_expiry(certification, earned)
    days = in_columns(earned_on=earned, expires_on=expires)
    with writing(request) as profile:
        held, plan = hold_and_track(profile=profile, certification=certification, **days, now=timezone.now())
    if held.earned != earned or (written and held.expires != written):
        return open_held(request, held, {"earned_on": earned, "expires_on": written})
    messages.success(request, listed_text(held, guessed=expires and not written))
    return redirect(page_of(held, plan))
