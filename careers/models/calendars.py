"""The private address under which a person's calendar program fetches their dates."""

from django.db import models
from django.utils import timezone

from careers.models.profiles import Profile
from careers.models.shares import new_token


class CalendarFeed(models.Model):
    """Whoever knows `token` reads the dates; a new one makes the old address dead."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="calendar_feeds")
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it was last fetched.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile"],
                name="calendarfeed_one_a_person",
                violation_error_message="You have a calendar address already.",
            )
        ]

    def __str__(self):
        return f"Calendar of {self.created_at:%d %B %Y}"
