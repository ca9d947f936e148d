"""A route as pages show it: the same as `planning.routes` says, with the guide's roles, skills and certifications."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from careers.models import Certification, Goal, Move, Role, Situation, Skill
from careers.planning.hours import Hours
from careers.planning.journeys import FROM_NEW, NEW, By, Route

SHOWN_AT_ONCE, FEW = 3, 5  # of few skills nothing is folded away
DIRECT = "."  # names the route without a stop between; no address of a role has a dot


@dataclass(frozen=True)
class Stop:
    """A role, or none: new to BPO."""

    role: Role | None

    def __str__(self):
        return self.role.title if self.role else Situation.NEW.label

    @property
    def slug(self):
        return self.role.slug if self.role else FROM_NEW

    @property
    def key(self):
        return self.role.pk if self.role else NEW

    @property
    def is_new(self):
        return self.role is None


@dataclass(frozen=True)
class Rise:
    """A skill to raise; `has` is None where nothing is known of it.

    `is_taken`: nothing shows that they have it; the role that they start in asks for it.
    """

    skill: Skill
    has: int | None
    to: int
    essential: bool
    is_taken: bool = False


@dataclass(frozen=True)
class Help:
    """A certification and the skills whose gap it closes or narrows."""

    certification: Certification
    skills: list[Skill]


@dataclass(frozen=True)
class StepShown:
    """One move. Without a `move` of the guide it leads somebody new into an entry role.

    `shown` are skills that the person's evidence says they have; `taken`, those that a role passed asked for as well.
    """

    start: Stop
    end: Role
    move: Move | None
    months: tuple[int, int] | None
    raises: list[Rise]
    shown: list[Skill]
    taken: list[Skill]
    helps: list[Help]

    @property
    def first_raises(self):
        return self.raises[: SHOWN_AT_ONCE if len(self.raises) > FEW else FEW]

    @property
    def other_raises(self):
        """The rest of a long list, to be opened."""
        return self.raises[len(self.first_raises) :]

    @property
    def track(self):
        return self.move.track if self.move else self.end.track

    @property
    def track_name(self):
        return self.move.get_track_display() if self.move else self.end.get_track_display()


@dataclass(frozen=True)
class Price:
    """What the certifications of one currency cost together, and the days their fees are of."""

    currency: str
    amount: Decimal
    dates: list[str]


@dataclass(frozen=True)
class RouteShown:
    route: Route
    start: Stop
    steps: list[StepShown]

    @property
    def totals(self):
        return self.route.totals

    @property
    def target(self):
        return self.steps[-1].end

    @property
    def between(self):
        return [step.end for step in self.steps[:-1]]

    @property
    def via(self):
        """What names this route in an address: the stops between."""
        return ",".join(role.slug for role in self.between) or DIRECT

    @property
    def arrivals(self):
        """Each step with the line on which one travels on from its end; empty at the last."""
        return list(zip(self.steps, [*(step.track for step in self.steps[1:]), ""], strict=True))

    @cached_property
    def helps(self):
        return [help for step in self.steps for help in step.helps]

    @property
    def prices(self):
        found = []
        for currency, amount in self.totals.costs.items():
            priced = [help.certification for help in self.helps if help.certification.fee_amount is not None]
            dates = dict.fromkeys(one.fee_as_of for one in priced if one.fee_currency == currency)
            found.append(Price(currency, amount, list(dates)))
        return found

    @property
    def study(self):
        """All hours of its certificates."""
        partly = self.totals.hours_unknown or any(help.certification.study.is_at_least for help in self.helps)
        return Hours(self.totals.hours, is_at_least=bool(partly))


@dataclass(frozen=True)
class DeadEnd:
    """Why no route leads there: whether any move leaves the start or reaches the target; and what is nearest."""

    leads_on: bool
    is_led_to: bool
    reachable: list[Stop]
    starts: list[Stop]


@dataclass(frozen=True)
class Routes:
    """The answer: those `found`, the one to show first; empty where there is none, and then why (`dead_end`).

    `is_own_start`: the person said that they are there; `is_own_target`: that they want to go there. `goal` is the one
    they have, along `goal_stops`.
    `is_gone`: the route that was asked for is none any more, and the best is shown. `best_via` names the best one.
    """

    start: Stop
    target: Role
    by: By
    found: list[RouteShown]
    best_via: str
    is_own_start: bool
    is_own_target: bool
    goal: Goal | None
    goal_stops: tuple[int, ...]
    is_gone: bool
    has_levels: bool
    takes_as_there: bool
    dead_end: DeadEnd | None

    @property
    def shown(self):
        return self.found[0] if self.found else None

    @property
    def others(self):
        """The other routes, each with what it asks for beside the one that is shown: “1 skill more than above”."""
        here = self.shown.totals
        if self.by == By.LEAST_NEW:
            return [(route, beside(route.totals.levels, here.levels, "level")) for route in self.found[1:]]
        return [(route, beside(route.totals.skills, here.skills, "skill")) for route in self.found[1:]]

    @property
    def is_goal(self):
        """Whether the route that is shown is the person's goal already."""
        return bool(self.found) and self.goal_stops == self.shown.route.stops

    @property
    def query(self):
        """Of the address at which this answer is found again."""
        via = {} if self.shows_best or not self.found else {"via": self.shown.via}
        return urlencode({"from": self.start.slug, "to": self.target.slug, "by": self.by, **via}, safe=",")

    @property
    def is_proven(self):
        """Whether every route was weighed: a guide may have more than can be weighed in the time of a page."""
        return all(one.route.is_proven for one in self.found)

    @property
    def shows_best(self):
        return bool(self.found) and self.found[0].via == self.best_via


def beside(number, here, noun):
    """
    >>> beside(5, 4, "skill"), beside(2, 4, "level"), beside(4, 4, "level")
    ('1 skill more than above', '2 levels fewer than above', 'as many levels as above')
    """
    if number == here:
        return f"as many {noun}s as above"
    apart = abs(number - here)
    return f"{apart} {noun}{'' if apart == 1 else 's'} {'more' if number > here else 'fewer'} than above"


def shown_of(guide, route, has):
    """`guide` knows the objects behind the keys of a route; `has` is {key of a skill: shown by evidence}."""
    taken = {skill for skill in guide.asked.get(route.stops[0], {}) if skill not in has}
    steps = []
    for step in route.steps:
        start = Stop(guide.role_of.get(step.move.start))
        asked = guide.asked[step.move.end]
        shown = [skill for skill in step.there if has.get(skill, 0) >= asked[skill][0]]
        steps.append(
            StepShown(
                start=start,
                end=guide.role_of[step.move.end],
                move=guide.row_of.get((step.move.start, step.move.end)),
                months=step.move.months,
                raises=[rise(guide, one, is_taken=one.skill in taken) for one in step.raises],
                shown=[guide.skill_of[skill] for skill in shown],
                taken=[guide.skill_of[skill] for skill in step.there if skill not in shown],
                helps=[
                    Help(
                        guide.certification_of[one.offer.key],
                        [guide.skill_of[skill] for skill in one.skills],
                    )
                    for one in step.offers
                ],
            )
        )
        taken -= {one.skill for one in step.raises}
    return RouteShown(route, steps[0].start, steps)


def rise(guide, one, *, is_taken):
    return Rise(guide.skill_of[one.skill], one.has, one.to, one.essential, is_taken)
