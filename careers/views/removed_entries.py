"""Study entries that were removed just now and can come back as they were. The session keeps them."""

from datetime import date

from careers.planning.study import in_hours

MOST_REMOVED = 5
REMOVED = "removed_entries"


def note_removed(request, pk, kept):
    every = {**request.session.get(REMOVED, {}), str(pk): kept}
    request.session[REMOVED] = dict(list(every.items())[-MOST_REMOVED:])


def removed_entry(request, plan):
    """The one that the address names, with its key and its day; None where it cannot come back to this plan."""
    key = request.GET.get("removed", "")
    kept = removed_from(request, plan, key)
    day = kept and date.fromisoformat(kept["studied_on"])
    return kept and {"pk": key, "studied_on": day, "time_text": in_hours(kept["minutes"])}


def removed_from(request, plan, key):
    kept = request.session.get(REMOVED, {}).get(key)
    return kept if kept and kept["plan"] == plan.pk else None


def forget_removed(request, key):
    every = request.session.get(REMOVED, {})
    request.session[REMOVED] = {other: kept for other, kept in every.items() if other != key}
