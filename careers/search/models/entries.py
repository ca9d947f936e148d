"""The search index: one row for everything a reader can find, with its text normalised by `careers.search.rules`.

Both databases index the normalised columns (SQLite with FTS5, PostgreSQL with a tsvector), so both find alike.
"""

from django.db import models
from django.db.models import Q

from careers.search.models.full_text import with_words


class SearchEntryQuerySet(models.QuerySet):
    def matching(self, terms, *, every):
        """Entries with every (or any) of `terms`, which are normalised."""
        return with_words(self, terms, index="careers_searchtext", every=every)

    def best_first(self, query):
        """Those named as the query first, so that a cut never loses them. `query` is normalised."""
        return self.annotate(
            nearness=models.Case(
                models.When(title_text=query, then=0),
                models.When(alternate_text__contains=query, then=1),
                models.When(title_text__contains=query, then=1),
                default=2,
            )
        ).order_by("nearness", "pk")


class SearchEntry(models.Model):
    class Kind(models.TextChoices):
        ROLE = "role", "Role"
        SKILL = "skill", "Skill"
        CERTIFICATION = "certification", "Certification"
        INDUSTRY = "industry", "Industry"
        COMPANY = "company", "Company"
        BOOK = "book", "Book"
        METRIC = "metric", "Measure"
        QUESTION = "question", "Question"
        SECTION = "section", "Guide"
        PAGE = "page", "Page"

    kind = models.CharField(max_length=13, choices=Kind, db_index=True)
    object_pk = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300)
    url = models.CharField(max_length=200)
    note = models.CharField(max_length=40, blank=True, help_text="What it is, more closely: a role's level.")
    track = models.CharField(max_length=12, blank=True)
    rank = models.PositiveIntegerField(default=0, help_text="Order among equals, smallest first.")
    title_text = models.TextField(help_text="The title, normalised.")
    alternate_text = models.TextField(help_text="Other titles, normalised, one per line.")
    summary_text = models.TextField(help_text="The summary, normalised.")
    body_text = models.TextField(help_text="Everything else that may be searched, normalised.")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_pk"],
                name="searchentry_object_once",
                violation_error_message="This object is in the index already.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def slug(self):
        """The last part of its address: a role is saved by it."""
        return self.url.rstrip("/").rpartition("/")[2]


class SearchIndex(models.Model):
    """One row: the revision of the guide that the index was built from, and the code that built it."""

    revision = models.PositiveBigIntegerField()
    code = models.CharField(max_length=16, blank=True, help_text="Digest of the code that built it.")

    class Meta:
        verbose_name_plural = "search indexes"
        constraints = [
            models.CheckConstraint(
                name="searchindex_is_single",
                condition=Q(pk=1),
                violation_error_message="There is one search index.",
            )
        ]

    def __str__(self):
        return f"Index of revision {self.revision}"

    @classmethod
    def current(cls):
        """(revision, code) of the index; None before the first was built. One query."""
        return cls.objects.filter(pk=1).values_list("revision", "code").first()
