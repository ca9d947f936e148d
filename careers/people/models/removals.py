"""What a person took away and can bring back: kept for a day, in a table of its own that nothing else counts."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.people.models.profiles import Profile

KEPT_FOR = timedelta(days=1)


class RemovalQuerySet(models.QuerySet):
    def fresh_at(self, now):
        """Those that can come back."""
        return self.filter(removed_at__gt=now - KEPT_FOR, removed_at__lte=now + KEPT_FOR)

    def expired_at(self, now):
        """The others, also those that a wrong clock has set ahead."""
        return self.filter(Q(removed_at__lte=now - KEPT_FOR) | Q(removed_at__gt=now + KEPT_FOR))


class Removal(models.Model):
    """A row of a kind that went. Its noun knows the kind, and makes the row again of what it `was`, which is JSON."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="removals")
    kind = models.CharField(max_length=20)
    key = models.BigIntegerField(help_text="Of the row that went; of a role that was saved, the role's.")
    taken_from = models.BigIntegerField(null=True, blank=True, help_text="The key of the plan it was of, if of any.")
    was = models.JSONField()
    removed_at = models.DateTimeField(default=timezone.now)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ["-removed_at", "-pk"]
        indexes = [models.Index(fields=["removed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind", "key"],
                name="removal_once",
                violation_error_message="This was removed already.",
            )
        ]

    def __str__(self):
        return self.kind
