"""Two lists of steps of one plan become one, with what hangs on them: part of
`careers.personal_data.services.merging_plans`.

All rows are read before and written after, each kind at once: others wait to write meanwhile.
"""

from collections import defaultdict

from django.db import connection

from careers.lib.names import folded
from careers.plans.models import PlanStep

AT_ONCE = 900  # keys in one query
OF_A_STEP = ("plan", "position", "title", "hours", "due_on", "is_renewal", "done_on")
TOUCHED = ("version", "changed_at", "day_set_at")


class Changes:
    """Rows of two profiles that were changed or are to go. `write` writes each kind with one statement.

    `told` is {(kind, key of what it is about): [its reminders]} of `reminders`.
    """

    def __init__(self, reminders):
        self.rows = defaultdict(dict)
        self.gone = []
        self.moved = {}  # {key of a plan that goes: the plan that takes its place}
        self.told = defaultdict(list)
        for reminder in reminders:
            kind = row_kind(reminder)
            self.told[kind, getattr(reminder, f"{kind}_id")].append(reminder)

    def add(self, row, *names):
        self.rows[type(row), names][row.pk] = row

    def write(self):
        """Before steps go: with them goes what still hangs on them."""
        for (model, names), rows in self.rows.items():
            write_rows(model, names, rows.values())
        keys = [step.pk for step in self.gone]
        for begin in range(0, len(keys), AT_ONCE):
            PlanStep.objects.filter(pk__in=keys[begin : begin + AT_ONCE]).delete()


def write_rows(model, names, rows):
    """An UPDATE that is read once, for all rows: `bulk_update` takes ten times as long."""
    quote, fields = connection.ops.quote_name, [model._meta.get_field(name) for name in names]
    settings = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    values = (
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    )
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {settings} WHERE {key} = %s", values)  # noqa: S608, names of columns


def was_touched(plan):
    """Whether the person did more with it than begin it."""
    steps = plan.steps.all()
    return bool(
        plan.version or plan.held_id or plan.entries.all() or any(step.version or step.is_done for step in steps)
    )


def merge_steps(speaks, other, present, changes):
    """The steps of `speaks` in their order, each with what is done of its twin; then what `other` alone has."""
    logged = defaultdict(list)
    for entry in (*speaks.entries.all(), *other.entries.all()):
        logged[entry.step_id].append(entry)
    twins = defaultdict(list)
    for step in other.steps.all():
        twins[step_key(step)].append(step)
    kept = []
    for step in speaks.steps.all():
        rows = twins[step_key(step)]
        before = answers_of(step)
        if rows:
            merge_step(rows.pop(0), step, logged, changes)
        kept.append((step, before))
    asked = {folded(one["title"]) for one in speaks.seen_steps}
    left = sorted((step for rows in twins.values() for step in rows), key=lambda step: (step.position, step.pk))
    kept += [(step, answers_of(step)) for step in left if is_worth_keeping(step, asked, logged)]
    for place, (step, before) in enumerate(kept, start=1):
        step.plan, step.position = present, place
        if answers_of(step) != before:
            step.touch(now=step.changed_at)
            changes.add(step, *OF_A_STEP, *TOUCHED)
    # What is in no list any more belongs to no plan that stays.
    stays = {step.pk for step, _ in kept}
    changes.gone += [step for step in present.steps.all() if step.pk not in stays]


def answers_of(step):
    return [getattr(step, PlanStep._meta.get_field(name).attname) for name in OF_A_STEP]


def step_key(step):
    return folded(step.guide_title or step.title)


def is_worth_keeping(step, asked, logged):
    """All but a step of the guide that the other list took out and nobody had done anything with."""
    is_own_wording = step.title != step.guide_title
    used = step.is_done or step.due_on or step.is_renewal or step.pk in logged
    return bool(used or is_own_wording or folded(step.guide_title) not in asked)


def merge_step(twin, step, logged, changes):
    """`step` stays, in the words of whichever was changed, done since the earlier day, with all that hangs on both."""
    if twin.version and not step.version:
        step.title, step.hours = twin.title, twin.hours
    step.due_on = step.due_on or twin.due_on
    step.is_renewal = step.is_renewal or twin.is_renewal
    step.done_on = min((day for day in (step.done_on, twin.done_on) if day), default=None)
    for entry in logged[twin.pk]:
        entry.step = step
        changes.add(entry, "plan", "step")
    move_reminders("step", twin, step, changes)


def move_reminders(kind, twin, thing, changes):
    """What both were told of counts as put away where either was."""
    told = {(row.event_on, row.offset): row for row in changes.told[kind, thing.pk]}
    for row in changes.told[kind, twin.pk]:
        same = told.get((row.event_on, row.offset))
        if same is None:
            setattr(row, kind, thing)
            changes.add(row, kind)
        elif row.seen_at and not same.seen_at:
            same.seen_at = row.seen_at
            changes.add(same, "seen_at")


def row_kind(row):
    return next(kind for kind in ("held", "plan", "step") if getattr(row, f"{kind}_id"))


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
