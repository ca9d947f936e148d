"""The guide's words on how people are hired: papers and tests. No row of the guide means no such lines."""

from dataclasses import dataclass

from careers.guide.models.sections import Section
from careers.guide.selectors.hiring import PAPERS
from careers.guide.selectors.kept import KeptByRevision
from careers.readiness.rules import named_papers, named_tests

HIRING, QUESTIONS = "getting-hired", "interview-questions"


@dataclass(frozen=True)
class HiringGuide:
    """`section`, `questions` and `bring` are published sections, or None; `papers` are those that `bring` names."""

    section: Section | None
    questions: Section | None
    bring: Section | None
    papers: list[tuple[str, str]]
    tests: list[tuple[str, str]]


def read_hiring():
    found = {one.slug: one for one in Section.objects.published().filter(slug__in=(HIRING, QUESTIONS, PAPERS))}
    section, bring = found.get(HIRING), found.get(PAPERS)
    papers = named_papers(bring.points) if bring else []
    tests = named_tests(section.points) if section else []
    return HiringGuide(section, found.get(QUESTIONS), bring, papers, tests)


hiring = KeptByRevision(read_hiring)
