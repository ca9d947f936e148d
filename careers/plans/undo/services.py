"""Steps, study entries, lines of the list for an exam and clocks that went from a plan and can come back for a day.

The session keeps {kind: {key of the row that went: what it was}}, with the plan it is of and the moment it went.
"""

from datetime import datetime, timedelta

from careers.saved.services import data_of

STEPS, ENTRIES, ITEMS, CLOCKS = KINDS = "removed_steps", "removed_entries", "removed_items", "removed_clocks"
KEPT_FOR = timedelta(days=1)


def can_come_back(kept, *, now):
    removed_at = kept.get("removed_at")
    return bool(removed_at) and datetime.fromisoformat(removed_at) > now - KEPT_FOR


def removed_from_plans(sessions, kind, *, user):
    """All that these rows of `Session` still hold of a kind, also what is too old to come back."""
    return [kept for data in data_of(sessions, user=user) for kept in data.get(kind, {}).values()]
