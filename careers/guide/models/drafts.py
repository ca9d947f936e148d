"""What HR works on, and what HR did. Neither is part of the guide: readers see nothing of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.change_sets import ChangeSet
from careers.guide.models.versions import Version


class Draft(models.Model):
    """A page as it is to become. `base` is what readers saw when it began, none where they never saw the page; `head`
    is what it says now. What is approved is a version: a later save has to be looked at anew.
    """

    class State(models.TextChoices):
        EDITING = "editing", "Draft"
        IN_REVIEW = "in_review", "In review"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved"

    model = LineField(max_length=60)
    page_pk = models.PositiveBigIntegerField()
    base = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    # None of one that was in review before the desk kept versions: the page's own rows are what it says.
    head = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.EDITING, db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text="For a review."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", help_text="In the review."
    )
    reasons = TextField(blank=True, help_text="Why it was sent back.")
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.SET_NULL, related_name="drafts")
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "page_pk"],
                name="draft_once_a_page",
                violation_error_message="This page has a draft already.",
            ),
            models.CheckConstraint(
                name="draft_sent_back_with_reasons",
                condition=~Q(state="sent_back") | ~Q(reasons=""),
                violation_error_message="Say why it goes back.",
            ),
        ]

    def __str__(self):
        return f"draft of {self.model} {self.page_pk}"


class DeskAction(models.Model):
    """One thing that somebody of HR did. Nobody changes it at the desk, and it outlives the page and who did it."""

    class What(models.TextChoices):
        SAVED = "saved", "Saved a draft"
        DISCARDED = "discarded", "Discarded the draft"
        ASKED = "asked", "Asked for a review"
        APPROVED = "approved", "Approved"
        SENT_BACK = "sent_back", "Sent back"
        PUBLISHED = "published", "Published"
        PUBLISHED_ALONE = "alone", "Published without a second look"
        LOOKED = "looked", "Gave the second look"
        ARCHIVED = "archived", "Took it offline"
        RESTORED = "restored", "Restored an older version"
        DELETED = "deleted", "Deleted"
        SHARED = "shared", "Made a link to the preview"
        UNSHARED = "unshared", "Closed the links to the preview"
        EXPORTED = "exported", "Took out a sheet"
        IMPORTED = "imported", "Brought in a sheet"
        PUT_IN = "put_in", "Put into a change set"
        TAKEN_OUT = "taken_out", "Took it out of a change set"
        # Of the set itself.
        SET_STARTED = "set_start", "Started a change set"
        SET_RENAMED = "set_name", "Renamed a change set"
        SET_DISCARDED = "set_drop", "Discarded a change set"

    what = models.CharField(max_length=10, choices=What)
    model = LineField(max_length=60)
    page_pk = models.PositiveBigIntegerField(help_text="0 of what is about many pages of a noun.")
    page_name = LineField(max_length=200)
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="actions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = TextField(blank=True)
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.SET_NULL, related_name="actions")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["model", "page_pk"], name="deskaction_page")]

    def __str__(self):
        return f"{self.get_what_display()}: {self.page_name}"


class PreviewLink(models.Model):
    """For whoever has the token: the draft of one page as it is then, until the link's end. Only its digest is kept."""

    digest = LineField(max_length=64, unique=True)
    model = LineField(max_length=60)
    page_pk = models.PositiveBigIntegerField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="When somebody last looked.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["model", "page_pk"], name="previewlink_page")]

    def __str__(self):
        return f"preview of {self.model} {self.page_pk}"
