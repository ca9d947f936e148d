from django.db import models
from django.urls import reverse

from careers.fields.models.texts import LineField
from careers.guide.models.publishing import GuideModel


class Book(GuideModel):
    title = LineField(max_length=200)
    author = LineField(max_length=120)
    summary = LineField(max_length=300, help_text="What the reader gets from it.")
    publisher = LineField(max_length=120, blank=True, help_text="Empty until somebody has seen the book.")
    isbn = LineField("ISBN", max_length=17, blank=True)
    listing_note = LineField(max_length=300, blank=True, help_text="What we know, and do not know, about this book.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")

    class Meta(GuideModel.Meta):
        ordering = ["position", "title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('book-list')}#{self.slug}"
