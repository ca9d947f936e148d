from django.db import models
from django.urls import reverse

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.publishing import GuideModel

GLOSSARY = "glossary"  # the slug of the section whose points are explained wherever their words stand


class Section(GuideModel):
    """A section of the guide. Some sections end in a list of what the portal knows, so the two never disagree."""

    class Listing(models.TextChoices):
        NOTHING = "", "Nothing"
        ENTRY_ROLES = "entry_roles", "Entry roles"
        SKILLS = "skills", "Skills"
        GROWTH_ROLES = "growth_roles", "Roles above entry"
        METRICS = "metrics", "Measures"
        CERTIFICATIONS = "certifications", "Certifications"
        INDUSTRIES = "industries", "Industries"
        COMPANIES = "companies", "Companies"
        BOOKS = "books", "Books"
        QUESTIONS = "questions", "Questions"

    title = LineField(max_length=120)
    body = TextField(help_text="Leave a blank line between paragraphs.")
    points = TextField(blank=True, help_text="Points under the text, one per line: a term, a colon, what it means.")
    listing = models.CharField(
        "list after it",
        max_length=16,
        choices=Listing,
        blank=True,
        default=Listing.NOTHING,
        help_text="What to list after the text.",
    )
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the guide, smallest first.")

    class Meta(GuideModel.Meta):
        ordering = ["position", "title"]

    def __str__(self):
        return self.title

    @property
    def is_glossary(self):
        return self.slug == GLOSSARY

    def get_absolute_url(self):
        return f"{reverse('guide-read')}#{self.slug}"
