"""What a person is reminded of, how, and what was sent.

A `Reminder` is one event at one distance, once for ever; the database keeps it from being made twice. A
`ReminderMail` is one digest: it is made together with the reminders that are in it, and delivered afterwards.
"""

import uuid
from datetime import time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.evidence.models.evidence import HeldCertificate
from careers.lib.days import day_in_words
from careers.lib.words import counted
from careers.lib.zones import day_in
from careers.people.models.profiles import Profile
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.dates import Kind
from careers.reminders.rules import AFTERWARDS_DAYS, lapse_sentence, sentence

MOST_DAYS = 730
LONGEST_WAIT = timedelta(days=3)  # of a mail, for its next try and then for the end of quiet hours
LONGEST_CLAIM = timedelta(hours=1)  # while it is delivered, which takes minutes
MOST_OFFSETS = 8


def are_offsets(values):
    """Validates a list of up to eight different numbers of days before an event."""
    numbers = isinstance(values, list) and all(type(value) is int and 0 <= value <= MOST_DAYS for value in values)
    if not numbers or len(set(values)) != len(values) or len(values) > MOST_OFFSETS:
        raise ValidationError(f"Write up to {MOST_OFFSETS} different numbers of days, from 0 to {MOST_DAYS}.")


def before_expiry():
    return [180, 60, 14, 1]


def before_event():
    return [7, 1]


class ReminderSettings(models.Model):
    """One person's preferences about reminders. No row means the defaults: `ReminderSettings()`."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="reminder_settings")
    by_email = models.BooleanField("by e-mail", default=True)
    in_portal = models.BooleanField("on this site", default=True)
    in_calendar = models.BooleanField("by alarms of their calendar", default=False)
    expiry_offsets = models.JSONField(default=before_expiry, validators=[are_offsets])
    exam_offsets = models.JSONField(default=before_event, validators=[are_offsets])
    step_offsets = models.JSONField(default=before_event, validators=[are_offsets])
    quiet_from = models.TimeField(default=time(21))
    quiet_to = models.TimeField(default=time(8))
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "reminder settings"
        constraints = [
            models.UniqueConstraint(
                fields=["profile"],
                name="remindersettings_one_a_person",
                violation_error_message="You have chosen how to be reminded already.",
            )
        ]

    def __str__(self):
        return "Reminder settings"


class ReminderMailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state__in=(ReminderMail.State.WAITING, ReminderMail.State.SENDING))

    def put_off_too_far(self, now):
        """Those that wait for a later moment than any may, as a wrong clock has set it."""
        sending = Q(state=ReminderMail.State.SENDING, try_at__gt=now + LONGEST_CLAIM)
        return self.waiting().filter(sending | Q(try_at__gt=now + LONGEST_WAIT))

    def due(self, now):
        """Those whose time has come, and those whose delivery was broken off."""
        return self.waiting().filter(try_at__lte=now)


class ReminderMail(models.Model):
    """One digest, delivered at least once: if a process dies between sending and noting it, it is sent again.

    `key` makes the Message-ID, the same at each try, by which a mailbox can tell that it has it already.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being handed over"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="reminder_mails")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(
        default=timezone.now, help_text="Not before. While it is handed over: when that counts as broken off."
    )
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderMailQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "try_at"]), models.Index(fields=["created_at"])]
        constraints = [
            models.CheckConstraint(
                name="remindermail_sent_has_moment",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                violation_error_message="What was sent was sent at some moment.",
            )
        ]

    def __str__(self):
        return f"{self.get_state_display()}, {day_in_words(timezone.localdate(self.created_at))}"

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    @property
    def is_given_up(self):
        return self.state == self.State.FAILED


class ReminderQuerySet(models.QuerySet):
    def with_events(self):
        """With all that a line about each says."""
        return self.select_related(
            "held_certificate__certification",
            "held_certificate__plan",
            "plan__certification",
            "step__plan__certification",
            "step__plan__held_certificate",
        )


class Reminder(models.Model):
    """A note that `event_on` is `offset` days away: a certificate's lapse, an exam, or the day a step is due."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="reminders")
    held_certificate = models.ForeignKey(
        HeldCertificate, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders", db_column="held_id"
    )
    plan = models.ForeignKey(
        CertificationPlan, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders"
    )
    step = models.ForeignKey(PlanStep, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders")
    event_on = models.DateField()
    offset = models.SmallIntegerField(help_text="Days before the event; below zero: told afterwards.")
    mail = models.ForeignKey(ReminderMail, null=True, blank=True, on_delete=models.SET_NULL, related_name="reminders")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When the person put it away.")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["event_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=[column, "event_on", "offset"],
                name=f"reminder_once_a_{kind}",
                violation_error_message="This reminder was given already.",
            )
            for kind, column in (("held", "held_certificate"), ("plan", "plan"), ("step", "step"))
        ] + [
            models.CheckConstraint(
                name="reminder_is_about_one_thing",
                condition=Q(held_certificate__isnull=False, plan__isnull=True, step__isnull=True)
                | Q(held_certificate__isnull=True, plan__isnull=False, step__isnull=True)
                | Q(held_certificate__isnull=True, plan__isnull=True, step__isnull=False),
                violation_error_message="A reminder is about a certificate, an exam or a step.",
            )
        ]

    def __str__(self):
        return f"{counted(self.offset, 'day')} before {day_in_words(self.event_on)}"

    @property
    def kind(self):
        return Kind.LAPSE if self.held_certificate_id else Kind.EXAM if self.plan_id else Kind.STEP

    @property
    def event(self):
        """Return (kind, key of the row, day)."""
        return self.kind, self.held_certificate_id or self.plan_id or self.step_id, self.event_on

    @property
    def title(self):
        """Needs the event's names (`with_events`), as `sentence_on` does."""
        return str(self.held_certificate or self.plan or self.step)

    @property
    def about(self):
        """The plan behind it; None for a certificate that was never planned."""
        if self.held_certificate_id:
            return getattr(self.held_certificate, "plan", None)
        return self.plan or self.step.plan

    def sentence_on(self, today):
        """“Six Sigma Yellow Belt lapses in 14 days”."""
        if self.exact_day is None:
            return lapse_sentence(self.title, self.held_certificate.expires, today)
        return sentence(self.kind, self.title, (self.event_on - today).days)

    @property
    def exact_day(self):
        """None where the event's day is known to the month or the year only: then the sentence says all there is."""
        is_rough = (
            self.held_certificate_id and self.held_certificate.expires and not self.held_certificate.expires.is_exact
        )
        return None if is_rough else self.event_on

    def stands_on(self, today, *, now, zone):
        """Whether it is still worth saying: the event was neither moved nor done, and is not over. `zone`: theirs."""
        if self.kind == Kind.LAPSE:
            return self.held_certificate.expires_on == self.event_on and (today - self.event_on).days <= AFTERWARDS_DAYS
        if self.kind == Kind.EXAM:
            booked = self.plan.is_booked and self.plan.exam_at > now
            return booked and day_in(self.plan.exam_at, zone) == self.event_on
        return self.step.is_awaited and self.step.due_on == self.event_on and today <= self.event_on
