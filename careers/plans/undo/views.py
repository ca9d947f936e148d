"""What was removed from a plan just now and can come back as it was: kept in the session, forgotten after a day."""

from datetime import date, datetime

from django.utils import timezone

from careers.lib.hours import in_hours
from careers.plans.undo.services import CLOCKS, ENTRIES, ITEMS, KINDS, STEPS, can_come_back

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


def removed_step(request, plan):
    """The one that the address names, with its key; None where it cannot come back to this plan."""
    key = request.GET.get("removed", "")
    kept = removed_from(request, STEPS, plan, key)
    return kept and {**kept, "key": key}


def removed_entry(request, plan):
    """The one that the address names, with its key and its day; None where it cannot come back to this plan."""
    key = request.GET.get("removed", "")
    kept = removed_from(request, ENTRIES, plan, key)
    day = kept and date.fromisoformat(kept["studied_on"])
    return kept and {"pk": key, "studied_on": day, "time_text": in_hours(kept["minutes"])}


def removed_item(request, plan):
    """The line of the list for the exam that the address names, with its key."""
    key = request.GET.get("removed_item", "")
    kept = removed_from(request, ITEMS, plan, key)
    return kept and {**kept, "key": key}


def removed_clock(request, plan):
    """The clock that the address names, with its key and its start, a moment."""
    key = request.GET.get("removed_clock", "")
    kept = removed_from(request, CLOCKS, plan, key)
    return kept and {**kept, "key": key, "started_at": datetime.fromisoformat(kept["started_at"])}


def forget_removed(request, kind, key):
    request.session[kind] = {other: kept for other, kept in fresh(request, kind).items() if other != key}


def forget_plan(request, plan_pk):
    """What went from a plan goes with it."""
    for kind in KINDS:
        if every := request.session.get(kind):
            request.session[kind] = {key: kept for key, kept in every.items() if kept["plan"] != plan_pk}
