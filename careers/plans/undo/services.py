"""Steps, study entries, lines of the list for an exam and clocks that went from a plan and can come back for a day.

The session keeps {kind: {key of the row that went: what it was}}, with the plan it is of and the moment it went.
"""

from datetime import datetime, timedelta

from careers.saved.services import data_of

STEPS, ENTRIES, ITEMS, CLOCKS = KINDS = "removed_steps", "removed_entries", "removed_items", "removed_clocks"
EXPORTED = {
    STEPS: ("title", "hours", "due_on", "done_on", "guide_title"),
    ENTRIES: ("minutes", "studied_on", "note"),
    ITEMS: ("title", "is_done"),
    CLOCKS: ("started_at",),
}
KEPT_FOR = timedelta(days=1)


def can_come_back(kept, *, now):
    removed_at = kept.get("removed_at")
    return bool(removed_at) and datetime.fromisoformat(removed_at) > now - KEPT_FOR


def removed_from_plans(sessions, kind, *, user):
    """All that these rows of `Session` still hold of a kind, also what is too old to come back."""
    return [kept for data in data_of(sessions, user=user) for kept in data.get(kind, {}).values()]


def exported_removed(profile, *, sessions):
    """The part of `own_data` about them."""
    plans = {plan.pk: plan.name for plan in profile.certification_plans.select_related("certification")}
    removed = {kind: removed_from_plans(sessions, kind, user=profile.user) for kind in KINDS}
    return {kind: exported(removed[kind], names, plans) for kind, names in EXPORTED.items()}


def exported(rows, names, plans):
    return [
        {
            "plan": plans.get(kept["plan"]),
            **{name: kept[name] for name in names},
            "removed_at": kept.get("removed_at"),
        }
        for kept in rows
    ]
