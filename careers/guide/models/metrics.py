from django.urls import reverse

from careers.fields.models.texts import LineField
from careers.guide.models.publishing import GuideModel


class Metric(GuideModel):
    """How work is measured. Explained once, used by many roles."""

    name = LineField(max_length=80, unique=True, help_text="In full: “Average handling time”.")
    abbreviation = LineField(max_length=10, blank=True, help_text="AHT, CSAT, FCR …")
    explanation = LineField(max_length=300, help_text="What it means, in one or two sentences.")
    benchmark = LineField(
        max_length=240,
        blank=True,
        help_text="A published figure with its source in the text. Empty when there is none.",
    )

    NAMED_BY = ("abbreviation", "name")

    class Meta(GuideModel.Meta):
        ordering = ["name"]

    def get_absolute_url(self):
        return f"{reverse('guide-read')}#{self.slug}"

    def __str__(self):
        return f"{self.abbreviation}, {self.name.lower()}" if self.abbreviation else self.name
