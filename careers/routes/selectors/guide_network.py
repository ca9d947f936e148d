"""The guide as one network of roles and moves, and the routes through it for one person.

`current_guide()` is the guide as it is now, and `routes_for` of it all that a page needs. The reasoning is in
`routes.rules.routes`.
"""

from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from careers.evidence.selectors.fits import fit_of
from careers.evidence.selectors.helps import help_towards, offers_for
from careers.evidence.selectors.levels import levels_by_key
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Level
from careers.guide.models.moves import Move
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.selectors.kept import KeptInStep, roles_touched
from careers.guide.selectors.role_facets import MOST_ONE_BY_ONE, role_facets
from careers.lib.months import Months
from careers.routes.rules.journeys import FROM_NEW, NEW, Offer, RoleMove
from careers.routes.rules.networks import fewest_moves, nearest_reachable
from careers.routes.rules.routes import RoleWays, best_routes, route_along
from careers.routes.selectors.answers import DeadEnd, Routes
from careers.routes.selectors.goal_proofs import stops_of
from careers.routes.selectors.planner import DIRECT, Stop, route_shown_of
from careers.routes.selectors.read_objects import ReadObjects
from careers.routes.selectors.starts import start_of

MOST_ROUTES, MOST_NEAR, MOST_EXAMPLES = 3, 4, 3


class MoveRow(NamedTuple):
    """A move between two roles as a route has to know it; the certifications as keys, in no order."""

    start: int
    end: int
    position: int
    slug: str
    months: Months | None
    certifications: frozenset[int]
    is_sideways: bool


class GuideNetwork:
    """Everything that published roles ask for, the moves between them and every certification, as keys and numbers.

    The process keeps it for all readers at once: it holds nothing of any of them, and it never changes; after an edit
    there is another one (`update`). The roles, moves and skills themselves are read where a page shows them, and then
    kept until they change.
    """

    def __init__(self, *, places, asked, move_rows, certification_of, former=None, touched=frozenset()):
        """`places` as of `role_facets`, `asked`: {role: {skill: (proficiency, whether essential)}}, `move_rows`: {key:
        `MoveRow`}, `certification_of` in the guide's order. What is still true of a `former` network, which had the
        same certifications and skills, is taken over: all but what is about the roles in `touched`.
        """
        self.places, self.asked, self.move_rows, self.certification_of = places, asked, move_rows, certification_of
        self.role_of = ReadObjects(self.read_roles)
        self.skill_of = ReadObjects(Skill.objects.in_bulk)
        self.row_of = ReadObjects(self.read_rows)
        if former is not None:
            self.take(former, touched)

    def take(self, former, touched):
        self.role_of.take(former.role_of, but=touched)
        self.row_of.take(former.row_of, but={pair for pair in former.row_of.known if touched.intersection(pair)})
        self.skill_of.take(former.skill_of, but=())
        names = ["offer_of", "credits"]
        if self.places is former.places and self.move_rows == former.move_rows:
            names += ["ways", "example_keys"]
        if self.asked is former.asked:
            names += ["asked_skills", "essential_counts"]
        self.__dict__.update({name: former.__dict__[name] for name in names if name in former.__dict__})

    def read_roles(self, keys):
        found = Role.objects.published().for_fits().in_bulk([key for key in keys if key in self.places.order])
        self.skill_of.add({need.skill_id: need.skill for role in found.values() for need in role.role_skills.all()})
        return found

    def read_rows(self, pairs):
        """{(start, end): the move}, each between the roles that are here already."""
        pairs = [pair for pair in pairs if self.ways.between(*pair) and NEW not in pair]
        if not pairs:
            return {}
        self.role_of.read({key for pair in pairs for key in pair})
        starts, ends = zip(*pairs, strict=True)
        rows = Move.objects.published().between_roles().for_planning().filter(from_role__in=starts, to_role__in=ends)
        found = {}
        for row in rows:
            self.skill_of.add(
                {credit.skill_id: credit.skill for one in row.certifications.all() for credit in one.credits.all()}
            )
            row.from_role, row.to_role = self.role_of.get(row.from_role_id), self.role_of.get(row.to_role_id)
            if row.from_role and row.to_role:
                found[row.from_role_id, row.to_role_id] = row
        return found

    def read_along(self, *routes):
        """Read all that pages show of these routes, which are stops in a row, at once: three queries at most."""
        self.role_of.read({key for stops in routes for key in stops if key != NEW})
        self.row_of.read({pair for stops in routes for pair in pairwise(stops)})
        asked = {skill for stops in routes for key in stops for skill in self.asked.get(key, ())}
        self.skill_of.read(asked)

    def has_read(self, stops):
        """Whether all of a route is there: an editor may take a part of it back at this moment."""
        return all(self.role_of.get(key) for key in stops if key != NEW) and all(
            NEW in pair or self.row_of.get(pair) for pair in pairwise(stops)
        )

    @cached_property
    def ways(self):
        """All moves, in the order of the guide. Somebody new can begin in each entry role.

        How long it takes to be hired no source says.
        """
        order = self.places.order
        ways_in = [RoleMove(NEW, key) for key in self.places.by_level if order[key].level == Level.ENTRY]
        rows = [row for row in self.move_rows.values() if row.start in order and row.end in order]
        rows.sort(key=lambda row: (*order[row.start][:2], row.position, row.slug))
        return RoleWays([*ways_in, *(self.as_move(row) for row in rows)])

    def as_move(self, row):
        offers = tuple(self.offer_of[key] for key in self.offer_of if key in row.certifications)
        return RoleMove(row.start, row.end, row.months, offers if row.certifications else (), row.is_sideways)

    @cached_property
    def credits(self):
        return {key: credits_of(one) for key, one in self.certification_of.items()}

    @cached_property
    def offer_of(self):
        return {key: as_offer(one) for key, one in self.certification_of.items()}

    @cached_property
    def asked_skills(self):
        """Keys of the skills that any role asks for."""
        return frozenset(skill for needs in self.asked.values() for skill in needs)

    @cached_property
    def essential_counts(self):
        """{skill that any role asks for: how many cannot do without it}."""
        found = dict.fromkeys(self.asked_skills, 0)
        for needs in self.asked.values():
            for skill, (_, is_essential) in needs.items():
                found[skill] += is_essential
        return found

    def routes_for(self, *, profile, start_slug, target_slug, by, today, via=""):
        """`Routes` from one role to another; None where an end is no published role, or both are one.

        `via` names one route by the stops between, as `RouteShown.via` writes it; without it the best is shown. A few
        queries more, as many for a large guide.
        """
        start, target = self.ends(start_slug, target_slug)
        if start is None or target is None or target.is_new or start == target:
            return None
        levels, goal = levels_by_key(profile), profile.goals.select_related("role").first()
        offers = offers_for(self, profile=profile, levels=levels, today=today)
        person = self.person(offers)
        best = best_routes(self.ways, start.key, target.key, **person, by=by, most=MOST_ROUTES)
        stops = self.stops_by(start, via, target) if via else None
        chosen = route_along(self.ways, stops, **person) if stops else None
        routes = unique([*([chosen] if chosen else []), *best])[:MOST_ROUTES]
        self.read_along([start.key], *(route.stops for route in routes))
        found = [route_shown_of(self, route, offers, profile) for route in routes if self.has_read(route.stops)]
        return Routes(
            start=start,
            target=target.role,
            by=by,
            found=found,
            best_via=self.via(best[0].stops) if best else "",
            is_own_target=profile.target_role_id == target.key,
            goal=goal,
            goal_stops=tuple(stops_of(goal)) if goal else (),
            is_own_start=start_of(profile) == start.key,
            is_gone=bool(via) and chosen is None,
            has_levels=bool(levels),
            takes_as_there=any(skill not in person["has"] for skill in self.asked.get(start.key, ())),
            dead_end=None if found else self.dead_end(start, target),
            help=help_towards(fit_of(profile, target.role, levels), guide=self, offers=offers, profile=profile),
        )

    def person(self, offers):
        """Return what `routes.rules.routes` asks of a person, by what certifications would bring them."""
        return {"asked": self.asked, "has": offers.has, "held": offers.held, "lowering": offers.lowering}

    def key_of(self, slug):
        """The key of a stop by its address; None for any other text."""
        return NEW if slug == FROM_NEW else self.places.by_slug.get(slug)

    def via(self, stops):
        """The name of a route, as `RouteShown.via` writes it."""
        return ",".join(self.places.order[key].slug for key in stops[1:-1]) or DIRECT

    def ends(self, *slugs):
        """The stops of addresses; None for any other text."""
        keys = [self.key_of(slug) for slug in slugs]
        self.role_of.read([key for key in keys if key])
        return [Stop(None) if key == NEW else self.stop(key) for key in keys]

    def stop(self, key):
        role = self.role_of.get(key) if key else None
        return role and Stop(role)

    def stops_by(self, start, via, target):
        """Keys of the stops on the route that `via` names; None where it names something else than roles."""
        between = [] if via == DIRECT else [self.key_of(slug) for slug in via.split(",")]
        return None if None in between else [start.key, *between, target.key]

    def dead_end(self, start, target):
        """Why no route leads there, and the nearest that is possible from either end."""
        order, rank, ways = self.places.order, self.places.rank, self.ways

        def near(key):
            """Somebody new first, then the roles whose level is nearest, the lower before the higher."""
            if key == NEW:
                return (-1,)
            level = order[key].level
            return abs(level - target.role.level), level, rank[key]

        return DeadEnd(
            leads_on=start.key in ways.leaving,
            is_led_to=target.key in ways.arriving,
            reachable=self.stops_of(nearest_reachable(ways.after, start.key, order=near, most=MOST_NEAR)),
            starts=self.stops_of(nearest_reachable(ways.before, target.key, order=near, most=MOST_NEAR)),
        )

    def stops_of(self, keys):
        """As a list names them, with their places in the guide and no more."""
        return [Stop(self.places.order.get(key)) for key in keys]

    @property
    def examples(self):
        """A few pairs of (start, role) that a route joins, each with another target, the highest first."""
        return [self.stops_of(pair) for pair in self.example_keys]

    @cached_property
    def example_keys(self):
        found = {}
        for start in (NEW, *self.places.by_level):
            if start not in self.ways.leaving:
                continue
            _, *farther = fewest_moves(self.ways.after, start)
            able = {key for stops in farther for key in stops if key not in found}
            if able:
                found[max(able, key=self.places.rank.__getitem__)] = start
            if len(found) == MOST_EXAMPLES:
                break
        return [(start, target) for target, start in found.items()]


def build():
    return GuideNetwork(
        places=role_facets().places,
        asked=read_asked(RoleSkill.objects.all()),
        move_rows=read_moves(Move.objects.all()),
        certification_of=read_certifications(),
    )


def update(former, changed):
    roles = roles_touched(changed, "skills")
    moves = changed.get("move", set())
    if max(len(roles), len(moves)) > MOST_ONE_BY_ONE:
        return build()
    asked, move_rows, certification_of = former.asked, former.move_rows, former.certification_of
    if roles:
        now = read_asked(RoleSkill.objects.filter(role__in=roles))
        if any(list(asked.get(key, {}).items()) != list(now.get(key, {}).items()) for key in roles):
            asked = without(asked, roles) | now
    if moves:
        move_rows = without(move_rows, moves) | read_moves(Move.objects.filter(pk__in=moves))
    is_same = changed.keys().isdisjoint({"certification", "skill"})
    rows = [rows[key] for rows in (former.move_rows, move_rows) for key in moves & rows.keys()]
    return GuideNetwork(
        places=role_facets().places,
        asked=asked,
        move_rows=move_rows,
        certification_of=certification_of if is_same else read_certifications(),
        former=former if is_same else None,
        touched=roles | {end for row in rows for end in (row.start, row.end)},
    )


def without(kept, keys):
    return {key: one for key, one in kept.items() if key not in keys}


current_guide = KeptInStep(build, update)


def read_asked(rows):
    """{role: what it asks for of published skills, in its order}, of published roles. One query."""
    found = defaultdict(dict)
    asked = rows.published().filter(role__in=Role.objects.published().order_by())
    for role, skill, *need in asked.values_list("role_id", "skill_id", "proficiency", "is_essential"):
        found[role][skill] = tuple(need)
    return dict(found)


def read_moves(moves):
    """{key: `MoveRow`} of the moves that HR published, whatever became of their ends. Two queries."""
    rows = moves.filter(status=Move.Status.PUBLISHED).between_roles().order_by()
    recommended = defaultdict(set)
    through = Move.certifications.through.objects
    for move, certification in through.filter(move__in=rows.values("pk")).values_list("move_id", "certification_id"):
        recommended[move].add(certification)
    columns = ("pk", "months_from", "months_to", "kind", "from_role_id", "to_role_id", "position", "slug")
    return {
        key: MoveRow(
            start=start,
            end=end,
            position=position,
            slug=slug,
            months=None if least is None else (least, longest),
            certifications=frozenset(recommended[key]),
            is_sideways=kind == Move.Kind.LATERAL,
        )
        for key, least, longest, kind, start, end, position, slug in rows.values_list(*columns)
    }


def read_certifications():
    """Those that are published, in the guide's order. Three queries: the guide has few."""
    return {one.pk: one for one in Certification.objects.published().for_list()}


def as_offer(certification):
    return Offer(
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
    for route in routes:
        found.setdefault(route.stops, route)
    return list(found.values())
