"""A test: its page, and what comes back from it."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.people.services.refusing import Refused
from careers.people.views.once import made
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.practice.timed.forms import A_DAY, asked_test, finish_of, new_start, signed, untimed_of
from careers.practice.timed.models import TimedResult
from careers.practice.timed.rules.keystrokes import Impossible
from careers.practice.timed.services import add_result, refuse_anothers

LAST_TEXT = "practice_text"  # the cookie that says with which passage the last test began
RECORDS_UNTIMED = 3


@own_page
@require_safe
def result_begin(request):
    """Each time another text. Nothing is written: the test is in its signed start."""
    kind, minutes = asked_test(request.GET)
    start = new_start(kind, minutes, not_text=request.COOKIES.get(LAST_TEXT, ""))
    context = {"start": start, "signed": signed(start), "name": name_of(start), "untimed": RECORDS_UNTIMED}
    response = render(request, "careers/practice/timed/run.html", context)
    if start.is_of_text:
        options = {"secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}
        response.set_cookie(LAST_TEXT, start.texts[0], max_age=A_DAY, **options)
    return response


def name_of(start):
    kind, minutes = TimedResult.Kind(start.kind), TimedResult.Minutes(start.minutes)
    return f"{kind.label}, {minutes.label}"


@own_page
@require_POST
def result_add(request):
    try:
        finish = finish_of(request.POST, now=timezone.now())
        refuse_anothers(finish.start, request.profile)  # before anything is locked
        with writing(request) as profile:
            result, _ = add_result(profile=profile, finish=finish, now=timezone.now())
            made(request, result)
    except (Impossible, Refused) as why:
        return refusal(request, why)
    return redirect(result)


@own_page
@require_POST
def result_check(request):
    """A test that was typed without a script: how much of it is right, and nothing is kept."""
    try:
        start, measures = untimed_of(request.POST)
    except Impossible as why:
        return refusal(request, why)
    context = {"start": start, "measures": measures, "name": TimedResult.Kind(start.kind).label}
    return TemplateResponse(request, "careers/practice/timed/untimed.html", context)


def refusal(request, why):
    kind, minutes = asked_test(request.POST)
    context = {"why": str(why), "kind": kind, "minutes": minutes}
    return TemplateResponse(request, "careers/practice/timed/refused.html", context)
