"""Certification plans: what a person does to earn a certificate and to keep it.

Steps are copied when the plan is made. What HR edits in them later changes nothing here; the page compares and asks.
Title and issuer are copied for the time when the guide's page is not there to be read. That a certificate was earned
is said once, by `HeldCertificate`, which a passed plan points to.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from careers.evidence.models.dated import Scheduled
from careers.evidence.models.evidence import LONGEST_LINK, HeldCertificate
from careers.fields.models.texts import LineField
from careers.guide.models.certifications import Certification, OfTheGuide, with_certification
from careers.lib.days import day_in_words
from careers.lib.hours import hours_in_words
from careers.people.models.profiles import Profile
from careers.plans.rules.awaited import OVER, StepState, awaits_readiness, awaits_study, step_state
from careers.plans.rules.badges import badge_of
from careers.plans.rules.progress import percent_done
from careers.plans.rules.status import Status, may_follow


class CertificationPlanQuerySet(models.QuerySet):
    def for_list(self):
        """With steps, certificate, and certification as far as it names them."""
        return with_certification(self).select_related("held_certificate").prefetch_related("steps")

    def dropped(self):
        return self.filter(status=Status.DROPPED)

    def not_dropped(self):
        return self.exclude(status=Status.DROPPED)

    def for_page(self):
        """With all that a person keeps about it."""
        return self.for_list().defer(None).prefetch_related("attempts", "exam_items", "certification__steps")


class CertificationPlan(OfTheGuide, Scheduled):
    """One certification that a person works on or has earned. One a person and certification.

    `seen_steps` is `plans.rules.guide_changes` data: the guide's steps as the person last saw them, so that they can be
    told what HR changed since. `version` is raised by every change but those of single steps, which have their own.
    """

    DAY = "exam_at"

    class Status(models.TextChoices):
        PLANNED = Status.PLANNED.value, "Planned"
        STUDYING = Status.STUDYING.value, "Studying"
        BOOKED = Status.BOOKED.value, "Exam booked"
        PASSED = Status.PASSED.value, "Passed"
        NOT_PASSED = Status.NOT_PASSED.value, "Not passed"
        DROPPED = Status.DROPPED.value, "Dropped"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="certification_plans")
    certification = models.ForeignKey(Certification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = LineField(max_length=120, help_text="As the guide called it then, or the person's own.")
    issuer = LineField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    started_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True, help_text="The day to be ready by.")
    # RESTRICT: a certificate goes by `remove_certificate`, which takes the plan back; both go with the person.
    held_certificate = models.OneToOneField(
        HeldCertificate, null=True, blank=True, on_delete=models.RESTRICT, related_name="plan", db_column="held_id"
    )
    seen_steps = models.JSONField(default=list)

    exam_at = models.DateTimeField(null=True, blank=True)
    exam_zone = models.CharField(max_length=64, blank=True, help_text="The time zone of the exam, as Asia/Manila.")
    exam_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How long it takes.")
    exam_place = LineField(max_length=200, blank=True)
    exam_url = models.URLField("exam link", max_length=LONGEST_LINK, blank=True)

    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CertificationPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "certification"],
                name="certificationplan_once",
                violation_error_message="You track this certification already.",
            ),
            models.UniqueConstraint(
                "profile",
                Lower("title"),
                Lower("issuer"),
                condition=Q(certification__isnull=True),
                name="certificationplan_own_once",
                violation_error_message="You track this certification already.",
            ),
            models.CheckConstraint(
                name="certificationplan_has_title",
                condition=~Q(title=""),
                violation_error_message="Write the name of the certification.",
            ),
            models.CheckConstraint(
                name="certificationplan_passed_holds_certificate",
                condition=Q(status="passed", held_certificate__isnull=False)
                | (~Q(status="passed") & Q(held_certificate__isnull=True)),
                violation_error_message="A plan is passed when its certificate is recorded.",
            ),
            models.CheckConstraint(
                name="certificationplan_booked_has_exam",
                condition=Q(status="booked", exam_at__isnull=False) & ~Q(exam_zone="")
                | ~Q(status="booked") & Q(exam_at__isnull=True, exam_zone=""),
                violation_error_message="An exam that is booked has a day, a time and a time zone.",
            ),
            models.CheckConstraint(
                name="certificationplan_studying_has_start",
                condition=~Q(status="studying") | Q(started_on__isnull=False),
                violation_error_message="Who studies has started on some day.",
            ),
            models.CheckConstraint(
                name="certificationplan_ready_after_start",
                condition=Q(started_on__isnull=True)
                | Q(target_on__isnull=True)
                | Q(target_on__gte=models.F("started_on")),
                violation_error_message="The day to be ready by comes after the start.",
            ),
            models.CheckConstraint(
                name="certificationplan_link_is_https",
                condition=Q(exam_url="") | Q(exam_url__startswith="https://"),
                violation_error_message="The link begins with https://.",
            ),
        ]

    def __str__(self):
        return self.name

    def badge_on(self, day):
        """Its state on that day in word, shape and tone. A passed one shows how its certificate stands."""
        return badge_of(Status(self.status), self.held_certificate.standing_on(day) if self.held_certificate else None)

    @property
    def is_planned(self):
        return self.status == Status.PLANNED

    @property
    def is_studying(self):
        return self.status == Status.STUDYING

    @property
    def is_booked(self):
        return self.status == Status.BOOKED

    @property
    def is_passed(self):
        return self.status == Status.PASSED

    @property
    def is_not_passed(self):
        return self.status == Status.NOT_PASSED

    @property
    def is_dropped(self):
        return self.status == Status.DROPPED

    @property
    def is_over(self):
        """Nothing is prepared any more."""
        return self.status in OVER

    def can_become(self, status):
        return may_follow(Status(self.status), Status(status))

    @property
    def can_start(self):
        """Whether studying for it is offered; who takes up a dropped one is asked that instead."""
        return self.is_planned or self.is_not_passed

    @property
    def can_book(self):
        return self.can_become(Status.BOOKED)

    @property
    def can_drop(self):
        return self.can_become(Status.DROPPED)

    @property
    def has_exam(self):
        """Of a certification that the guide does not list nobody knows: it may."""
        return self.certification is None or self.certification.kind == Certification.Kind.EXAM

    @property
    def percent(self):
        """How far the preparing is; None of what is passed, where nothing is left to prepare. Needs `steps`."""
        if self.is_passed:
            return None
        return percent_done((step.hours, step.is_done) for step in self.to_prepare)

    @property
    def to_prepare(self):
        """The steps that lead to the certificate, done or not. Needs `steps`."""
        return [step for step in self.steps.all() if not step.is_renewal]

    @property
    def open_steps(self):
        """Needs `steps`."""
        return [step for step in self.steps.all() if self.state_of(step) == StepState.OPEN]

    def state_of(self, step):
        return step_state(self.status, is_done=step.is_done, is_renewal=step.is_renewal)

    @property
    def awaits_readiness(self):
        return awaits_readiness(self.status)

    @property
    def awaits_study(self):
        """Needs `steps`."""
        return awaits_study(self.status, has_open_step=bool(self.open_steps))


def is_open(*, step="", plan="plan__"):
    """`StepState.OPEN` as a condition, of steps and their plans by these names."""
    of_preparing = Q(**{f"{step}is_renewal": False}) & ~Q(**{f"{plan}status__in": OVER})
    of_renewal = Q(**{f"{step}is_renewal": True, f"{plan}status": Status.PASSED})
    return Q(**{f"{step}done_on": None}) & (of_preparing | of_renewal)


class PlanStep(Scheduled):
    """One step of a plan, the person's own: reworded, moved or removed as they like.

    `guide_title` is the title of the guide's step from which it was taken, as `seen_steps` has it; empty for their own.
    """

    DAY = "due_on"

    plan = models.ForeignKey(CertificationPlan, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(help_text="Order within the plan, smallest first.")
    title = LineField(max_length=160)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    is_renewal = models.BooleanField(
        default=False, help_text="It keeps the certificate valid, so it is open from the day that is earned."
    )
    guide_title = LineField(max_length=160, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="planstep_has_title", condition=~Q(title=""), violation_error_message="Write what there is to do."
            ),
            models.CheckConstraint(
                name="planstep_hours_positive",
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                violation_error_message="Hours are more than zero, or empty when not known.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self):
        return self.done_on is not None

    @property
    def line(self):
        """“Read the handbook, 4 h, due 3 May 2026”, for paper. Needs `plan`."""
        hours = hours_in_words(self.hours) if self.hours else ""
        return ", ".join(part for part in (self.title, hours, self.state_text) if part)

    @property
    def state_text(self):
        if self.is_done:
            return f"done {day_in_words(self.done_on)}"
        if self.is_not_needed:
            return "not needed any more"
        if self.is_later:
            return "for the renewal"
        return f"due {day_in_words(self.due_on)}" if self.due_on else ""

    @property
    def state(self):
        """Needs the plan."""
        return self.plan.state_of(self)

    @property
    def is_open(self):
        return self.state == StepState.OPEN

    @property
    def is_not_needed(self):
        return self.state == StepState.NOT_NEEDED

    @property
    def is_later(self):
        return self.state == StepState.LATER

    @property
    def is_awaited(self):
        """Open, with a day (`plans.selectors.dates`); needs the plan."""
        return self.is_open and self.due_on is not None
