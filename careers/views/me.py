"""The person's own first page: what helps most now, then where they stand."""

import re
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.actions.dashboard import COMING_SHOWN, Certificates, plans_to_prepare, shown_of
from careers.actions.events import events_of
from careers.actions.fits import target_fit
from careers.actions.goal_pages import goal_state
from careers.actions.profiles import meter_of
from careers.actions.reminding import open_reminders
from careers.actions.study import study_overview
from careers.planning.countdowns import day_in_words
from careers.planning.journeys import FROM_NEW
from careers.planning.next_action import GoalStanding, Standing, next_action
from careers.planning.timeline import year_from
from careers.views.next_words import words_for
from careers.views.people import own_page

SAVED_SHOWN = 4
PLANS_A_PAGE = 50
PUT_OFF = "put_off"  # in the session: {token: the day from which it is asked again}
PUT_OFF_SAID = "Put off until {day}, on this browser. Your plan stays as it is."
MOST_PUT_OFF = 50
TOKEN = re.compile(r"(result|renew|prepare|step|finish|renew-in-time)-(plan|held)-[0-9]{1,18}")


@own_page
@require_safe
def me_dashboard(request):
    profile, now, today = request.profile, timezone.now(), timezone.localdate()
    saved = list(profile.saved_roles.for_list())
    changed = [one for one in saved if one.changes]
    meter, target, goal = meter_of(profile), target_fit(profile=profile), goal_state(profile=profile, today=today)
    plans = shown_of(Certificates(profile, now=now, today=today, put_off=put_off(request, today=today)))
    context = {
        "today": today,
        "meter": meter,
        "target": target,
        "goal": goal,
        "plans": plans,
        **(days_and_hours(profile, today=today) if plans else {}),
        "reminders": open_reminders(profile, today, now=now),
        "saved": saved[:SAVED_SHOWN],
        "saved_count": len(saved),
        "changed_count": len(changed),
        "first_changed": changed[0] if changed else None,
        "start": planned_start(profile),
        "next": what_is_next(meter, target, goal, plans, saved=len(saved), changed=changed, today=today),
    }
    return render(request, "careers/me/dashboard.html", context)


@own_page
@require_safe
def plan_list(request):
    """Every plan, the most urgent first, and what is held without one."""
    today = timezone.localdate()
    every = Certificates(request.profile, now=timezone.now(), today=today)
    page = Paginator(every.tracked, PLANS_A_PAGE).get_page(request.GET.get("page"))
    context = {"today": today, "page": page, "rows": every.rows(page.object_list), "dropped": every.dropped}
    return render(request, "careers/me/plans.html", {**context, "filters": EveryPlan})


class EveryPlan:
    """The list has no filters: only its pages have addresses."""

    @staticmethod
    def query(*, page):
        return f"page={page}"


@own_page
@require_POST
def me_put_off(request):
    """Until next Monday, on this browser. Nothing of the plan changes."""
    token, today = request.POST.get("what", ""), timezone.localdate()
    if request.profile and TOKEN.fullmatch(token):
        monday = today + timedelta(days=7 - today.weekday())
        kept = {**put_off(request, today=today), token: monday.isoformat()}
        request.session[PUT_OFF] = dict(list(kept.items())[-MOST_PUT_OFF:])
        messages.info(
            request, f"Put off until {day_in_words(monday, today)}, on this browser. Your plan stays as it is."
        )
    return redirect("me-dashboard")


def put_off(request, *, today):
    """{token: day} of what was put off and is not to be asked again yet. Reads no session of who has none."""
    kept = request.session.get(PUT_OFF, {}) if request.profile else {}
    return {token: day for token, day in kept.items() if date.fromisoformat(day) > today}


def days_and_hours(profile, *, today):
    events = events_of(profile, today)
    coming = [event for event in events if event.day >= today]
    return {
        "coming": coming[:COMING_SHOWN],
        "year": year_from(coming, today),
        "study": study_overview(profile, today, plans=plans_to_prepare(profile)),
    }


def what_is_next(meter, target, goal, plans, *, saved, changed, today):
    """The next action in words."""
    standing = Standing(
        is_known=bool(meter.done or saved or goal or plans),
        call=plans.next.call if plans.next else None,
        saved=saved,
        changed=len(changed),
        has_target=target is not None,
        unrated=essential(target.summary.unknown) if target else 0,
        gaps=essential(target.summary.missing) if target else 0,
        profile_steps=len(meter.steps) - meter.done,
        goal=goal_standing(goal) if goal else None,
    )
    known = {"meter": meter, "target": target, "goal": goal, "plans": plans, "changed": changed}
    return words_for(next_action(standing), **known, standing=standing, today=today)


def goal_standing(goal):
    return GoalStanding(
        differs=bool(goal.differences),
        asks_for_role=goal.to_confirm is not None,
        open_steps=len(goal.rows) - goal.done,
    )


def planned_start(profile):
    """What the planner calls the place where this person is; empty where it has to ask."""
    if profile.is_outside:
        return FROM_NEW
    role = profile.current_role
    return role.slug if role and role.is_published else ""


def essential(needs):
    return sum(need.essential for need in needs)
