"""What was removed from a plan just now and can come back as it was, for as long as `careers.people` keeps it."""

from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

from careers.lib.hours import in_hours
from careers.lib.texts import is_key
from careers.people.services.removals import keep_removed
from careers.people.views.writing import writing
from careers.plans.undo.services import CLOCKS, ENTRIES, ITEMS, KINDS, STEPS
from careers.plans.views.own import own_plan


def note_removed(profile, kind, plan_pk, key, was):
    keep_removed(profile=profile, kind=kind, key=key, taken_from=plan_pk, was=was, now=timezone.now())


def removed_from(profile, kind, plan, key):
    """The `Removal`; None where that cannot come back to this plan. No query where no key is named."""
    if not is_key(key):
        return None
    of_plan = profile.removals.filter(kind=kind, taken_from=plan.pk)
    return of_plan.fresh_at(timezone.now()).filter(key=int(key)).first()


def removed_here(request, kind, plan):
    """The one that the page's address names, as it was, with its `key`; None where it cannot come back to this plan."""
    removal = removed_from(request.profile, kind, plan, request.GET.get(NAMED_BY[kind], ""))
    return removal and {**removal.was, "key": removal.key}


NAMED_BY = {STEPS: "removed", ENTRIES: "removed", ITEMS: "removed_item", CLOCKS: "removed_clock"}


def removed_entry(request, plan):
    """With its day and its time in words."""
    was = removed_here(request, ENTRIES, plan)
    day = was and date.fromisoformat(was["studied_on"])
    return was and {"pk": was["key"], "studied_on": day, "time_text": in_hours(was["minutes"])}


def removed_clock(request, plan):
    """With its start, a moment."""
    was = removed_here(request, CLOCKS, plan)
    return was and {**was, "started_at": datetime.fromisoformat(was["started_at"])}


@contextmanager
def bringing_back(request, kind, pk, key):
    """`with bringing_back(…) as (plan, was):` makes it in the plan `pk` again, and then it can come back no more.

    `was` is None where it cannot come back to this plan, as when it is back already. After a refusal it still can.
    """
    with writing(request, create=False) as profile:
        plan = own_plan(profile, pk)
        removal = removed_from(profile, kind, plan, key)
        yield plan, removal and removal.was
        if removal:
            removal.delete()


def forget_plan(profile, plan_pk):
    """Forget what went from a plan, as the plan goes."""
    profile.removals.filter(kind__in=KINDS, taken_from=plan_pk).delete()
