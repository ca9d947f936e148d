"""Where one applies for a role, and what to have ready."""

from dataclasses import dataclass

from careers.guide.models.companies import Company
from careers.guide.models.hiring import Hiring
from careers.guide.models.publishing import MOST_ON_A_PAGE
from careers.guide.models.sections import Section
from careers.lib.links import host_of

PAPERS = "what-to-have-ready"  # the section of the guide that lists them


@dataclass(frozen=True)
class Place:
    """A company's own page to apply on, with the jobs of the role that it was found to hire for there."""

    company: Company
    url: str
    jobs: list[Hiring]

    @property
    def host(self):
        """“tcs.com”, by which one knows that a page is the company's own."""
        return host_of(self.url).removeprefix("www.") or self.url

    @property
    def jobs_text(self):
        """“Process Associate (India, undated); Trainee (India, January 2026)”."""
        return "; ".join(f"{job.job} ({job.when_and_where})" for job in self.jobs)


@dataclass(frozen=True)
class ApplyList:
    """`places` hire for the role as a source says, `others` are the guide's other companies; `papers` may be None."""

    papers: Section | None
    places: list[Place]
    others: list[Place]


def apply_list(role):
    """The `ApplyList` of a role that was fetched `for_page`. Two queries, however many companies there are."""
    jobs: dict[str, list[Hiring]] = {}
    for job in role.jobs:
        jobs.setdefault(job.official_url, []).append(job)
    places = [Place(some[0].company, url, some) for url, some in jobs.items()]
    hiring = {place.company.pk for place in places}
    others = Company.objects.published().exclude(pk__in=hiring).in_order()[:MOST_ON_A_PAGE]
    return ApplyList(
        papers=Section.objects.published().filter(slug=PAPERS).first(),
        places=places,
        others=[Place(company, company.careers_url, []) for company in others],
    )
