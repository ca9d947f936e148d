from django.db import models
from django.urls import reverse

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.publishing import GuideModel


class Company(GuideModel):
    name = LineField(max_length=80, unique=True)
    summary = LineField(max_length=200, help_text="What it does in BPO, in one or two sentences.")
    careers_url = models.URLField(
        "official careers page", max_length=300, help_text="The company's own address, never an agent's."
    )
    notes = TextField(blank=True, help_text="What an applicant should know, with its year. One per line.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")

    class Meta(GuideModel.Meta):
        ordering = ["position", "name"]
        verbose_name_plural = "companies"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('company-list')}#{self.slug}"
