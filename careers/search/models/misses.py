"""What readers looked for and did not find. Counts, never people."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

KEPT_DAYS = 400


class SearchMissQuerySet(models.QuerySet):
    def count_miss(self, *, words, filters, day, most_rows=2000):
        """Count one search without a result.

        At most `most_rows` different searches are kept for one day; then a new one takes the place of the oldest that
        was asked only once, so a flood of nonsense fills no disk and hides nothing that many ask for. What is older
        than KEPT_DAYS goes.
        """
        row = {"words": words, "filters": filters, "day": day}
        if self.filter(**row).update(count=F("count") + 1):
            return
        today = self.filter(day=day)
        if not today.exists():
            self.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
        elif today.count() >= most_rows:
            self.filter(pk__in=today.filter(count=1).order_by("pk").values("pk")[:1]).delete()
        # Somebody else may make the row at this moment, so it begins at nothing and both add their one.
        self.bulk_create([self.model(**row, count=0)], ignore_conflicts=True)
        self.filter(**row).update(count=F("count") + 1)


class SearchMiss(models.Model):
    words = models.CharField(max_length=80)
    filters = models.CharField(max_length=200, blank=True)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=1)
    answered = models.PositiveIntegerField(default=0, help_text="How many of these the desk has dealt with.")

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
            ),
            models.CheckConstraint(
                name="searchmiss_answered_of_count",
                condition=Q(answered__lte=F("count")),
                violation_error_message="No more can be answered than were asked.",
            ),
        ]

    def __str__(self):
        return self.words or self.filters
