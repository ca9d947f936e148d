"""A plan's line of steps as its page shows it: what is next, how far they are, what the guide changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import cast

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.timezone import localtime

from careers.guide.models.choices import Track
from careers.lib.days import day_in_words
from careers.lib.hours import hours_in_words, sum_hours
from careers.lib.words import capital, counted, plural
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.awaited import StepState
from careers.plans.rules.countdowns import lapse_on
from careers.plans.rules.guide_changes import StepChange
from careers.plans.steps.services.guide_changes import own_step_behind, own_steps, steps_changed


@dataclass(frozen=True)
class Difference:
    """A change of the guide, and the person's own step that it is about; none where they took that out."""

    change: StepChange
    own: PlanStep | None

    @property
    def is_reworded_by_them(self):
        return bool(self.own and self.change.before and self.own.title != self.change.before.title)

    @property
    def removal_text(self):
        """Of a step that the guide has no longer and they have: how taking that over changes theirs."""
        own = cast(PlanStep, self.own)
        if own.is_done:
            return "Yours is done, so it stays either way."
        return f"Taking it removes your step{f' “{own.title}”' if self.is_reworded_by_them else ''}."

    @property
    def reworded_text(self):
        """Of one that they call otherwise: how taking it changes that."""
        own = cast(PlanStep, self.own)
        hours = f", {hours_in_words(own.hours)}" if own.hours else ""
        return f"You call it “{own.title}”{hours}. Taking it puts the guide's words in their place."


@dataclass(frozen=True)
class StepsSection:
    plan: CertificationPlan
    steps: list[PlanStep]
    today: date

    @cached_property
    def next(self):
        """The first that is open; on a plan that rests, the first that will be once it is taken up."""
        states = (StepState.OPEN, StepState.RESTS)
        return next((step for step in self.steps if step.state in states), None)

    @property
    def done(self):
        return sum(step.is_done for step in self.plan.to_prepare)

    @property
    def progress(self):
        """“29 of 39 hours done”; steps where no hours are known. What a pass closed is not told as done."""
        steps = self.plan.to_prepare
        if self.plan.is_passed:
            return self.closed
        every = sum_hours(step.hours for step in steps)
        if not steps:
            return "no steps yet"
        if not every:
            return f"{self.done} of {counted(len(steps), 'step')} done"
        done = sum((step.hours or Decimal() for step in steps if step.is_done), Decimal())
        least = "at least " if every.is_at_least else ""
        return f"{hours_in_words(done) or '0 h'} of {least}{hours_in_words(every.known)} done"

    @property
    def closed(self):
        """“2 steps done, 3 not needed any more”, of a passed plan; empty where it has none of either."""
        closed = sum(step.is_not_needed for step in self.steps)
        done = f"{counted(self.done, 'step')} done" if self.done else ""
        number = closed if self.done else counted(closed, "step")
        return ", ".join(part for part in (done, f"{number} not needed any more" if closed else "") if part)

    @property
    def progress_text(self):
        """How far it is, for whoever hears the page."""
        if self.plan.percent is None:
            return f"Passed{', ' if self.closed else ''}{self.closed}"
        return f"{self.plan.percent} percent done, {self.done} of {len(self.plan.to_prepare)} steps"

    @property
    def facts(self):
        """“ASQ · 29 of 39 hours done · does not expire”. Of what is earned without steps no progress is told."""
        parts = [self.plan.issued_by, self.progress, self.lasting]
        text = " · ".join(part for part in parts if part)
        return capital(text)

    @property
    def lasting(self):
        """“does not expire”, “lasts 3 years”; the day of one that is held. Of another certification nobody knows."""
        certification, held = self.plan.known, self.plan.held_certificate
        if held and held.expires:
            return lapse_on(self.today, held.expires)
        if certification is None or (held and certification.validity_months):
            return ""
        if not certification.validity_known:
            return "validity not known"
        if certification.validity_months is None:
            return "does not expire"
        return f"lasts {certification.validity_text}"

    @cached_property
    def track(self):
        """The line that the certificate helps most; Operations where the guide names no role."""
        if self.plan.certification is None:
            return Track.OPERATIONS
        helped = self.plan.certification.role_certifications.with_published_roles()
        tracks = [row.role.track for row in helped]
        return max(Track, key=tracks.count) if tracks else Track.OPERATIONS

    @cached_property
    def differences(self):
        """Not for what is settled: a passed plan needs no other steps, a dropped one is asked when taken up."""
        if not self.plan.awaits_readiness:
            return []
        own = own_steps(self.plan)
        return [Difference(change, own_step_behind(self.steps, own, change)) for change in steps_changed(self.plan)]

    @property
    def differences_text(self):
        number = len(self.differences)
        edited = f" It was edited last on {day_in_words(localtime(self.changed_on))}." if self.changed_on else ""
        return f"The guide changed {apnumber(number)} {plural(number, 'step')}.{edited}"

    @property
    def none_yet(self):
        """Why a plan that is prepared for has no step."""
        if self.plan.known:
            return "You took the guide's steps out." if self.plan.seen_steps else "The guide names no steps for it."
        now = " now" if self.plan.certification else ""
        return f"The guide does not list it{now}, so the steps are yours to write."

    @property
    def changed_on(self):
        """The day the guide's page was last edited; None where that was before the plan."""
        edited = self.plan.certification and self.plan.certification.updated_at
        return edited if edited and edited > self.plan.created_at else None


def steps_section(plan, *, today):
    return StepsSection(plan, list(plan.steps.all()), today)


def losses(plan):
    """Return in short sentences what goes with a plan that is deleted."""
    steps, minutes = list(plan.steps.all()), sum(plan.entries.values_list("minutes", flat=True))
    done = sum(step.is_done for step in steps)
    kinds = [
        (len(steps), "step", f", {done} of them done" if done else ""),
        (plan.entries.count(), "entry of study time", f", {hours_in_words(Decimal(minutes) / 60)} in all"),
        (len(plan.attempts.all()), "attempt at the exam", ""),
        (len(plan.exam_items.all()), "thing for the day of the exam", ""),
        (plan.files.count(), "file", ""),
    ]
    said = [f"{counted(number, name)}{more}" for number, name, more in kinds if number]
    return [*said, *(["the exam that you booked, here and in your calendar"] if plan.exam_at else [])]
