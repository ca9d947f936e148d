"""The list of a first role for one person: what it asks for, and what of that they have."""

from dataclasses import dataclass
from functools import cached_property

from careers.evidence.selectors.fits import RoleFit, role_fit
from careers.guide.models.roles import Role
from careers.lib.names import folded
from careers.readiness.rules import LineKind, ReadyLine, next_line, progress
from careers.readiness.selectors.guide import HiringGuide, hiring
from careers.readiness.selectors.practice import practice_lines


@dataclass(frozen=True)
class Readiness:
    """`fit` is None for a reader of whom nothing is kept: then nothing is known, and nothing counted."""

    role: Role
    hiring: HiringGuide
    fit: RoleFit | None
    lines: list[ReadyLine]
    papers: list[tuple[str, str, bool]]  # each with what it is, and whether it is ticked
    practice: list[ReadyLine]
    has_cv: bool
    held: set[int]  # keys of certifications

    @cached_property
    def next(self):
        return next_line(self.lines)

    @property
    def in_words(self):
        """“6 of 11”."""
        return "{} of {}".format(*progress(self.lines))


def readiness_of(role, *, profile, today):
    """A list for this person. Nine queries at most where the guide is kept."""
    guide = hiring()
    if not profile:
        papers, practice = ticks(guide.papers, set()), practice_lines(role, profile=profile)
        return Readiness(role, guide, None, [], papers, practice, False, set())
    fit = role_fit(profile=profile, role=role)
    ticked = {folded(paper) for paper in profile.ready_papers.values_list("paper", flat=True)}
    papers = ticks(guide.papers, ticked)
    cv = profile.cvs.first()
    has_cv = bool(cv and cv.has_contact(profile))
    held = set(profile.certificates.valid_on(today).of_the_guide().values_list("certification_id", flat=True))
    practice = practice_lines(role, profile=profile)
    lines = [*skill_lines(fit), cv_line(has_cv), *paper_lines(papers), *practice]
    return Readiness(role, guide, fit, lines, papers, practice, has_cv, held)


def ticks(papers, ticked):
    return [(paper, meaning, folded(paper) in ticked) for paper, meaning in papers]


def skill_lines(fit):
    """Those that the role cannot do without. A helpful one is shown and not counted."""
    return [skill_line(row) for row in fit.rows if row.need.essential]


def skill_line(row):
    need = row.need
    if not need.is_known:
        return ReadyLine(LineKind.RATE, row.asked.skill.name, False)
    short = max(need.level - need.has, 0)
    return ReadyLine(LineKind.RAISE, row.asked.skill.name, need.is_met, short, f"from {need.has} to {need.level}")


def cv_line(has_cv):
    return ReadyLine(LineKind.CV, "Your CV", has_cv)


def paper_lines(papers):
    return [ReadyLine(LineKind.PAPER, paper, is_ticked) for paper, _, is_ticked in papers]
