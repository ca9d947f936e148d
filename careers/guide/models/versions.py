"""What a page of the guide said at some moment, with its rows."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from careers.fields.models.texts import LineField


class Version(models.Model):
    """A state of a page that was kept. Never changed; it outlives the page and who wrote it.

    `content` is as `careers.guide.rules.snapshots` says, `schema` the latest migration it was made under. A
    migration that renames a field turns the contents that are kept, as 0035 does; what it takes away is told when a
    version is restored.
    """

    class Kind(models.TextChoices):
        FOUND = "found", "Found so"  # something else than the desk had written it
        SAVED = "saved", "Saved"
        AUTOSAVED = "autosaved", "Saved while it was written"
        ASIDE = "aside", "Set aside"  # the other side of a conflict
        LOADED = "loaded", "Loaded"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Taken offline"
        RESTORED = "restored", "Restored"
        DELETED = "deleted", "Deleted"

    model = LineField(max_length=60)
    page_pk = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(help_text="Counted from 1 for each page.")
    kind = models.CharField(max_length=10, choices=Kind)
    content = models.JSONField()
    digest = LineField(max_length=32)
    schema = LineField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = LineField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    form = LineField(
        max_length=40, blank=True, help_text="A word that a browser has made for the form it was sent from."
    )
    sequence = models.PositiveBigIntegerField(default=0, help_text="Later from one form is more.")
    typed = models.JSONField(
        null=True, help_text="What the form itself said, where others' changes are in the content."
    )
    is_opened = models.BooleanField(default=False, help_text="A form shows it, so no later one may take its place.")

    # What readers have seen.
    SHOWN = (Kind.FOUND, Kind.LOADED, Kind.PUBLISHED)
    # What the rows of a page say that they know, if it is offline by now.
    OF_READERS = (*SHOWN, Kind.ARCHIVED)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "page_pk", "number"],
                name="version_number_once",
                violation_error_message="This page has a version of that number already.",
            )
        ]

    def __str__(self):
        return f"version {self.number} of {self.model} {self.page_pk}"
