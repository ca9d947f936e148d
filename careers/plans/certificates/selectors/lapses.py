"""What the lapse of a certificate would cost this person, from the guide and from what they want."""

from careers.plans.certificates.rules import cost_of_lapse
from careers.routes.models import GoalStep


def lapse_cost(held):
    """Whole sentences, at least one. Some five queries: for one at a time."""
    skills = held.evidence.standing().count()
    certification = held.known
    if certification is None:
        goal = goal_that_counts_on(held) if held.certification_id else ""
        return cost_of_lapse(goal=goal, skills=skills, is_listed=False)
    return cost_of_lapse(
        fee=certification.exam_fee_text,
        hours=certification.study,
        rule=certification.renewal_rule,
        goal=goal_that_counts_on(held),
        role=target_that_asks_for(held),
        skills=skills,
    )


def goal_that_counts_on(held):
    """The role at the end of the route whose step stands by this certificate alone; empty where none does."""
    steps = GoalStep.objects.filter(
        goal__profile=held.profile_id, certification=held.certification_id, leg__isnull=False, done_at=None
    )
    step = steps.select_related("goal__role").first()
    return step.goal.role.public_name if step else ""


def target_that_asks_for(held):
    target = held.profile.target_role
    if target is None or not target.is_published:
        return ""
    return target.title if target.role_certifications.filter(certification=held.certification_id).exists() else ""
