"""A goal as its page shows it: every step with how it is known to be there, where the person stands, what differs."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from careers.actions.goals import facts_now, stops_of
from careers.actions.guide_network import current_guide
from careers.actions.levels import known_by, levels_of
from careers.models import Evidence, Goal, GoalStep, Role, Situation
from careers.planning.changes import digest
from careers.planning.goals import FEE, differences, is_gone
from careers.planning.journeys import FROM_NEW
from careers.planning.months import months_in_words

Kind = GoalStep.Kind


@dataclass(frozen=True)
class StepRow:
    """A step, and what shows that it is there without a tick: `proof` in words, empty where nothing does.

    `fee` is that of a certification as the person last saw it, empty where it is not known.
    """

    step: GoalStep
    proof: str = ""
    evidence: Evidence | None = None
    fee: str = ""

    @property
    def is_done(self):
        return self.step.is_done or bool(self.proof)

    @property
    def label(self):
        if self.step.kind == Kind.SKILL:
            return f"Raise {self.step.title} to {self.step.proficiency}, {self.step.get_proficiency_display().lower()}"
        return f"{'Move to' if self.step.kind == Kind.MOVE else 'Earn'} {self.step.title}"

    @property
    def page(self):
        """The address of what it is about; empty where HR has taken that out of the guide."""
        about = self.step.role or self.step.skill or self.step.certification
        return about.get_absolute_url() if about.is_published else ""


@dataclass(frozen=True)
class GoalLeg:
    """One move of the route with all that belongs to it. `facts` is what the person saw of it."""

    number: int
    start: str
    rows: list[StepRow]
    facts: dict

    @property
    def move(self):
        return next(row for row in self.rows if row.step.kind == Kind.MOVE)

    @property
    def months(self):
        return months_in_words(self.move.step.months)

    @property
    def open(self):
        return sum(not row.is_done for row in self.rows)


@dataclass(frozen=True)
class GoalState:
    goal: Goal
    legs: list[GoalLeg]
    beside: list[StepRow]
    facts: list[dict]
    target: Role | None

    @cached_property
    def rows(self):
        return [row for leg in self.legs for row in leg.rows]

    @property
    def name(self):
        """The role they want to reach, as they know it."""
        return self.legs[-1].move.step.title if self.legs else self.goal.role.name_to_people

    @property
    def done(self):
        return sum(row.is_done for row in self.rows)

    @property
    def percent(self):
        return 100 * self.done // len(self.rows) if self.rows else 0

    @cached_property
    def next(self):
        """The first step that is open, on the stretch from where they are; then any before it."""
        ahead = [row for leg in self.legs[self.here :] for row in leg.rows]
        return next((row for row in [*ahead, *self.rows] if not row.is_done), None)

    @cached_property
    def here(self):
        """How many moves are made: the last one that is done, whatever of those before was ticked."""
        return max((leg.number for leg in self.legs if leg.move.is_done), default=0)

    @cached_property
    def differences(self):
        return differences(self.goal.facts_seen, self.facts)

    @property
    def digest(self):
        return digest(self.facts)

    @property
    def gone(self):
        """The legs that the guide has no longer: such a route cannot be taken over, only planned anew."""
        return [leg for leg, facts in zip(self.legs, self.facts, strict=True) if is_gone(facts)]

    @property
    def other_target(self):
        """Where their profile says they want to go, if that is elsewhere."""
        return self.target if self.target and self.target != self.goal.role else None

    @property
    def query(self):
        """What the planner asks for this route; an end that it does not know is left for the person to choose."""
        ends = {"from": self.goal.start, "to": self.goal.role}
        known = {name: role.slug for name, role in ends.items() if role and role.is_published}
        return {**({} if self.goal.start else {"from": FROM_NEW}), **known, "by": self.goal.criterion}

    @property
    def address(self):
        """The planner's query for it."""
        return urlencode(self.query)

    @property
    def ticked(self):
        return [row for row in [*self.rows, *self.beside] if row.step.is_done]

    @property
    def stops(self):
        """For the journey strip."""
        first = self.legs[0].start if self.legs else Situation.NEW.label
        page = self.goal.start.get_absolute_url() if self.goal.start and self.goal.start.is_published else ""
        names = [(first, page, ""), *((leg.move.step.title, leg.move.page, self.note(leg)) for leg in self.legs)]
        return [
            {"name": name, "url": page, "note": note, **self.place(number)}
            for number, (name, page, note) in enumerate(names)
        ]

    def place(self, number):
        """The state of a stop and the plate on it."""
        if number == len(self.legs):
            return {"state": "target", "plate": "You are here" if self.here == number else "Your target"}
        state = "done" if number < self.here else "here" if number == self.here else "ahead"
        return {"state": state, "plate": "You are here" if state == "here" else ""}

    def note(self, leg):
        if leg.move.is_done:
            return ""
        return leg.months or "Months not known"


def goal_state(*, profile, today):
    """The goal of this person, None where they have none. The queries do not grow with its steps."""
    goal = profile.goals.for_page().first()
    if goal is None:
        return None
    steps = list(goal.steps.all())
    proofs = Proofs(profile, goal, today)
    rows = {step.pk: row_of(step, proofs) for step in steps}
    numbers = sorted({step.leg for step in steps if step.leg})
    legs, start = [], start_name(goal)
    for place, number in enumerate(numbers):
        facts = goal.facts_seen[place] if place < len(goal.facts_seen) else {}
        legs.append(GoalLeg(number, start, [rows[step.pk] for step in steps if step.leg == number], facts))
        start = legs[-1].move.step.title
    beside = [rows[step.pk] for step in steps if step.leg is None]
    return GoalState(goal, legs, beside, facts_now(goal, current_guide()), profile.target_role)


def start_name(goal):
    """As they know it, whatever became of its page."""
    if goal.start is None:
        return Situation.NEW.label
    seen = goal.facts_seen[0].get("start") if goal.facts_seen else ""
    return seen or goal.start.name_to_people


class Proofs:
    """What shows that a step is there: read once, three queries."""

    def __init__(self, profile, goal, today):
        self.levels = {skill.pk: row for skill, row in levels_of(profile).items()}
        self.held = {row.certification_id: row for row in profile.certificates.all()}
        stops = stops_of(goal)
        self.reached = stops[1 : stops.index(profile.current_role_id) + 1] if profile.current_role_id in stops else []
        self.today = today
        self.fees = {
            name.removeprefix(FEE): fee
            for seen in goal.facts_seen
            for name, fee in seen.items()
            if name.startswith(FEE)
        }

    def of_skill(self, step):
        row = self.levels.get(step.skill_id)
        return f"{known_by(row)}, {day(row.shown_on)}" if row and row.proficiency >= step.proficiency else ""

    def of_certification(self, step):
        row = self.held.get(step.certification_id)
        if row is None:
            return ""
        lapsed = row.expires_on and row.expires_on < self.today
        return f"Earned on {day(row.earned_on)}{f', lapsed on {day(row.expires_on)}' if lapsed else ''}"

    def of_move(self, step):
        return "Your profile says that you are there" if step.role_id in self.reached else ""


def row_of(step, proofs):
    proof = {Kind.SKILL: proofs.of_skill, Kind.CERTIFICATION: proofs.of_certification, Kind.MOVE: proofs.of_move}
    return StepRow(step, proof[step.kind](step), proofs.levels.get(step.skill_id), proofs.fees.get(step.title, ""))


def day(date):
    return f"{date.day} {date:%B %Y}"
