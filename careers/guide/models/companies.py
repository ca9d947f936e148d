from django.db import models
from django.urls import reverse

from careers.fields.models.links import LinkField
from careers.fields.models.texts import LineField, TextField
from careers.guide.models.hiring import Hiring
from careers.guide.models.publishing import GuideManager, GuideModel, GuideQuerySet, PageModel

MOST_JOBS = 60  # of a company, on its page


class CompanyQuerySet(GuideQuerySet):
    def for_page(self):
        """With the first jobs that it hires for, as `jobs`."""
        return self.prefetch_related(
            models.Prefetch("hirings", Hiring.objects.for_company()[:MOST_JOBS], to_attr="jobs")
        )

    def for_index(self):
        return self.prefetch_related("hirings")

    def with_job_counts(self):
        return self.annotate(job_count=models.Count("hirings"))


class Company(PageModel):
    name = LineField(max_length=80, unique=True)
    summary = LineField(max_length=200, help_text="What it does in BPO, in one or two sentences.")
    careers_url = LinkField(
        "official careers page", max_length=300, help_text="The company's own address, never an agent's."
    )
    notes = TextField(blank=True, help_text="What an applicant should know, with its year. One per line.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")

    NAMED_BY = ("name",)

    objects = GuideManager.from_queryset(CompanyQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["position", "name"]
        verbose_name_plural = "companies"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("company-detail", args=[self.slug])
