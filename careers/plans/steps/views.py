"""The steps of a plan: added, edited, ticked, moved, removed and brought back."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.texts import is_key
from careers.people.services.refusing import Refused
from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.plans.forms import StepForm
from careers.plans.steps.services.steps import add_step, change_step, move_step, remove_step, restore_step, tick_step
from careers.plans.undo.services import STEPS
from careers.plans.undo.views import bringing_back, note_removed
from careers.plans.views.own import own_plan, own_step

NO_STEP = {"title": "", "hours": None, "due_on": None, "is_renewal": False}
GONE = "This step was removed in another window. Nothing has changed."
GONE_AS_WRITTEN = (
    "This step was removed in another window. What you wrote stands below: add it as a new step to keep it."
)
ADDED = "“{title}” is the last step now. Move it under “Arrange”."


@own_page
def plan_step_add(request, pk):
    try:
        with answering(request) as profile:
            plan = own_plan(profile, pk)
            form = form_to_add(plan, sent(request))
            if not form.is_valid():
                return TemplateResponse(request, "careers/plans/steps/step.html", {"plan": plan, "form": form})
            step = add_step(plan=plan, **form.cleaned_data, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(to_step(pk))
    made(request, step)
    messages.success(request, ADDED.format(title=step.title))
    return redirect(to_step(pk, step.pk))


def form_to_add(plan, given=None):
    """Return the form. Once the certificate is there a step is about keeping it, and that is not asked."""
    asks = not plan.is_passed
    return StepForm(given, stored=NO_STEP, today=timezone.localdate(), asks_for_renewal=asks)


def told_when_removed(view):
    """Lead from a step that another tab removed to its plan, which the form names as `plan`."""

    @wraps(view)
    def wrapped(request, pk):
        try:
            return view(request, pk)
        except Http404:
            named = request.POST.get("plan", "")
            if not is_key(named):
                raise
            return say_removed(request, own_plan(request.profile, int(named)), pk)

    return wrapped


def say_removed(request, plan, pk):
    """Where they wrote something, it stands in the form for a new step."""
    if "title" not in request.POST:
        messages.info(request, GONE)
        return redirect(to_step(plan.pk, removed=pk))
    messages.info(request, GONE_AS_WRITTEN)
    form = form_to_add(plan)
    form.initial |= {name: request.POST.get(name, "") for name in NO_STEP}
    return render(request, "careers/plans/steps/step.html", {"plan": plan, "form": form})


@own_page
@told_when_removed
def step_edit(request, pk):
    with answering(request) as profile:
        step = own_step(profile, pk)
        form = form_of(request, step)
        if form.is_valid():
            change_step(step=step, changed=form.changed, now=timezone.now())
            return redirect(to_step(step.plan_id, pk))
    return TemplateResponse(request, "careers/plans/steps/step.html", {"plan": step.plan, "step": step, "form": form})


def form_of(request, step):
    stored = {name: getattr(step, name) for name in NO_STEP}
    return StepForm(sent(request), stored=stored, today=timezone.localdate())


@own_page
@require_POST
@told_when_removed
def step_tick(request, pk):
    with writing(request, create=False) as profile:
        step, wanted = own_step(profile, pk), request.POST.get("done")
        if wanted in ("yes", "no"):
            tick_step(step=step, is_done=wanted == "yes", now=timezone.now())
    return redirect(to_step(step.plan_id, pk))


@own_page
def plan_arrange(request, pk):
    plan = own_plan(request.profile, pk)
    steps = list(plan.steps.all())
    keys = [step.pk for step in steps]
    place = {str(key): number for number, key in enumerate(keys, start=1)}.get(request.GET.get("moved"))
    rows = [(step, *neighbours(keys, number)) for number, step in enumerate(steps)]
    context = {"plan": plan, "steps": rows, "place": place, "by": request.GET.get("by")}
    return render(request, "careers/plans/steps/arrange.html", context)


def neighbours(keys, number):
    """Before which key a step stands once it is one place up, and one place down: empty at the end, its own to stay."""
    up, down = keys[max(number - 1, 0)], [*keys[number + 2 :], ""][0]
    return up, keys[number] if number == len(keys) - 1 else down


@own_page
@require_POST
@told_when_removed
def step_move(request, pk):
    """To before another step, by its key; empty for the end. `by`, up or down, names the field in which it stands.

    So one place up is said by the neighbour that was seen: sent twice, it is no two places.
    """
    by = request.POST.get("by")
    by = by if by in ("up", "down") else ""
    before = request.POST.get(by or "before")
    with writing(request, create=False) as profile:
        step = own_step(profile, pk)
        if before == "" or (before and is_key(before)):
            move_step(step=step, before=before and int(before), now=timezone.now())
    return redirect(reverse("plan-arrange", args=[step.plan_id], query={"moved": pk, "by": by}))


@own_page
@require_POST
@told_when_removed
def step_remove(request, pk):
    with writing(request, create=False) as profile:
        step = own_step(profile, pk)
        note_removed(profile, STEPS, step.plan_id, pk, remove_step(step=step, now=timezone.now()))
    return redirect(to_step(step.plan_id, removed=pk))


@own_page
@require_POST
def plan_step_restore(request, pk):
    key = request.POST.get("step", "")
    try:
        with bringing_back(request, STEPS, pk, key) as (plan, was):
            if was is None:
                return redirect(to_step(pk))
            step = restore_step(plan=plan, was=was, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(to_step(pk, removed=key))
    return redirect(to_step(pk, step.pk))


def to_step(plan_pk, step_pk=None, **happened):
    fragment = f"step-{step_pk}" if step_pk else "steps"
    return reverse("plan-read", args=[plan_pk], query=happened, fragment=fragment)
