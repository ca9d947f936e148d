"""What shows that a step of a goal is there without a tick: evidence, a certificate, what the profile says."""

from careers.evidence.selectors.levels import known_by, levels_of
from careers.routes.models import GoalStep
from careers.routes.rules.journeys import NEW

Kind = GoalStep.Kind


def stops_of(goal):
    """Keys of the roles on the route, the start first."""
    moves = [row for row in goal.steps.all() if row.kind == Kind.MOVE and row.leg]
    return [goal.start_id or NEW, *(row.role_id for row in sorted(moves, key=lambda row: row.leg))]


class Proofs:
    """Read once, two queries."""

    def __init__(self, goal, *, today):
        profile = goal.profile
        self.levels = {skill.pk: row for skill, row in levels_of(profile).items()}
        certificates = list(profile.certificates.of_the_guide())
        valid = set(profile.certificates.valid_on(today).values_list("pk", flat=True)) if certificates else ()
        self.held = {row.certification_id: row for row in certificates if row.pk in valid}
        self.lapsed = {row.certification_id: row for row in certificates if row.pk not in valid}
        stops = stops_of(goal)
        self.reached = stops[1 : stops.index(profile.current_role_id) + 1] if profile.current_role_id in stops else []

    def of(self, step):
        """In words; empty where nothing shows it."""
        finders = {Kind.SKILL: self.of_skill, Kind.CERTIFICATION: self.of_certification, Kind.MOVE: self.of_move}
        return finders[step.kind](step)

    def of_skill(self, step):
        row = self.levels.get(step.skill_id)
        return f"{known_by(row)}, {row.shown}" if row and row.proficiency >= step.proficiency else ""

    def of_certification(self, step):
        row = self.held.get(step.certification_id)
        return f"Earned {row.earned.on}" if row else ""

    def of_move(self, step):
        if step.leg is None or step.role_id not in self.reached:
            return ""
        is_there = step.role_id == self.reached[-1]
        return "Your profile says that you are there" if is_there else "Your profile says that you are further on"

    def lapse(self, step):
        """“Lapsed on 12 May 2026”, of a certificate that was earned and is not valid any more."""
        row = self.lapsed.get(step.certification_id)
        return f"Lapsed {row.expires.on}" if row else ""
