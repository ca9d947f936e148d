"""Where a person is: the stop at which their routes begin."""

from careers.routes.rules.journeys import FROM_NEW, NEW


def start_of(profile):
    """The key of the role they are in, `NEW` where they are in none of the guide; None where nobody knows.

    Who works elsewhere starts as somebody new does: no role of the guide is theirs. Of who said nothing, the goal
    that they made theirs says it, which costs a query.
    """
    if profile.is_outside:
        return NEW
    if profile.current_role_id:
        return profile.current_role_id
    goal = profile.goals.first()
    return (goal.start_id or NEW) if goal else None


def slug_of(places, key):
    """A stop as an address names it; None of a role that is not published."""
    if key == NEW:
        return FROM_NEW
    return places.order[key].slug if key in places.order else None
