"""What HR changed in the steps of a certification since a person took them over: each change accepted, or dismissed."""

from django.db import transaction

from careers.plans.models import PlanStep
from careers.plans.rules.guide_changes import GuideStep, as_seen, read_seen, seen_after, step_changes
from careers.plans.services.plans import save_plan
from careers.plans.steps.rules.own import OwnStep, accepted, dismissed, own_of
from careers.plans.steps.services.steps import save_step, write_order


def steps_changed(plan):
    """Nothing where the certification is the person's own, or its page is not published."""
    certification = plan.certification
    if certification is None or not certification.is_published:
        return []
    now = [GuideStep(step.title, step.hours, step.is_renewal) for step in certification.steps.all()]
    return step_changes(read_seen(plan.seen_steps), now)


def own_steps(plan):
    return [
        OwnStep(row.pk, row.title, row.hours, row.is_done, row.guide_title, row.is_renewal) for row in plan.steps.all()
    ]


def own_step_behind(rows, own, change):
    """The row that a change is about."""
    mine = own_of(own, change)
    return mine and next(row for row in rows if row.pk == mine.key)


def accept_guide_change(*, plan, digests, now):
    """Their steps become the guide's in what these changes are about. Returns how many the guide still says."""
    return decide(plan, digests, accepted, now=now)


def dismiss_guide_change(*, plan, digests, now):
    """Their steps stay, and these changes are shown no more. Returns how many the guide still says."""
    return decide(plan, digests, dismissed, now=now)


@transaction.atomic
def decide(plan, digests, decision, *, now):
    wanted, own, seen = list(digests), own_steps(plan), read_seen(plan.seen_steps)
    decided = [change for change in steps_changed(plan) if change.digest in wanted]
    for change in decided:
        own = decision(own, change)
        seen = seen_after(seen, change)
    if decided:
        plan.seen_steps = as_seen(seen)
        write_steps(plan, own, now=now)
        save_plan(plan, now=now)
    return len(decided)


def write_steps(plan, own, *, now):
    """Make the rows these steps, in their order. One that stays keeps its row, its days and its study time."""
    row_of = {row.pk: row for row in plan.steps.all()}
    rows = []
    for step in own:
        row = row_of.pop(step.key, None) or PlanStep(plan=plan, position=0)
        names = ("title", "hours", "guide_title", "is_renewal")
        fields = {name: getattr(step, name) for name in names}
        if row.pk is None or any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            save_step(row, now=now)
        rows.append(row)
    PlanStep.objects.filter(pk__in=list(row_of)).delete()
    write_order(rows, [row.pk for row in rows])
