from django.shortcuts import render

from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Skill
from careers.web.public_pages import public_page

Listing = Section.Listing


@public_page()
def guide_read(request):
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
    sections = [(section, listings.get(section.listing, ())) for section in Section.objects.published()]
    return render(request, "careers/site/sections/guide.html", {"sections": sections})
