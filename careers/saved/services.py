"""Saving a role and taking it back. Both may be said twice, in any order, and never fail or double anything."""

from datetime import datetime

from django.db import transaction

from careers.fields.models.rows import insert_unless_there
from careers.guide.selectors.kept import facts_of
from careers.people.services.removals import keep_removed
from careers.saved.models import SavedRole

ROLES = "role"  # a kind of what was removed


@transaction.atomic(savepoint=False)
def save_role(*, profile, role, now):
    """Keep `role` for this person, with its facts as they see them now; as it was where they had removed it just now.

    One that is saved already stays as it is.
    """
    if removal := removal_of(profile, role, now=now):
        return save_again(profile, role, removal, now=now)
    insert_unless_there(
        SavedRole(profile=profile, role=role, saved_at=now, answered_at=now, seen=facts_of(role), seen_at=now)
    )


def save_again(profile, role, removal, *, now):
    fields = {**as_it_was(profile, removal.was), "answered_at": now}
    _, is_new = profile.saved_roles.get_or_create(role=role, defaults=fields)
    if is_new:
        removal.delete()


def removal_of(profile, role, *, now):
    if not getattr(profile, "has_removals", True):  # as it was locked: then nobody has to ask again
        return None
    return profile.removals.fresh_at(now).filter(kind=ROLES, key=role.pk).first()


def as_it_was(profile, was):
    """The fields of a saved role that was taken back; in no group where its group is gone."""
    return {
        "note": was["note"],
        "group": profile.saved_groups.filter(pk=was["group"]).first() if was["group"] else None,
        "saved_at": datetime.fromisoformat(was["saved_at"]),
        "seen": was["seen"],
        "seen_at": datetime.fromisoformat(was["seen_at"]),
    }


@transaction.atomic(savepoint=False)
def unsave_role(*, profile, role, now):
    """Take it off the list, where it is there. It can come back with its note and group."""
    saved = profile.saved_roles.select_for_update().filter(role=role).first()
    if saved is None:
        return
    was = {
        "note": saved.note,
        "group": saved.group_id,
        "saved_at": saved.saved_at.isoformat(),
        "seen": saved.seen,
        "seen_at": saved.seen_at.isoformat(),
    }
    saved.delete()
    keep_removed(profile=profile, kind=ROLES, key=role.pk, was=was, now=now)


@transaction.atomic
def arrange(*, saved, group, note, now):
    """Put a saved role into a group (None: into none; one that is not saved yet is made) and write its note."""
    if group is not None and group.pk is None:
        group.save()
    SavedRole.objects.filter(pk=saved.pk).update(group=group, note=note, answered_at=now)


def accept_guide_change(*, saved, now):
    """Take the role's facts as they stand for seen."""
    SavedRole.objects.filter(pk=saved.pk).update(seen=saved.facts, seen_at=now)
