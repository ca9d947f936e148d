"""The study log of a person: what is written counts once, and no day gets longer than it is.

The profile's row is locked by whoever calls, so two that are written at once see each other.
"""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from careers.lib.hours import in_hours
from careers.people.services.refusing import Refused, refuse_over
from careers.plans.services.plans import move_start, start
from careers.plans.study.models import MOST_MINUTES, StudyEntry

MOST_ENTRIES = 6000  # one a day for sixteen years
TOO_MANY_ENTRIES = "You have logged {most} times, which is as many as there can be. Remove some first."

DROPPED = "This plan is dropped. Take it up again to study for it."
FULL_DAY = "You have logged {logged} on this day already, and a day has 24 h. Write at most {left} minutes."
NO_ROOM = "You have logged 24 h on this day already."


@transaction.atomic
def log_study(*, plan, minutes, studied_on, now, note="", step=None):
    refuse_dropped(plan)
    begin_studying(plan, now=now)
    return write_entry(plan, minutes, studied_on, note=note, step=step, now=now)


def write_entry(plan, minutes, studied_on, *, note, step, now, key=None):
    """Also of a plan that was dropped meanwhile, or for a step that was removed: what was studied was studied.

    `key` is of one that comes back.
    """
    step = step and plan.steps.filter(pk=step.pk).first()
    refuse_more_entries(plan.profile)
    refuse_full_day(plan, minutes, studied_on)
    move_start(plan, studied_on, now=now)
    # A key that somebody else has is a made-up one.
    own_key = uuid4() if key is None or StudyEntry.objects.filter(key=key).exists() else key
    return plan.entries.create(
        minutes=minutes, studied_on=studied_on, note=note, step=step, key=own_key, created_at=now
    )


@transaction.atomic
def change_entry(*, entry, changed, now):
    """`changed` is {field: value}; what is not named stays as another tab may have left it.

    Less time on the same day is never refused: where two profiles became one, a day may have more than 24 hours.
    """
    day, minutes = entry.studied_on, entry.minutes
    for name, value in changed.items():
        setattr(entry, name, value)
    if entry.studied_on != day or entry.minutes > minutes:
        refuse_full_day(entry.plan, entry.minutes, entry.studied_on, but=entry)
    move_start(entry.plan, entry.studied_on, now=now)
    entry.save()


@transaction.atomic
def remove_entry(*, entry):
    """Delete it; returns what it was, as JSON-able data, to bring it back."""
    was = {
        "minutes": entry.minutes,
        "studied_on": entry.studied_on.isoformat(),
        "note": entry.note,
        "step": entry.step_id,
        "key": str(entry.key),
    }
    entry.delete()
    return was


@transaction.atomic
def restore_entry(*, plan, was, now):
    """`was` is what `remove_entry` gave. Twice is as once; its step is named again where there still is that step."""
    key, day = UUID(was["key"]), date.fromisoformat(was["studied_on"])
    if not plan.entries.filter(key=key).exists():
        step = plan.steps.filter(pk=was["step"]).first() if was["step"] else None
        write_entry(plan, was["minutes"], day, note=was["note"], step=step, key=key, now=now)


def refuse_dropped(plan):
    if plan.is_dropped:
        raise Refused(DROPPED)


def refuse_full_day(plan, minutes, studied_on, *, but=None):
    """A day has 24 hours, whatever was studied for in them."""
    others = StudyEntry.objects.filter(plan__profile=plan.profile_id, studied_on=studied_on)
    logged = others.exclude(pk=but and but.pk).aggregate(sum=Sum("minutes"))["sum"] or 0
    left = MOST_MINUTES - logged
    if minutes > left:
        raise Refused(FULL_DAY.format(logged=in_hours(logged), left=left) if left > 0 else NO_ROOM)


def begin_studying(plan, *, now):
    """Start a plan whose time is logged, unless its day to be ready by is over: that is asked about first."""
    is_over = plan.target_on is not None and plan.target_on < localdate(now)
    if plan.is_planned and not is_over:
        start(plan=plan, now=now)


def refuse_more_entries(profile):
    refuse_over(StudyEntry.objects.filter(plan__profile=profile), MOST_ENTRIES, TOO_MANY_ENTRIES)
