"""The private address under which a person's calendar program fetches their dates, and what it was told of each."""

from django.db import models
from django.utils import timezone

from careers.lib.days import day_in_words
from careers.people.models.profiles import Profile
from careers.sharing.models import new_token


class CalendarFeed(models.Model):
    """The address of a person's dates: all who know `token` read them. A new one makes the old address dead."""

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
        return f"Calendar of {day_in_words(timezone.localdate(self.created_at))}"


class CalendarEvent(models.Model):
    """The last that calendar programs were told of one date: `digest` of all that it says, and its number.

    Made and raised by `careers.calendars.services`, whatever it was that changed what the date says: the person, HR,
    the portal's address, another version of the portal.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="calendar_events")
    uid = models.CharField(max_length=48, unique=True)
    sequence = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self):
        return self.uid
