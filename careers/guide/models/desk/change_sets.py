"""Pages that go live as one."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from careers.fields.models.texts import LineField


class ChangeSet(models.Model):
    """Drafts that readers get together or not at all. A page's draft is in one set at most.

    Once it is published or discarded it has no drafts any more; what was done with its pages stays (`DeskAction`).
    """

    class State(models.TextChoices):
        FILLING = "filling", "Being filled"  # part by part, until it is whole
        OPEN = "open", "Open"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Discarded"

    title = LineField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undoes = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="undone_by",
        help_text="The published set that this one takes back.",
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was published or discarded.")

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="changeset_ends_once",
                condition=models.Q(state__in=("filling", "open"), ended_at=None)
                | ~models.Q(state__in=("filling", "open")) & ~models.Q(ended_at=None),
                violation_error_message="A set that is open has no end, any other has one.",
            )
        ]

    def __str__(self):
        return self.title
