"""The study log of a plan: written, read, changed, removed and brought back; whether weeks in a row are counted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.days import day_in_words
from careers.lib.hours import in_hours
from careers.people.services.answers import save_answers
from careers.people.services.refusing import Refused
from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import known_person, own_page
from careers.people.views.writing import answering, writing
from careers.plans.study.forms import EntryForm
from careers.plans.study.models import StudyEntry
from careers.plans.study.services.log import change_entry, log_study, remove_entry, restore_entry
from careers.plans.undo.services import ENTRIES
from careers.plans.undo.views import bringing_back, note_removed, removed_entry
from careers.plans.views.own import own_plan

PAGE = 20
NOTHING = {"minutes": None, "studied_on": None, "step": None, "note": ""}


@own_page
def plan_log(request, pk):
    today = timezone.localdate()
    try:
        with answering(request) as profile:
            plan = own_plan(profile, pk)
            form = EntryForm(sent(request), plan=plan, stored=NOTHING | {"studied_on": today}, today=today)
            if form.is_valid():
                entry = log_study(plan=plan, **form.cleaned_data, now=timezone.now())
                made(request, entry)
                messages.success(request, logged_text(entry))
                return redirect(reverse("plan-read", args=[pk], fragment="study"))
    except Refused as refused:
        form.add_error("minutes", str(refused))
    return TemplateResponse(request, "careers/plans/study/log.html", {"plan": plan, "form": form})


def logged_text(entry):
    return f"Logged {in_hours(entry.minutes)} on {day_in_words(entry.studied_on)}."


@own_page
def plan_entries(request, pk):
    plan = own_plan(request.profile, pk)
    page = Paginator(plan.entries.for_list(), PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "page": page, "filters": Pages(), "removed": removed_entry(request, plan)}
    return render(request, "careers/plans/study/entries.html", context)


class Pages:
    """Makes the addresses of the list's pages."""

    def query(self, *, page):
        return f"page={page}"


@own_page
def entry_edit(request, pk):
    try:
        with answering(request) as profile:
            entry = own_entry(profile, pk)
            form = edit_form(request, entry)
            if form.is_valid():
                change_entry(entry=entry, changed=form.changed, now=timezone.now())
                return redirect("plan-entries", entry.plan_id)
    except Refused as refused:
        form.add_error("minutes", str(refused))
    return TemplateResponse(
        request, "careers/plans/study/entry.html", {"entry": entry, "plan": entry.plan, "form": form}
    )


def edit_form(request, entry):
    stored = {name: getattr(entry, name) for name in ("minutes", "studied_on", "note")} | {"step": entry.step_id}
    return EntryForm(sent(request), plan=entry.plan, stored=stored, today=timezone.localdate())


def own_entry(profile, pk):
    entries = StudyEntry.objects.filter(plan__in=profile.certification_plans.all()).select_related(
        "plan__certification", "step"
    )
    return get_object_or_404(entries, pk=pk)


@own_page
@require_POST
def entry_remove(request, pk):
    with writing(request, create=False) as profile:
        entry = own_entry(profile, pk)
        note_removed(profile, ENTRIES, entry.plan_id, pk, remove_entry(entry=entry))
    return redirect(reverse("plan-entries", args=[entry.plan_id], query={"removed": pk}))


@own_page
@require_POST
def plan_entry_restore(request, pk):
    key = request.POST.get("entry", "")
    try:
        with bringing_back(request, ENTRIES, pk, key) as (plan, was):
            if was is None:
                return redirect("plan-entries", pk)
            restore_entry(plan=plan, was=was, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(reverse("plan-entries", args=[pk], query={"removed": key}))
    return redirect("plan-entries", pk)


@own_page
@known_person
@require_POST
def streak_switch(request):
    """Said, not switched: twice is as once."""
    wanted = request.POST.get("on")
    if wanted in ("yes", "no"):
        with writing(request) as profile:
            save_answers(profile=profile, answers={"shows_streak": wanted == "yes"}, now=timezone.now())
    return redirect(reverse("me-dashboard", fragment="hours"))
