"""What stands in a person's calendar under a name that stays, however often it is moved."""

import uuid

from django.db import models
from django.utils import timezone


class Scheduled(models.Model):
    """`uid` names it in calendars for good (what they were told: `models/calendars.py`). Whoever changes it raises
    `version` by one and sets `changed_at`.

    `version` says whether anybody touched it since it was made. `DAY` names the field of the day
    or moment on which it stands in the calendar; `day_set_at` says when that was set last.
    """

    DAY: str

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    day_set_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row.day_before = row.__dict__.get(cls.DAY)
        return row

    def bump_version(self, *, now):
        """Say that it changed; the caller saves it, with the profile's row locked."""
        self.version += 1
        self.changed_at = now
        day = getattr(self, self.DAY)
        if day != getattr(self, "day_before", day):
            self.day_set_at, self.day_before = now, day
