"""The step about certificates: the list, adding, changing, removing."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from careers.fields.forms import in_columns
from careers.lib.words import counted
from careers.people.selectors.steps import has_no_certificate
from careers.people.services.answers import note_no_certificate
from careers.people.views.once import made
from careers.people.views.profile import go_on, sent, step_page
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.plans.certificates.forms.held import AddCertificateForm, HeldForm
from careers.plans.certificates.services.held import (
    change_certificate,
    hold_certificate,
    remove_certificate,
    usual_expiry,
)
from careers.plans.rules.countdowns import lapse_on


@own_page
def profile_certificates(request):
    held = request.profile.certificates.for_list()
    form = AddCertificateForm(sent(request), asks_for_none=not held, has_none=has_no_certificate(request.profile))
    if not form.is_valid():
        return step_page(request, "certificates", form=form, held=held, today=timezone.localdate())
    if form.adds:
        return add_certificate(request, form)
    if form.changed:
        with writing(request) as profile:
            note_no_certificate(profile=profile, now=timezone.now() if form.has_none else None)
    return go_on("certificates")


def add_certificate(request, form):
    certification, earned = form.adds, form.cleaned_data["earned_on"]
    expires = form.cleaned_data["expires_on"] or usual_expiry(certification, earned)
    days = in_columns(earned_on=earned, expires_on=expires)
    with writing(request) as profile:
        held, is_new = hold_certificate(profile=profile, certification=certification, **days, now=timezone.now())
    made(request, held)
    if not is_new:
        return open_held(request, held, {"earned_on": earned, "expires_on": expires})
    messages.success(request, listed_text(held, guessed=expires and not form.cleaned_data["expires_on"]))
    return redirect("profile-certificates") if request.POST.get("then") == "add" else go_on("certificates")


def open_held(request, held, days):
    """The form of one that was on the list before, with the days that were written now."""
    url = reverse("certificate-edit", args=[held.pk])
    days = {name: day for name, day in days.items() if day}  # who left one empty takes no day away
    if all(getattr(held, name.removesuffix("_on")) == day for name, day in days.items()):
        messages.info(request, f"You have {held} on your list already, with these days.")
        return redirect(url)
    messages.info(request, f"You have {held} on your list already. Save the days you wrote now, or leave it as it is.")
    return redirect(f"{url}?{urlencode({name: day.written for name, day in days.items()})}")


def listed_text(held, *, guessed):
    count = held.evidence.count()
    counts = f" It shows {counted(count, 'skill')}." if count else ""
    if not guessed:
        return f"{held} is on your list.{counts}"
    lapses = f"By the guide it {lapse_on(timezone.localdate(), held.expires)}. Change the day if yours differs."
    return f"{held} is on your list.{counts} {lapses}"


@own_page
def certificate_edit(request, pk):
    with answering(request) as profile:
        held = get_object_or_404(profile.certificates.for_list(), pk=pk)
        stored = {"earned_on": held.earned, "expires_on": held.expires}
        form = HeldForm(sent(request), stored=stored, wanted=request.GET)
        if form.is_valid():
            if form.changed:  # the two days are one answer
                change_certificate(held=held, **form.given, now=timezone.now())
            return redirect("profile-certificates")
    return step_page(request, "certificates", template="certificate", form=form, held=held)


@own_page
def certificate_remove(request, pk):
    if request.method != "POST":
        held = get_object_or_404(request.profile.certificates.for_list(), pk=pk)
        return render(request, "careers/plans/certificates/certificate_remove.html", {"held": held})
    with writing(request, create=False) as profile:
        held = get_object_or_404(profile.certificates.for_list(), pk=pk)
        remove_certificate(held=held, now=timezone.now())
    messages.success(request, f"{held} is off your list, with what it showed.")
    return redirect("profile-certificates")
