"""A certification plan: begun, read, started, dropped, taken up again, removed; what the guide changed in it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.people.services.refusing import Refused
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.plans.certificates.selectors.pages import certificate_section
from careers.plans.exams.services import exam_section
from careers.plans.files.services import files_section
from careers.plans.page.selectors import losses, steps_section
from careers.plans.services.plans import drop, remove_plan, start, take_up
from careers.plans.steps.services import guide_changes
from careers.plans.study.selectors import study_section
from careers.plans.undo.services import ITEMS, STEPS
from careers.plans.undo.views import forget_plan, removed_clock, removed_here
from careers.plans.views.own import own_plan

STARTED = "You study for it now."
DROPPED = "This plan is dropped. Nothing you did is lost, and you can take it up again."
TAKEN_UP = "You have taken it up again."
REMOVED = "The plan for {title} is removed."
ACCEPTED = "Your steps are as the guide says now. What you had done stays."
DISMISSED = "Yours stays as it is."
STALE = "The guide has changed again since you opened this page. Look once more at what differs."


@own_page
@require_safe
def plan_read(request, pk):
    plan, now = own_plan(request.profile, pk), timezone.now()
    today = timezone.localdate(now)
    steps, exam = steps_section(plan, today=today), exam_section(plan, now=now)
    context = {
        "plan": plan,
        "today": today,
        "said": ", ".join(part for part in (steps.progress_text, exam.ready) if part),
        "steps": steps,
        "removed": removed_here(request, STEPS, plan),
        "removed_item": removed_here(request, ITEMS, plan),
        "exam": exam,
        "certificate": certificate_section(plan, now=now),
        "study": study_section(plan, now=now),
        "removed_clock": removed_clock(request, plan),
        "files": files_section(plan),
    }
    return render(request, "careers/plans/page/read.html", context)


@own_page
@require_POST
def plan_start(request, pk):
    return change(request, pk, start, STARTED)


@own_page
@require_POST
def plan_take_up(request, pk):
    return change(request, pk, take_up, TAKEN_UP)


@own_page
def plan_drop(request, pk):
    if request.method == "POST":
        return change(request, pk, drop, DROPPED)
    plan = own_plan(request.profile, pk)
    if not plan.can_drop:  # from an old tab: there is nothing to ask
        return redirect("plan-read", pk)
    return render(request, "careers/plans/drop.html", {"plan": plan})


def change(request, pk, action, said):
    try:
        with writing(request, create=False) as profile:
            action(plan=own_plan(profile, pk), now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("plan-read", pk)


@own_page
def plan_remove(request, pk):
    if request.method != "POST":
        plan = own_plan(request.profile, pk)
        return render(request, "careers/plans/remove.html", {"plan": plan, "losses": losses(plan)})
    with writing(request, create=False) as profile:
        plan = own_plan(profile, pk)
        remove_plan(plan=plan)
        forget_plan(profile, pk)
    messages.success(request, REMOVED.format(title=plan.name))
    return redirect("me-dashboard")


@own_page
@require_POST
def plan_accept_guide_change(request, pk):
    return decide(request, pk, guide_changes.accept_guide_change, ACCEPTED)


@own_page
@require_POST
def plan_dismiss_guide_change(request, pk):
    return decide(request, pk, guide_changes.dismiss_guide_change, DISMISSED)


def decide(request, pk, action, text):
    """Only what stood on the page: what HR edited meanwhile is not decided unseen."""
    digests = request.POST.getlist("change")
    with writing(request, create=False) as profile:
        decided = action(plan=own_plan(profile, pk), digests=digests, now=timezone.now())
    if decided < len(digests) or not decided:
        messages.info(request, STALE)
    else:
        messages.success(request, text)
    return redirect(reverse("plan-read", args=[pk], fragment="steps"))
