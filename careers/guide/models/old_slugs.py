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
    def of(cls, noun, slugs):
        return cls.objects.filter(model=noun._meta.label_lower, slug__in=slugs)

    @classmethod
    def belongs_to_another(cls, page, slug):
        return page.pk not in cls.owners(type(page), [slug]).get(slug, {page.pk})

    @classmethod
    def owners(cls, noun, slugs):
        """{slug: {key of the page that had it}} of those of `slugs` that lead to a page still. One query, or two."""
        owners = dict(cls.of(noun, slugs).values_list("slug", "page_pk"))
        there = set(noun._base_manager.filter(pk__in=owners.values()).values_list("pk", flat=True)) if owners else set()
        return {slug: {key} for slug, key in owners.items() if key in there}


def note_slugs(noun, pages, *, on_record=True):
    """Call it when pages that readers know, each given with its slug before, may have another one now.

    Without `on_record` none of their slugs was one of a page before.
    """
    label, moved = noun._meta.label_lower, [(page, before) for page, before in pages if page.slug != before]
    if moved:
        if on_record:
            OldSlug.of(noun, [page.slug for page, _ in moved]).delete()
        OldSlug.objects.bulk_create(
            [OldSlug(model=label, slug=before, page_pk=page.pk) for page, before in moved],
            update_conflicts=True,
            unique_fields=["model", "slug"],
            update_fields=["page_pk"],
        )
