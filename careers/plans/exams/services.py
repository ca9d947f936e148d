"""The exam of a certification plan: booked, moved, cancelled, sat without a pass; what to have ready for the day.

The profile's row is locked by whoever calls. Said twice, everything here is as said once.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from careers.lib.days import day_in_words
from careers.lib.names import folded
from careers.lib.zones import zone_of
from careers.people.services.refusing import Refused
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.exams.rules import CHECKLIST, ExamCountdown, When, cannot_book, countdown, when
from careers.plans.models import CertificationPlan
from careers.plans.rules.status import Status, first_day, problems_of_exam
from careers.plans.services.plans import change_status, move_start, save_plan

MOST_ITEMS = 40
MOST_ATTEMPTS = 40
ON_THE_LIST = "“{title}” is on the list already."
EXAM = ("exam_at", "exam_zone", "exam_minutes", "exam_place", "exam_url")


@dataclass(frozen=True)
class ExamSection:
    """The ticket of an exam. `countdown` and `when` are None if none is booked."""

    plan: CertificationPlan
    fee: str
    countdown: ExamCountdown | None
    when: When | None

    @property
    def is_over(self):
        return self.countdown is not None and self.countdown.is_past

    @property
    def head(self):
        """How long it is to the exam, or what is asked after it."""
        return self.countdown.number if self.countdown and not self.is_over else "How did it go?"

    @property
    def not_booked(self):
        if self.plan.is_not_passed:
            return "Not booked again yet. What you know stays yours: study on, or book the next one."
        return "Not booked yet. Once it is, the days until it stand here."

    @property
    def book_words(self):
        return "Book it again" if self.plan.is_not_passed else "I have booked the exam"

    @property
    def ready(self):
        """“3 of 5 ready for the day”; empty where no exam is to come."""
        items = [] if self.countdown is None or self.is_over else list(self.plan.exam_items.all())
        return f"{sum(item.is_done for item in items)} of {len(items)} ready for the day" if items else ""

    @property
    def can_book(self):
        return self.plan.has_exam and self.plan.can_book

    @property
    def can_fail(self):
        return self.plan.has_exam and can_fail(self.plan)


def exam_section(plan, *, now):
    certification, is_booked = plan.certification, plan.is_booked
    return ExamSection(
        plan=plan,
        fee=certification.exam_fee_text if certification else "",
        countdown=countdown(plan.exam_at, own_zone(plan.profile), now=now) if is_booked else None,
        when=exam_in_words(plan) if is_booked else None,
    )


def exam_in_words(plan):
    return when(plan.exam_at, plan.exam_zone, own_zone=own_zone(plan.profile), minutes=plan.exam_minutes)


def own_zone(profile):
    return profile.time_zone or timezone.get_current_timezone_name()


@transaction.atomic
def book(*, plan, now, **exam):
    """Book it, or move it; `exam` has a value for each of EXAM. The list for the day begins with the first booking."""
    reason = why_not_book(plan)
    if reason:
        raise Refused(reason)
    was_booked = plan.is_booked
    if was_booked and all(getattr(plan, name) == exam[name] for name in EXAM):
        return
    if not was_booked or plan.exam_at != exam["exam_at"]:
        for problem in problems_of_exam(now=now, exam_at=exam["exam_at"]):
            raise Refused(problem.text)
    change_status(plan, Status.BOOKED, now=now, **exam)
    if not was_booked:
        lay_out_items(plan)


def why_not_book(plan):
    """A sentence; empty where an exam can be booked."""
    reason = cannot_book(Status(plan.status))
    return f"{reason} Nothing has changed." if reason else ""


def lay_out_items(plan):
    """The list for another exam begins anew, with what they made of it."""
    if not plan.exam_items.update(is_done=False):
        ExamItem.objects.bulk_create(ExamItem(plan=plan, title=title) for title in CHECKLIST)


@transaction.atomic
def unbook(*, plan, now):
    if plan.is_booked:
        change_status(plan, Status.STUDYING, now=now, started_on=begun(plan, now=now), exam_url="")


def begun(plan, *, now):
    return first_day(plan.started_on, plan.target_on, today=localdate(now))


def exam_day(plan, *, now):
    """The day of the booked exam where it was, None while it is to come."""
    return day_there(plan) if plan.is_booked and plan.exam_at <= now else None


def day_there(plan):
    return plan.exam_at.astimezone(zone_of(plan.exam_zone)).date()


def latest_day(plan, *, now):
    """Today; the day of the exam where that is over and later, as clocks there are ahead of theirs."""
    today = localdate(now)
    return max(today, exam_day(plan, now=now) or today)


def stays_booked(plan, taken_on, *, now):
    """Whether the exam that is booked is another one than they sat on that day."""
    return plan.is_booked and (plan.exam_at > now or day_there(plan) > taken_on)


def can_fail(plan):
    """Each attempt that was not passed is recorded, also after another one."""
    return plan.can_become(Status.NOT_PASSED) or plan.is_not_passed


@transaction.atomic
def fail(*, plan, taken_on, score, note, now):
    """They sat the exam and did not pass. Of each day there is one attempt; an exam that is still to come stays."""
    reason = why_not_fail(plan) or problem_of_attempt(taken_on, today=latest_day(plan, now=now))
    if reason:
        raise Refused(reason)
    attempt = ExamAttempt.objects.filter(plan=plan, taken_on=taken_on).first()
    if attempt and (attempt.outcome, attempt.score, attempt.note) == (ExamAttempt.Outcome.NOT_PASSED, score, note):
        return
    if attempt:
        raise Refused(
            f"There is an attempt of {day_in_words(taken_on)} already. Remove that first. Nothing has changed."
        )
    if ExamAttempt.objects.filter(plan=plan).count() >= MOST_ATTEMPTS:
        raise Refused(f"You have recorded {MOST_ATTEMPTS} attempts, the most there can be. Remove one first.")
    plan.attempts.create(
        taken_on=taken_on, outcome=ExamAttempt.Outcome.NOT_PASSED, score=score, note=note, recorded_at=now
    )
    move_start(plan, taken_on, now=now)
    if plan.is_not_passed or stays_booked(plan, taken_on, now=now):
        save_plan(plan, now=now)
    else:
        change_status(plan, Status.NOT_PASSED, now=now)


def why_not_fail(plan):
    if can_fail(plan):
        return ""
    if plan.is_planned:
        return "You have not started on this plan. Start it, then record an attempt. Nothing has changed."
    return f"This plan is “{plan.get_status_display().lower()}” now. Nothing has changed."


def problem_of_attempt(taken_on, *, today):
    """Why they cannot have sat it on that day; empty where they can. One from before this plan is an attempt, too."""
    return "That day is still to come. Write the day you sat the exam." if taken_on > today else ""


@transaction.atomic
def remove_attempt(*, attempt, now):
    """One that was recorded by mistake. Without any, the plan is not “not passed”."""
    plan = attempt.plan
    if attempt.is_the_pass:
        raise Refused("This is the exam that you passed. Take the certificate back if that was a mistake.")
    attempt.delete()
    if plan.is_not_passed and not ExamAttempt.objects.filter(plan=plan).exists():
        change_status(plan, Status.STUDYING, now=now, started_on=begun(plan, now=now))
    else:
        save_plan(plan, now=now)


@transaction.atomic
def add_item(*, plan, title):
    """Whether it is new: what is on the list already stays as it is."""
    return put_item(ExamItem(plan=plan, title=title))


@transaction.atomic
def restore_item(*, plan, key, title, is_done):
    """At its old place. One of the same title, written meanwhile, stays as it is."""
    if not put_item(ExamItem(pk=key, plan=plan, title=title, is_done=is_done)):
        raise Refused(ON_THE_LIST.format(title=title))


def put_item(item):
    items = list(item.plan.exam_items.all())
    if folded(item.title) in {folded(other.title) for other in items}:
        return False
    if len(items) >= MOST_ITEMS:
        raise Refused(f"The list has {MOST_ITEMS} lines, the most there can be. Remove one first.")
    with suppress(IntegrityError), transaction.atomic():  # a database may fold letters that Python does not
        item.save(force_insert=True)
        return True
    return False


@transaction.atomic
def tick_item(*, item, is_done):
    ExamItem.objects.filter(pk=item.pk).update(is_done=is_done)
