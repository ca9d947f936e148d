"""“My plan” as a PDF: what is refused before its page is made."""

from careers.plans.models import PlanStep
from careers.plans.rules.status import Status
from careers.runtime import pdfs

LEAST_OF_A_STEP = 60  # characters, whatever it is called


def refuse_early(profile):
    """Raises a `NoPdf` that is known before the page is made: by a count, or because theirs is under way."""
    steps = PlanStep.objects.filter(plan__profile=profile).exclude(plan__status=Status.DROPPED)
    if steps.count() * LEAST_OF_A_STEP > pdfs.MOST_CHARACTERS:
        raise pdfs.TooLong
    pdfs.refuse_while_made(profile.pk)
