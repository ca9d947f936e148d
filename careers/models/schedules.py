"""What stands in a person's calendar under a name that stays, however often it is moved."""

import uuid

from django.db import models
from django.utils import timezone


class Scheduled(models.Model):
    """`uid` names it in calendars for good. Whoever changes it raises `version` by one and sets `changed_at`.

    A form that was filled in for an older `version` is told what changed meanwhile.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def touch(self, *, now):
        """Say that it changed; the caller saves it, with the profile's row locked."""
        self.version += 1
        self.changed_at = now
