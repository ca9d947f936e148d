"""A person beside a role: what they have of its skills, how that is known, and which of its facts they do not take."""

from dataclasses import dataclass, field
from functools import cached_property

from careers.actions.levels import levels_by_key
from careers.models import Degree, Education, Evidence, Role, RoleSkill, Shift, WorkType
from careers.planning import gaps


@dataclass(frozen=True)
class SkillRow:
    """A skill that the role asks for, the person's need of it, and the evidence behind what they have (or None)."""

    asked: RoleSkill
    need: gaps.Need
    evidence: Evidence | None


@dataclass(frozen=True)
class WorkFact:
    """A fact of working life beside what the person said of it: the sentence against it, empty where none is."""

    key: str
    name: str
    asked: str
    is_said: bool
    conflict: str = ""

    @property
    def fits(self):
        return self.is_said and not self.conflict


@dataclass(frozen=True)
class RoleFit:
    role: Role
    rows: list[SkillRow]
    summary: gaps.Fit
    is_target: bool = False
    work: list[WorkFact] = field(default_factory=list)

    @cached_property
    def conflicts(self):
        return [fact.conflict for fact in self.work if fact.conflict]

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
    if not role.is_known:
        return RoleFit(role, [], gaps.fit({}, {}), role.pk == profile.target_role_id)
    return fit_of(profile, role, levels_by_key(profile))


def published_fits(*, profile, levels):
    """The fit of every published role, in the guide's order; `levels` from `levels_by_key`. Two queries."""
    return [fit_of(profile, role, levels) for role in Role.objects.published().for_fits()]


def fit_of(profile, role, levels):
    asked = [row for row in role.role_skills.all() if row.skill.is_published]
    summary = gaps.fit(
        {row.skill_id: (row.proficiency, row.is_essential) for row in asked},
        {skill: row.proficiency for skill, row in levels.items()},
    )
    rows = [SkillRow(row, need, levels.get(row.skill_id)) for row, need in zip(asked, summary.needs, strict=True)]
    return RoleFit(role, rows, summary, role.pk == profile.target_role_id, working_life(profile, role))


def target_fit(*, profile):
    """The fit of the role that the person wants to reach; None where they chose none."""
    role = profile.target_role_id and Role.objects.for_detail().get(pk=profile.target_role_id)
    return role_fit(profile=profile, role=role) if role else None


def working_life(profile, role):
    """Shift, work type and degree. No conflict where the person has not said.

    Languages are not among them: the guide says of no role which languages it is worked in.
    """
    kinds = profile.work_types
    parts = (WorkType.VOICE, WorkType.NON_VOICE) if role.work_type == WorkType.BLENDED else ()
    shift = gaps.shift_conflict(
        worked=[shift.label for shift in role.shifts], accepted=[Shift(shift).label for shift in profile.shifts]
    )
    work = gaps.work_conflict(
        kind=role.get_work_type_display(),
        accepted=[WorkType(kind).label for kind in kinds],
        is_covered=gaps.covers(kinds, role.work_type, parts=parts),
    )
    return [
        WorkFact("shift", "Shift", role.shifts_text, bool(profile.shifts), shift),
        WorkFact("work_type", "Work type", role.get_work_type_display(), bool(kinds), work),
        WorkFact(
            "degree", "Degree", role.get_degree_display(), bool(profile.education), degree_conflict(profile, role)
        ),
    ]


def degree_conflict(profile, role):
    if role.degree != Degree.NEEDED or not profile.education or Education(profile.education).is_degree:
        return ""
    return f"Degree needed: the highest you named is “{profile.get_education_display()}”."
