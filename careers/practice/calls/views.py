"""Calls to play for two: for everybody to read and print, and one's own score sheets."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.practice.calls.forms import ScoreForm
from careers.practice.calls.rules.scoring import CRITERIA, MOST, POINTS
from careers.practice.calls.rules.scripts import SCRIPTS
from careers.practice.calls.services import MOST_OF_ONE, add_score
from careers.web.public_pages import public_page


@public_page()
def call_list(request):
    return render(request, "careers/practice/calls/list.html", {"scripts": SCRIPTS.values()})


@public_page()
def call_read(request, call):
    if call not in SCRIPTS:
        raise Http404
    context = {"script": SCRIPTS[call], "criteria": CRITERIA.values(), "points": POINTS, "most": MOST}
    return render(request, "careers/practice/calls/read.html", context)


@own_page
def score_add(request):
    """All sheets that were kept or, where the address names a call, a new one and those of this call."""
    script = SCRIPTS.get((request.POST if request.method == "POST" else request.GET).get("call", ""))
    if script is None:
        return TemplateResponse(
            request, "careers/practice/calls/scores.html", {"scores": named_scores(request.profile)}
        )
    form = ScoreForm(sent(request))
    if form.is_valid():
        answers = {"note": form.cleaned_data["note"], "played_on": form.cleaned_data["played_on"]}
        with writing(request) as profile:
            score = add_score(profile=profile, script=script, points=form.points, now=timezone.now(), **answers)
            made(request, score)
            messages.success(request, f"Your sheet is kept: {score.total_text}.")
        return redirect(f"{reverse('score-add', query={'call': script.key})}#sheets")
    scores = [score for score, _ in named_scores(request.profile) if score.call == script.key]
    context = {"script": script, "form": form, "scores": scores, "most": MOST_OF_ONE}
    return TemplateResponse(request, "careers/practice/calls/score.html", context)


def named_scores(profile):
    """(sheet, title of its call; empty where that is gone)."""
    rows = profile.call_scores.all()
    return [(row, SCRIPTS[row.call].title if row.call in SCRIPTS else "") for row in rows]


@own_page
def score_delete(request, pk):
    """A page that asks first: it cannot come back."""
    with answering(request) as profile:
        score = get_object_or_404(profile.call_scores, pk=pk)
        if request.method == "POST":
            score.delete()
            messages.success(request, "Your sheet is deleted.")
            return redirect("score-add")
    script = SCRIPTS.get(score.call)
    return TemplateResponse(request, "careers/practice/calls/delete.html", {"score": score, "script": script})
