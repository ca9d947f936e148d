"""Time that a person spent learning: a log, and the clock that is running."""

import uuid

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.lib.days import day_in_words
from careers.lib.hours import in_hours
from careers.people.models.profiles import Profile
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.study.rules.weeks import by_week

MOST_MINUTES = 24 * 60  # a day


class StudyEntryQuerySet(models.QuerySet):
    """Sums are made by the database: a row a day or a step, however many entries there are."""

    def for_list(self):
        return self.select_related("step")

    def minutes_by_week(self):
        """{Monday: minutes}. The database sums days: its own weeks cost SQLite a call of Python for each entry."""
        return by_week(self.order_by().values_list("studied_on").annotate(Sum("minutes")))

    def minutes_by_open_step(self):
        """{key of a step: minutes}, of steps that are not done."""
        steps = self.order_by().filter(step__isnull=False, step__done_on=None)
        return dict(steps.values_list("step").annotate(Sum("minutes")))


class StudyEntry(models.Model):
    """Minutes of one day. By its `key` one that was removed comes back once."""

    plan = models.ForeignKey(CertificationPlan, on_delete=models.CASCADE, related_name="entries")
    step = models.ForeignKey(PlanStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    minutes = models.PositiveSmallIntegerField()
    studied_on = models.DateField()
    note = LineField(max_length=500, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StudyEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "study entries"
        ordering = ["-studied_on", "-pk"]
        indexes = [models.Index(fields=["plan", "studied_on"])]
        constraints = [
            models.CheckConstraint(
                name="studyentry_minutes_of_a_day",
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                violation_error_message="Write minutes from 1 to 1440.",
            )
        ]

    def __str__(self):
        return f"{self.minutes} min on {day_in_words(self.studied_on)}"

    @property
    def time_text(self):
        return in_hours(self.minutes)


class StudyClock(models.Model):
    """The clock that is running, at most one a person. Stopped, it becomes an entry."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="study_clocks")
    plan = models.ForeignKey(CertificationPlan, on_delete=models.CASCADE, related_name="clocks")
    step = models.ForeignKey(PlanStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile"],
                name="studyclock_one_a_person",
                violation_error_message="A clock is running already.",
            )
        ]

    def __str__(self):
        return f"Since {timezone.localtime(self.started_at):%H:%M}"

    def since_on(self, day):
        """“14:05”, with the day where it was another one: “14:05 on 28 November”."""
        began = timezone.localtime(self.started_at)
        return f"{began:%H:%M}" if began.date() == day else f"{began:%H:%M} on {day_in_words(began, 'of a year')}"

    @property
    def for_step(self):
        """The words behind when it began: “, for “Read””."""
        return f", for “{self.step.title}”" if self.step else ""
