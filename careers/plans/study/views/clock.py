"""The clock of a person: started for a plan, stopped, or thrown away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.hours import in_hours
from careers.people.services.refusing import Refused
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.plans.study.forms import ClockForm
from careers.plans.study.services.clock import (
    GOES_ON,
    OtherClock,
    minutes_on,
    ran_long,
    restore_clock,
    start_clock,
    stop_clock,
)
from careers.plans.undo.services import CLOCKS
from careers.plans.undo.views import bringing_back, note_removed
from careers.plans.views.own import own_plan
from careers.web.query import is_key

STUDY = "study"  # the part of the plan's page
NONE_RUNS = "No clock is running."
LOGGED = "Logged {time} for {plan}. Change it under “Study time” if it was not all for that."


@own_page
@require_POST
def plan_clock_start(request, pk):
    try:
        with writing(request, create=False) as profile:
            plan = own_plan(profile, pk)
            clock, is_new = start_clock(plan=plan, step=step_of(plan, request), now=timezone.now())
    except OtherClock as other:
        messages.error(request, str(other))
        return redirect(reverse("clock-stop", query={"for": pk}))
    except Refused as refused:
        messages.error(request, str(refused))
        return to_study(pk)
    if not is_new:
        messages.info(request, GOES_ON)
    return redirect(reverse("plan-read", args=[pk], fragment=f"step-{clock.step_id}" if clock.step_id else STUDY))


def to_study(plan_pk, **happened):
    return redirect(reverse("plan-read", args=[plan_pk], query=happened or None, fragment=STUDY))


def step_of(plan, request):
    """The open step that the form names; None where there is no such step any more."""
    wanted = request.POST.get("step", "")
    return next((step for step in plan.steps.all() if str(step.pk) == wanted and not step.is_done), None)


@own_page
def clock_stop(request):
    """Asks how long it really was where it ran long, or where what it says cannot be; else it is logged at once."""
    clock, now = running(request), timezone.now()
    if clock is None:
        return none_runs(request)
    long, answers = ran_long(clock, now), "minutes" in request.POST
    form = ClockForm(sent(request) if answers else None, initial={"minutes": minutes_on(clock, now)})
    if request.method == "POST" and (form.is_valid() if answers else not long):
        try:
            return stop(request, form.cleaned_data["minutes"] if answers else None, now=now)
        except Refused as refused:
            form = ClockForm({"minutes": request.POST.get("minutes", minutes_on(clock, now))})
            form.add_error("minutes", str(refused))
    context = {"clock": clock, "form": form, "long": long, "plan": clock.plan, "for": other_plan(request)}
    context["long_text"] = ", which is more than 8 hours" if long else ""
    return render(request, "careers/plans/study/clock.html", context)


def stop(request, minutes, *, now):
    with writing(request, create=False):
        clock = running(request)
        if clock is None:
            return none_runs(request)
        entry = stop_clock(clock=clock, minutes=minutes, now=now)
    messages.success(request, LOGGED.format(time=in_hours(entry.minutes), plan=entry.plan.name))
    other = other_plan(request)
    return to_study(other.pk if other else entry.plan_id)


def running(request):
    """The clock, if it is the one that stood on the page: another tab may have stopped that and started the next."""
    clock = request.profile.study_clocks.select_related("plan__certification", "step").first()
    wanted = request.POST.get("clock")
    return clock if clock and wanted in (None, str(clock.pk)) else None


def other_plan(request):
    """The plan for which they wanted to start the clock while it ran for another one."""
    pk = request.POST.get("for", request.GET.get("for", ""))
    return request.profile.certification_plans.filter(pk=pk).first() if is_key(pk) else None


def none_runs(request):
    messages.info(request, NONE_RUNS)
    return redirect("me-dashboard")


@own_page
@require_POST
def clock_discard(request):
    if not request.profile:
        return none_runs(request)
    with writing(request, create=False) as profile:
        clock = running(request)
        if clock is None:
            return none_runs(request)
        profile.study_clocks.filter(pk=clock.pk).delete()
        was = {"step": clock.step_id, "started_at": clock.started_at.isoformat()}
        note_removed(profile, CLOCKS, clock.plan_id, clock.pk, was)
    return to_study(clock.plan_id, removed_clock=clock.pk)


@own_page
@require_POST
def plan_clock_restore(request, pk):
    """A clock that was turned off runs again, from when it was started."""
    key = request.POST.get("clock", "")
    try:
        with bringing_back(request, CLOCKS, pk, key) as (plan, was):
            if was is None:
                return to_study(pk)
            restore_clock(plan=plan, was=was, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return to_study(pk, removed_clock=key)
    return to_study(pk)
