"""What came of a timed test: counts, from which every speed is derived (`careers.practice.timed.rules.measures`)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from careers.evidence.models.evidence import Evidence
from careers.fields.models.texts import LineField
from careers.lib.days import day_in_words
from careers.people.models.profiles import Profile
from careers.practice.timed.rules import levels
from careers.practice.timed.rules.measures import Measures


class TimedResultQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("evidence")

    def running_between(self, began_at, ended_at):
        """Those whose time is partly the same."""
        return self.filter(began_at__lt=ended_at, ended_at__gt=began_at)


class TimedResult(models.Model):
    """One test that was typed to its end. `start` is the one under which it began: each start counts once.

    The log of the keys and the text that was typed are not kept.
    """

    class Kind(models.TextChoices):
        TYPING = levels.TYPING, "Typing test"
        FORMS = levels.FORMS, "Data-entry test"
        NUMBERS = levels.NUMBERS, "Number test"

    class Minutes(models.IntegerChoices):
        ONE = 1, "1 minute"
        THREE = 3, "3 minutes"
        FIVE = 5, "5 minutes"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="timed_results")
    start = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    minutes = models.PositiveSmallIntegerField(choices=Minutes)
    text = LineField(max_length=40, help_text="The passage with which it began, or the number of the records.")
    began_at = models.DateTimeField(help_text="The first key.")
    ended_at = models.DateTimeField()
    characters = models.PositiveIntegerField(help_text="That stand at the end.")
    counted = models.PositiveIntegerField(help_text="Of the characters, those that count after mistakes.")
    errors = models.PositiveIntegerField()
    compared = models.PositiveIntegerField(help_text="Characters of a text, or fields, that were looked at for errors.")
    late_errors = models.PositiveIntegerField(help_text="Those in the second half.")
    evidence = models.OneToOneField(
        Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="timed_result"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    SHORTEST = levels.SHORTEST

    objects = TimedResultQuerySet.as_manager()

    class Meta:
        ordering = ["-ended_at", "-pk"]
        indexes = [models.Index(fields=["profile", "ended_at"])]
        constraints = [
            models.CheckConstraint(
                name="timedresult_minutes_of_a_test",
                condition=Q(minutes__in=(1, 3, 5)),
                violation_error_message="A test lasts 1, 3 or 5 minutes.",
            ),
            models.CheckConstraint(
                name="timedresult_ends_after_it_begins",
                condition=Q(ended_at__gt=F("began_at")),
                violation_error_message="A test ends after it begins.",
            ),
            models.CheckConstraint(
                name="timedresult_counts_what_was_typed",
                condition=Q(counted__lte=F("characters")),
                violation_error_message="No more characters count than were typed.",
            ),
            models.CheckConstraint(
                name="timedresult_errors_of_what_was_compared",
                condition=Q(late_errors__lte=F("errors"), errors__lte=F("compared")),
                violation_error_message="There are no more mistakes than places for them.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {day_in_words(timezone.localdate(self.ended_at))}"

    def get_absolute_url(self):
        return reverse("result-read", args=[self.pk])

    @property
    def name(self):
        """“Typing test, 3 minutes”."""
        return f"{self.get_kind_display()}, {self.get_minutes_display()}"

    @property
    def is_of_text(self):
        return self.kind == self.Kind.TYPING

    @cached_property
    def measures(self):
        return Measures(
            minutes=self.minutes,
            characters=self.characters,
            counted=self.counted,
            errors=self.errors,
            compared=self.compared,
            late_errors=self.late_errors,
        )

    @cached_property
    def meaning(self):
        return levels.meaning_of(self.measures, kind=self.kind)

    @property
    def speed(self):
        """“27 net words a minute”, of data entry “8,100 net keystrokes an hour”."""
        if self.is_of_text:
            return f"{self.measures.net_wpm} net words a minute"
        return f"{self.measures.net_kph:,} net keystrokes an hour"

    @property
    def counts(self):
        """Whether it is evidence that stands. Needs `evidence`."""
        return self.evidence is not None and self.evidence.withdrawn_at is None

    @property
    def is_too_short(self):
        """Whether only a longer test of this kind could show a level."""
        return self.minutes < self.SHORTEST and self.kind != self.Kind.NUMBERS
