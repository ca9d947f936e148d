"""Where the forms and questions of one plan are shown, and where they lead."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from careers.people.services.refusing import Refused


def plan_page(pk, part=""):
    return reverse("plan-read", args=[pk], fragment=part or None)


def to_plan(pk, part=""):
    return redirect(plan_page(pk, part))


def refusals_at(part):
    """`@own_page @refusals_at(EXAM)`: what cannot be as things stand is said on the plan's page, at this part."""

    def decorate(view):
        @wraps(view)
        def wrapped(request, pk):
            try:
                return view(request, pk)
            except Refused as refused:
                messages.error(request, str(refused))
                return to_plan(pk, part)

        return wrapped

    return decorate


def form_page(request, plan, form, **words):
    """`words` are title, lead, verb, and `said_by_guide` if it says something of this."""
    return TemplateResponse(request, "careers/plans/exams/record.html", {"plan": plan, "form": form, **words})


def question_page(request, pk, part, **words):
    """`words` are question, lead, verb; intro and lines for what goes with it. “No” leads back to the part."""
    return TemplateResponse(request, "careers/plans/ask.html", {"back": plan_page(pk, part), **words})
