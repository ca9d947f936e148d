"""A person's dates for their calendar program, and the private address under which it fetches them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from careers.models import CalendarFeed, PlanStep
from careers.planning.calendars import Entry, Kind, clock_in

NOTED_EVERY = timedelta(hours=1)  # so that a program that asks in a loop does not write in a loop


@dataclass(frozen=True)
class Listed:
    """An entry for a page: its day, as the reader's clock has it, and where its own file is."""

    entry: Entry
    day: date
    address: str


def entries_of(profile, *, site):
    """Exams, steps that are due and certificates that lapse, each in a steady order. `site` is the portal's address."""
    exams, steps, certificates = dated_rows(profile)
    return [
        *(exam_entry(plan, site=site) for plan in exams),
        *(step_entry(step, site=site) for step in steps),
        *(lapse_entry(held, site=site) for held in certificates),
    ]


def dated_rows(profile):
    """The rows behind it: plans with an exam, steps that are due, certificates that lapse."""
    exams = profile.certification_plans.exclude(exam_at=None).select_related("certification").order_by("pk")
    steps = PlanStep.objects.awaited().filter(plan__in=profile.certification_plans.order_by())
    steps = steps.select_related("plan__certification").order_by("pk")
    certificates = profile.certificates.exclude(expires_on=None).with_names().order_by("pk")
    return exams, steps, certificates


def listed_from(today, profile):
    """What is still to come, the next one first."""
    exams, steps, certificates = dated_rows(profile)
    rows = [
        *((exam_entry(plan, site=""), localdate(plan.exam_at), "plan-exam-event", plan.pk) for plan in exams),
        *((step_entry(step, site=""), step.due_on, "step-event", step.pk) for step in steps),
        *((lapse_entry(held, site=""), held.expires_on, "profile-certificate-event", held.pk) for held in certificates),
    ]
    listed = [Listed(entry, day, reverse(name, args=[pk])) for entry, day, name, pk in rows if day >= today]
    return sorted(listed, key=lambda one: (one.day, one.entry.kind, one.entry.uid))


def exam_entry(plan, *, site):
    clock = clock_in(plan.exam_at, plan.exam_zone)
    lines = [f"There: {clock}" if clock else "", plan.issued_by, plan.exam_url]
    return Entry(
        kind=Kind.EXAM,
        uid=str(plan.uid),
        version=plan.version,
        changed_at=plan.changed_at,
        begins=plan.exam_at,
        minutes=plan.exam_minutes,
        title=f"Exam: {plan.name}",
        text="\n".join(line for line in lines if line),
        place=plan.exam_place,
        url=site + reverse("plan-read", args=[plan.pk]),
    )


def step_entry(step, *, site):
    return Entry(
        kind=Kind.STEP,
        uid=str(step.uid),
        version=step.version,
        changed_at=step.changed_at,
        begins=step.due_on,
        title=f"Due: {step.title}",
        text=step.plan.name,
        url=site + reverse("plan-read", args=[step.plan_id]),
    )


def lapse_entry(held, *, site):
    plan = getattr(held, "plan", None)
    page = reverse("plan-read", args=[plan.pk]) if plan else reverse("profile-certificate", args=[held.pk])
    return Entry(
        kind=Kind.LAPSE,
        uid=str(held.uid),
        version=held.version,
        changed_at=held.changed_at,
        begins=held.expires_on,
        title=f"Last valid day: {held.name}{'' if held.expires.is_exact else f', {held.expires}'}",
        text=held.issued_by,
        url=site + page,
    )


@transaction.atomic
def make_feed(*, profile, instead_of=None):
    """The person's address, and whether it is new. Another one only for who names the one they have (its key).

    So a second click, or another tab, makes no address dead that was copied a moment ago.
    """
    feed = profile.calendar_feeds.first()
    if feed and feed.pk != instead_of:
        return feed, False
    revoke_feed(profile=profile)
    return profile.calendar_feeds.create(), True


def revoke_feed(*, profile):
    """Whether there was one."""
    return bool(profile.calendar_feeds.all().delete()[0])


def open_feed(token):
    """The feed of this address, or None; an account that is shut shows nothing."""
    feeds = CalendarFeed.objects.filter(Q(profile__user=None) | Q(profile__user__is_active=True))
    return feeds.select_related("profile").filter(token=token).first()


def note_fetched(*, feed, now):
    """One column of one row, so it undoes nothing of the same moment; and never back in time."""
    due = Q(opened_at=None) | Q(opened_at__lte=now - NOTED_EVERY)
    return bool(CalendarFeed.objects.filter(due, pk=feed.pk).update(opened_at=now))
