"""The one plan of a person: taken from a way through the guide, ticked off, and theirs whatever HR edits later.

All of it may be said twice, in two tabs, or from a page that is out of date: nothing is doubled and nothing that is
done is lost. The profile's row is locked by whoever calls.
"""

from django.db import transaction

from careers.models import GoalStep
from careers.planning.goals import merge_steps

FIELDS = [
    "kind", "leg", "position", "title", "role", "skill", "proficiency", "certification", "months_from", "months_to",
    "done_at",
]  # fmt: skip


@transaction.atomic
def write_steps(*, goal, steps):
    """Make the rows of `goal` these steps, in their order. A step that stays keeps its row, so that old pages find it.

    The queries do not grow with the steps.
    """
    rows = {row.identity: row for row in goal.steps.all()}
    wanted = [(rows.pop(step.identity, None), step) for step in steps]
    GoalStep.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    placed = [
        (row or GoalStep(goal=goal)).take(step, position=position)
        for position, (row, step) in enumerate(wanted, start=1)
    ]
    GoalStep.objects.bulk_update([row for row in placed if row.pk], FIELDS)
    GoalStep.objects.bulk_create([row for row in placed if not row.pk])


def steps_of(goal):
    return [row.as_plan_step() for row in goal.steps.all()]


@transaction.atomic
def merge_goals(*, guest, profile):
    """One plan of two: the way of the one that was changed later, what is done of both."""
    theirs, own = guest.goals.first(), profile.goals.first()
    if theirs is None:
        return
    newer, older = (theirs, own) if own is None or theirs.answered_at > own.answered_at else (own, theirs)
    steps = merge_steps(steps_of(older) if older else [], steps_of(newer))
    if older:
        older.delete()
    newer.profile = profile
    newer.save(update_fields=["profile"])
    write_steps(goal=newer, steps=steps)
