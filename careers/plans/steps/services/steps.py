"""The steps of a plan: the person's own, added, reworded, moved, ticked and removed as they like.

Moving is said by the step that comes after, and ticking is said, not switched: so what two tabs do at once adds up,
and what is sent twice is done once. The profile's row is locked by whoever calls.
"""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from careers.people.services.refusing import Refused
from careers.plans.models import PlanStep
from careers.plans.services.plans import refuse_more_steps, save_plan, start
from careers.plans.steps.rules.steps import moved

MOST_STEPS = 100
TOO_MANY = f"You have {MOST_STEPS} steps here, which is as many as there can be. Remove one first."


@transaction.atomic
def add_step(*, plan, title, hours, due_on, now, is_renewal=False):
    """At the end."""
    steps = list(plan.steps.all())
    if len(steps) >= MOST_STEPS:
        raise Refused(TOO_MANY)
    refuse_more_steps(plan.profile, more=1)
    position = max((step.position for step in steps), default=0) + 1
    fields = {"title": title, "hours": hours, "due_on": due_on, "is_renewal": is_renewal, "position": position}
    step = plan.steps.create(**fields, changed_at=now)
    save_plan(plan, now=now)
    return step


@transaction.atomic
def change_step(*, step, changed, now):
    """`changed` is {field: value} of title, hours, due_on and is_renewal; nothing else is written."""
    if changed:
        for name, value in changed.items():
            setattr(step, name, value)
        save_step(step, now=now)


def save_step(step, *, now):
    step.bump_version(now=now)
    step.save()


@transaction.atomic
def tick_step(*, step, is_done, now):
    """Said twice is as once; the day it was done first stays. The first tick of a planned plan starts it."""
    if step.is_done == is_done:
        return
    step.done_on = localdate(now) if is_done else None
    save_step(step, now=now)
    if is_done and step.plan.is_planned:
        start(plan=step.plan, now=now)


@transaction.atomic
def move_step(*, step, before, now):
    """Before another step of the plan, by its key; `before=""` to the end. What is gone moves nothing."""
    rows = list(step.plan.steps.all())
    order = [row.pk for row in rows]
    wanted = moved(order, step.pk, before=before)
    if wanted != order:
        write_order(rows, wanted)
        save_plan(step.plan, now=now)


def write_order(rows, keys):
    """Only places: an edit of a step in another tab is no older for it."""
    row_of = {row.pk: row for row in rows}
    for position, key in enumerate(keys, start=1):
        row_of[key].position = position
    PlanStep.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_step(*, step, now):
    """Takes it off and returns what `restore_step` needs to bring it back as it was, as JSON."""
    was = {
        "uid": str(step.uid),
        "version": step.version,
        "position": step.position,
        "title": step.title,
        "hours": None if step.hours is None else str(step.hours),
        "due_on": step.due_on and step.due_on.isoformat(),
        "done_on": step.done_on and step.done_on.isoformat(),
        "is_renewal": step.is_renewal,
        "guide_title": step.guide_title,
        "entries": list(step.entries.values_list("pk", flat=True)),
        "day_set_at": step.day_set_at.isoformat(),
        "told": [as_told(reminder) for reminder in step.reminders.all()],
    }
    plan = step.plan
    step.delete()
    save_plan(plan, now=now)
    return was


def as_told(reminder):
    names = ("event_on", "made_at", "seen_at")
    days = {name: value and value.isoformat() for name in names for value in [getattr(reminder, name)]}
    return {**days, "offset": reminder.offset, "mail": reminder.mail_id}


@transaction.atomic
def restore_step(*, plan, was, now):
    """At its old place, or at the end where the line is shorter now; its study time is of it again."""
    uid = UUID(was["uid"])
    step = plan.steps.filter(uid=uid).first()
    if step:
        return step
    rows = list(plan.steps.all())
    if len(rows) >= MOST_STEPS:
        raise Refused(TOO_MANY)
    refuse_more_steps(plan.profile, more=1)
    fields = {name: was[name] for name in ("title", "hours", "due_on", "done_on", "guide_title", "position")}
    step = PlanStep(plan=plan, uid=uid, version=was["version"], is_renewal=was["is_renewal"], **fields)
    save_step(step, now=now)
    before = next((row for row in rows if row.position >= was["position"]), None)
    keys = moved([*(row.pk for row in rows), step.pk], step.pk, before=before.pk if before else "")
    write_order([*rows, step], keys)
    plan.entries.filter(pk__in=was["entries"], step=None).update(step=step)
    tell_again(step, was)
    save_plan(plan, now=now)
    return step


def tell_again(step, was):
    """Keep as told what was told of it, or the next run would say it again; a mail that waits says it still."""
    PlanStep.objects.filter(pk=step.pk).update(day_set_at=was["day_set_at"])
    profile = step.plan.profile
    mails = profile.reminder_mails.in_bulk([told["mail"] for told in was["told"] if told["mail"]])
    rows = [{**told, "mail": mails.get(told["mail"])} for told in was["told"]]
    step.reminders.bulk_create(step.reminders.model(profile=profile, step=step, **row) for row in rows)
