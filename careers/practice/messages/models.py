"""What a person wrote to a message, with what they ticked of it. The messages are the portal's own."""

from django.db import models
from django.utils import timezone

from careers.fields.models.texts import TextField
from careers.people.models.profiles import Profile

LONGEST_KEY = 60


class WrittenAnswer(models.Model):
    """One answer to a message, or a sum of a call. `ticks` are keys of the checklist."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="written_answers")
    message = models.CharField(max_length=LONGEST_KEY)
    text = TextField()
    ticks = models.JSONField(default=list)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When the ticks were last changed.")

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="writtenanswer_says_something",
                condition=~models.Q(text=""),
                violation_error_message="Write an answer.",
            )
        ]

    def __str__(self):
        return self.text
