"""What a text of the guide is read for by other parts of the portal, so that an editor keeps its form."""

from careers.guide.models.sections import Section
from careers.guide.selectors.hiring import PAPERS
from careers.lib.words import in_a_sentence
from careers.readiness.rules import named_papers

NONE = (
    "Roles list the papers to bring from these points, and find none in them. "
    "Write one paper a line: “Photos: two, of passport size”."
)
FOUND = "Roles list these papers from the points: {papers}. Keep the form “paper: what it is”, one a line."


def said_of_papers(page):
    """Of the section on what to have ready only: the papers that each role's readiness takes from it."""
    if not isinstance(page, Section):
        return []
    points = Section._base_manager.filter(pk=page.pk, slug=PAPERS).values_list("points", flat=True)
    said = [[name for name, _ in named_papers(lines)] for lines in points]
    return [FOUND.format(papers=in_a_sentence(papers)) if papers else NONE for papers in said]
