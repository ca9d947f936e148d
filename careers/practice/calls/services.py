"""Keeping score sheets. The profile's row is locked by the caller."""

from careers.practice.calls.models import CallScore

MOST_OF_ONE = 20  # sheets of one call; the oldest goes


def add_score(*, profile, script, points, note, played_on, now):
    score = profile.call_scores.create(call=script.key, points=points, note=note, played_on=played_on, created_at=now)
    forget_oldest_scores(profile, script.key)
    return score


def forget_oldest_scores(profile, key):
    rows = profile.call_scores.filter(call=key).order_by("-created_at", "-pk")
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[MOST_OF_ONE:])).delete()


def merge_scores(*, guest, profile):
    """All stay, the latest twenty of a call; two sheets that say the same stay once."""
    own = {same(row) for row in profile.call_scores.all()}
    touched = {row.call: [] for row in guest.call_scores.all() if same(row) not in own}
    for row in guest.call_scores.all():
        if same(row) not in own:
            touched[row.call].append(row.pk)
    for key, rows in touched.items():
        CallScore.objects.filter(pk__in=rows).update(profile=profile)
        forget_oldest_scores(profile, key)


def same(row):
    return row.call, row.played_on, row.note, tuple(sorted(row.points.items()))
