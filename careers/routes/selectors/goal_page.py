"""A goal as its page shows it: every step with how it is known to be there, where the person stands, what differs."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlencode

from careers.guide.models.skills import Skill
from careers.guide.rules.changes import digest
from careers.guide.selectors.old_slugs import slugs_today
from careers.lib.months import NOT_KNOWN
from careers.people.models.profiles import Profile, Situation
from careers.routes.models import Goal
from careers.routes.rules.goal_facts import differences, is_gone, names_in
from careers.routes.rules.journeys import FROM_NEW
from careers.routes.selectors.goal_proofs import Proofs, stops_of
from careers.routes.selectors.goal_rows import Ahead, GoalLeg, Kind, StepRow, there_by
from careers.routes.selectors.goal_steps import facts_now
from careers.routes.selectors.guide_network import GuideNetwork, current_guide
from careers.web.journeys import JourneyStop, State

OF_SKILLS = ("skills", "start_skills", "names")  # facts that stand under the addresses of skills


@dataclass(frozen=True)
class GoalState:
    goal: Goal
    legs: list[GoalLeg]
    beside: list[StepRow]
    facts: list[dict]
    profile: Profile
    guide: GuideNetwork

    @cached_property
    def rows(self):
        return [row for leg in self.legs for row in leg.rows]

    @property
    def name(self):
        """The role they want to reach, as they know it."""
        return self.legs[-1].move.step.title if self.legs else self.goal.role.public_name

    @property
    def done(self):
        return sum(row.is_done for row in self.rows)

    @property
    def percent(self):
        return 100 * self.done // len(self.rows) if self.rows else 0

    @property
    def is_complete(self):
        return bool(self.rows) and self.next is None

    @cached_property
    def next(self):
        """The first step that is open, on the stretch from where they are; then any before it."""
        ahead = [row for leg in self.legs[self.here :] for row in leg.rows]
        return next((row for row in [*ahead, *self.rows] if not row.is_done), None)

    @cached_property
    def here(self):
        """How many moves are made, from the start and without a gap."""
        return next((place for place, leg in enumerate(self.legs) if not leg.move.is_done), len(self.legs))

    @property
    def elsewhere(self):
        """The role that their profile says they are in, where this route does not go through it."""
        role = self.profile.current_role
        return role if role and role.pk not in stops_of(self.goal) else None

    @property
    def to_confirm(self):
        """The move they ticked last, where they have not said since then which role they are in."""
        row = self.legs[self.here - 1].move if self.here else None
        if row is None or not row.step.is_done or not row.page or row.step.role_id == self.profile.current_role_id:
            return None
        answered = self.profile.answered("situation")
        return row if answered is None or answered < row.step.done_at else None

    @property
    def ahead(self):
        open_rows = [row for row in self.rows if not row.is_done]
        return Ahead(
            [leg for leg in self.legs if not leg.move.is_done],
            [row for row in open_rows if row.step.kind == Kind.CERTIFICATION],
        )

    @cached_property
    def differences(self):
        return differences(self.goal.facts_seen, self.facts)

    @property
    def changed_on(self):
        """The newest moment at which HR saved what differs; None where no page tells."""
        pairs = list(pairwise(stops_of(self.goal)))
        moments = [
            page.updated_at
            for one in self.differences
            for page in pages_of(self.guide, *pairs[one.place])
            if page.updated_at > self.goal.seen_at
        ]
        return max(moments, default=None)

    @property
    def digest(self):
        return digest(self.facts)

    @property
    def gone(self):
        """The legs that the guide has no longer: such a route cannot be taken over, only planned anew."""
        return [leg for leg, facts in zip(self.legs, self.facts, strict=True) if is_gone(facts)]

    @property
    def choices_text(self):
        choices = "keep yours or find another route" if self.gone else "take it over or keep yours"
        return f"See the difference, {choices}."

    @property
    def other_target(self):
        """Where their profile says they want to go, if that is elsewhere."""
        target = self.profile.target_role
        return target if target and target != self.goal.role else None

    @property
    def query(self):
        """The planner's query for this route. An end that it does not know is left for the person to choose."""
        ends = {"from": self.goal.start, "to": self.goal.role}
        known = {name: role.slug for name, role in ends.items() if role and role.is_published}
        return {**({} if self.goal.start else {"from": FROM_NEW}), **known, "by": self.goal.criterion}

    @property
    def querystring(self):
        """The planner's query for it."""
        return urlencode(self.query)

    @property
    def ticked(self):
        return [row for row in [*self.rows, *self.beside] if row.step.is_done]

    @property
    def stops(self):
        """For the journey strip: what is under a stop is of the move to it, the line after it that of the move from."""
        first = self.legs[0].start if self.legs else Situation.NEW.label
        page = self.goal.start.get_absolute_url() if self.goal.start and self.goal.start.is_published else ""
        names = [(first, page, ""), *((leg.move.step.title, leg.move.page, self.note(leg)) for leg in self.legs)]
        tracks = [*(leg.track for leg in self.legs), ""]
        return [
            JourneyStop(name, page, note, state, plate, track)
            for number, ((name, page, note), track) in enumerate(zip(names, tracks, strict=True))
            for state, plate in [self.place(number)]
        ]

    def place(self, number):
        """The state of a stop and the plate on it. Only a stop whose own move is made is done."""
        is_here = number == self.here and not self.elsewhere
        plate = "You are here" if is_here else ""
        if number == len(self.legs):
            return State.TARGET, plate or "Your target"
        if is_here:
            return State.HERE, plate
        is_made = self.legs[number - 1].move.is_done if number else self.here > 0
        return State.DONE if is_made else State.AHEAD, ""

    def note(self, leg):
        if leg.move.is_done:
            return ""
        return f"after {leg.months}" if leg.months else NOT_KNOWN


def pages_of(guide, start, end):
    """Return the pages of the guide about a move: itself, both its roles, its certifications."""
    row = guide.row_of.get((start, end))
    certifications = row.certifications.all() if row else ()
    return [page for page in (row, guide.role_of.get(start), guide.role_of.get(end), *certifications) if page]


def goal_state(*, profile, today):
    """The goal of this person, None where they have none. The queries do not grow with its steps."""
    goal = profile.goals.for_page().first()
    if goal is None:
        return None
    steps = list(goal.steps.all())
    proofs, guide = Proofs(goal, today=today), current_guide()
    facts = facts_now(goal, guide)
    seen = with_skills_of_today(goal.facts_seen, facts)
    legs = legs_of(goal, steps, proofs, seen)
    beside = [row_of(step, proofs, {}) for step in steps if step.leg is None]
    return GoalState(goal, legs, beside, facts, profile, guide)


def with_skills_of_today(seen, now):
    """The facts seen, with each skill that got another address under that one. A query only where one may have."""
    unknown = {slug for facts in seen for slug in names_in(facts)} - {slug for facts in now for slug in names_in(facts)}
    renamed = slugs_today({(Skill, slug) for slug in unknown}) if unknown else {}
    if not renamed:
        return seen

    def today(value):
        if not isinstance(value, dict):
            return value
        return {renamed.get((Skill, slug), slug): asked for slug, asked in value.items()}

    return [{fact: today(value) if fact in OF_SKILLS else value for fact, value in facts.items()} for facts in seen]


def legs_of(goal, steps, proofs, seen):
    legs, start, raised = [], start_name(goal), set()
    levels = {row.skill.slug: row.proficiency for row in proofs.levels.values()}
    for place, number in enumerate(sorted({step.leg for step in steps if step.leg})):
        facts = facts_at(seen, place)
        rows = [row_of(step, proofs, facts) for step in steps if step.leg == number]
        raised |= {row.step.skill.slug for row in rows if row.step.skill}
        there = there_by(facts, start_skills(seen), levels, raised)
        legs.append(GoalLeg(number, start, rows, facts, there))
        start = legs[-1].move.step.title
    return legs


def facts_at(seen, place):
    return seen[place] if place < len(seen) else {}


def start_skills(seen):
    asked = facts_at(seen, 0).get("start_skills")
    return asked if isinstance(asked, dict) else {}


def start_name(goal):
    """As they know it, whatever became of its page."""
    if goal.start is None:
        return Situation.NEW.label
    return facts_at(goal.facts_seen, 0).get("start") or goal.start.public_name


def row_of(step, proofs, facts):
    return StepRow(step, facts, proofs.of(step), proofs.lapse(step), proofs.levels.get(step.skill_id))
