"""The guide as one network of roles and moves, and the routes through it for one person.

`current_guide()` is the guide as it is now, and `routes_for` of it all that a page needs. The reasoning is in
`routes.rules.routes`.
"""

from functools import cached_property

from careers.evidence.selectors.fits import fit_of
from careers.evidence.selectors.helps import help_towards, offers_for
from careers.evidence.selectors.levels import levels_by_key
from careers.guide.models.certifications import Certification
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.selectors import KeptByRevision
from careers.routes.rules import journeys
from careers.routes.rules.journeys import FROM_NEW, NEW
from careers.routes.rules.networks import Leg, Network, nearest_reachable
from careers.routes.rules.routes import best_routes, route_along
from careers.routes.selectors.answers import DeadEnd, Routes
from careers.routes.selectors.goal_proofs import stops_of
from careers.routes.selectors.planner import DIRECT, Stop, route_shown_of
from careers.routes.selectors.starts import start_of

MOST_ROUTES, MOST_NEAR, MOST_EXAMPLES = 3, 4, 3


class GuideNetwork:
    """All published roles, the moves between them and every certification, read once: nine queries, however large.

    The process keeps it for all readers at once: it holds nothing of any of them, and nobody changes it.
    """

    def __init__(self):
        self.roles = tuple(Role.objects.published().for_fits())
        self.role_of = {role.pk: role for role in self.roles}
        self.stop_of = {FROM_NEW: Stop(None), **{role.slug: Stop(role) for role in self.roles}}
        rows = self.rows()
        self.row_of = {(row.from_role_id, row.to_role_id): row for row in rows}
        self.skill_of = {need.skill_id: need.skill for role in self.roles for need in role.role_skills.all()}
        self.certification_of = {one.pk: one for one in Certification.objects.published().for_list()}
        for row in rows:  # one that a move recommends may be published since then
            self.certification_of |= {one.pk: one for one in row.certifications.all()}
        self.credits = {key: credits_of(one) for key, one in self.certification_of.items()}
        self.asked = {role.pk: role.asked for role in self.roles}
        # Somebody new can begin in each entry role. How long it takes to be hired no source says.
        ways_in = [journeys.RoleMove(NEW, role.pk) for role in self.roles if role.is_entry]
        self.moves = (*ways_in, *(as_move(row) for row in rows))

    def rows(self):
        """The moves, each between the roles that are here already: a role is built once, not for each of its moves."""
        rows = []
        for row in Move.objects.published().between_roles().for_planning():
            # An editor may have published a role since the roles were read; the next revision has it.
            if row.from_role_id in self.role_of and row.to_role_id in self.role_of:
                row.from_role, row.to_role = self.role_of[row.from_role_id], self.role_of[row.to_role_id]
                rows.append(row)
        return rows

    def routes_for(self, *, profile, start_slug, target_slug, by, today, via=""):
        """`Routes` from one role to another; None where an end is no published role, or both are one.

        `via` names one route by the stops between, as `RouteShown.via` writes it; without it the best is shown. A few
        queries more, as many for a large guide.
        """
        start, target = self.stop(start_slug), self.stop(target_slug)
        if start is None or target is None or target.is_new or start == target:
            return None
        levels, goal = levels_by_key(profile), profile.goals.select_related("role").first()
        offers = offers_for(self, profile=profile, levels=levels, today=today)
        person = self.person(offers)
        best = best_routes(self.moves, start.key, target.key, **person, by=by, most=MOST_ROUTES)
        stops = self.stops_by(start, via, target) if via else None
        chosen = route_along(self.moves, stops, **person) if stops else None
        found = [route_shown_of(self, route, offers, profile) for route in ([chosen] if chosen else []) + best]
        return Routes(
            start=start,
            target=target.role,
            by=by,
            found=unique(found)[:MOST_ROUTES],
            best_via=found[1 if chosen else 0].via if best else "",
            is_own_target=profile.target_role_id == target.key,
            goal=goal,
            goal_stops=tuple(stops_of(goal)) if goal else (),
            is_own_start=start_of(profile) == start.key,
            is_gone=bool(via) and chosen is None,
            has_levels=bool(levels),
            takes_as_there=any(skill not in person["has"] for skill in self.asked.get(start.key, ())),
            dead_end=None if best else self.dead_end(start, target),
            help=help_towards(fit_of(profile, target.role, levels), guide=self, offers=offers, profile=profile),
        )

    def person(self, offers):
        """Return what `routes.rules.routes` asks of a person, by what certifications would bring them."""
        return {"asked": self.asked, "has": offers.has, "held": offers.held, "lowering": offers.lowering}

    def stop(self, slug):
        """The stop of an address; None for any other text."""
        return self.stop_of.get(slug)

    def stops_by(self, start, via, target):
        """Keys of the stops on the route that `via` names; None where it names something else than roles."""
        between = [] if via == DIRECT else [self.stop(slug) for slug in via.split(",")]
        return None if None in between else [stop.key for stop in (start, *between, target)]

    def dead_end(self, start, target):
        """Why no route leads there, and the nearest that is possible from either end."""
        onward, back = self.onward, self.back
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

    @cached_property
    def onward(self):
        return Network([Leg(move.start, move.end, 1) for move in self.moves])

    @cached_property
    def back(self):
        return Network([Leg(move.end, move.start, 1) for move in self.moves])

    @cached_property
    def examples(self):
        """A few pairs of (start, role) that a route joins, each with another target, the highest first."""
        found = {}
        for start in self.stop_of.values():
            reached = self.onward.reachable(start.key) if len(found) < MOST_EXAMPLES else {}
            able = [role for role in reversed(self.roles) if reached.get(role.pk, 0) > 1 and role.pk not in found]
            if able:
                found[able[0].pk] = (start, Stop(able[0]))
        return tuple(found.values())


current_guide = KeptByRevision(GuideNetwork)


def as_move(row):
    return journeys.RoleMove(
        row.from_role_id, row.to_role_id, row.months, tuple(as_offer(one) for one in row.certifications.all())
    )


def as_offer(certification):
    return journeys.Offer(
        certification.pk,
        fee=certification.fee_amount,
        currency=certification.fee_currency,
        hours=certification.study.known or None,
        credits=credits_of(certification),
    )


def credits_of(certification):
    """{key of a skill: the proficiency that it shows}."""
    return {credit.skill_id: credit.proficiency for credit in certification.credits.all()}


def unique(routes):
    """Each route once, by its stops."""
    found = {}
    for shown in routes:
        found.setdefault(shown.route.stops, shown)
    return list(found.values())
