"""Slugs that pages had, so that links and bookmarks go on leading to them."""

from django.db import models

from careers.fields.models.texts import LineField


class OldSlug(models.Model):
    """A page of a noun was published under `slug` and has another one now. No other page is given it."""

    model = LineField(max_length=60)
    slug = models.SlugField(max_length=180)
    page_pk = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["model", "slug"],
                name="oldslug_once",
                violation_error_message="This address is on record already.",
            )
        ]

    def __str__(self):
        return f"{self.slug} of {self.model} {self.page_pk}"

    @classmethod
    def page_at(cls, noun, slug):
        """The page that had this slug; None where there is none, or it is gone."""
        key = cls.objects.filter(model=noun._meta.label_lower, slug=slug).values_list("page_pk", flat=True).first()
        return noun._base_manager.filter(pk=key).first() if key else None

    @classmethod
    def belongs_to_another(cls, page, slug):
        found = cls.page_at(type(page), slug)
        return found is not None and found.pk != page.pk


def note_slugs(page, *, before):
    """Call it when a page that readers know gets another slug than `before`."""
    label = page._meta.label_lower
    if before == page.slug:
        return
    OldSlug.objects.filter(model=label, slug=page.slug).delete()
    OldSlug.objects.update_or_create(model=label, slug=before, defaults={"page_pk": page.pk})
