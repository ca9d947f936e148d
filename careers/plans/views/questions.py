"""Pages with one form, or one question, about one plan: shown, answered with the plan locked, shown again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse

from careers.people.services.refusing import Refused
from careers.people.views.profile import sent
from careers.people.views.writing import answering
from careers.plans.views.own import own_plan


def plan_form(request, pk, *, make, act, words, template="careers/plans/record.html", part=""):
    """`make(plan, sent)` makes the form, `act(plan, form)` writes and returns what is said then.

    `words(plan)` are for the page: title, lead, verb. `make` raises `Refused` where there is nothing to ask.
    """
    try:
        with answering(request) as profile:
            plan = own_plan(profile, pk)
            form = make(plan, sent(request))
            if not form.is_valid():
                return TemplateResponse(request, template, {"plan": plan, "form": form, **words(plan)})
            said = act(plan, form)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return to_plan(pk, part)


def plan_question(request, pk, *, applies, act, words, said, part=""):
    """`applies(plan)` is false where it was answered before: then nothing is asked and nothing happens."""
    with answering(request) as profile:
        plan = own_plan(profile, pk)
        if not applies(plan):
            return to_plan(pk, part)
        if request.method != "POST":
            return render(request, "careers/plans/ask.html", {"plan": plan, "back": plan_page(pk, part), **words(plan)})
        act(plan)
    messages.success(request, said)
    return to_plan(pk, part)


def plan_page(pk, part=""):
    return reverse("plan-read", args=[pk], fragment=part or None)


def to_plan(pk, part=""):
    return redirect(plan_page(pk, part))
