"""The person's own first page: what helps most now, then where they stand."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from careers.actions.fits import target_fit
from careers.actions.goal_pages import goal_state
from careers.actions.profiles import meter_of
from careers.planning.journeys import FROM_NEW
from careers.planning.next_action import Action, GoalStanding, Standing, next_action
from careers.views.people import own_page

SAVED_SHOWN = 4


@own_page
@require_safe
def me_dashboard(request):
    profile = request.profile
    saved = list(profile.saved_roles.for_list())
    changed = [one for one in saved if one.changes]
    meter, target, today = meter_of(profile), target_fit(profile=profile), localdate()
    goal = goal_state(profile=profile, today=today)
    context = {
        "today": today,
        "meter": meter,
        "target": target,
        "goal": goal,
        "saved": saved[:SAVED_SHOWN],
        "saved_count": len(saved),
        "changed_count": len(changed),
        "first_changed": changed[0] if changed else None,
        "start": planned_start(profile),
        "next": what_is_next(meter, target, goal, saved=len(saved), changed=changed),
    }
    return render(request, "careers/me/dashboard.html", context)


def what_is_next(meter, target, goal, *, saved, changed):
    """The next action in words: title, text, label of the button and its address."""
    standing = Standing(
        is_known=bool(meter.done or saved or goal),
        saved=saved,
        changed=len(changed),
        has_target=target is not None,
        unrated=essential(target.summary.unknown) if target else 0,
        gaps=essential(target.summary.missing) if target else 0,
        profile_steps=len(meter.steps) - meter.done,
        goal=goal_standing(goal) if goal else None,
    )
    action = next_action(standing)
    return WORDS[action](meter=meter, target=target, goal=goal, standing=standing, changed=changed)


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


def words(title, text, label, url_name, *args, hidden_words="", is_post=False, **address):
    """`hidden_words` complete a label that says too little where it is read alone. `is_post`: the button changes it."""
    url = reverse(url_name, args=args, **address)
    return {"title": title, "text": text, "label": label, "hidden_words": hidden_words, "url": url, "is_post": is_post}


def see_the_difference(*, goal, **_):
    text = f"What your route to {goal.name} rests on differs now. Yours stays as it is until you decide."
    return words("The guide has changed your route", text, "See the difference", "goal-read", fragment="differs")


def confirm_the_role(*, goal, **_):
    row = goal.to_confirm
    title, text = f"Are you in the role of {row.step.title} now?", "Then routes, the map and what fits you start there."
    return words(title, text, "Yes, this is my role now", "goal-step-confirm", row.step.pk, is_post=True)


def plan_on(*, goal, **_):
    title, text = "Plan what comes next", f"Every step of your route to {goal.name} is done."
    role = goal.goal.role
    return words(
        title, text, "See the routes on", "path-plan", query={"from": role.slug} if role.is_published else None
    )


def do_a_step(*, goal, **_):
    text = f"The next step of your route to {goal.name}. {goal.done} of {len(goal.rows)} are done."
    return words(goal.next.label, text, "Open your route", "goal-read", fragment=f"step-{goal.next.step.pk}")


def begin(**_):
    text = "Five short steps. Skip what you like, stop when you like: what you saved is there when you come back."
    return words("Say where you are now", text, "Begin", "profile-about")


def find_a_role(**_):
    text = "Save the ones you like. You choose one of them as your target later."
    return words("Find a role to aim for", text, "See the roles", "role-list")


def choose_a_target(*, standing, **_):
    text = f"You saved {counted(standing.saved, 'role')}. With one as your target, this page shows what is missing."
    return words("Choose your target", text, "Choose", "profile-target", hidden_words="your target")


def rate_skills(*, target, standing, **_):
    skills = counted(standing.unrated, "essential skill")
    text = f"{target.role.title} asks for {skills} that you have not rated yet."
    return words("Say what you can do today", text, "Rate them", "profile-skills")


def see_changes(*, standing, changed, **_):
    title = f"See what changed in {counted(standing.changed, 'saved role')}"
    place = f"saved-{changed[0].role.slug}"
    return words(title, "HR changed what you saw when you saved.", "See the changes", "saved-list", fragment=place)


def close_a_gap(*, target, **_):
    row = next(row for row in target.missing if row.need.essential)
    title = f"Raise {row.asked.skill.name} from {row.need.has} to {row.need.level}"
    text = f"{target.role.title} asks for it. The skill's page says how to practise and what certifies it."
    return words(title, text, "How to practise", "skill-detail", row.asked.skill.slug)


def go_on(*, meter, **_):
    step = meter.next
    hidden_words = f"with {step.name.lower()}"
    return words(f"Go on with “{step.name}”", step.buys, "Go on", step.url_name, hidden_words=hidden_words)


def look_further(*, target, **_):
    role = target.role
    if not role.is_known:
        text = "HR is working on its page. Choose another target, or leave this one until its page is back."
        return words("Your target is not published now", text, "Choose another", "profile-target")
    title = f"{what_is_there(target.summary.essential)} {role.title}"
    if not role.is_published:
        return words(title, "Its page is no longer published. Choose what comes next.", "See the roles", "role-list")
    text = "See what the role is like on its page, and what comes after it."
    return words(title, text, "Open the role", "role-detail", role.slug)


def what_is_there(essential):
    if not essential:
        return "The guide names no essential skill of"
    return f"You have the essential skill{'' if len(essential) == 1 else 's'} of"


WORDS = {
    Action.SEE_THE_DIFFERENCE: see_the_difference,
    Action.CONFIRM_THE_ROLE: confirm_the_role,
    Action.PLAN_ON: plan_on,
    Action.DO_A_STEP: do_a_step,
    Action.BEGIN: begin,
    Action.FIND_A_ROLE: find_a_role,
    Action.CHOOSE_A_TARGET: choose_a_target,
    Action.RATE_SKILLS: rate_skills,
    Action.SEE_CHANGES: see_changes,
    Action.CLOSE_A_GAP: close_a_gap,
    Action.GO_ON: go_on,
    Action.LOOK_FURTHER: look_further,
}


def counted(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"
