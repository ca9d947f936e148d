"""Steps that were removed just now and can come back as they were. The session keeps them."""

MOST_REMOVED = 5
REMOVED = "removed_steps"


def note_removed(request, pk, gone):
    kept = {**request.session.get(REMOVED, {}), str(pk): gone}
    request.session[REMOVED] = dict(list(kept.items())[-MOST_REMOVED:])


def removed_step(request, plan):
    """The one that the address names, with its key; None where it cannot come back to this plan."""
    key = request.GET.get("removed", "")
    gone = removed_from(request, plan, key) if key else None
    return gone and {**gone, "key": key}


def removed_from(request, plan, key):
    gone = request.session.get(REMOVED, {}).get(key)
    return gone if gone and gone["plan"] == plan.pk else None


def forget_removed(request, key):
    kept = request.session.get(REMOVED, {})
    request.session[REMOVED] = {other: gone for other, gone in kept.items() if other != key}
