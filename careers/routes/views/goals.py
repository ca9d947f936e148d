"""The goal of a person and their route to it: read, ticked off, brought up to date, dropped."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.people.views.requests import own_page
from careers.people.views.same_origin import from_our_page, sent_to
from careers.people.views.writing import writing
from careers.routes import services
from careers.routes.forms import RouteForm
from careers.routes.models import GoalStep
from careers.routes.selectors.goal_page import goal_state
from careers.routes.selectors.guide_network import current_guide
from careers.routes.services import adopt, digest_now, take_role, tick
from careers.routes.views.planner import SLUGS
from careers.web.renamed import query_of_today

FIELDS = ("from", "to", "by", "via")
NOT_ADOPTED = "That is no route of the guide. Nothing has changed. Choose where you start and where you want to go."
ROUTE_IS_GONE = "The guide has exactly that route no longer. Nothing has changed. See what it has now."
ADOPTED = "This is your goal now. You can change it later, and what you have done stays."
REPLACED = "This is your goal now, instead of {name}. What you have done stays."
FOR_GUESTS = "It is kept on this browser only: an account keeps it safe."
ACCEPTED = "Your goal is as the guide says now. What you had done stays."
DISMISSED = "Your goal stays as it is."
STALE = "The guide has changed again since you opened this page. Look once more at what differs."
MOVE_IS_GONE = "The guide has a move of your goal no longer, so there is nothing to take over. Yours stays as it is."
DROPPED = "Your goal is dropped."
NOW_IN_ROLE = (
    "Your profile says now that you are {name}. Routes, the career map and roles that fit you start from there."
)
ROLE_IS_GONE = "The guide does not show that role now. Nothing has changed."


@own_page
def goal_read(request):
    state = goal_state(profile=request.profile, today=timezone.localdate())
    return render(request, "careers/routes/goal/read.html", {"state": state})


def ask_adopt(request):
    _, form, routes = wished(request)
    if request.method != "POST" and not (routes and routes.shown):
        return None
    route = f"the route to {routes.target.title}" if routes else "this route"
    back = reverse("route-find", query=choices_of(form))
    return {"question": f"Make {route} your goal?", "verb": "Make it my goal", "back": back, "fields": FIELDS}


@own_page
@from_our_page(ask_adopt)
def goal_adopt(request):
    if request.method != "POST":
        return redirect("route-find")
    guide, form, routes = wished(request)
    if not (routes and routes.shown) or routes.is_gone:
        messages.error(request, ROUTE_IS_GONE if routes else NOT_ADOPTED)
        return redirect(reverse("route-find", query=choices_of(form)))
    with writing(request) as profile:
        stops = routes.shown.route.stops
        adopt(profile=profile, guide=guide, stops=stops, criterion=routes.by, now=timezone.now())
    messages.success(request, adopted_text(routes, profile))
    return redirect("goal-read")


def adopted_text(routes, profile):
    replaces = routes.goal and not routes.is_goal
    said = REPLACED.format(name=routes.goal.role.public_name) if replaces else ADOPTED
    return f"{said} {FOR_GUESTS}" if profile.is_guest else said


def wished(request):
    """The guide as a network, the planner's form with what was sent, and the routes; None without two ends."""
    guide = current_guide()
    sent = query_of_today(sent_to(request), SLUGS)
    form = RouteForm(sent, places=guide.places)
    if not form.is_complete:
        return guide, form, None
    via = sent.get("via", "")
    return guide, form, guide.routes_for(profile=request.profile, today=timezone.localdate(), via=via, **form.wish)


def choices_of(form):
    """Of what was sent what the planner can use."""
    form.is_valid()
    return {name: form.cleaned_data[name] for name in ("from", "to", "by") if form.cleaned_data.get(name)}


@own_page
@require_POST
def goal_step_tick(request, pk):
    with writing(request, create=False) as profile:
        step, wanted = own_step(profile, pk), request.POST.get("done")
        if wanted in ("yes", "no"):
            tick(step=step, is_done=wanted == "yes", now=timezone.now())
    return redirect(reverse("goal-read", fragment=f"step-{pk}"))


@own_page
@require_POST
def goal_step_confirm(request, pk):
    with writing(request, create=False) as profile:
        step = own_step(profile, pk)
        if take_role(profile=profile, step=step, now=timezone.now()):
            messages.success(request, NOW_IN_ROLE.format(name=step.role.title))
        else:
            messages.info(request, ROLE_IS_GONE)
    return redirect("goal-read")


def own_step(profile, pk):
    return get_object_or_404(GoalStep, goal__in=profile.goals.all(), pk=pk)


@own_page
@require_POST
def goal_accept_guide_change(request):
    return decide(request, services.accept_guide_change, ACCEPTED)


@own_page
@require_POST
def goal_dismiss_guide_change(request):
    return decide(request, services.dismiss_guide_change, DISMISSED)


def decide(request, action, text):
    """About the difference that stood on the page: what HR edited meanwhile is not decided unseen."""
    if request.profile.goals.exists():
        with writing(request) as profile:
            goal, guide = profile.goals.for_page().first(), current_guide()
            if goal is None or request.POST.get("facts") != digest_now(goal, guide):
                messages.info(request, STALE)
            elif action(goal=goal, guide=guide, now=timezone.now()):
                messages.success(request, text)
            else:
                messages.info(request, MOVE_IS_GONE)
    return redirect("goal-read")


@own_page
def goal_drop(request):
    state = goal_state(profile=request.profile, today=timezone.localdate())
    if state is None:
        return redirect("goal-read")
    if request.method == "POST":
        with writing(request) as profile:
            profile.goals.all().delete()
        messages.success(request, DROPPED)
        return redirect("goal-read")
    return render(request, "careers/routes/goal/drop.html", {"state": state})
