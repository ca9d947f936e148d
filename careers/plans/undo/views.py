"""What was removed from a plan just now and can come back as it was: kept in the session, forgotten after a day."""

from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

from careers.lib.hours import in_hours
from careers.people.views.writing import writing
from careers.plans.undo.services import CLOCKS, ENTRIES, ITEMS, KINDS, STEPS, can_come_back
from careers.plans.views.own import own_plan

MOST_REMOVED = 5  # of a kind


def note_removed(request, kind, pk, kept):
    every = {**fresh(request, kind), str(pk): {**kept, "removed_at": timezone.now().isoformat()}}
    request.session[kind] = dict(list(every.items())[-MOST_REMOVED:])


def fresh(request, kind):
    """Those that can still come back; the older ones are forgotten here."""
    every, now = request.session.get(kind, {}), timezone.now()
    left = {key: kept for key, kept in every.items() if can_come_back(kept, now=now)}
    if len(left) < len(every):
        request.session[kind] = left
    return left


def removed_from(request, kind, plan, key):
    kept = fresh(request, kind).get(key)
    return kept if kept and kept["plan"] == plan.pk else None


def removed_here(request, kind, plan):
    """The one that the page's address names, with its `key`; None where it cannot come back to this plan."""
    key = request.GET.get(NAMED_BY[kind], "")
    kept = removed_from(request, kind, plan, key)
    return kept and {**kept, "key": key}


NAMED_BY = {STEPS: "removed", ENTRIES: "removed", ITEMS: "removed_item", CLOCKS: "removed_clock"}


def removed_entry(request, plan):
    """With its day and its time in words."""
    kept = removed_here(request, ENTRIES, plan)
    day = kept and date.fromisoformat(kept["studied_on"])
    return kept and {"pk": kept["key"], "studied_on": day, "time_text": in_hours(kept["minutes"])}


def removed_clock(request, plan):
    """With its start, a moment."""
    kept = removed_here(request, CLOCKS, plan)
    return kept and {**kept, "started_at": datetime.fromisoformat(kept["started_at"])}


@contextmanager
def bringing_back(request, kind, pk, key):
    """`with bringing_back(…) as (plan, gone):` writes it into the plan `pk` again, and then it is forgotten here.

    `gone` is None where it cannot come back to this plan, as when it is back already.
    """
    with writing(request, create=False) as profile:
        plan = own_plan(profile, pk)
        gone = removed_from(request, kind, plan, key)
        yield plan, gone
    if gone is not None:
        forget_removed(request, kind, key)


def forget_removed(request, kind, key):
    request.session[kind] = {other: kept for other, kept in fresh(request, kind).items() if other != key}


def forget_plan(request, plan_pk):
    """What went from a plan goes with it."""
    for kind in KINDS:
        if every := request.session.get(kind):
            request.session[kind] = {key: kept for key, kept in every.items() if kept["plan"] != plan_pk}
