"""The one goal of a person: taken from a route through the guide, ticked off, and theirs whatever HR edits later.

All of it may be said twice, in two tabs, or from a page that is out of date: nothing is doubled and nothing that is
done is lost. The profile's row is locked by whoever calls.
"""

from dataclasses import replace

from django.db import transaction
from django.utils.timezone import localdate

from careers.guide.rules.changes import digest
from careers.people.models.profiles import Situation
from careers.people.services.answers import save_answers
from careers.routes.models import Goal, GoalStep
from careers.routes.rules.goals import merge_goal_steps, still_asked
from careers.routes.selectors.goal_proofs import Proofs, stops_of
from careers.routes.selectors.goal_steps import asked_along, facts_along, facts_now, steps_along

FIELDS = [
    "kind", "leg", "position", "title", "start", "role", "skill", "proficiency", "certification",
    "months_from", "months_to", "done_at",
]  # fmt: skip


@transaction.atomic
def adopt(*, profile, guide, stops, criterion, now):
    """Make the route along `stops` this person's goal, and its end their target; None where there is no such route.

    What is done of the goal before stays: on the new route, or beside it.
    """
    steps = steps_along(guide, stops, profile=profile, today=localdate(now))
    if steps is None:
        return None
    goal = profile.goals.first() or Goal(profile=profile, adopted_at=now)
    old = steps_of(goal)
    if old and stops_of(goal) == list(stops):
        steps = still_asked(old, steps, asked_along(guide, stops))
    start, target = stops[0] or None, stops[-1]
    if (goal.start_id, goal.role_id) != (start, target):
        goal.start_id, goal.role_id, goal.adopted_at = start, target, now
    goal.criterion, goal.answered_at = criterion, now
    see(goal, facts_along(guide, stops, seen=[]), now=now)
    write_steps(goal=goal, steps=merge_goal_steps(old, steps))
    save_answers(profile=profile, answers={"target_role": guide.role_of[target]}, now=now)
    return goal


@transaction.atomic
def accept_guide_change(*, goal, guide, now):
    """The steps become those of the guide of today, along the same stops. False where it has no such route any more.

    A step that the guide asks for no longer, and that evidence has reached, is done: it stays beside the route.
    """
    old, stops = steps_of(goal), stops_of(goal)
    steps = steps_along(guide, stops, profile=goal.profile, today=localdate(now))
    if steps is None:
        return False
    steps = still_asked(old, steps, asked_along(guide, stops))
    old = with_proven(goal, old, steps, now=now)
    goal.answered_at = now
    see(goal, facts_along(guide, stops, seen=goal.facts_seen), now=now)
    write_steps(goal=goal, steps=merge_goal_steps(old, steps))
    return True


def with_proven(goal, old, new, *, now):
    """`old` with what would go although evidence shows it as done."""
    there, proofs = {step.identity for step in new}, Proofs(goal, today=localdate(now))
    proven = {row.identity for row in goal.steps.all() if row.identity not in there and proofs.of(row)}
    return [replace(step, done_at=now) if step.identity in proven and step.done_at is None else step for step in old]


@transaction.atomic
def dismiss_guide_change(*, goal, guide, now):
    """Nothing changes but that the difference was seen."""
    see(goal, facts_now(goal, guide), now=now)
    return True


def see(goal, facts, *, now):
    goal.seen, goal.seen_at = {"moves": facts}, now
    goal.save()


def digest_now(goal, guide):
    """Tells whether what stood on a page is still what the guide says."""
    return digest(facts_now(goal, guide))


@transaction.atomic
def tick(*, step, is_done, now):
    """Said, not switched: twice is as once. What is beside the route and not done after all goes."""
    if is_done:
        GoalStep.objects.filter(pk=step.pk, done_at=None).update(done_at=now)
    elif step.leg is None:
        step.delete()
    else:
        GoalStep.objects.filter(pk=step.pk).update(done_at=None)


@transaction.atomic
def write_steps(*, goal, steps):
    """Make the rows of `goal` these steps, in their order. A step that stays keeps its row, so that old pages find it.

    The queries do not grow with the steps.
    """
    left = {(row.identity, row.leg is None): row for row in goal.steps.all()}
    rows = [left.pop((step.identity, step.leg is None), None) for step in steps]
    rows = [row or left.pop((step.identity, step.leg is not None), None) for row, step in zip(rows, steps, strict=True)]
    GoalStep.objects.filter(pk__in=[row.pk for row in left.values()]).delete()
    placed = [
        (row or GoalStep(goal=goal)).take(step, position=position)
        for position, (row, step) in enumerate(zip(rows, steps, strict=True), start=1)
    ]
    known = [row for row in placed if row.pk]
    # What leaves the route goes first: another move to the same role may take its place there.
    GoalStep.objects.bulk_update([row for row in known if row.leg is None], FIELDS)
    GoalStep.objects.bulk_update([row for row in known if row.leg is not None], FIELDS)
    GoalStep.objects.bulk_create([row for row in placed if not row.pk])


def steps_of(goal):
    return [row.as_route_step() for row in goal.steps.all()] if goal.pk else []


@transaction.atomic
def take_role(*, profile, step, now):
    """The end of a move that is made becomes the role this person is in; False where its page is not published."""
    if step.kind != GoalStep.Kind.MOVE or not step.is_done or not step.role.is_published:
        return False
    save_answers(profile=profile, answers={"situation": Situation.IN_ROLE, "current_role": step.role}, now=now)
    return True


@transaction.atomic
def merge_goals(*, guest, profile):
    """One goal of two: the route of the one that was changed later, what is done of both. The same goal is as old as
    the older of them.
    """
    theirs, own = guest.goals.first(), profile.goals.first()
    if theirs is None:
        return
    newer, older = (theirs, own) if own is None or theirs.answered_at > own.answered_at else (own, theirs)
    steps = merge_goal_steps(steps_of(older) if older else [], steps_of(newer))
    if older:
        older.delete()
        if (older.start_id, older.role_id) == (newer.start_id, newer.role_id):
            newer.adopted_at = min(older.adopted_at, newer.adopted_at)
    newer.profile = profile
    newer.save(update_fields=["profile", "adopted_at"])
    write_steps(goal=newer, steps=steps)
