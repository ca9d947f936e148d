"""A person beside a role: what they have of its skills, how that is known, and which of its facts they do not take."""

from dataclasses import dataclass, field
from functools import cached_property

from careers.evidence.models.evidence import Evidence
from careers.evidence.rules import gaps
from careers.evidence.selectors import fit_words
from careers.evidence.selectors.levels import levels_by_key
from careers.guide.models.choices import WorkType
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.rules.working_life import Fact, FactStanding, covers, degree_fact, shift_fact, work_fact
from careers.guide.selectors.kept import roles_in_detail
from careers.people.models.profiles import Education


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
    work: list[Fact] = field(default_factory=list)

    @cached_property
    def conflicts(self):
        """Sentences: what the person does not accept, or lacks where it is needed."""
        return [fact.text for fact in self.work if fact.standing == FactStanding.CONFLICT]

    @cached_property
    def missing(self):
        return [self.row_of[need.skill] for need in self.summary.missing]

    @cached_property
    def unknown(self):
        return [self.row_of[need.skill] for need in self.summary.unknown]

    @property
    def count_in_words(self):
        return fit_words.count_in_words(self.summary)

    @property
    def gist(self):
        return fit_words.gist(self)

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


def published_fits(keys, *, profile, levels):
    """The fit of each of these roles, in their order; `levels` from `levels_by_key`. As `roles_in_detail` costs."""
    found = roles_in_detail(keys)
    return [fit_of(profile, found[key], levels) for key in keys if key in found and found[key].is_published]


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
    key = profile.target_role_id
    return role_fit(profile=profile, role=roles_in_detail([key])[key]) if key else None


def working_life(profile, role):
    """Shift, work type and degree. No conflict where the person has not said.

    Languages are not among them: the guide says of no role which languages it is worked in.
    """
    kinds, education = profile.work_types, profile.education and Education(profile.education)
    parts = (WorkType.VOICE, WorkType.NON_VOICE) if role.work_type == WorkType.BLENDED else ()
    return [
        shift_fact(nights=role.nights, days=role.days, accepted=profile.shifts),
        work_fact(
            kind=role.get_work_type_display(),
            accepted=[WorkType(kind).label for kind in kinds],
            is_covered=covers(kinds, role.work_type, parts=parts),
        ),
        degree_fact(
            asked=role.degree,
            finished=education.in_words if education else "",
            is_degree=bool(education) and education.is_degree,
        ),
    ]
