"""All that only a CV needs of a person: how to reach them, where they worked and learned, which parts it shows.

Everything else on a CV is asked for once, elsewhere: skills, certificates, tests and languages are the profile's.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from careers.cv.rules import PARTS
from careers.fields.models.precision import PrecisionField
from careers.fields.models.texts import LineField, TextField
from careers.lib.about import about
from careers.people.models.profiles import EachFrom, Profile


def every_part():
    return list(PARTS)


class CV(models.Model):
    """One a person; none while nothing of it is written. Photo, age, religion and marital status are never asked."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="cvs")
    name = LineField(max_length=120, blank=True, help_text="Empty: the name of the profile.")
    headline = LineField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = LineField(max_length=40, blank=True)
    city = LineField(max_length=80, blank=True)
    summary = TextField(blank=True)
    parts = models.JSONField(default=every_part, blank=True, validators=[EachFrom(every_part())])
    answered_at = models.DateTimeField(default=timezone.now, help_text="When the person last changed it.")

    LINES = ("name", "headline", "email", "phone", "city")
    FIELDS = (*LINES, "summary", "parts")

    class Meta:
        verbose_name = "CV"
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], name="cv_one_a_person", violation_error_message="You have a CV already."
            )
        ]

    def __str__(self):
        return self.headline or "CV"

    def has_contact(self, profile):
        """Whether an employer could answer: there are a name and a way to reach the person."""
        return bool((self.name or profile.display_name) and (self.email or self.phone))


class Job(models.Model):
    """Work that a person did, or does still: then it has no end. Days may be known to the month or the year only."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="jobs")
    position = LineField(max_length=120)
    employer = LineField(max_length=120, blank=True)
    city = LineField(max_length=80, blank=True)
    began_on = models.DateField()
    began_precision = PrecisionField()
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = PrecisionField()
    duties = TextField(blank=True)

    FIELDS = ("position", "employer", "city", "began_on", "ended_on", "duties")

    class Meta:
        ordering = [F("ended_on").desc(nulls_first=True), "-began_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="job_ends_after_it_begins",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                violation_error_message="Work cannot end before it begins.",
            )
        ]

    def __str__(self):
        return f"{self.position}, {self.employer}" if self.employer else self.position

    @property
    def began(self):
        return about(self.began_on, self.began_precision)

    @property
    def ended(self):
        return self.ended_on and about(self.ended_on, self.ended_precision)

    @property
    def when(self):
        """“May 2023 – now”."""
        return f"{self.began.written} – {self.ended.written if self.ended else 'now'}"


class Schooling(models.Model):
    """Something that a person learned at a school or college; without a day they are still at it."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="schoolings")
    qualification = LineField(max_length=120)
    school = LineField(max_length=120, blank=True)
    city = LineField(max_length=80, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = PrecisionField()
    result = LineField(max_length=60, blank=True)

    FIELDS = ("qualification", "school", "city", "ended_on", "result")

    class Meta:
        ordering = [F("ended_on").desc(nulls_first=True), "pk"]

    def __str__(self):
        return f"{self.qualification}, {self.school}" if self.school else self.qualification

    @property
    def ended(self):
        return self.ended_on and about(self.ended_on, self.ended_precision)

    @property
    def when(self):
        return self.ended.written if self.ended else "still learning"
