from django.db import models
from django.urls import reverse

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.hiring import Hiring
from careers.guide.models.publishing import MOST_ON_A_PAGE, GuideManager, GuideModel, GuideQuerySet, PageModel


class IndustryQuerySet(GuideQuerySet):
    def for_page(self):
        """With the first of its roles and of the jobs for which companies hire in it, as `first_roles` and `jobs`."""
        roles = self.model._meta.get_field("roles").related_model.objects
        return self.prefetch_related(
            models.Prefetch("roles", roles.published().for_rows().in_order()[:MOST_ON_A_PAGE], to_attr="first_roles"),
            models.Prefetch("hirings", Hiring.objects.published()[:MOST_ON_A_PAGE], to_attr="jobs"),
        )


class Industry(PageModel):
    name = LineField(max_length=80, unique=True)
    summary = LineField(max_length=200, help_text="One or two sentences, to the reader.")
    what_it_is_like = TextField(blank=True, help_text="Leave a blank line between paragraphs.")
    typical_processes = TextField(blank=True, help_text="One per line: “Claims processing”.")
    good_to_know = TextField(blank=True, help_text="Rules and words that a newcomer meets first. One per line.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")

    NAMED_BY = ("name",)

    objects = GuideManager.from_queryset(IndustryQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["position", "name"]
        verbose_name_plural = "industries"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("industry-detail", args=[self.slug])
