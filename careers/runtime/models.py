"""What limits are counted in while the cache is away (`careers.runtime.counts`)."""

from django.db import models


class CountQuerySet(models.QuerySet):
    def over(self, *, now):
        return self.filter(expires__lte=now)


class Count(models.Model):
    """A row of Django's cache in the database, whose names and types these are."""

    cache_key = models.CharField(max_length=64, primary_key=True, help_text="The hash of what is counted, and whose.")
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    objects = CountQuerySet.as_manager()

    def __str__(self):
        return f"Count {self.cache_key[:8]}"
