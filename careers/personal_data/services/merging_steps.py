"""Two lists of steps of one plan become one, with what hangs on them, as `merging_plans` needs it.

All rows are read before and written after, each kind at once: others wait to write meanwhile.
"""

from collections import defaultdict
from functools import cache

from django.db import connection

from careers.lib.names import folded
from careers.plans.models import PlanStep
from careers.plans.study.models import StudyEntry
from careers.reminders.models import Reminder

AT_ONCE = 900  # keys in one query
OF_A_STEP = ("plan", "position", "title", "hours", "due_on", "is_renewal", "done_on")
TOLD = ("pk", "held_certificate_id", "plan_id", "step_id", "event_on", "offset", "seen_at")
TOUCHED = ("version", "changed_at", "day_set_at")


class Changes:
    """Rows of two profiles that were changed or are to go. `write` writes each kind with one statement.

    `told` is {(kind, key of what it is about): [its reminders]} of the rows `reminders`. A person logs thousands of
    times, so no entry is read: `plans_logged` and `steps_logged` are the keys of what has any, of the plans `logged`.
    """

    def __init__(self, reminders, *, logged=()):
        self.rows = defaultdict(dict)
        self.gone = []
        self.moved = {}  # {key of a plan that goes: the plan that takes its place}
        self.twins = []  # (key of the step that takes its place, key of a step with entries that goes)
        self.seen = []  # (when, key of a reminder)
        self.retold = defaultdict(list)  # {kind: [(key of what it is about now, key of a reminder)]}
        self.told = defaultdict(list)
        for reminder in reminders.order_by().values_list(*TOLD, named=True):
            kind = row_kind(reminder)
            self.told[kind, getattr(reminder, f"{kind}_id")].append(reminder)
        entries = StudyEntry.objects.order_by().filter(plan__in=[plan.pk for plan in logged])
        keys = list(entries.values_list("plan_id", "step_id").distinct())
        self.plans_logged, self.steps_logged = {plan for plan, _ in keys}, {step for _, step in keys}

    def add(self, row, *names):
        self.rows[type(row), names][row.pk] = row

    def write(self):
        """Before steps go: with them goes what still hangs on them."""
        for (model, names), rows in self.rows.items():
            attributes = [model._meta.get_field(name).attname for name in names]
            write_rows(model, names, ([*(getattr(row, name) for name in attributes), pk] for pk, row in rows.items()))
        for kind, rows in self.retold.items():
            write_rows(Reminder, [kind], rows)
        write_rows(Reminder, ["seen_at"], self.seen)
        write_rows(StudyEntry, ["step"], self.twins, where="step")
        write_rows(StudyEntry, ["plan"], [(plan.pk, key) for key, plan in self.moved.items()], where="plan")
        keys = [step.pk for step in self.gone]
        for begin in range(0, len(keys), AT_ONCE):
            PlanStep.objects.filter(pk__in=keys[begin : begin + AT_ONCE]).delete()


def write_rows(model, names, rows, *, where="pk"):
    """An UPDATE that is read once, for all rows, each what to write and then the value of `where`.

    `bulk_update` takes ten times as long. Most values come again and again: each is made ready once.
    """
    quote, fields = connection.ops.quote_name, [model._meta.get_field(name) for name in names]
    settings = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key = model._meta.pk if where == "pk" else model._meta.get_field(where)
    ready = [cache(lambda value, field=field: field.get_db_prep_save(value, connection)) for field in fields]
    values = [[*(made(value) for made, value in zip(ready, row[:-1], strict=True)), row[-1]] for row in rows]
    if not values:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {quote(key.column)} = %s",  # noqa: S608, names
            values,
        )


def was_touched(plan, changes):
    """Whether the person did more with it than begin it."""
    if plan.version or plan.held_certificate_id or plan.pk in changes.plans_logged:
        return True
    return any(step.version or step.is_done for step in plan.steps.all())


def merge_steps(speaks, other, present, changes):
    """The steps of `speaks` in their order, each with what is done of its twin; then what `other` alone has."""
    twins = defaultdict(list)
    for step in other.steps.all():
        twins[step_key(step)].append(step)
    kept = []
    for step in speaks.steps.all():
        rows = twins[step_key(step)]
        before = answers_of(step)
        if rows:
            merge_step(rows.pop(0), step, changes)
        kept.append((step, before))
    asked = {folded(one["title"]) for one in speaks.seen_steps}
    left = sorted((step for rows in twins.values() for step in rows), key=lambda step: (step.position, step.pk))
    kept += [(step, answers_of(step)) for step in left if is_worth_keeping(step, asked, changes)]
    for place, (step, before) in enumerate(kept, start=1):
        step.plan, step.position = present, place
        if answers_of(step) != before:
            step.bump_version(now=step.changed_at)
            changes.add(step, *OF_A_STEP, *TOUCHED)
    # What is in no list any more belongs to no plan that stays.
    stays = {step.pk for step, _ in kept}
    changes.gone += [step for step in present.steps.all() if step.pk not in stays]


def answers_of(step):
    return [step.serializable_value(name) for name in OF_A_STEP]


def step_key(step):
    return folded(step.guide_title or step.title)


def is_worth_keeping(step, asked, changes):
    """All but a step of the guide that the other list took out and nobody had done anything with."""
    is_own_wording = step.title != step.guide_title
    used = step.is_done or step.due_on or step.is_renewal or step.pk in changes.steps_logged
    return bool(used or is_own_wording or folded(step.guide_title) not in asked)


def merge_step(twin, step, changes):
    """`step` stays, in the words of whichever was changed, done since the earlier day, with all that hangs on both."""
    if twin.version and not step.version:
        step.title, step.hours = twin.title, twin.hours
    step.due_on = step.due_on or twin.due_on
    step.is_renewal = step.is_renewal or twin.is_renewal
    step.done_on = min((day for day in (step.done_on, twin.done_on) if day), default=None)
    if twin.pk in changes.steps_logged:
        changes.twins.append((step.pk, twin.pk))
    move_reminders("step", twin, step, changes)


def move_reminders(kind, twin, thing, changes):
    """Move reminders to `thing`. One that both had counts as dismissed if either was."""
    told = {(row.event_on, row.offset): row for row in changes.told[kind, thing.pk]}
    for row in changes.told[kind, twin.pk]:
        same = told.get((row.event_on, row.offset))
        if same is None:
            changes.retold[kind].append((thing.pk, row.pk))
        elif row.seen_at and not same.seen_at:
            changes.seen.append((row.seen_at, same.pk))


def row_kind(row):
    return next(kind for kind in ("held_certificate", "plan", "step") if getattr(row, f"{kind}_id"))


def merge_rows(theirs, own, plan, changes, *, key):
    """Move to `plan` what it does not have yet."""
    there = {key(row) for row in own}
    for row in theirs:
        if key(row) not in there:
            row.plan = plan
            changes.add(row, "plan")


def merge_items(theirs, present, changes):
    own = {folded(item.title): item for item in present.exam_items.all()}
    for item in theirs.exam_items.all():
        twin = own.get(folded(item.title))
        if twin is None:
            item.plan = present
            changes.add(item, "plan")
        elif item.is_done and not twin.is_done:
            twin.is_done = True
            changes.add(twin, "is_done")
