"""Certification plans of two profiles of one person become one list: part of `careers.actions.merging`.

Of two plans for one certification the account's row stays. What was said later wins; what is done, logged, tried or
kept as a file on either side stays.
"""

from careers.models import MOST_MINUTES, Reminder, StudyEntry
from careers.planning.names import folded
from careers.planning.plans import Status

ANSWERS = ("status", "title", "issuer", "target_on", "seen_steps")
EXAM = ("exam_at", "exam_zone", "exam_minutes", "exam_place", "exam_url")


def known_as(row):
    """What makes two plans, or two certificates, of one person the same."""
    return row.certification_id or (folded(row.title), folded(row.issuer))


def merge_plans(guest, profile):
    """Called when the certificates are merged: one that both held is the account's by now."""
    held = {known_as(row): row for row in profile.certificates.all()}
    own = {known_as(plan): plan for plan in plans_of(profile)}
    for plan in plans_of(guest):
        present = own.get(known_as(plan))
        if present is None:
            plan.profile, plan.held = profile, held.get(known_as(plan))
            settle(plan)
        else:
            merge_plan(plan, present, held=held.get(known_as(plan)))
    for key, plan in own.items():
        if key in held and plan.held_id is None:
            plan.held = held[key]
            settle(plan)
    merge_clocks(guest, profile)
    moved = Reminder.objects.filter(profile=guest)
    for of in ("held", "plan", "step__plan"):
        moved.filter(**{f"{of}__profile": profile}).update(profile=profile)


def plans_of(profile):
    return profile.certification_plans.prefetch_related("steps", "attempts", "exam_items", "files")


def settle(plan):
    """What is held is passed, however far the plan had come."""
    if plan.held:
        plan.status = Status.PASSED
    if plan.status != Status.BOOKED:
        plan.exam_at, plan.exam_zone = None, ""
    plan.touch(now=plan.changed_at)
    plan.save()


def merge_plan(theirs, present, *, held):
    newer, older = (theirs, present) if theirs.changed_at > present.changed_at else (present, theirs)
    for name in (*ANSWERS, *EXAM):
        setattr(present, name, getattr(newer, name))
    if present.certification_id is None:
        present.title, present.issuer = newer.title, newer.issuer
    present.started_on = earliest(theirs.started_on, present.started_on)
    if present.started_on and present.target_on and present.target_on < present.started_on:
        present.target_on = None
    present.created_at = min(theirs.created_at, present.created_at)
    present.changed_at = newer.changed_at
    present.held = held
    if present.status == Status.PASSED and held is None:
        present.status = Status.STUDYING
    if present.status == Status.STUDYING and present.started_on is None:
        present.started_on = present.created_at.date()
    merge_steps(newer, older, present)
    merge_rows(theirs.attempts.all(), present.attempts.all(), present, key=lambda row: row.taken_on)
    merge_items(theirs, present)
    merge_rows(theirs.files.all(), present.files.all(), present, key=lambda row: row.digest)
    StudyEntry.objects.filter(plan=theirs).update(plan=present)
    theirs.clocks.update(plan=present)
    settle(present)


def earliest(*days):
    return min((day for day in days if day), default=None)


def merge_steps(newer, older, present):
    """The newer one's steps in its order; of the older one's what is done, its own, or not in the newer's guide."""
    left = {step_key(step): step for step in older.steps.all()}
    kept = []
    for step in newer.steps.all():
        twin = left.pop(step_key(step), None)
        if twin:
            step.done_on = earliest(step.done_on, twin.done_on)
            step.due_on, step.hours = step.due_on or twin.due_on, step.hours or twin.hours
            twin.entries.update(step=step)
        kept.append(step)
    kept += [step for step in left.values() if step.is_done or not step.guide_title]
    for place, step in enumerate(kept, start=1):
        step.plan, step.position = present, place
        step.touch(now=step.changed_at)
        step.save()
    # What is in no list any more belongs to no plan that stays.
    present.steps.exclude(pk__in=[step.pk for step in kept]).delete()


def step_key(step):
    return folded(step.guide_title or step.title)


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


def merge_clocks(guest, profile):
    """One clock runs on: the later one. The time of the other, until then, is logged."""
    clocks = sorted([*guest.study_clocks.all(), *profile.study_clocks.all()], key=lambda clock: clock.started_at)
    if len(clocks) == 2:
        first, second = clocks
        minutes = round((second.started_at - first.started_at).total_seconds() / 60)
        StudyEntry.objects.create(
            plan_id=first.plan_id,
            step_id=first.step_id,
            minutes=min(max(minutes, 1), MOST_MINUTES),
            studied_on=first.started_at.date(),
        )
        first.delete()
    for clock in clocks[-1:]:
        clock.profile = profile
        clock.save(update_fields=["profile"])


def merge_settings(guest, profile):
    """How to be reminded: what was said last."""
    theirs, own = guest.reminder_settings.first(), profile.reminder_settings.first()
    if theirs and (own is None or theirs.answered_at > own.answered_at):
        if own:
            own.delete()
        guest.reminder_settings.update(profile=profile)


def merge_feeds(guest, profile):
    """One calendar address: the one that a calendar program asked for last; else the account's."""
    theirs, own = guest.calendar_feeds.first(), profile.calendar_feeds.first()
    if theirs and (own is None or (theirs.opened_at and (own.opened_at is None or theirs.opened_at > own.opened_at))):
        if own:
            own.delete()
        guest.calendar_feeds.update(profile=profile)
