"""The profile in five short steps. Each is saved by itself; nothing has to be answered."""

from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone

from careers.guide.models.roles import Role
from careers.people.forms.answers import AboutForm, TargetForm
from careers.people.forms.working_life import WorkingLifeForm
from careers.people.selectors.steps import STEP, answers_in_words, meter_of, step_after
from careers.people.services.answers import save_answers, save_languages
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.web.renamed import slugs_in_query

# Suggestions beside the field; any other language can be written.
COMMON_LANGUAGES = """
Arabic Bengali Cebuano Dutch English Filipino French German Gujarati Hindi Italian Japanese Kannada Korean Malay
Malayalam Mandarin Marathi Polish Portuguese Punjabi Spanish Tagalog Tamil Telugu Turkish Urdu Vietnamese
"""


@own_page
def profile_read(request):
    meter = meter_of(request.profile)
    context = {
        "meter": meter,
        "steps": [(step, answers_in_words(request.profile, step.key)) for step in meter.steps],
        "has_evidence": request.profile.evidence.exists(),
    }
    return render(request, "careers/people/profile/read.html", context)


@own_page
def profile_about(request):
    form = AboutForm(sent(request), profile=request.profile)
    if form.is_valid():
        return save_step(request, "about", form)
    return step_page(request, "about", form=form)


@own_page
def profile_working_life(request):
    form = WorkingLifeForm(sent(request), profile=request.profile)
    if form.is_valid():
        return save_step(request, "working-life", form)
    context = {"form": form, "common_languages": COMMON_LANGUAGES.split()}
    return step_page(request, "working-life", **context)


@own_page
@slugs_in_query(role=Role)
def profile_target(request):
    form = TargetForm(sent(request), profile=request.profile, wanted=request.GET.get("role", ""))
    if form.is_valid():
        return save_step(request, "target", form)
    return step_page(request, "target", form=form)


def sent(request):
    return request.POST if request.method == "POST" else None


def save_step(request, key, form):
    """Write what was changed. Who leaves everything empty has written nothing, and no profile is made for that."""
    answers, languages = form.answers, getattr(form, "languages", {})
    if answers or languages:
        now = timezone.now()
        with writing(request) as profile:
            save_answers(profile=profile, answers=answers, now=now)
            save_languages(profile=profile, languages=languages, now=now)
    return go_on(key)


def go_on(key):
    following = step_after(key)
    return redirect(following.url_name if following else "profile-read")


def step_page(request, key, *, template="", **context):
    meter, following = meter_of(request.profile), step_after(key)
    here = next(step for step in meter.steps if step.key == key)
    context |= {"meter": meter, "here": here, "next_url_name": following.url_name if following else "profile-read"}
    return TemplateResponse(request, f"careers/people/profile/{template or STEP[key].section}.html", context)
