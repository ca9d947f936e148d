"""The address of a move, which names it in fixtures. Nobody writes it, so it is never a reason to refuse a move."""

from django.db.models import prefetch_related_objects
from django.utils.text import slugify

from careers.guide.models.publishing import GuideModel
from careers.guide.rules.moves import free_slug

MOST_OF_DESTINATION = 80  # a letter such as “㎯” is several in an address


class SlugOfEnds:
    SAVED_ALONG = (*GuideModel.SAVED_ALONG, "slug")

    @classmethod
    def prepare(cls, pages):
        """With a number where another move has its address: “a” to “b-to-c” reads as “a-to-b” to “c” does."""
        prefetch_related_objects(pages, "from_role", "to_role")
        keys, slugs = {page.pk for page in pages}, cls._base_manager.values_list("slug", "pk")
        if len(pages) == 1:
            slugs = slugs.filter(slug__startswith=pages[0].slug_of_ends)
        taken = {slug for slug, key in slugs if key not in keys}
        for page in pages:
            page.slug = free_slug(page.slug_of_ends, now=page.slug, taken=taken)
            taken.add(page.slug)
        super().prepare(pages)

    @property
    def slug_of_ends(self):
        """The name that its ends give it."""
        end = self.to_role.slug if self.to_role else slugify(self.destination)[:MOST_OF_DESTINATION] or "elsewhere"
        return f"{self.from_role.slug}-to-{end}"

    @property
    def anchor(self):
        """Where the page of ways out describes its destination."""
        return slugify(self.destination, allow_unicode=True) or "elsewhere"
