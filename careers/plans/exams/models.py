"""Exams of a certification plan: those that were sat, and what to have or do on the day of the next one."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.lib.days import day_in_words
from careers.plans.models import CertificationPlan


class ExamAttempt(models.Model):
    """An exam that was sat, and how it went. Attempts stay on the record."""

    class Outcome(models.TextChoices):
        PASSED = "passed", "Passed"
        NOT_PASSED = "not_passed", "Not passed"

    plan = models.ForeignKey(CertificationPlan, on_delete=models.CASCADE, related_name="attempts")
    taken_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    score = LineField(max_length=40, blank=True)
    note = LineField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["taken_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "taken_on"],
                name="examattempt_once_a_day",
                violation_error_message="You have recorded an attempt on this day already.",
            )
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}, {day_in_words(self.taken_on)}"

    @property
    def is_the_pass(self):
        """The exam by which the plan was passed goes with the certificate only."""
        return self.outcome == self.Outcome.PASSED and self.plan.is_passed


class ExamItem(models.Model):
    """One thing to have or do on the day of the exam."""

    plan = models.ForeignKey(CertificationPlan, on_delete=models.CASCADE, related_name="exam_items")
    title = LineField(max_length=160)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "plan",
                Lower("title"),
                name="examitem_once",
                violation_error_message="This is on the list already.",
            ),
            models.CheckConstraint(
                name="examitem_has_title", condition=~Q(title=""), violation_error_message="Write what to bring or do."
            ),
        ]

    def __str__(self):
        return self.title
