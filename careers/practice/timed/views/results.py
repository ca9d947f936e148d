"""A person's results: all of them, one of them, whether it counts as evidence, and its end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.people.services.answers import save_answers
from careers.people.services.refusing import Refused
from careers.people.views.requests import known_person, own_page
from careers.people.views.writing import answering, writing
from careers.practice.timed.selectors import curves_of, own_results, typing_skill
from careers.practice.timed.services import count_result, delete_result, withdraw_result

PAGE = 20
GOALS = [str(number) for number in range(8)]  # 0: none
NO_GOAL = "Choose a goal from 0 to 7 tests a week. Your goal stays as it was."


@own_page
@require_safe
def result_list(request):
    results = own_results(request.profile)
    page = Paginator(results, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "curves": curves_of(results), "filters": Pages()}
    return render(request, "careers/practice/timed/list.html", context)


class Pages:
    """Makes the addresses of the list's pages."""

    def query(self, *, page):
        return f"page={page}"


@own_page
@require_safe
def result_read(request, pk):
    result = own_result(request.profile, pk)
    skill = typing_skill()
    shown = result.meaning.proficiency
    descriptor = next((text for number, _, text in skill.descriptors if number == shown), "") if skill else ""
    context = {"result": result, "skill": skill, "descriptor": descriptor}
    return render(request, "careers/practice/timed/result.html", context)


@own_page
@require_POST
def result_count(request, pk):
    try:
        with writing(request, create=False) as profile:
            result = own_result(profile, pk)
            count_result(result=result, skill=typing_skill(), now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("result-read", pk)


@own_page
@require_POST
def result_withdraw(request, pk):
    with writing(request, create=False) as profile:
        result = own_result(profile, pk)
        withdraw_result(result=result, now=timezone.now())
    return redirect(result)


@own_page
def result_delete(request, pk):
    """A page that asks first: it cannot come back."""
    with answering(request) as profile:
        result = own_result(profile, pk)
        if request.method == "POST":
            delete_result(result=result)
            messages.success(request, f"Deleted: {result}.")
            return redirect("result-list")
    return TemplateResponse(request, "careers/practice/timed/delete.html", {"result": result})


@own_page
@known_person
@require_POST
def result_goal(request):
    """How many tests a week they aim at; said, not switched: twice is as once."""
    wanted = request.POST.get("tests", "")
    if wanted not in GOALS:
        messages.error(request, NO_GOAL)
        return redirect("me-dashboard")
    with writing(request) as profile:
        save_answers(profile=profile, answers={"practice_goal": int(wanted) or None}, now=timezone.now())
    return redirect(reverse("me-dashboard", fragment="practice"))


def own_result(profile, pk):
    return get_object_or_404(profile.timed_results.for_list(), pk=pk)
