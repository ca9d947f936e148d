"""The person: with an account, or a guest whom only their browser's session knows.

What they say of themselves lives here; what they can do is evidence (`careers.evidence.models.evidence`).
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.deconstruct import deconstructible

from careers.accounts.models.users import User
from careers.fields.models.texts import LineField
from careers.guide.models.choices import Shift, WorkType
from careers.guide.models.roles import Role


class Situation(models.TextChoices):
    NEW = "new", "New to BPO"
    IN_ROLE = "in_role", "In a role of this guide"
    ELSEWHERE = "elsewhere", "In another job"


class Education(models.TextChoices):
    """The highest that is finished; the number of the ISCED 2011 level behind each."""

    BELOW_SECONDARY = "below_secondary", "No school certificate yet"  # 0–2
    SECONDARY = "secondary", "School certificate (class 10 or 12, high school)"  # 3
    VOCATIONAL = "vocational", "Diploma or vocational training"  # 4–5
    BACHELOR = "bachelor", "Bachelor's degree"  # 6
    MASTER = "master", "Master's degree or higher"  # 7–8

    @property
    def is_degree(self):
        return self in (Education.BACHELOR, Education.MASTER)

    @property
    def in_words(self):
        """As it follows “you have”."""
        return {
            Education.BELOW_SECONDARY: "no school certificate yet",
            Education.SECONDARY: "a school certificate",
            Education.VOCATIONAL: "a diploma or vocational training",
            Education.BACHELOR: "a bachelor's degree",
            Education.MASTER: "a master's degree or higher",
        }[self]


class WorkPlace(models.TextChoices):
    ON_SITE = "on_site", "On site"
    REMOTE = "remote", "Remote"


class LanguageLevel(models.TextChoices):
    """The six levels of the Common European Framework, with its own names for them."""

    A1 = "A1", "A1 Breakthrough"
    A2 = "A2", "A2 Waystage"
    B1 = "B1", "B1 Threshold"
    B2 = "B2", "B2 Vantage"
    C1 = "C1", "C1 Effective operational proficiency"
    C2 = "C2", "C2 Mastery"


@deconstructible
class EachFrom:
    """Validates a list of different values of `choices`."""

    def __init__(self, choices):
        self.choices = list(choices)

    def __call__(self, values):
        if not isinstance(values, list) or len(set(values)) != len(values) or set(values) - set(self.choices):
            raise ValidationError("Choose from the list, each once.")

    def __eq__(self, other):
        return isinstance(other, EachFrom) and self.choices == other.choices


class ProfileQuerySet(models.QuerySet):
    def guests(self):
        return self.filter(user=None)

    def idle_since(self, day):
        return self.filter(active_on__lt=day)

    def to_write(self):
        """Locked, and with `has_removals`: whether anything that they took away may come back."""
        removals = self.model._meta.get_field("removals").related_model.objects
        has_some = models.Exists(removals.filter(profile=models.OuterRef("pk")))
        return self.select_for_update().annotate(has_removals=has_some)


class Profile(models.Model):
    """One person. Without `user` a guest; then the session that holds its key is the only way to it.

    `answered_at` maps each single answer's name (see ANSWERS) to the moment it was given, as ISO text. When a guest's
    work meets an account's, the newer answer wins.
    """

    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.CASCADE, related_name="profile")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    active_on = models.DateField(default=timezone.localdate, db_index=True, help_text="The last day they were here.")

    display_name = LineField(max_length=80, blank=True)
    situation = models.CharField(max_length=10, choices=Situation, blank=True)
    current_role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    years_of_experience = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(60)])
    education = models.CharField(max_length=16, choices=Education, blank=True)

    shifts = models.JSONField(default=list, blank=True, validators=[EachFrom(Shift.values)])
    work_types = models.JSONField(default=list, blank=True, validators=[EachFrom(WorkType.values)])
    places = models.JSONField(default=list, blank=True, validators=[EachFrom(WorkPlace.values)])

    target_role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    time_zone = models.CharField(max_length=64, blank=True, help_text="As Asia/Manila; empty: the portal's own.")
    shows_streak = models.BooleanField(null=True, blank=True, help_text="Whether “My plan” counts weeks in a row.")
    practice_goal = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(7)], help_text="Practice tests a week that they aim at."
    )
    answered_at = models.JSONField(default=dict, editable=False)

    # Each is one answer: its fields change, and win or lose in a merge, together.
    ANSWERS = {
        "display_name": ("display_name",),
        "situation": ("situation", "current_role_id"),
        "years_of_experience": ("years_of_experience",),
        "education": ("education",),
        "shifts": ("shifts",),
        "work_types": ("work_types",),
        "places": ("places",),
        "target_role": ("target_role_id",),
        "time_zone": ("time_zone",),
        "shows_streak": ("shows_streak",),
        "practice_goal": ("practice_goal",),
        "no_certificate": (),  # given or not given: nothing but its moment is kept
    }

    objects = ProfileQuerySet.as_manager()
    is_new = False  # whether it began in this very transaction, and nobody else knows of it

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="profile_role_when_in_role",
                condition=Q(situation="in_role", current_role__isnull=False)
                | (~Q(situation="in_role") & Q(current_role__isnull=True)),
                violation_error_message="Choose the role you are in.",
            ),
            models.CheckConstraint(
                name="profile_experience_in_a_life",
                condition=Q(years_of_experience__isnull=True) | Q(years_of_experience__lte=60),
                violation_error_message="Write years from 0 to 60.",
            ),
            models.CheckConstraint(
                name="profile_practice_goal_of_a_week",
                condition=Q(practice_goal__isnull=True) | Q(practice_goal__gte=1, practice_goal__lte=7),
                violation_error_message="A goal is 1 to 7 tests a week.",
            ),
        ]

    def __str__(self):
        return self.display_name or ("Guest" if self.is_guest else "Somebody with an account")

    @property
    def is_outside(self):
        """Whether they said that they are in no role of the guide."""
        return self.situation in (Situation.NEW, Situation.ELSEWHERE)

    @property
    def is_guest(self):
        return self.user_id is None

    def answer(self, name):
        """The values of one answer, as a tuple that can be compared."""
        return tuple(getattr(self, field) for field in self.ANSWERS[name])

    def answered(self, name):
        """When the answer was last given, or None."""
        moment = self.answered_at.get(name)
        return datetime.fromisoformat(moment) if moment else None

    def has_answer(self, name):
        """Whether it says anything, as 0 years do; where it has no value, whether it was ever given."""
        values = self.answer(name)
        return any(value not in (None, "", []) for value in values) if values else name in self.answered_at

    def note_answers(self, before, *, now):
        """Stamp every answer that differs from what it was in `before`, another state of this profile."""
        changed = {name: now.isoformat() for name in self.ANSWERS if self.answer(name) != before.answer(name)}
        self.answered_at = {**self.answered_at, **changed}


class Language(models.Model):
    """A language that a person works in."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="languages")
    name = LineField(max_length=60)
    level = models.CharField(max_length=2, choices=LanguageLevel)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-level", "name"]
        constraints = [
            models.UniqueConstraint(
                "profile",
                Lower("name"),
                name="language_once",
                violation_error_message="You have named this language already.",
            )
        ]

    def __str__(self):
        return f"{self.name} {self.level}"
