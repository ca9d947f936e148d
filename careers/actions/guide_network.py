"""The guide as one network of roles and moves, and the routes through it for one person.

`GuideNetwork.routes_for` is all that a page needs. The reasoning is in `planning.routes`.
"""

from careers.actions.levels import levels_of
from careers.actions.route_pages import DIRECT, DeadEnd, Routes, Stop, shown_of
from careers.models import Move, Role
from careers.planning import journeys
from careers.planning.journeys import FROM_NEW, NEW
from careers.planning.networks import Leg, Network, nearest_reachable
from careers.planning.routes import best_routes, route_along

MOST_ROUTES, MOST_NEAR, MOST_EXAMPLES = 3, 4, 3


class GuideNetwork:
    """All published roles and the moves between them, read once: six queries, however large the guide is."""

    def __init__(self):
        self.roles = list(Role.objects.published().for_planning())
        rows = list(Move.objects.published().between_roles().for_planning())
        self.role_of = {role.pk: role for role in self.roles}
        self.row_of = {(row.from_role_id, row.to_role_id): row for row in rows}
        self.skill_of = {need.skill_id: need.skill for role in self.roles for need in role.role_skills.all()}
        self.certification_of = {one.pk: one for row in rows for one in row.certifications.all()}
        self.asked = {role.pk: asked_by(role) for role in self.roles}
        # Somebody new can begin in each entry role. How long it takes to be hired no source says.
        ways_in = [journeys.Move(NEW, role.pk) for role in self.roles if role.is_entry]
        self.moves = [*ways_in, *(as_move(row) for row in rows)]

    def routes_for(self, *, profile, start_slug, target_slug, by, via=""):
        """`Routes` from one role to another; None where an end is no published role, or both are one.

        `via` names one route by the stops between, as `RouteShown.via` writes it; without it the best is shown. Two
        queries more.
        """
        start, target = self.stop(start_slug), self.stop(target_slug)
        if start is None or target is None or target.is_new or start == target:
            return None
        levels = levels_of(profile)
        person = {
            "asked": self.asked,
            "has": {skill.pk: row.proficiency for skill, row in levels.items()},
            "held": set(profile.certificates.values_list("certification_id", flat=True)),
        }
        best = best_routes(self.moves, start.key, target.key, **person, by=by, most=MOST_ROUTES)
        stops = self.stops_by(start, via, target) if via else None
        chosen = route_along(self.moves, stops, **person) if stops else None
        found = [shown_of(self, route, person["has"]) for route in ([chosen] if chosen else []) + best]
        return Routes(
            start=start,
            target=target.role,
            by=by,
            found=unique(found)[:MOST_ROUTES],
            best_via=found[1 if chosen else 0].via if best else "",
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
        """Keys of the stops on the route that `via` names; None where it names something else than roles."""
        pk_of = {role.slug: role.pk for role in self.roles}
        between = [] if via == DIRECT else [pk_of.get(slug) for slug in via.split(",")]
        return None if None in between else [start.key, *between, target.key]

    def dead_end(self, start, target):
        """Why no route leads there, and the nearest that is possible from either end."""
        onward = Network([Leg(move.start, move.end, 1) for move in self.moves])
        back = Network([Leg(move.end, move.start, 1) for move in self.moves])
        near = sorted(self.roles, key=lambda role: (abs(role.level - target.role.level), role.level))
        wanted = [role.pk for role in near]
        return DeadEnd(
            leads_on=start.key in onward.leaving,
            is_led_to=target.key in back.leaving,
            reachable=self.stops_of(nearest_reachable(onward, start.key, wanted, most=MOST_NEAR)),
            starts=self.stops_of(nearest_reachable(back, target.key, [NEW, *wanted], most=MOST_NEAR)),
        )

    def stops_of(self, keys):
        return [Stop(self.role_of.get(key)) for key in keys]

    def examples(self):
        """A few pairs of (start, role) that a route joins, each with another target, the highest first."""
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
    return journeys.Move(
        row.from_role_id, row.to_role_id, row.months, tuple(as_offer(one) for one in row.certifications.all())
    )


def as_offer(certification):
    """Hours are the sum of the steps whose hours are known; None where none are."""
    hours = [step.hours for step in certification.steps.all() if step.hours is not None]
    return journeys.Offer(
        certification.pk,
        fee=certification.fee_amount,
        currency=certification.fee_currency,
        hours=sum(hours) if hours else None,
        credits={credit.skill_id: credit.proficiency for credit in certification.credits.all()},
    )


def unique(routes):
    """Each route once, by its stops."""
    found = {}
    for shown in routes:
        found.setdefault(shown.route.stops, shown)
    return list(found.values())
