"""A route as pages show it: the same as `routes.rules.routes` says, with the guide's roles, skills and
certifications.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from careers.evidence.rules.gains import gains
from careers.evidence.rules.gaps import fit
from careers.evidence.selectors.fits import working_life
from careers.evidence.selectors.helps import GainsShown
from careers.guide.models.certifications import Certification
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.working_life import Fact
from careers.lib.hours import Hours
from careers.lib.words import in_a_sentence, plural
from careers.people.models.profiles import Situation
from careers.routes.rules.journeys import FROM_NEW, NEW, Route, Why
from careers.routes.selectors import route_words

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
    """A certification that counts for a move, and what it changes for the person."""

    certification: Certification
    gains: GainsShown


@dataclass(frozen=True)
class Left:
    """A certification that is recommended for a move and does not count; `why` completes “Green Belt: …”.

    `is_taken`: only because nothing is known of a skill that it shows, and the role that they start in asks for it.
    """

    certification: Certification
    why: str
    is_taken: bool = False


@dataclass(frozen=True)
class StepShown:
    """One move. Without a `move` of the guide it leads somebody new into an entry role.

    `shown` are skills that the person's evidence says they have; `taken`, those that a role passed asked for as well.
    `knows`: whether anything is known of a skill that its end asks for.
    `against` are the facts of working life at its end that do not go together with what the person said.
    """

    start: Stop
    end: Role
    move: Move | None
    months: tuple[int, int] | None
    raises: list[Rise]
    shown: list[Skill]
    taken: list[Skill]
    helps: list[Help]
    left: list[Left]
    knows: bool
    against: list[Fact]

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
    def kind_text(self):
        return self.move.get_kind_display() if self.move else "First role"

    @property
    def track_name(self):
        return self.move.get_track_display() if self.move else self.end.get_track_display()


@dataclass(frozen=True)
class Price:
    """The fees of one currency together, and the days they are of."""

    currency: str
    amount: Decimal
    dates: list[str]

    @property
    def as_of(self):
        """“2024, 2025 and May 2026”."""
        return in_a_sentence(map(str, self.dates))


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
    def gist(self):
        return route_words.gist(self)

    @property
    def short(self):
        return route_words.short(self)

    @property
    def cost(self):
        return route_words.cost(self)

    @property
    def no_months(self):
        """Of a route none of whose moves has months."""
        moves = plural(self.totals.moves, f"this move,these {self.totals.moves} moves")
        return f"No source gives the months of {moves}."

    @property
    def and_more_months(self):
        """The words behind the months that are known: “ plus 2 not known”."""
        return f" plus {self.totals.months_unknown} not known" if self.totals.months_unknown else ""

    @property
    def via(self):
        """The name of this route in an address: the stops between."""
        return ",".join(role.slug for role in self.between) or DIRECT

    @property
    def arrivals(self):
        """Each step with the line on which one travels on from its end; empty at the last."""
        return list(zip(self.steps, [*(step.track for step in self.steps[1:]), ""], strict=True))

    @property
    def must_rate(self):
        """Whether what they rate tells if a certification counts: none does now, and of a skill nothing is known."""
        return not self.helps and any(one.is_taken for step in self.steps for one in step.left)

    @property
    def why_none_counts(self):
        moves = plural(len(self.steps), "this move,these moves")
        if not any(step.left for step in self.steps):
            return f"The guide recommends none for {moves}."
        if not any(step.knows for step in self.steps):
            return f"None that the guide recommends for {moves} shows a skill that you are to raise."
        return f"None that the guide recommends for {moves} closes or narrows a gap of yours."

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


def route_shown_of(guide, route, offers, profile):
    """`guide` knows the objects behind the keys of a route; `offers` are an `Offers` of this person."""
    has = offers.has
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
                helps=[help_of(guide, one, asked, offers) for one in step.offers],
                left=[left_of(guide, key, why, asked, offers) for key, why in step.left.items()],
                knows=any(skill in has for skill in asked),
                against=[fact for fact in working_life(profile, guide.role_of[step.move.end]) if fact.is_against],
            )
        )
        taken -= {one.skill for one in step.raises}
    return RouteShown(route, steps[0].start, steps)


def rise(guide, one, *, is_taken):
    return Rise(guide.skill_of[one.skill], one.has, one.to, one.essential, is_taken)


def help_of(guide, closing, asked, offers):
    """Return how a certification changes the skills it counts for, as the person is known: nothing is assumed."""
    key = closing.offer.key
    changed = gains(fit(asked, offers.has).needs, offers.bring[key])
    pairs = [(guide.skill_of[gain.skill], gain) for gain in changed if gain.skill in closing.skills]
    return Help(guide.certification_of[key], GainsShown(pairs))


def left_of(guide, key, why, asked, offers):
    """A skill of which nothing is known is not said to be there: it is taken as there, till a rating tells."""
    is_taken = why == Why.NOTHING_MISSING and any(
        skill in asked and skill not in offers.has for skill in offers.bring[key]
    )
    words = "we take it that you have what it shows" if is_taken else why_left(guide, key, why, offers)
    return Left(guide.certification_of[key], words, is_taken)


def why_left(guide, key, why, offers):
    if why == Why.LOWERS:
        names = {credit.skill_id: credit.skill.name for credit in guide.certification_of[key].credits.all()}
        falls = [f"{names[skill]} from {now} to {then}" for skill, now, then in offers.lowering[key]]
        return f"it would lower {', '.join(falls)}"
    return {
        Why.HELD: "you hold it",
        Why.COUNTED: "counted above",
        Why.NOTHING_MISSING: "nothing that it shows is missing",
    }[why]
