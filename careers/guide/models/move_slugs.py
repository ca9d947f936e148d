"""The address of a move, which names it in fixtures. Nobody writes it, so it is never a reason to refuse a move."""

from django.utils.text import slugify

from careers.guide.rules.moves import free_slug

MOST_OF_DESTINATION = 80  # a letter such as “㎯” is several in an address


class SlugOfEnds:
    def save(self, *args, **kwargs):
        self.slug = self.own_slug()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def own_slug(self):
        """With a number where another move has its address: “a” to “b-to-c” reads as “a-to-b” to “c” does."""
        others = type(self)._base_manager.exclude(pk=self.pk).filter(slug__startswith=self.slug_of_ends)
        return free_slug(self.slug_of_ends, now=self.slug, taken=set(others.values_list("slug", flat=True)))

    @property
    def slug_of_ends(self):
        """The name that its ends give it."""
        end = self.to_role.slug if self.to_role else slugify(self.destination)[:MOST_OF_DESTINATION] or "elsewhere"
        return f"{self.from_role.slug}-to-{end}"

    @property
    def anchor(self):
        """Where the page of ways out describes its destination."""
        return slugify(self.destination, allow_unicode=True) or "elsewhere"
