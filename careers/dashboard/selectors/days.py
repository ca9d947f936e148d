"""What “My plan” shows of days and hours: notes, what comes up, the year, the time spent learning."""

from django.db.models import Prefetch

from careers.dashboard.rules.timeline import year_from
from careers.dashboard.selectors.certificates import Certificates, shown_of
from careers.dashboard.selectors.events import events_of
from careers.plans.models import PlanStep
from careers.plans.rules.awaited import OVER
from careers.plans.study.selectors import study_overview

COMING_SHOWN = REMINDERS_SHOWN = 5


def certificates_and_notes(profile, *, reminders, now, today, put_off):
    """`reminders` are the open ones. Where one stands of a certificate that lapses, there is one note of both."""
    seen = (
        profile.reminders.exclude(seen_at=None)
        .exclude(held_certificate=None)
        .order_by()
        .values_list("held_certificate_id", "event_on")
    )
    every = Certificates(profile, now=now, today=today, put_off=put_off)
    plans = shown_of(every, reminders=[reminder for reminder, _ in reminders], dismissed=set(seen))
    said = {note.reminder for note in plans.notes}
    if plans.next and plans.next.row.held:
        said |= {reminder for reminder, _ in reminders if reminder.held_certificate_id == plans.next.row.held.pk}
    others = [pair for pair in reminders if pair[0] not in said]
    return {"plans": plans, "reminders": others[:REMINDERS_SHOWN], "more_reminders": len(others[REMINDERS_SHOWN:])}


def days_and_hours(profile, *, now, today):
    coming = [event for event in events_of(profile, today, now=now) if not event.is_overdue]
    return {
        "coming": coming[:COMING_SHOWN],
        "year": year_from(coming, today),
        "study": study_overview(profile, today, plans=plans_to_prepare(profile)),
    }


def plans_to_prepare(profile):
    """Return all plans with what hours a week are reckoned from: two queries for few columns."""
    steps = Prefetch("steps", PlanStep.objects.only("plan_id", "hours", "done_on", "is_renewal").order_by())
    plans = profile.certification_plans.exclude(status__in=OVER).order_by()
    return plans.only("profile_id", "status", "target_on", "exam_at").prefetch_related(steps)
