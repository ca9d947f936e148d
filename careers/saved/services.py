"""Saving a role and taking it back. Both may be said twice, in any order, and never fail or double anything.

What is taken back goes out as plain data (`Removed`), so that it can come back with its note and group.
"""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth import SESSION_KEY
from django.db import transaction

from careers.saved.models import SavedRole

REMOVED = "removed_roles"  # in the session: what was taken back and can still come back, by the role's slug


class Removed(NamedTuple):
    """A saved role that was taken back, as JSON-able data."""

    note: str
    group: int | None
    saved_at: str
    seen: dict
    seen_at: str


def save_role(*, profile, role, now, removed=None):
    """Keep `role` for this person, with its facts as they see them now; as it was where they had `removed` it. One that
    is kept already stays as it is.
    """
    fields = {"saved_at": now, "seen": role.facts, "seen_at": now}
    if removed is not None:
        fields = as_it_was(profile=profile, removed=removed)
    saved = SavedRole(profile=profile, role=role, answered_at=now, **fields)
    SavedRole.objects.bulk_create([saved], ignore_conflicts=True)


def as_it_was(*, profile, removed):
    """The fields of a saved role that was taken back; in no group where its group is gone."""
    return {
        "note": removed.note,
        "group": profile.saved_groups.filter(pk=removed.group).first(),
        "saved_at": datetime.fromisoformat(removed.saved_at),
        "seen": removed.seen,
        "seen_at": datetime.fromisoformat(removed.seen_at),
    }


@transaction.atomic(savepoint=False)
def unsave_role(*, profile, role):
    """Take it off the list; returns what was there as a Removed, None where there was nothing."""
    saved = profile.saved_roles.select_for_update().filter(role=role).first()
    if saved is None:
        return None
    saved.delete()
    return Removed(saved.note, saved.group_id, saved.saved_at.isoformat(), saved.seen, saved.seen_at.isoformat())


def removed_in(sessions, *, user):
    """[(slug, Removed)]: what can still come back in these rows of `Session`; `user` is None for a guest."""
    found = data_of(sessions, user=user)
    return [(slug, Removed(*kept)) for data in found for slug, kept in data.get(REMOVED, {}).items()]


def data_of(sessions, *, user):
    """What the sessions hold that are this person's.

    A session in which somebody is only about to sign in holds what a guest did, who may be somebody else.
    """
    signed_in = str(user.pk) if user else None
    return [data for session in sessions if (data := session.get_decoded()).get(SESSION_KEY) == signed_in]


@transaction.atomic
def arrange(*, saved, group, note, now):
    """Put a saved role into a group (None: into none; one that is not saved yet is made) and write its note."""
    if group is not None and group.pk is None:
        group.save()
    SavedRole.objects.filter(pk=saved.pk).update(group=group, note=note, answered_at=now)


def accept_changes(*, saved, now):
    """Take the role's facts as they stand for seen."""
    SavedRole.objects.filter(pk=saved.pk).update(seen=saved.facts, seen_at=now)
