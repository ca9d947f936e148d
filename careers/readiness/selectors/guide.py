"""The guide's words on how people are hired: papers and tests. No row of the guide means no such lines."""

from dataclasses import dataclass

from careers.guide.models.sections import Section
from careers.guide.selectors.kept import KeptByRevision
from careers.readiness.rules import named_tests, papers_in

HIRING, QUESTIONS = "getting-hired", "interview-questions"


@dataclass(frozen=True)
class WaysIn:
    """`section` and `questions` are published sections, or None."""

    section: Section | None
    questions: Section | None
    papers: list[str]
    tests: list[tuple[str, str]]


def read_hiring():
    found = {one.slug: one for one in Section.objects.published().filter(slug__in=(HIRING, QUESTIONS))}
    section = found.get(HIRING)
    papers, tests = (papers_in(section.body), named_tests(section.points)) if section else ([], [])
    return WaysIn(section, found.get(QUESTIONS), papers, tests)


hiring = KeptByRevision(read_hiring)
