from django.db import models
from django.db.models import Q
from django.urls import reverse

from careers.fields.models.links import LinkField
from careers.fields.models.money import CurrencyField
from careers.fields.models.texts import LineField, TextField
from careers.guide.models.publishing import (
    MOST_ON_A_PAGE,
    GuideManager,
    GuideModel,
    GuideQuerySet,
    HangingRow,
    HangingRowManager,
    PageModel,
)
from careers.guide.models.skills import ProficiencyField, Skill, proficiency_in_range
from careers.lib.hours import sum_hours
from careers.lib.words import counted, money


class CertificationQuerySet(GuideQuerySet):
    def with_credits(self):
        return self.in_order().prefetch_related(models.Prefetch("credits", CertificationSkill.objects.published()))

    def not_held_on(self, day, *, profile):
        # One without a certification of the guide is a null, and nothing at all is "not in" a list with a null.
        return self.exclude(pk__in=profile.certificates.of_the_guide().valid_on(day).values("certification"))

    def for_list(self):
        return self.with_credits().prefetch_related("steps")

    def for_page(self):
        helped = self.model._meta.get_field("role_certifications").related_model.objects
        return self.for_list().prefetch_related(
            models.Prefetch("role_certifications", helped.with_published_roles()[:MOST_ON_A_PAGE], to_attr="helps_in")
        )


class Certification(PageModel):
    class Kind(models.TextChoices):
        EXAM = "exam", "Exam"
        COMPLETION = "completion", "Course completion"

    title = LineField(max_length=120, unique=True, help_text="The full name, never an acronym alone.")
    issuer = LineField(max_length=120)
    kind = models.CharField(
        max_length=12, choices=Kind, help_text="An exam proves it; a completion shows that a course was finished."
    )
    summary = LineField(max_length=240, help_text="One or two sentences, to the reader.")
    about = TextField(
        blank=True, help_text="What it covers and who asks for it. Leave a blank line between paragraphs."
    )
    watch_out = TextField(blank=True, help_text="Mix-ups, outdated facts, traps. One per line.")
    when_in_career = TextField(
        "when it makes sense", help_text="At which point of a career it pays, and when it is too early."
    )

    exam_format = TextField(
        blank=True, help_text="Questions, time, language, open or closed book. Empty when not known."
    )
    pass_mark = LineField(max_length=80, blank=True, help_text="As the issuer says it. Empty when not known.")
    prerequisites = TextField(
        blank=True, help_text="What one needs before. “None” when there is none; empty when not known."
    )

    fee_amount = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True, help_text="Empty when not known."
    )
    fee_currency = CurrencyField(max_length=3, blank=True, help_text="Three letters: USD, GBP, INR.")
    fee_as_of = LineField("fee as of", max_length=40, blank=True, help_text="The date of the fee: “2024”, “July 2026”.")
    fee_note = LineField(max_length=240, blank=True, help_text="Member prices, retakes, what is included.")

    validity_known = models.BooleanField(
        "validity is known", default=True, help_text="Untick when no source says whether it expires."
    )
    validity_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Months until it lapses. Empty when it does not expire."
    )
    renewal_rule = TextField(blank=True, help_text="How to renew. Empty when not known.")
    official_url = LinkField("official page", max_length=300, blank=True)
    hours_note = LineField(
        max_length=240,
        blank=True,
        help_text="Where the hours of the steps come from: the issuer, or our own planning estimate.",
    )
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")
    skills = models.ManyToManyField(Skill, through="CertificationSkill", related_name="certifications")

    objects = GuideManager.from_queryset(CertificationQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["position", "title"]
        constraints = [
            *GuideModel.Meta.constraints,
            models.CheckConstraint(
                name="certification_fee_has_currency_and_date",
                condition=Q(fee_amount__isnull=True) | (~Q(fee_currency="") & ~Q(fee_as_of="")),
                violation_error_message="A fee needs its currency and its date.",
            ),
            models.CheckConstraint(
                name="certification_fee_not_negative",
                condition=Q(fee_amount__isnull=True) | Q(fee_amount__gte=0),
                violation_error_message="A fee cannot be below zero.",
            ),
            models.CheckConstraint(
                name="certification_validity_makes_sense",
                condition=Q(validity_months__isnull=True) | (Q(validity_known=True) & Q(validity_months__gt=0)),
                violation_error_message="Months of validity go with “validity is known” and are at least 1.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("certification-detail", args=[self.slug])

    @property
    def public_name(self):
        """Its name for a person who holds it; it says nothing of a page that was never published."""
        return self.title if self.is_known else "A certification that is not published"

    @property
    def public_issuer(self):
        return self.issuer if self.is_known else ""

    @property
    def study(self):
        """The hours to prepare, of all its steps but those of the renewal."""
        return sum_hours(step.hours for step in self.steps.all() if not step.is_renewal)

    @property
    def fee_text(self):
        """“US$422 (2024)”, the day of the fee with it; empty where no fee is known."""
        if self.fee_amount is None:
            return ""
        return f"{money(self.fee_amount, self.fee_currency)} ({self.fee_as_of})"

    @property
    def exam_fee_text(self):
        """Completions have fees, too, but nothing to sit again. What HR works on has none that people may know."""
        return self.fee_text if self.kind == self.Kind.EXAM and self.is_known else ""

    @property
    def never_expires(self):
        return self.validity_known and self.validity_months is None

    @property
    def validity_text(self):
        """One of "Not known", "Does not expire", "3 years", "18 months"."""
        if not self.validity_known:
            return "Not known"
        if self.never_expires:
            return "Does not expire"
        years, months = divmod(self.validity_months, 12)
        number, unit = (self.validity_months, "month") if months else (years, "year")
        return counted(number, unit)


# Texts of its page, which nobody needs who only names it; reading columns takes most of such a query.
TEXTS = (
    *("summary", "about", "watch_out", "when_in_career", "exam_format", "pass_mark", "prerequisites"),
    *("fee_amount", "fee_currency", "fee_as_of", "fee_note", "renewal_rule", "hours_note"),
    *("source_name", "source_url", "further_sources", "checked_on", "checked_against", "is_addition"),
)


def with_certification(rows, path="certification"):
    """Rows of people with the certification at this path as far as it names them: without the texts of its page."""
    return rows.select_related(path).defer(*(f"{path}__{name}" for name in TEXTS))


class OfTheGuide:
    """A person's relation to a `certification` of the guide, or to one of their own, which has none.

    Screens, mails and calendars take what the guide says from `known` and the names from `name` and `issued_by`.
    """

    @property
    def known(self):
        """The guide's page of it; None where it has none that people may know."""
        return self.certification if self.certification and self.certification.is_known else None

    @property
    def name(self):
        """As the guide says; what the row has itself where the guide says nothing, or HR works on its page there."""
        return self.known.title if self.known else self.title

    @property
    def issued_by(self):
        return self.known.issuer if self.known else self.issuer


class CertificationStep(HangingRow):
    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(help_text="1 comes first.")
    title = LineField(max_length=160, help_text="Starts with a verb: “Book the exam”.")
    hours = models.DecimalField(
        max_digits=5, decimal_places=1, null=True, blank=True, help_text="Empty when not known."
    )
    is_renewal = models.BooleanField(
        "of the renewal",
        default=False,
        help_text="It keeps the certificate valid, so it is open once that is earned.",
    )

    NATURAL_KEY = ("certification__slug", "position")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "position"],
                name="certificationstep_position_once",
                violation_error_message="Two steps stand at the same position.",
            ),
            models.CheckConstraint(
                name="certificationstep_hours_positive",
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                violation_error_message="Hours are more than zero, or empty when not known.",
            ),
        ]

    def __str__(self):
        return self.title


class CertificationSkillQuerySet(models.QuerySet):
    def published(self):
        return self.filter(skill__status=GuideModel.Status.PUBLISHED).select_related("skill")

    def with_published_certifications(self):
        return (
            self.filter(certification__status=GuideModel.Status.PUBLISHED)
            .select_related("certification")
            .order_by("-proficiency", "certification__position")
        )


class CertificationSkill(HangingRow):
    """A credit of a certification: those who hold it have this skill at this proficiency."""

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="credits")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="credited_by")
    proficiency = ProficiencyField(help_text="The proficiency that holding it shows.")

    NATURAL_KEY = ("certification__slug", "skill__slug")

    objects = HangingRowManager.from_queryset(CertificationSkillQuerySet)()

    class Meta:
        verbose_name = "credited skill"
        ordering = ["-proficiency", "skill__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "skill"],
                name="certificationskill_once",
                violation_error_message="This skill is credited already.",
            ),
            proficiency_in_range(),
        ]

    def __str__(self):
        return f"{self.skill} {self.proficiency}"
