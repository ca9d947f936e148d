"""The rows of a goal's page: a step with how it is known to be there, a move with its steps, what is still to come."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from careers.evidence.models.evidence import Evidence
from careers.lib.hours import Hours
from careers.lib.months import months_in_words, sum_of
from careers.lib.words import money
from careers.routes.models import GoalStep
from careers.routes.rules.goal_facts import ESTIMATE, FEE, number_of

Kind = GoalStep.Kind


@dataclass(frozen=True)
class StepRow:
    """A step, and what shows that it is there without a tick: `proof` in words, empty where nothing does.

    `facts` are those of its move, as the person last saw them; empty for a step beside the route.
    """

    step: GoalStep
    facts: dict
    proof: str = ""
    lapse: str = ""
    evidence: Evidence | None = None

    @property
    def is_done(self):
        return self.step.is_done or bool(self.proof)

    @property
    def label(self):
        if self.step.kind == Kind.SKILL:
            return f"Raise {self.step.title} to {self.step.proficiency}, {self.step.get_proficiency_display().lower()}"
        return f"{'Move to' if self.step.kind == Kind.MOVE else 'Earn'} {self.step.title}"

    @property
    def line(self):
        """“Earn Yellow Belt, done”, for paper."""
        return f"{self.label}, done" if self.is_done else self.label

    @property
    def page(self):
        """The address of what it is about; empty where HR has taken that out of the guide."""
        about = self.step.role or self.step.skill or self.step.certification
        return about.get_absolute_url() if about and about.is_published else ""

    @property
    def fee(self):
        """Empty where it is not known."""
        return self.facts.get(f"{FEE}{self.step.title}", "")

    @property
    def price(self):
        """(fee, currency, hours to prepare) as numbers; None for what is not known."""
        prices = self.facts.get("prices")
        known = prices.get(self.step.title) if isinstance(prices, dict) else None
        fee, currency, hours = known if isinstance(known, list) and len(known) == 3 else ("", "", "")
        return number_of(fee), str(currency), number_of(hours)

    @property
    def is_helpful(self):
        """Whether the role asks for the skill without needing it."""
        asked = self.facts.get("skills")
        asking = asked.get(self.step.skill.slug) if self.step.skill and isinstance(asked, dict) else None
        return isinstance(asking, list) and len(asking) == 2 and asking[1] is False


@dataclass(frozen=True)
class GoalLeg:
    """One move of the route with all that belongs to it. `facts` is what the person saw of it.

    `there` names what its end asks for and the person has without a step, “Typing 2”.
    """

    number: int
    start: str
    rows: list[StepRow]
    facts: dict
    there: list[str]

    @property
    def move(self):
        return next(row for row in self.rows if row.step.kind == Kind.MOVE)

    @property
    def months(self):
        """In words, and whether they are our estimate; empty where not known."""
        words = months_in_words(self.move.step.months)
        return f"{words}{ESTIMATE}" if words and self.facts.get("months") == f"{words}{ESTIMATE}" else words

    @property
    def track(self):
        """The line on which one travels."""
        return self.facts.get("line") or self.move.step.role.track

    @property
    def open(self):
        return sum(not row.is_done for row in self.rows)


def there_by(facts, start_skills, levels, raised):
    """Return the skills that a move's end asks for and that `levels` show or the role at the start asks for.

    `levels` is {address of a skill: proficiency}; `raised` are the addresses that are steps up to this move.
    """
    asked, names = facts.get("skills"), facts.get("names")
    if not isinstance(asked, dict) or not isinstance(names, dict):
        return []
    needs = {slug: value[0] for slug, value in asked.items() if isinstance(value, list) and value}
    start = {slug: value[0] for slug, value in start_skills.items() if isinstance(value, list) and value}
    have = {**start, **levels}
    found = [slug for slug, level in needs.items() if slug not in raised and have.get(slug, 0) >= level]
    return sorted(f"{names.get(slug, slug)} {needs[slug]}" for slug in found)


@dataclass(frozen=True)
class Ahead:
    """Sums of what is still to come on a route: moves that are not made, certifications that are not earned."""

    moves: list[GoalLeg]
    certifications: list[StepRow]

    @property
    def months(self):
        """Of the moves whose months are known; None where none are."""
        known = self.known_months
        return sum_of(known) if known else None

    @property
    def known_months(self):
        return [leg.move.step.months for leg in self.moves if leg.move.step.months]

    @property
    def months_unknown(self):
        return len(self.moves) - len(self.known_months)

    @property
    def has_estimate(self):
        return any(leg.months.endswith(ESTIMATE) for leg in self.moves)

    @property
    def costs(self):
        """One sum for each currency, in words; nothing is converted."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for fee, currency, _ in self.prices:
            if fee is not None:
                sums[currency] += fee
        return [money(amount, currency) for currency, amount in sorted(sums.items())]

    @property
    def prices(self):
        return [row.price for row in self.certifications]

    @property
    def fees_unknown(self):
        return sum(fee is None for fee, _, _ in self.prices)

    @property
    def hours(self):
        known = [hours for _, _, hours in self.prices if hours is not None]
        return Hours(sum(known, Decimal()), is_at_least=len(known) < len(self.prices))
