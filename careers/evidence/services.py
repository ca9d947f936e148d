"""Own ratings, and taking back what one said. Levels are derived from what stands
(`careers.evidence.selectors.levels`).
"""

from typing import NamedTuple

from django.db import transaction

from careers.evidence.models.evidence import Evidence
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.search.forms import MOST_FOUND
from careers.search.services.searching import find

OWN_RATING = Evidence.Kind.OWN_RATING

MOST_AT_ONCE = 60  # skills to rate on one page, unless more of them matter
MOST_WITHDRAWN = 500  # of one person; the oldest are forgotten


class SkillsToRate(NamedTuple):
    """`is_cut` where there are more; `has_missed` where words found none."""

    skills: list[Skill]
    is_cut: bool
    has_missed: bool


@transaction.atomic
def rate_skills(*, profile, ratings, today, now):
    """`ratings` is {key of a skill: proficiency}; returns how many were new.

    The value that stands already writes nothing. A second rating of one day replaces the first; the history of other
    days stays, and all that was withdrawn. The profile's row is locked.
    """
    standing = standing_ratings(profile)
    changed = {skill: value for skill, value in ratings.items() if standing.get(skill) != value}
    for skill, proficiency in changed.items():
        profile.evidence.update_or_create(
            kind=OWN_RATING,
            skill_id=skill,
            shown_on=today,
            withdrawn_at=None,
            defaults={"proficiency": proficiency, "recorded_at": now},
        )
    return len(changed)


def standing_ratings(profile):
    """{key of a skill: the proficiency of the newest own rating that stands}. One query."""
    rows = profile.evidence.standing().own_ratings().order_by("shown_on", "pk")
    return dict(rows.values_list("skill_id", "proficiency"))


def withdraw_evidence(*, evidence, now):
    """It stays on the record but counts no more. Twice is once."""
    Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=now)
    forget_withdrawn(Evidence.objects.filter(profile=evidence.profile_id))


def restore_evidence(*, evidence):
    """Let it count again. False where it cannot: of one day's ratings one stands, and another does. Twice is once.

    The profile's row is locked.
    """
    if evidence.kind == OWN_RATING and rated_again(evidence):
        return False
    Evidence.objects.filter(pk=evidence.pk).update(withdrawn_at=None)
    return True


def rated_again(evidence):
    of_that_day = Evidence.objects.standing().own_ratings().filter(shown_on=evidence.shown_on, skill=evidence.skill_id)
    return of_that_day.filter(profile=evidence.profile_id).exclude(pk=evidence.pk).exists()


def skills_to_rate(profile, *, rated=(), also=(), words=""):
    """`SkillsToRate`: first what the target asks for, then the current role, essential before helpful; then the rest.

    Of many those that are `rated`, the keys `also` and what `words` find come before the rest, which has an end. Two
    queries, and those of a search.
    """
    roles = [role for role in (profile.target_role_id, profile.current_role_id) if role]
    asked = RoleSkill.objects.filter(role__in=roles, role__status__in=Role.KNOWN) if roles else RoleSkill.objects.none()
    urgency = {}
    for row in asked:
        place = (not row.is_essential, roles.index(row.role_id), -row.proficiency)
        urgency[row.skill_id] = min(place, urgency.get(row.skill_id, place))
    order = list(Skill.objects.published().in_order().values_list("pk", flat=True))
    keys = sorted(order, key=lambda key: (key not in urgency, urgency.get(key, ())))
    is_cut = len(keys) > MOST_AT_ONCE
    found = [entry.object_pk for entry in find(words, kind="skill").entries[:MOST_FOUND]] if words and is_cut else []
    if is_cut:
        first = {*urgency, *rated, *also, *found}
        keys = sorted(keys, key=lambda key: (key not in urgency, key not in first))[: max(MOST_AT_ONCE, len(first))]
    skills = Skill.objects.published().in_bulk(keys)
    return SkillsToRate([skills[key] for key in keys if key in skills], is_cut, bool(words) and is_cut and not found)


def forget_withdrawn(evidence):
    """Rating and taking back, over and over, fills no disk: the oldest of what was taken back goes."""
    old = evidence.own_ratings().exclude(withdrawn_at=None).order_by("-withdrawn_at", "-pk")
    evidence.filter(pk__in=list(old.values_list("pk", flat=True)[MOST_WITHDRAWN:])).delete()
