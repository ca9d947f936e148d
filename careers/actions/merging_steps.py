"""Two lists of steps of one plan become one, with what hangs on them: part of `careers.actions.merging_plans`."""

from collections import defaultdict

from careers.models import Reminder
from careers.planning.names import folded


def was_touched(plan):
    """Whether the person did more with it than begin it."""
    steps = plan.steps.all()
    return bool(
        plan.version or plan.held_id or plan.entries.all() or any(step.version or step.is_done for step in steps)
    )


def merge_steps(speaks, other, present):
    """The steps of `speaks` in their order, each with what is done of its twin; then what `other` alone has."""
    twins = defaultdict(list)
    for step in other.steps.all():
        twins[step_key(step)].append(step)
    kept = []
    for step in speaks.steps.all():
        rows = twins[step_key(step)]
        if rows:
            merge_step(rows.pop(0), step)
        kept.append(step)
    asked = {folded(one["title"]) for one in speaks.seen_steps}
    left = sorted((step for rows in twins.values() for step in rows), key=lambda step: (step.position, step.pk))
    kept += [step for step in left if is_worth_keeping(step, asked)]
    for place, step in enumerate(kept, start=1):
        step.plan, step.position = present, place
        step.touch(now=step.changed_at)
        step.save()
    # What is in no list any more belongs to no plan that stays.
    present.steps.exclude(pk__in=[step.pk for step in kept]).delete()


def step_key(step):
    return folded(step.guide_title or step.title)


def is_worth_keeping(step, asked):
    """All but a step of the guide that the other list took out and nobody had done anything with."""
    is_own_wording = step.title != step.guide_title
    used = step.is_done or step.due_on or step.is_renewal or step.entries.all()
    return bool(used or is_own_wording or folded(step.guide_title) not in asked)


def merge_step(twin, step):
    """`step` stays, in the words of whichever was changed, done since the earlier day, with all that hangs on both."""
    if twin.version and not step.version:
        step.title, step.hours = twin.title, twin.hours
    step.due_on = step.due_on or twin.due_on
    step.is_renewal = step.is_renewal or twin.is_renewal
    step.done_on = min((day for day in (step.done_on, twin.done_on) if day), default=None)
    twin.entries.update(step=step)
    move_reminders(twin, step)


def move_reminders(twin, thing):
    """What both were told of counts as put away where either was."""
    told = {(row.event_on, row.offset): row for row in thing.reminders.all()}
    for row in twin.reminders.all():
        same = told.get((row.event_on, row.offset))
        if same is None:
            Reminder.objects.filter(pk=row.pk).update(**{row_kind(row): thing})
        elif row.seen_at and not same.seen_at:
            Reminder.objects.filter(pk=same.pk).update(seen_at=row.seen_at)


def row_kind(row):
    return next(kind for kind in ("held", "plan", "step") if getattr(row, f"{kind}_id"))


def merge_rows(theirs, own, plan, *, key):
    """Move to `plan` what it does not have yet."""
    there = {key(row) for row in own}
    for row in theirs:
        if key(row) not in there:
            row.plan = plan
            row.save(update_fields=["plan"])


def merge_items(theirs, present):
    own = {folded(item.title): item for item in present.exam_items.all()}
    for item in theirs.exam_items.all():
        twin = own.get(folded(item.title))
        if twin is None:
            item.plan = present
            item.save(update_fields=["plan"])
        elif item.is_done and not twin.is_done:
            twin.is_done = True
            twin.save(update_fields=["is_done"])
