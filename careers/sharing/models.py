"""Pages that a person shows to others: what they chose, until the day they chose."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.lib.days import day_in_words
from careers.people.models.profiles import EachFrom, Profile
from careers.people.selectors.steps import STEPS


def new_token():
    """43 characters that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


class ShareQuerySet(models.QuerySet):
    def open_on(self, day):
        return self.filter(revoked_at=None, expires_on__gte=day)

    def for_reading(self):
        """Of accounts that are not shut."""
        people = self.select_related("profile__user", "profile__current_role", "profile__target_role")
        return people.filter(profile__user__is_active=True)


class Share(models.Model):
    # A section for each step of a profile.
    Section = models.TextChoices("Section", [(step.section.upper(), (step.section, step.shared)) for step in STEPS])

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="shares")
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    label = LineField(max_length=80, blank=True, help_text="For yourself: whom it is for.")
    sections = models.JSONField(default=list, validators=[EachFrom(Section.values)])
    expires_on = models.DateField(help_text="The last day on which the link opens.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it was last opened.")

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="share_shows_something",
                condition=~models.Q(sections=[]),
                violation_error_message="Choose at least one section.",
            )
        ]

    def __str__(self):
        return self.label or f"Link of {day_in_words(timezone.localdate(self.created_at))}"

    def get_absolute_url(self):
        return reverse("share-read", args=[self.token])

    @property
    def section_labels(self):
        return [section.label for section in self.Section if section in self.sections]

    def is_open_on(self, day):
        return self.revoked_at is None and day <= self.expires_on

    @property
    def is_as_made(self):
        """Whether the link that was made can still be given to somebody (`Submission.is_as_made`)."""
        return self.is_open_on(timezone.localdate())
