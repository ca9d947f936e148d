"""Routes between published roles for one person, with the guide's objects that a page shows of them.

`plans_for` is all that a page needs. The reasoning is in `planning.plans`.
"""

from careers.actions.levels import levels_of
from careers.actions.ways import DIRECT, Routes, Stop, way_of
from careers.models import Criterion, Move, Role
from careers.planning import plans
from careers.planning.plans import FROM_NEW
from careers.planning.routes import Leg, Network, nearest_reachable

MOST_WAYS, MOST_NEAR, MOST_EXAMPLES = 3, 4, 3


def plans_for(*, profile, start_slug, target_slug, by, via=""):
    """`Routes` from one role to another; None where an end is no published role, or both are one.

    `by` is a value of Criterion. `via` names one way by the stops between, as `Way.via` writes it; without it the best
    is shown. Eight queries, however large the guide is.
    """
    return Lines().plans_for(profile=profile, start_slug=start_slug, target_slug=target_slug, by=by, via=via)


class Lines:
    """All published roles and the moves between them, read once: six queries."""

    def __init__(self):
        self.roles = list(Role.objects.published().for_planning())
        rows = list(Move.objects.published().between_roles().for_planning())
        self.role_of = {role.pk: role for role in self.roles}
        self.row_of = {(row.from_role_id, row.to_role_id): row for row in rows}
        self.skill_of = {need.skill_id: need.skill for role in self.roles for need in role.role_skills.all()}
        self.certification_of = {one.pk: one for row in rows for one in row.certifications.all()}
        self.asked = {role.pk: asked_by(role) for role in self.roles}
        # Somebody new can begin in each entry role. How long it takes to be hired no source says.
        ways_in = [plans.Move(plans.NEW, role.pk) for role in self.roles if role.is_entry]
        self.moves = [*ways_in, *(as_move(row) for row in rows)]

    def plans_for(self, *, profile, start_slug, target_slug, by, via=""):
        start, target = self.stop(start_slug), self.stop(target_slug)
        if start is None or target is None or target.is_new or start == target:
            return None
        levels = levels_of(profile)
        person = {
            "asked": self.asked,
            "has": {skill.pk: row.proficiency for skill, row in levels.items()},
            "held": set(profile.certificates.values_list("certification_id", flat=True)),
        }
        best = plans.best_plans(self.moves, start.key, target.key, **person, by=plans.By(by), most=MOST_WAYS)
        chosen = plans.plan_along(self.moves, self.stops_by(start, via, target), **person) if via else None
        ways = [way_of(self, plan, person["has"]) for plan in ([chosen] if chosen else []) + best if plan]
        return Routes(
            start=start,
            target=target.role,
            by=Criterion(by),
            ways=unique(ways)[:MOST_WAYS],
            best_via=ways[1 if chosen else 0].via if best else "",
            is_own_start=start.is_new if profile.is_outside else profile.current_role_id == start.key,
            is_gone=bool(via) and chosen is None,
            has_levels=bool(levels),
            takes_as_there=any(skill not in person["has"] for skill in self.asked.get(start.key, ())),
            dead_end=None if best else self.dead_end(start, target),
        )

    def stop(self, slug):
        """The stop of an address; None for any other text."""
        if slug == FROM_NEW:
            return Stop(None)
        return next((Stop(role) for role in self.roles if role.slug == slug), None)

    def stops_by(self, start, via, target):
        """Keys of the stops on the way that `via` names. No move leads to a name that is no role's."""
        pk_of = {role.slug: role.pk for role in self.roles}
        between = [] if via == DIRECT else via.split(",")
        return [start.key, *(pk_of.get(slug, -1) for slug in between), target.key]

    def dead_end(self, start, target):
        """Why no way leads there, and the nearest that is possible from either end."""
        onward = Network([Leg(move.start, move.end, 1) for move in self.moves])
        back = Network([Leg(move.end, move.start, 1) for move in self.moves])
        near = sorted(self.roles, key=lambda role: (abs(role.level - target.role.level), role.level))
        wanted = [role.pk for role in near]
        return {
            "leads_on": start.key in onward.leaving,
            "is_led_to": target.key in back.leaving,
            "reachable": self.stops_of(nearest_reachable(onward, start.key, wanted, most=MOST_NEAR)),
            "starts": self.stops_of(nearest_reachable(back, target.key, [plans.NEW, *wanted], most=MOST_NEAR)),
        }

    def stops_of(self, keys):
        return [Stop(self.role_of.get(key)) for key in keys]

    def examples(self):
        """A few pairs of (start, role) that a way joins, each with another target, the highest first."""
        network = Network([Leg(move.start, move.end, 1) for move in self.moves])
        found = {}
        for start in [Stop(None), *(Stop(role) for role in self.roles)]:
            reached = network.reachable(start.key)
            able = [role for role in reversed(self.roles) if reached.get(role.pk, 0) > 1 and role.pk not in found]
            if able and len(found) < MOST_EXAMPLES:
                found[able[0].pk] = (start, Stop(able[0]))
        return list(found.values())


def asked_by(role):
    return {need.skill_id: (need.proficiency, need.is_essential) for need in role.role_skills.all()}


def as_move(row):
    return plans.Move(
        row.from_role_id, row.to_role_id, row.months, tuple(as_offer(one) for one in row.certifications.all())
    )


def as_offer(certification):
    """Hours are the sum of the steps whose hours are known; None where none are."""
    hours = [step.hours for step in certification.steps.all() if step.hours is not None]
    return plans.Offer(
        certification.pk,
        fee=certification.fee_amount,
        currency=certification.fee_currency,
        hours=sum(hours) if hours else None,
        credits={credit.skill_id: credit.proficiency for credit in certification.credits.all()},
    )


def unique(ways):
    """Each way once, by its stops."""
    found = {}
    for way in ways:
        found.setdefault(way.plan.stops, way)
    return list(found.values())
