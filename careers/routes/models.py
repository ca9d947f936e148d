"""A person's goal: the role to reach, and the route that they made theirs, with its steps as their own.

Titles, months and proficiencies are copied when a step is taken. What HR edits later changes nothing
here; the page compares and asks.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.guide.models.certifications import Certification
from careers.guide.models.roles import Role
from careers.guide.models.skills import Proficiency, Skill
from careers.people.models.profiles import Profile
from careers.routes.rules.goals import Identity, RouteStep
from careers.routes.rules.journeys import By


class GoalQuerySet(models.QuerySet):
    def for_page(self):
        """With its ends and its steps, and what each step is about."""
        steps = models.Prefetch("steps", GoalStep.objects.for_list())
        return self.select_related("start", "role").prefetch_related(steps)


class Goal(models.Model):
    """The role that a person is on the way to, and the route they chose. One a person.

    `seen` is what the guide said of the same route at `seen_at`, as `guide.rules.changes` data, so that the person can
    be told what HR changed since.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="goals")
    start = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: new to BPO."
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=9, choices=[(by.value, by.label) for by in By])
    adopted_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(default=timezone.now, help_text="When the person last changed their goal.")
    seen = models.JSONField(default=dict)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], name="goal_one_a_person", violation_error_message="You have a goal already."
            ),
            models.CheckConstraint(
                name="goal_leads_elsewhere",
                condition=Q(start__isnull=True) | ~Q(start=models.F("role")),
                violation_error_message="A goal leads to another role.",
            ),
        ]

    def __str__(self):
        return f"To {self.role.public_name}"

    @property
    def facts_seen(self):
        """One snapshot for each move of the route, in their order."""
        return self.seen.get("moves", [])


class GoalStepQuerySet(models.QuerySet):
    def done(self):
        return self.filter(done_at__isnull=False)

    def for_list(self):
        return self.select_related("start", "role", "skill", "certification")


class GoalStep(models.Model):
    """One thing to do on the route: make a move, raise a skill to a proficiency, earn a certification.

    `leg` counts the moves of the route from 1. A step that is done and no longer on the route has none: it is kept.
    A move that was made before can be beside the route while the same is still to be made on it.
    """

    class Kind(models.TextChoices):
        MOVE = "move", "Move"
        SKILL = "skill", "Skill"
        CERTIFICATION = "certification", "Certification"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=13, choices=Kind)
    leg = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(help_text="Order within the goal, 1 first.")
    title = LineField(max_length=200)
    start = models.ForeignKey(
        Role,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of a move. Empty: new to BPO.",
    )
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proficiency = models.PositiveSmallIntegerField(null=True, blank=True, choices=Proficiency)
    certification = models.ForeignKey(Certification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    months_from = models.PositiveSmallIntegerField(null=True, blank=True)
    months_to = models.PositiveSmallIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = GoalStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="goalstep_is_of_its_kind",
                condition=Q(kind="move", role__isnull=False, skill=None, proficiency=None, certification=None)
                | Q(kind="skill", start=None, role=None, skill__isnull=False, certification=None)
                & Q(proficiency__isnull=False, proficiency__range=(1, 5))
                | Q(
                    kind="certification",
                    start=None,
                    role=None,
                    skill=None,
                    proficiency=None,
                    certification__isnull=False,
                ),
                violation_error_message="A step is a move, a skill or a certification.",
            ),
            models.CheckConstraint(
                name="goalstep_off_the_way_is_done",
                condition=Q(leg__isnull=False) | Q(done_at__isnull=False),
                violation_error_message="Only what is done is kept beside the way.",
            ),
            models.CheckConstraint(
                name="goalstep_months_are_a_range",
                condition=Q(months_from=None, months_to=None)
                | Q(months_from__isnull=False, months_to__isnull=False, months_to__gte=models.F("months_from")),
                violation_error_message="Months have both ends, or none.",
            ),
            models.UniqueConstraint(
                fields=["goal", "role"],
                condition=Q(kind="move", leg__isnull=False),
                name="goalstep_move_once",
                violation_error_message="This move is a step of the goal already.",
            ),
            models.UniqueConstraint(
                fields=["goal", "skill", "proficiency"],
                condition=Q(kind="skill"),
                name="goalstep_skill_once",
                violation_error_message="This proficiency is a step of the goal already.",
            ),
            models.UniqueConstraint(
                fields=["goal", "certification"],
                condition=Q(kind="certification"),
                name="goalstep_certification_once",
                violation_error_message="This certification is a step of the goal already.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self):
        return self.done_at is not None

    @property
    def months(self):
        """(from, to), or None where no source says."""
        return None if self.months_from is None else (self.months_from, self.months_to)

    @property
    def identity(self):
        """The same for the same step on another route."""
        return Identity(self.kind, self.start_id, self.role_id, self.skill_id, self.proficiency, self.certification_id)

    def as_route_step(self):
        """For `routes.rules.goals`."""
        return RouteStep(self.identity, self.title, self.leg, self.months, self.done_at)

    def take(self, step, *, position):
        """Become what a route says of this step."""
        self.kind, self.start_id, self.role_id, self.skill_id, self.proficiency, self.certification_id = step.identity
        self.title, self.leg, self.done_at, self.position = step.title, step.leg, step.done_at, position
        self.months_from, self.months_to = step.months or (None, None)
        return self
