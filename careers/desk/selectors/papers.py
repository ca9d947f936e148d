"""What a text of the guide is read for by other parts of the portal, so that an editor keeps its form."""

from careers.guide.models.sections import Section
from careers.lib.words import in_a_sentence
from careers.readiness.rules import papers_in
from careers.readiness.selectors.guide import HIRING

NONE = (
    "Roles list the papers to bring from this text, and find none in it. "
    "Write them in one sentence: “Bring these papers: a photo, letters from work, and your bank’s details.”"
)
FOUND = "Roles list these papers from this text: {papers}. Keep the form “papers …: one, another, and a third”."


def said_of_papers(page):
    """Of the section on how one gets hired only: the papers that each role's readiness takes from it."""
    if not isinstance(page, Section):
        return []
    bodies = Section._base_manager.filter(pk=page.pk, slug=HIRING).values_list("body", flat=True)
    said = [papers_in(body) for body in bodies]
    return [FOUND.format(papers=in_a_sentence(papers)) if papers else NONE for papers in said]
