"""What a person says of a plan as a whole: its name, the day to be ready by; and a plan of their own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone

from careers.people.services.refusing import Refused
from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.plans.forms import AddPlanForm, NameForm, TargetDayForm
from careers.plans.services.plans import change_plan, rename_own, track, track_own
from careers.plans.views.own import own_plan
from careers.plans.views.tracking import tracked_text


@own_page
def plan_add(request):
    form = AddPlanForm(sent(request))
    if not form.is_valid():
        return render(request, "careers/plans/add.html", {"form": form})
    has_it, certification = request.POST.get("then") == "have", form.cleaned_data["certification"]
    if has_it and certification:
        return redirect("certificate-have", certification.slug)
    try:
        with writing(request) as profile:
            plan, is_new = track_any(profile, now=timezone.now(), **form.given)
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "careers/plans/add.html", {"form": form})
    made(request, plan)
    if has_it:
        return redirect("plan-pass", plan.pk)
    messages.success(request, tracked_text(plan, profile, is_new=is_new))
    return redirect("plan-read", plan.pk)


def track_any(profile, *, certification, title, issuer, now):
    if certification:
        return track(profile=profile, certification=certification, now=now)
    return track_own(profile=profile, title=title, issuer=issuer, now=now)


@own_page
def plan_target(request, pk):
    with answering(request) as profile:
        plan = own_plan(profile, pk)
        form = target_form(request, plan)
        if form.is_valid():
            change_plan(plan=plan, changed=form.changed, now=timezone.now())
            return redirect("plan-read", pk)
    return TemplateResponse(request, "careers/plans/target.html", {"plan": plan, "form": form})


def target_form(request, plan):
    stored, today = {"target_on": plan.target_on}, timezone.localdate()
    return TargetDayForm(sent(request), stored=stored, today=today, started_on=plan.started_on)


@own_page
def plan_edit(request, pk):
    """Only of one that the guide does not list: the others are called what the guide calls them."""
    try:
        with answering(request) as profile:
            plan = own_plan(profile, pk)
            if plan.certification_id:
                return redirect("plan-read", pk)
            form = name_form(request, plan)
            if form.is_valid():
                rename_own(plan=plan, changed=form.changed, now=timezone.now())
                return redirect("plan-read", pk)
    except Refused as refused:
        form.add_error("title", str(refused))
    return TemplateResponse(request, "careers/plans/edit.html", {"plan": plan, "form": form})


def name_form(request, plan):
    return NameForm(sent(request), stored={"title": plan.title, "issuer": plan.issuer})
