"""A person beside a role: what they have of its skills, how that is known, and which of its facts they do not take."""

from dataclasses import dataclass, field
from functools import cached_property

from careers.actions.levels import levels_of
from careers.models import Degree, Education, Evidence, Role, RoleSkill, Shift, WorkType
from careers.planning import gaps


@dataclass(frozen=True)
class SkillRow:
    """A skill that the role asks for, the person's need of it, and the evidence behind what they have (or None)."""

    asked: RoleSkill
    need: gaps.Need
    evidence: Evidence | None


@dataclass(frozen=True)
class RoleFit:
    role: Role
    rows: list[SkillRow]
    summary: gaps.Fit
    is_target: bool = False
    conflicts: list[str] = field(default_factory=list)

    @cached_property
    def missing(self):
        return [self.row_of[need.skill] for need in self.summary.missing]

    @cached_property
    def unknown(self):
        return [self.row_of[need.skill] for need in self.summary.unknown]

    @cached_property
    def row_of(self):
        return {row.need.skill: row for row in self.rows}


def role_fit(*, profile, role):
    """A role that is not known to people asks for nothing here, or it would tell what HR still works on.

    Two queries, whatever the role asks for; one where its `role_skills` are prefetched (`Role.for_detail()`).
    """
    is_target = role.pk == profile.target_role_id
    if not role.is_known:
        return RoleFit(role, [], gaps.fit({}, {}), is_target)
    levels = {row.skill_id: row for row in levels_of(profile).values()}
    asked = [row for row in role.role_skills.all() if row.skill.is_published]
    summary = gaps.fit(
        {row.skill_id: (row.proficiency, row.is_essential) for row in asked},
        {skill: row.proficiency for skill, row in levels.items()},
    )
    rows = [SkillRow(row, need, levels.get(row.skill_id)) for row, need in zip(asked, summary.needs, strict=True)]
    return RoleFit(role, rows, summary, is_target, conflicts(profile, role))


def target_fit(*, profile):
    """The fit of the role that the person wants to reach; None where they chose none."""
    role = profile.target_role_id and Role.objects.for_detail().get(pk=profile.target_role_id)
    return role_fit(profile=profile, role=role) if role else None


def conflicts(profile, role):
    """The facts of working life that do not go together, each as a sentence. None where the person has not said."""
    kinds = profile.work_types
    parts = (WorkType.VOICE, WorkType.NON_VOICE) if role.work_type == WorkType.BLENDED else ()
    found = (
        gaps.shift_conflict(
            worked=[shift.label for shift in role.shifts], accepted=[Shift(shift).label for shift in profile.shifts]
        ),
        gaps.work_conflict(
            kind=role.get_work_type_display(),
            accepted=[WorkType(kind).label for kind in kinds],
            is_covered=gaps.covers(kinds, role.work_type, parts=parts),
        ),
        degree_conflict(profile, role),
    )
    return [sentence for sentence in found if sentence]


def degree_conflict(profile, role):
    if role.degree != Degree.NEEDED or not profile.education or Education(profile.education).is_degree:
        return ""
    return f"Degree needed: the highest you named is “{profile.get_education_display()}”."
