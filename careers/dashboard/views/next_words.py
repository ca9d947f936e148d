"""The next action of “My plan” in words: title, text, the label of its button and its address."""

from django.urls import reverse

from careers.dashboard.rules.next_action import Action
from careers.guide.models.certifications import Certification
from careers.lib.days import weekday_seen_from
from careers.lib.hours import hours_in_words
from careers.lib.words import counted, plural
from careers.plans.rules.countdowns import in_days, lapse_in_words


def words_for(action, **context):
    return WORDS[action](**context)


def action_words(title, text, label, url_name, *args, hidden_words="", is_post=False, put_off="", **parts):
    """`hidden_words` complete a label that says too little where it is read alone. `is_post`: the button changes it.

    `put_off` names what “Not this week” puts off; empty where it cannot wait.
    """
    url = reverse(url_name, args=args, **parts)
    said = {"title": title, "text": text, "label": label, "hidden_words": hidden_words, "url": url}
    return {**said, "is_post": is_post, "put_off": put_off}


def of_plan(title, text, label, plans, fragment, hidden_words=""):
    plan = plans.next.row.plan
    put_off = plans.next.token
    return action_words(
        title, text, label, "plan-read", plan.pk, fragment=fragment, hidden_words=hidden_words, put_off=put_off
    )


def say_how_it_went(*, plans, today, **_):
    row = plans.next.row
    text = f"{row.plan.name} · the exam was {weekday_seen_from(today, row.standing.exam_on)}"
    return of_plan("Say how your exam went", text, "Say how it went", plans, "exam")


def renew(*, plans, today, **_):
    row = plans.next.row
    day = row.standing.expires_on
    title = f"Plan the renewal of {row.name}"
    verb = "It lapsed" if day < today else "It lapses"
    text = f"{verb} {in_days(day, today)}, {weekday_seen_from(today, day)}"
    if not row.standing.expires.is_exact:
        text = f"It {lapse_in_words(today, row.standing.expires)}"
    if hasattr(row, "plan"):
        return of_plan(title, text, "See its renewal", plans, "certificate")
    certification, put_off = row.held.certification, plans.next.token
    if certification and certification.is_published:
        return action_words(
            title, text, "Track its renewal", "plan-track", certification.slug, is_post=True, put_off=put_off
        )
    return action_words(title, text, "See it", "certificate-edit", row.held.pk, put_off=put_off)


def prepare(*, plans, today, **_):
    row = plans.next.row
    when = f"the exam is {in_days(row.standing.exam_on, today)}, {weekday_seen_from(today, row.standing.exam_on)}"
    if row.next_step is None:
        text = f"{when[0].upper()}{when[1:]}. Look once more at where, when and what to bring."
        return of_plan(f"Get ready for {row.plan.name}", text, "See the exam", plans, "exam")
    return of_step(plans, f"{row.plan.name} · {when}")


def do_a_plan_step(*, plans, today, **_):
    row, step = plans.next.row, plans.next.row.next_step
    if step is None:  # it was ticked in another window at this moment
        return finish_a_plan(plans=plans)
    hours = f"about {hours_in_words(step.hours)}" if step.hours else ""
    due = f"due {weekday_seen_from(today, step.due_on)}" if step.due_on else ""
    if step.due_on and step.due_on < today:
        due = f"was due {weekday_seen_from(today, step.due_on)}"
    return of_step(plans, " · ".join(part for part in (row.plan.name, hours, due) if part))


def of_step(plans, text):
    step = plans.next.row.next_step
    return of_plan(step.title, text, "Open this step", plans, f"step-{step.pk}")


def finish_a_plan(*, plans, **_):
    plan = plans.next.row.plan
    if not plan.steps.all():
        text = "Your plan has no steps yet. Write what there is to do, or record that you passed."
        return of_plan(f"Say what {plan.name} takes", text, "Open the plan", plans, None)
    text = "No step is open. Book the exam, or record that you passed."
    if plan.certification and plan.certification.kind == Certification.Kind.COMPLETION:
        text = "No step is open. Record the certificate when you have it."
    return of_plan(f"Finish {plan.name}", text, "Open the plan", plans, "exam")


def see_the_difference(*, goal, **_):
    text = f"The guide says otherwise of the route to {goal.name} now. Yours stays as it is until you decide."
    return action_words(
        "The guide has changed what your goal rests on", text, "See the difference", "goal-read", fragment="differs"
    )


def confirm_the_role(*, goal, **_):
    row = goal.to_confirm
    title, text = f"Are you in the role of {row.step.title} now?", "Then routes, the map and what fits you start there."
    return action_words(title, text, "Yes, this is my role now", "goal-step-confirm", row.step.pk, is_post=True)


def plan_on(*, goal, **_):
    title, text = "See what comes next", f"Every step to your goal, {goal.name}, is done."
    role = goal.goal.role
    return action_words(
        title, text, "See the routes on", "route-find", query={"from": role.slug} if role.is_published else None
    )


def do_a_step(*, goal, **_):
    text = f"The next step to your goal, {goal.name}. {goal.done} of {len(goal.rows)} are done."
    return action_words(goal.next.label, text, "Open your goal", "goal-read", fragment=f"step-{goal.next.step.pk}")


def begin_profile(**_):
    text = "Five short steps. Skip what you like, stop when you like: what you saved is there when you come back."
    return action_words("Say where you are now", text, "Begin", "profile-about")


def find_a_role(**_):
    text = "Save the ones you like. You choose one of them as your target later."
    return action_words("Find a role to aim for", text, "See the roles", "role-list")


def choose_a_target(*, standing, **_):
    text = f"You saved {counted(standing.saved, 'role')}. With one as your target, this page shows what is missing."
    return action_words("Choose your target", text, "Choose", "profile-target", hidden_words="your target")


def rate_skills(*, target, standing, **_):
    skills = counted(standing.unrated, "essential skill")
    text = f"{target.role.title} asks for {skills} that you have not rated yet."
    return action_words("Say what you can do today", text, "Rate them", "profile-skills")


def see_changes(*, standing, changed, **_):
    title = f"See what changed in {counted(standing.changed, 'saved role')}"
    place = f"saved-{changed[0].role.slug}"
    return action_words(
        title, "HR changed what you saw when you saved.", "See the changes", "saved-list", fragment=place
    )


def close_a_gap(*, target, **_):
    row = next(row for row in target.missing if row.need.essential)
    title = f"Raise {row.asked.skill.name} from {row.need.has} to {row.need.level}"
    text = f"{target.role.title} asks for it. The skill's page says how to practise and what certifies it."
    return action_words(title, text, "How to practise", "skill-detail", row.asked.skill.slug)


def go_on(*, meter, **_):
    step = meter.next
    hidden_words = f"with {step.name.lower()}"
    return action_words(f"Go on with “{step.name}”", step.buys, "Go on", step.url_name, hidden_words=hidden_words)


def look_further(*, target, **_):
    role = target.role
    if not role.is_known:
        text = "HR is working on its page. Choose another target, or leave this one until its page is back."
        return action_words("Your target is not published now", text, "Choose another", "profile-target")
    title = f"{what_is_there(target.summary.essential)} {role.title}"
    if not role.is_published:
        return action_words(
            title, "Its page is no longer published. Choose what comes next.", "See the roles", "role-list"
        )
    text = "See what the role is like on its page, and what comes after it."
    return action_words(title, text, "Open the role", "role-detail", role.slug)


def what_is_there(essential):
    if not essential:
        return "The guide names no essential skill of"
    return f"You have the {plural(len(essential), 'essential skill')} of"


WORDS = {
    Action.SAY_HOW_IT_WENT: say_how_it_went,
    Action.RENEW: renew,
    Action.PREPARE: prepare,
    Action.SEE_THE_DIFFERENCE: see_the_difference,
    Action.CONFIRM_THE_ROLE: confirm_the_role,
    Action.PLAN_ON: plan_on,
    Action.DO_A_PLAN_STEP: do_a_plan_step,
    Action.FINISH_A_PLAN: finish_a_plan,
    Action.RENEW_IN_TIME: renew,
    Action.DO_A_STEP: do_a_step,
    Action.BEGIN: begin_profile,
    Action.FIND_A_ROLE: find_a_role,
    Action.CHOOSE_A_TARGET: choose_a_target,
    Action.RATE_SKILLS: rate_skills,
    Action.SEE_CHANGES: see_changes,
    Action.CLOSE_A_GAP: close_a_gap,
    Action.GO_ON: go_on,
    Action.LOOK_FURTHER: look_further,
}
