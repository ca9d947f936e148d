"""Score sheets of calls that were played. The calls are the portal's own."""

from django.db import models
from django.utils import timezone

from careers.fields.models.texts import TextField
from careers.people.models.profiles import Profile
from careers.practice.calls.rules.scoring import MOST, total, weakest

LONGEST_KEY = 60
LONGEST_NOTE = 1000


class CallScore(models.Model):
    """One sheet. `points` is {criterion: 0, 1 or 2}; of whom it is, only the person knows."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="call_scores")
    call = models.CharField(max_length=LONGEST_KEY)
    points = models.JSONField(default=dict)
    note = TextField(blank=True)
    played_on = models.DateField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-played_on", "-pk"]

    def __str__(self):
        return self.total_text

    @property
    def total_text(self):
        return f"{total(self.points)} of {MOST} points"

    @property
    def weakest(self):
        return weakest(self.points)
