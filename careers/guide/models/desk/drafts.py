"""What HR works on, and what HR did. Neither is part of the guide: readers see nothing of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.desk.change_sets import ChangeSet
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

    @property
    def is_brought_in(self):
        """Whether a sheet is bringing it in just now, which may yet be refused as a whole."""
        return bool(self.change_set and self.change_set.state == ChangeSet.State.FILLING)


class ScheduleQuerySet(models.QuerySet):
    def of_page(self, page):
        return self.filter(model=page._meta.label_lower, page_pk=page.pk)

    def running(self):
        """Those that happen when their time comes, the next first."""
        return self.filter(fault="").order_by("at", "pk")

    def stopped(self):
        """Those that wait until somebody decides, the oldest first."""
        return self.exclude(fault="").order_by("at", "pk")


class Schedule(models.Model):
    """A moment at which something happens to a page, or to a change set as one, by whoever comes by then.

    A page is published as it is in `version`, a set as its drafts were (`digest`); whoever saves one again says whether
    the time still holds. A `fault` says why it did not happen, or will not: it is not tried again until somebody gives
    it a time anew.
    """

    class What(models.TextChoices):
        PUBLISH = "publish", "Publish"
        ARCHIVE = "archive", "Take offline"

    what = models.CharField(max_length=10, choices=What)
    model = LineField(max_length=60, blank=True)
    page_pk = models.PositiveBigIntegerField(null=True, blank=True)
    change_set = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.CASCADE, related_name="schedules")
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = LineField(max_length=32, blank=True, help_text="Of the versions that a change set then had.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    fault = TextField(blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="Since when it has its fault.")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="schedule_running", condition=Q(fault=""))]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "page_pk", "what"],
                condition=Q(change_set=None),
                name="schedule_once_a_page",
                violation_error_message="This page has a time for that already.",
            ),
            models.UniqueConstraint(
                fields=["change_set"],
                name="schedule_once_a_set",
                violation_error_message="This change set has a time already.",
            ),
            models.CheckConstraint(
                name="schedule_of_page_or_set",
                condition=(Q(change_set=None, page_pk__isnull=False) & ~Q(model=""))
                | Q(change_set__isnull=False, page_pk=None, model="", what="publish"),
                violation_error_message="A time is of a page or of a change set.",
            ),
            models.CheckConstraint(
                name="schedule_publishes_version",
                condition=~Q(what="publish") | Q(version__isnull=False) | Q(change_set__isnull=False),
                violation_error_message="What is to be published is a version.",
            ),
            models.CheckConstraint(
                name="schedule_stopped_with_fault",
                condition=Q(fault="", stopped_at=None) | (~Q(fault="") & Q(stopped_at__isnull=False)),
                violation_error_message="What is stopped says why.",
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()} {self.change_set or f'{self.model} {self.page_pk}'}"


class DeskAction(models.Model):
    """One thing that somebody of HR did. Nobody changes it at the desk, and it outlives the page and who did it.

    Of a sheet that went out or came in `page_name` is the sheet's, `model` is empty and `page_pk` 0.
    """

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
        SCHEDULED = "scheduled", "Gave it a time"
        UNSCHEDULED = "untimed", "Took the time away"
        FAILED = "failed", "Could not be done at its time"
        PUT_IN = "put_in", "Put into a change set"
        TAKEN_OUT = "taken_out", "Took it out of a change set"
        # Of the set itself.
        SET_STARTED = "set_start", "Started a change set"
        SET_RENAMED = "set_name", "Renamed a change set"
        SET_DISCARDED = "set_drop", "Discarded a change set"
        EXPORTED = "exported", "Exported"
        IMPORTED = "imported", "Imported"

    what = models.CharField(max_length=10, choices=What)
    model = LineField(max_length=60)
    page_pk = models.PositiveBigIntegerField()
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


class Remark(models.Model):
    """Something that somebody of HR says about a page, a field or a row of it, for who writes it.

    `place` is as in `careers.guide.rules.snapshots` with strokes between, empty for the whole page. What it was called
    and what stood there stay readable when the place is gone. It never stops anybody from publishing.
    """

    model = LineField(max_length=60)
    page_pk = models.PositiveBigIntegerField()
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="remarks")
    place = LineField(max_length=200, blank=True)
    place_name = LineField(max_length=200, blank=True)
    quote = TextField(blank=True)
    text = TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["model", "page_pk"], name="remark_page")]
        constraints = [
            models.CheckConstraint(
                name="remark_says_something",
                condition=~Q(text=""),
                violation_error_message="Write what you want to say.",
            ),
            models.CheckConstraint(
                name="remark_resolved_by_at",
                condition=Q(resolved_by=None) | ~Q(resolved_at=None),
                violation_error_message="Whoever resolved it did so at some time.",
            ),
        ]

    def __str__(self):
        return f"remark on {self.model} {self.page_pk}"
