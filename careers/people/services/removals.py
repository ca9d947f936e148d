"""What a person took away is kept for a day. The profile's row is locked by whoever calls, so it comes back once."""

from careers.people.models.removals import Removal

MOST_REMOVED = 5  # of one person and kind, the last ones


def keep_removed(*, profile, kind, key, was, now, taken_from=None):
    """Called where the row goes, in the same transaction; the fields are those of `Removal`. Two statements."""
    removal = Removal(profile=profile, kind=kind, key=key, taken_from=taken_from, was=was, removed_at=now)
    Removal.objects.bulk_create(
        [removal],
        update_conflicts=True,
        unique_fields=["profile", "kind", "key"],
        update_fields=["taken_from", "was", "removed_at"],
    )
    older = profile.removals.filter(kind=kind)[MOST_REMOVED:]
    Removal.objects.filter(pk__in=older.values("pk")).delete()


def prune_removals(*, now):
    """Delete those older than a day; returns how many."""
    deleted, _ = Removal.objects.expired_at(now).delete()
    return deleted
