"""Papers that a person says they have at hand for an interview."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.people.models.profiles import Profile
from careers.readiness.rules import LONGEST


class ReadyPaper(models.Model):
    """One paper, by the words in which the guide named it: an edit of the guide takes no tick away."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="ready_papers")
    paper = LineField(max_length=LONGEST)
    ticked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["ticked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "profile",
                Lower("paper"),
                name="readypaper_once",
                violation_error_message="You have ticked this paper already.",
            )
        ]

    def __str__(self):
        return self.paper
