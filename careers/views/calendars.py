"""The dates of a person in their own calendar program: one private address for all, or one event to download."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_POST, require_safe

from careers.actions.calendars import (
    entries_of,
    exam_entry,
    lapse_entry,
    listed_from,
    make_feed,
    note_fetched,
    open_feed,
    revoke_feed,
    step_entry,
)
from careers.planning.calendars import calendar
from careers.views.own_plans import own_plan, own_step
from careers.views.people import known_person, own_page
from careers.views.writing import writing

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
MADE = "Your calendar address is ready. Copy it into your calendar program."
MADE_ANEW = "You have a new calendar address. The old one shows nothing any more."
REVOKED = "Your calendar address is switched off. Whoever has it finds nothing any more."
NO_EXAM = "No exam is booked, so there is nothing for your calendar."
NOT_DUE = "This step is done or has no day to be done by, so there is nothing for your calendar."
NO_LAPSE = "No day is known on which this certificate lapses, so there is nothing for your calendar."


@require_safe
@conditional_page
def calendar_feed(request, token):
    """For a program: it has no session, and its copy is good as long as nothing has changed."""
    feed = open_feed(token) if TOKEN.fullmatch(token) else None
    if feed is None:
        raise Http404
    if request.method == "GET":
        note_fetched(feed=feed, now=timezone.now())
    response = HttpResponse(calendar(entries_of(feed.profile, site=site_of(request))), content_type=TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


TYPE = "text/calendar; charset=utf-8"


def site_of(request):
    """The address by which they reach us, without a slash at its end."""
    return f"{request.scheme}://{request.get_host()}"


@own_page
@known_person
@require_safe
def calendar_read(request):
    feed = request.profile.calendar_feeds.first()
    context = {
        "feed": feed,
        "dates": listed_from(timezone.localdate(), request.profile),
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }
    if feed:
        path = reverse("calendar-feed", args=[feed.token])
        context |= {"address": site_of(request) + path, "webcal": f"webcal://{request.get_host()}{path}"}
    return render(request, "careers/calendars/read.html", context)


@own_page
@known_person
@require_POST
def calendar_make(request):
    """Another address only where the form names the one that goes: two clicks make one."""
    named = request.POST.get("instead_of", "")
    with writing(request) as profile:
        _, is_new = make_feed(profile=profile, instead_of=int(named) if re.fullmatch(r"[0-9]{1,18}", named) else None)
    if is_new:
        messages.success(request, MADE_ANEW if named else MADE)
    return redirect("calendar-read")


@own_page
def calendar_revoke(request):
    if not request.profile.calendar_feeds.exists():
        return redirect("calendar-read")
    if request.method != "POST":
        return render(request, "careers/calendars/revoke.html")
    with writing(request) as profile:
        if revoke_feed(profile=profile):
            messages.success(request, REVOKED)
    return redirect("calendar-read")


@own_page
@require_safe
def plan_exam_event(request, pk):
    plan = own_plan(request.profile, pk)
    if plan.exam_at is None:
        return nothing(request, NO_EXAM, reverse("plan-read", args=[pk]))
    return one_event(exam_entry(plan, site=site_of(request)), "exam.ics")


@own_page
@require_safe
def step_event(request, pk):
    step = own_step(request.profile, pk)
    if not step.is_awaited:
        return nothing(request, NOT_DUE, reverse("plan-read", args=[step.plan_id]))
    return one_event(step_entry(step, site=site_of(request)), "step.ics")


@own_page
@require_safe
def profile_certificate_event(request, pk):
    held = get_object_or_404(request.profile.certificates.with_names(), pk=pk)
    if held.expires_on is None:
        return nothing(request, NO_LAPSE, reverse("profile-certificate", args=[pk]))
    return one_event(lapse_entry(held, site=site_of(request)), "renewal.ics")


def nothing(request, text, address):
    messages.info(request, text)
    return redirect(address)


def one_event(entry, name):
    """A file to download: opened again after a change, it moves the event that is there."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(calendar([entry]), content_type=TYPE, headers=headers)
