"""“Track this”: a certification of the guide becomes a plan of the person's own."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from careers.guide.models.certifications import Certification
from careers.people.services.refusing import Refused
from careers.people.views.same_origin import from_our_page
from careers.people.views.writing import writing
from careers.plans.services.plans import track
from careers.search.views import or_archived
from careers.web.private import keep_private
from careers.web.renamed import or_renamed

TRACKED = "You track {title} now. What you do here is yours: reword the steps, add your own, tick what is done."
FOR_GUESTS = "It is kept on this browser only: an account keeps it safe and sends reminders."
FOR_GUESTS_WITHOUT_MAIL = (
    "It is kept on this browser only: an account keeps it safe. "
    "To be reminded of its dates, put them into your calendar."
)
TRACKED_BEFORE = "You track {title} already. Here it is."


def ask_track(request, slug):
    certification = get_object_or_404(Certification.objects.published(), slug=slug)
    question = f"Track {certification.title}?"
    return {"question": question, "verb": "Track this", "back": certification.get_absolute_url()}


@or_renamed(Certification)
@or_archived(Certification)
@from_our_page(ask_track)
def plan_track(request, slug):
    certification = get_object_or_404(Certification.objects.published().prefetch_related("steps"), slug=slug)
    try:
        with writing(request) as profile:
            plan, is_new = track(profile=profile, certification=certification, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return keep_private(HttpResponseRedirect(reverse("me-dashboard"), status=303))
    messages.success(request, tracked_text(plan, profile, is_new=is_new))
    return keep_private(HttpResponseRedirect(reverse("plan-read", args=[plan.pk]), status=303))


def tracked_text(plan, profile, *, is_new):
    said = (TRACKED if is_new else TRACKED_BEFORE).format(title=plan.name)
    for_guests = FOR_GUESTS if settings.SENDS_EMAIL else FOR_GUESTS_WITHOUT_MAIL
    return f"{said} {for_guests}" if is_new and profile.is_guest else said
