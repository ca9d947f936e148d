"""What a person can do, and how we know: the level that counts and the whole history behind it."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.evidence.forms import RatingForm
from careers.evidence.selectors.levels import levels_by_key
from careers.evidence.services import rate_skills, restore_evidence, skills_to_rate, standing_ratings, withdraw_evidence
from careers.lib.texts import is_key
from careers.people.forms.looking import words_sent
from careers.people.views.profile import go_on, sent, step_page
from careers.people.views.requests import own_page
from careers.people.views.writing import writing


@own_page
def profile_skills(request):
    levels = levels_by_key(request.profile)
    standing = standing_ratings(request.profile)
    asked = skills_to_rate(request.profile, rated=levels, also=skills_named(request), words=words_sent(request.POST))
    form = RatingForm(sent(request), skills=asked.skills, standing=standing, levels=levels)
    if asked.is_cut:
        form.look_for_more(has_missed=asked.has_missed)
    if not form.is_valid():
        return step_page(request, "skills", form=form)
    if form.ratings:
        with writing(request) as profile:
            rate_skills(profile=profile, ratings=form.ratings, today=timezone.localdate(), now=timezone.now())
    return go_on("skills")


def skills_named(request):
    """Keys of the skills that are rated by the form, and of the one that a link leads to."""
    named = [name.removeprefix("skill_") for name in request.POST if name.startswith("skill_")]
    return {int(key) for key in [*named, request.GET.get("skill", "")] if is_key(key)}


@own_page
def evidence_list(request):
    levels = levels_by_key(request.profile)
    rows = list(request.profile.evidence.for_history())
    by_skill = [(skill, list(history)) for skill, history in groupby(rows, key=lambda row: row.skill)]
    just_now = request.GET.get("withdrawn")
    context = {
        "skills": [(skill, levels.get(skill.pk), history) for skill, history in by_skill],
        "withdrawn": next((row for row in rows if row.withdrawn_at and str(row.pk) == just_now), None),
    }
    return render(request, "careers/evidence/list.html", context)


@own_page
@require_POST
def evidence_withdraw(request, pk):
    with writing(request, create=False) as profile:
        row = get_object_or_404(profile.evidence.own_to_withdraw(), pk=pk)
        withdraw_evidence(evidence=row, now=timezone.now())
    return redirect(reverse("evidence-list", query={"withdrawn": row.pk}))


@own_page
@require_POST
def evidence_restore(request, pk):
    with writing(request, create=False) as profile:
        row = get_object_or_404(profile.evidence.own_to_withdraw(), pk=pk)
        stands = restore_evidence(evidence=row)
    if not stands:
        text = f"You rated {row.skill.name} again that day, and that rating stands. Withdraw it to put this one back."
        messages.info(request, text)
        return redirect("evidence-list")  # where messages stand
    return redirect(reverse("evidence-list", fragment=f"skill-{row.skill_id}"))
