"""The dates of a person in their own calendar program: a private address for all, a file of all, a file of one."""

import re
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_POST, require_safe

from careers.calendars.rules import calendar
from careers.calendars.services import entries_of, listed_from, make_feed, note_fetched, open_feed, revoke_feed
from careers.lib.texts import is_key
from careers.people.views.requests import known_person, own_page
from careers.people.views.writing import writing
from careers.plans.rules.dates import Kind
from careers.plans.views.own import own_plan, own_step
from careers.reminders.services.choices import save_choices
from careers.reminders.services.making import preferences_of
from careers.web.site_url import asked_url

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
MADE = "Your calendar address is ready. Copy it into your calendar program."
MADE_ANEW = "You have a new calendar address. The old one shows nothing any more."
RINGS = "The dates have alarms now. Download them again where you put them into a calendar by a file."
RINGS_NOT = "The dates have no alarms now. Download them again where you put them into a calendar by a file."
REVOKED = "Your calendar address is switched off. It shows nothing to anybody any more."
NO_DATES = "You have no dates yet, so there is nothing for your calendar."
NO_EXAM = "No exam is booked, so there is nothing for your calendar."
NOT_DUE = "This step is done or has no day to be done by, so there is nothing for your calendar."
NO_LAPSE = "No day is known on which this certificate lapses, so there is nothing for your calendar."


@require_safe
def calendar_feed(request, token):
    """For a program: it has no session, and its copy is good as long as nothing changed. HEAD says what GET says."""
    feed = open_feed(token) if TOKEN.fullmatch(token) else None
    if feed is None:
        raise Http404
    if request.method == "GET":
        note_fetched(feed=feed, now=timezone.now())
    response = HttpResponse(calendar(entries_now(request, feed.profile)), content_type=TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


TYPE = "text/calendar; charset=utf-8"


def entries_now(request, profile):
    """Their links begin as the operator says; where they say nothing, as the one who asks wrote the address.

    Dates are numbered before that, so two names of one portal are told the same news of each.
    """
    entries = entries_of(profile, site=settings.SITE_URL_SET, now=timezone.now())
    here = "" if settings.SITE_URL_SET else asked_url(request)
    return [replace(one, url=here + one.url) for one in entries]


@own_page
@known_person
@require_safe
def calendar_read(request):
    feed = request.profile.calendar_feeds.first()
    context = {
        "feed": feed,
        "dates": listed_from(timezone.localdate(), request.profile),
        "rings": preferences_of(request.profile).in_calendar,
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }
    if feed:
        path = reverse("calendar-feed", args=[feed.token])
        context |= {"url": asked_url(request) + path, "webcal": f"webcal://{request.get_host()}{path}"}
    return render(request, "careers/calendars/read.html", context)


@own_page
@known_person
@require_POST
def calendar_make(request):
    """Another address only where the form names the one that goes: two clicks make one."""
    named = request.POST.get("instead_of", "")
    with writing(request) as profile:
        _, is_new = make_feed(profile=profile, instead_of=int(named) if is_key(named) else None)
    if is_new:
        messages.success(request, MADE_ANEW if named else MADE)
    return redirect("calendar-read")


@own_page
@known_person
@require_POST
def calendar_alarms(request):
    """Twice is as once: the form says what is wanted."""
    wanted = request.POST.get("wanted") == "on"
    with writing(request) as profile:
        if preferences_of(profile).in_calendar != wanted:
            save_choices(profile=profile, choices={"in_calendar": wanted}, now=timezone.now())
    messages.success(request, RINGS if wanted else RINGS_NOT)
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
@known_person
@require_safe
def calendar_download(request):
    """Every date as one file: for who has no account, and for programs that take no address."""
    entries = entries_now(request, request.profile)
    return as_file(entries, "dates.ics") if entries else nothing(request, NO_DATES, reverse("calendar-read"))


@own_page
@require_safe
def plan_exam_event(request, pk):
    plan = own_plan(request.profile, pk)
    return one_event(request, Kind.EXAM, plan, "exam.ics", NO_EXAM, reverse("plan-read", args=[pk]))


@own_page
@require_safe
def step_event(request, pk):
    step = own_step(request.profile, pk)
    return one_event(request, Kind.STEP, step, "step.ics", NOT_DUE, reverse("plan-read", args=[step.plan_id]))


@own_page
@require_safe
def certificate_event(request, pk):
    held = get_object_or_404(request.profile.certificates, pk=pk)
    page = reverse("certificate-edit", args=[pk])
    return one_event(request, Kind.LAPSE, held, "renewal.ics", NO_LAPSE, page)


def one_event(request, kind, row, name, otherwise, page):
    """A file with this date as the whole calendar has it; where it has none, `otherwise` is said on `page`."""
    entries = [one for one in entries_now(request, request.profile) if one.kind == kind and one.uid == str(row.uid)]
    return as_file(entries, name) if entries else nothing(request, otherwise, page)


def nothing(request, text, url):
    messages.info(request, text)
    return redirect(url)


def as_file(entries, name):
    """To download: opened again after a change, it moves the events that are there."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(calendar(entries), content_type=TYPE, headers=headers)
