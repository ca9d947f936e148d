"""A certification plan: begun, read, started, dropped, taken up again."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.actions.exams import exam_section
from careers.actions.files import files_section
from careers.actions.plan_certificates import certificate_section
from careers.actions.plan_steps import steps_section
from careers.actions.plans import Refused, drop, start, take_up, track
from careers.actions.study import study_section
from careers.models import Certification
from careers.views.own_plans import own_plan
from careers.views.people import keep_private, own_page
from careers.views.same_origin import from_our_page
from careers.views.writing import writing

TRACKED = "You track {title} now. What you do here is yours: reword the steps, add your own, tick what is done."
FOR_GUESTS = "It is kept on this browser only: an account keeps it safe and sends reminders."
TRACKED_BEFORE = "You track {title} already. Here it is."


def ask_track(request, slug):
    certification = get_object_or_404(Certification.objects.published(), slug=slug)
    question = f"Track {certification.title}?"
    return {"question": question, "verb": "Track this", "back": certification.get_absolute_url()}


@from_our_page(ask_track)
def plan_track(request, slug):
    certification = get_object_or_404(Certification.objects.published().prefetch_related("steps"), slug=slug)
    if request.method != "POST":
        return redirect(certification)
    with writing(request) as profile:
        plan, is_new = track(profile=profile, certification=certification, now=timezone.now())
    said = (TRACKED if is_new else TRACKED_BEFORE).format(title=plan.title)
    messages.success(request, f"{said} {FOR_GUESTS}" if is_new and profile.is_guest else said)
    return keep_private(HttpResponseRedirect(reverse("plan-read", args=[plan.pk]), status=303))


@own_page
@require_safe
def plan_read(request, pk):
    plan, now = own_plan(request.profile, pk), timezone.now()
    context = {
        "plan": plan,
        "today": timezone.localdate(now),
        "steps": steps_section(plan, now=now),
        "exam": exam_section(plan, now=now),
        "certificate": certificate_section(plan, now=now),
        "study": study_section(plan, now=now),
        "files": files_section(plan),
    }
    return render(request, "careers/plans/read.html", context)


@own_page
@require_POST
def plan_start(request, pk):
    return change(request, pk, start)


@own_page
@require_POST
def plan_take_up(request, pk):
    return change(request, pk, take_up)


@own_page
@require_POST
def plan_drop(request, pk):
    return change(request, pk, drop)


def change(request, pk, action, said=""):
    own_plan(request.profile, pk)
    try:
        with writing(request) as profile:
            action(plan=own_plan(profile, pk), now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect("plan-read", pk)
