"""What readers looked for and did not find. Counts, never people."""

from django.db import models
from django.db.models import F


class SearchMissQuerySet(models.QuerySet):
    def count_miss(self, *, words, filters, day, most_rows=2000):
        """Count one search without a result.

        At most `most_rows` different searches are kept for one day, so a flood of nonsense cannot fill the disk.
        """
        row = {"words": words, "filters": filters, "day": day}
        if self.filter(**row).update(count=F("count") + 1) or self.filter(day=day).count() >= most_rows:
            return
        # Somebody else may make the row at this moment, so it begins at nothing and both add their one.
        self.bulk_create([self.model(**row, count=0)], ignore_conflicts=True)
        self.filter(**row).update(count=F("count") + 1)


class SearchMiss(models.Model):
    words = models.CharField(max_length=80)
    filters = models.CharField(max_length=200, blank=True)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name = "search without a result"
        verbose_name_plural = "searches without a result"
        ordering = ["-day", "-count", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["words", "filters", "day"],
                name="searchmiss_once_a_day",
                violation_error_message="This search is counted already.",
            )
        ]

    def __str__(self):
        return self.words or self.filters
