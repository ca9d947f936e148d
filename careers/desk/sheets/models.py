"""A sheet that somebody brought in, and what it would change. It says nothing of people, and ends by itself."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.guide.models.desk.change_sets import ChangeSet

KEPT = timedelta(days=2)
SILENT = timedelta(minutes=3)  # whoever works on it says so more often


def its_end():
    return timezone.now() + KEPT


class SheetImportQuerySet(models.QuerySet):
    def open_at(self, now):
        return self.filter(until__gt=now)

    def to_work_on(self, now):
        """Those that wait, the oldest first. None while a process fills a set: whoever compares meanwhile would find a
        half of it. One that was killed counts as at work until it was silent for long.
        """
        taking, filling = self.model.State.TAKING, ChangeSet.State.FILLING
        if self.filter(state=taking, change_set__state=filling, seen_at__gte=now - SILENT).exists():
            return self.none()
        return self.filter(state__in=self.model.WAITS).order_by("made_at")


class SheetImport(models.Model):
    """A file for the pages of one noun, what was found in it, and how far the work on it is."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be read"
        READING = "reading", "Is being read"
        UNREADABLE = "unreadable", "Could not be read"
        WRONG = "wrong", "Has faults"
        READY = "ready", "Can be brought in"
        CONFIRMED = "confirmed", "Waits to be brought in"
        TAKING = "taking", "Is being brought in"
        TAKEN = "taken", "Brought in"

    model = LineField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_by_publisher = models.BooleanField(default=False, help_text="Whether it may change addresses.")
    file_name = LineField(max_length=200)
    file = models.BinaryField(help_text="As it was sent, so that it can be looked at anew.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    done = models.PositiveIntegerField(default=0, help_text="Pages that were compared.")
    total = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="[sheet, row, column, what is wrong], the first of them.")
    fault_count = models.PositiveIntegerField(default=0)
    not_read = models.JSONField(default=list, help_text="Columns that are never read.")
    problem = LineField(max_length=500, blank=True, help_text="Why nothing could be done with it.")
    title = LineField(max_length=120, blank=True, help_text="Of the change set to be.")
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, help_text="When whoever works on it last said so.")
    until = models.DateTimeField(default=its_end)

    UNDER_WAY = (State.WAITING, State.READING, State.CONFIRMED, State.TAKING)
    WAITS = {State.WAITING: State.READING, State.CONFIRMED: State.TAKING}

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.file_name

    @property
    def is_under_way(self):
        return self.state in self.UNDER_WAY

    def is_broken_off(self, now):
        """Whether whoever worked on it is gone, or nobody has begun."""
        return self.is_under_way and self.seen_at < now - SILENT


class SheetPage(models.Model):
    """A page that the sheet would make or change: what it would say, and the digest of what it said by then."""

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="pages")
    row = models.PositiveIntegerField(help_text="In the sheet, counted from 1.")
    page_pk = models.PositiveBigIntegerField(null=True, help_text="None of a page that is new.")
    name = LineField(max_length=200)
    digest = LineField(max_length=32, blank=True)
    content = models.JSONField()
    written = models.PositiveBigIntegerField(null=True, help_text="Key of the page, once it is in the change set.")
    before = models.JSONField(default=dict, help_text="What its draft was before that, if it had one.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name
