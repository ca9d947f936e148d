from django.shortcuts import render
from django.urls import reverse

from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Level
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.publishing import MOST_ON_A_PAGE
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Skill
from careers.guide.selectors.kept import KeptByRevision, keeping_what_is_drawn
from careers.web.public_pages import public_page

Listing = Section.Listing
# What may be many has a list of its own, which leads on from its first ones.
LISTS = {
    Listing.ENTRY_ROLES: ("role-list", {"level": Level.ENTRY.slug}),
    Listing.SKILLS: ("skill-list", {}),
    Listing.GROWTH_ROLES: ("role-list", {}),
    Listing.CERTIFICATIONS: ("certification-list", {}),
    Listing.INDUSTRIES: ("industry-list", {}),
    Listing.COMPANIES: ("company-list", {}),
    Listing.BOOKS: ("book-list", {}),
    Listing.QUESTIONS: ("question-list", {}),
}


class WholeGuide:
    """The guide on one page, as it is at one revision."""

    def __init__(self):
        self.sections = sections()


whole_guide = KeptByRevision(lambda: keeping_what_is_drawn(WholeGuide()))


@public_page()
def guide_read(request):
    return render(request, "careers/site/sections/guide.html", {"guide": whole_guide()})


def sections():
    """(section, what is listed in it) of each."""
    listings = {
        Listing.ENTRY_ROLES: Role.objects.published().for_rows().entry(),
        Listing.SKILLS: Skill.objects.published(),
        Listing.GROWTH_ROLES: Role.objects.published().for_rows().above_entry(),
        Listing.METRICS: Metric.objects.published(),
        Listing.CERTIFICATIONS: Certification.objects.published(),
        Listing.INDUSTRIES: Industry.objects.published(),
        Listing.COMPANIES: Company.objects.published(),
        Listing.BOOKS: Book.objects.published(),
        Listing.QUESTIONS: Question.objects.published(),
    }
    return [(section, *listed(section, listings)) for section in Section.objects.published()]


def listed(section, listings):
    """Return what a section lists, and the address of the whole list where that is longer; else empty."""
    rows = listings.get(section.listing, ())
    if section.listing not in LISTS:
        return rows, ""
    firsts = list(rows[: MOST_ON_A_PAGE + 1])
    name, query = LISTS[section.listing]
    return firsts[:MOST_ON_A_PAGE], reverse(name, query=query) if len(firsts) > MOST_ON_A_PAGE else ""
