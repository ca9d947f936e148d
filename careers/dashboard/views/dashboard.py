"""The person's own first page: what helps most now, then where they stand."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.dashboard.rules.next_action import GoalStanding, PersonStanding, next_action
from careers.dashboard.selectors.certificates import Certificates
from careers.dashboard.selectors.days import certificates_and_notes, days_and_hours
from careers.dashboard.views.next_words import words_for
from careers.dashboard.views.put_off import put_off
from careers.evidence.selectors.fits import target_fit
from careers.matching.selectors import help_with
from careers.people.selectors.steps import meter_of
from careers.people.views.requests import own_page
from careers.practice.timed.selectors import practice_week
from careers.reminders.context import reminders_now
from careers.routes.rules.journeys import FROM_NEW
from careers.routes.selectors.goal_page import goal_state
from careers.saved.selectors import saved_list

SAVED_SHOWN = 4
PLANS_A_PAGE = 50
ROLES_TO_APPLY_FOR = 3


@own_page
@require_safe
def me_dashboard(request):
    profile, now, today = request.profile, timezone.now(), timezone.localdate()
    asked = {"reminders": reminders_now(request), "put_off": put_off(request, today=today)}
    certificates = certificates_and_notes(profile, now=now, today=today, **asked)
    known = {
        "meter": meter_of(profile),
        "target": target_fit(profile=profile),
        "goal": goal_state(profile=profile, today=today),
        "plans": certificates["plans"],
        **saved_part(profile),
    }
    help = help_with(known["target"], profile=profile, today=today) if known["target"] else None
    days = days_and_hours(profile, now=now, today=today) if known["plans"] else {}
    start, first_roles = planned_start(profile), roles_to_apply_for(known["target"], known["saved"])
    shown = {"today": today, "start": start, "help": help, "first_roles": first_roles}
    shown["practice"] = practice_week(profile, today)
    context = {**shown, **known, **certificates, **days}
    return render(request, "careers/dashboard/dashboard.html", {**context, "next": what_is_next(**known, today=today)})


def roles_to_apply_for(target, saved):
    """The entry roles that somebody aims at or saved, the target first: each has a list of what to have ready."""
    roles = [*([target.role] if target else []), *(one.role for one in saved)]
    entry = {role.pk: role for role in roles if role.is_published and role.is_entry}
    return list(entry.values())[:ROLES_TO_APPLY_FOR]


def saved_part(profile):
    saved = saved_list(profile)
    return {
        "saved": saved[:SAVED_SHOWN],
        "saved_count": len(saved),
        "changed": [one for one in saved if one.changes],
    }


@own_page
@require_safe
def plan_list(request):
    """Every plan, the most urgent first."""
    today = timezone.localdate()
    every = Certificates(request.profile, now=timezone.now(), today=today)
    page = Paginator(every.tracked, PLANS_A_PAGE).get_page(request.GET.get("page"))
    context = {"today": today, "page": page, "rows": every.rows(page.object_list), "dropped": every.dropped}
    return render(request, "careers/dashboard/plans.html", {**context, "filters": EveryPlan})


class EveryPlan:
    """The list has no filters: only its pages have addresses."""

    @staticmethod
    def query(*, page):
        return f"page={page}"


def what_is_next(*, meter, target, goal, plans, saved, saved_count, changed, today):
    """The next action in words."""
    standing = PersonStanding(
        is_known=bool(meter.done or saved or goal or plans),
        call=plans.next.call if plans.next else None,
        saved=saved_count,
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
    """Return the planner's name of the place where this person is; empty if it has to ask."""
    if profile.is_outside:
        return FROM_NEW
    role = profile.current_role
    return role.slug if role and role.is_published else ""


def essential(needs):
    return sum(need.essential for need in needs)
