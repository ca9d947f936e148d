"""Jobs for which companies hire, with the rules for getting in, as a source says them."""

from django.db import models
from django.db.models import Q

from careers.fields.models.links import LinkField
from careers.fields.models.texts import LineField
from careers.guide.models.choices import Country
from careers.guide.models.publishing import (
    CheckedAgainst,
    CheckedRow,
    GuideModel,
    HangingRowManager,
    compared_on,
    compared_with,
)

# The rules for getting in that a source may name, in the order in which an applicant asks for them.
RULES = ("degree", "experience", "age", "gap", "tests", "languages", "shifts", "cities")
PUBLISHED = GuideModel.Status.PUBLISHED


class HiringQuerySet(models.QuerySet):
    def published(self):
        """Of companies that readers see, which come with them."""
        return (
            self.filter(company__status=PUBLISHED)
            .select_related("company")
            .order_by("company__position", "company__name", *self.model._meta.ordering)
        )

    def for_company(self):
        """With the role and the industry that each leads to."""
        return self.select_related("role", "industry").order_by(*self.model._meta.ordering)


class Hiring(CheckedRow):
    """A job for which a company hires or has hired in one country, as one source says it of one time.

    What the source does not say of the rules stays empty. It leads to a role, an industry, or both.
    """

    company = models.ForeignKey("careers.Company", on_delete=models.CASCADE, related_name="hirings")
    job = LineField(max_length=120, help_text="As the source names it: “Trust and Safety New Associate”.")
    country = models.CharField(max_length=2, choices=Country)
    role = models.ForeignKey(
        "careers.Role",
        on_delete=models.CASCADE,
        related_name="hirings",
        null=True,
        blank=True,
        help_text="The role of the guide that it is. Empty where it is said of an industry only.",
    )
    industry = models.ForeignKey(
        "careers.Industry",
        on_delete=models.CASCADE,
        related_name="hirings",
        null=True,
        blank=True,
        help_text="For whose customers the work is, where the source says so.",
    )
    degree = LineField(max_length=200, blank=True, help_text="Studies that it asks for, in your own words.")
    experience = LineField(max_length=120, blank=True, help_text="“0 to 1 year”.")
    age = LineField(max_length=120, blank=True, help_text="“18 to 28”.")
    gap = LineField("gap in studies", max_length=200, blank=True, help_text="The longest that it allows, and backlogs.")
    tests = LineField(max_length=200, blank=True, help_text="Tests and talks before the offer.")
    languages = LineField(max_length=120, blank=True, help_text="With the level, if it names one.")
    shifts = LineField(max_length=120, blank=True, help_text="Nights too: “rotational shifts, nights included”.")
    cities = LineField(max_length=120, blank=True, help_text="Where the work is.")
    apply_url = LinkField(
        "page to apply on",
        max_length=300,
        blank=True,
        help_text="The company's own page for this job. Empty: its careers page.",
    )
    as_of = LineField("as of", max_length=80, help_text="The time that the source is of: “January 2026”, “undated”.")
    source_name = LineField("source", max_length=200, help_text="Who says it, and what kind of page it is.")
    source_url = LinkField("source address", max_length=300, help_text="https://…")
    checked_on = compared_on()
    checked_against = compared_with()
    position = models.PositiveSmallIntegerField(default=100, help_text="Order within a company, smallest first.")

    NATURAL_KEY = ("company__slug", "job", "country")

    objects = HangingRowManager.from_queryset(HiringQuerySet)()

    class Meta:
        verbose_name = "job"
        verbose_name_plural = "jobs of companies"
        ordering = ["position", "job", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "job", "country"],
                name="hiring_once",
                violation_error_message="This job in this country is listed already.",
            ),
            models.CheckConstraint(
                name="hiring_leads_somewhere",
                condition=Q(role__isnull=False) | Q(industry__isnull=False),
                violation_error_message="Choose the role that it is, or the industry.",
            ),
            models.CheckConstraint(
                name="hiring_has_source",
                condition=~Q(source_name="") & ~Q(source_url="") & ~Q(as_of=""),
                violation_error_message="Write the source, its address, and the time that it is of.",
            ),
            models.CheckConstraint(
                name="hiring_says_with_what_it_was_compared",
                condition=Q(checked_against__in=CheckedAgainst.values),
                violation_error_message="Choose what it was compared with.",
            ),
        ]

    def __str__(self):
        return f"{self.job}, {self.get_country_display()}"

    @property
    def rules(self):
        """[(name, what the source says)] of the rules that it names."""
        return [
            (str(self._meta.get_field(name).verbose_name).capitalize(), getattr(self, name))
            for name in RULES
            if getattr(self, name)
        ]

    @property
    def official_url(self):
        return self.apply_url or self.company.careers_url

    @property
    def when_and_where(self):
        """“India, December 2024”."""
        return f"{self.get_country_display()}, {self.as_of}"

    @property
    def shown_role(self):
        """None of one that readers do not see; of rows fetched `for_company`."""
        return self.role if self.role and self.role.is_published else None

    @property
    def shown_industry(self):
        return self.industry if self.industry and self.industry.is_published else None
