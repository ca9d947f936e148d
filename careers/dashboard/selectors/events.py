"""What comes up for a person, day by day: read by “My plan”, the calendar and the reminders alike.

Three queries, however much there is. Nothing of a plan that was dropped, and of one that is passed only its renewal
(see `plans.rules.awaited`).
"""

from django.urls import reverse

from careers.dashboard.rules.events import Event, Kind
from careers.people.days import own_day
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.status import Status


def events_of(profile, today, *, now):
    """`Event`s of every day, also of days that are over, the earliest first."""
    plans = profile.certification_plans.exclude(status=Status.DROPPED).select_related("certification")
    events = [*exams_of(plans, now), *due_of(plans, today), *targets_of(plans, today), *lapses_of(profile, today)]
    return sorted(events, key=lambda event: event.order)


def exams_of(plans, now):
    for plan in plans:
        if plan.status == Status.BOOKED:
            day, title, is_over = own_day(plan.exam_at), f"{plan.name} exam", plan.exam_at <= now
            yield Event(day, Kind.EXAM, title, page_of(plan.pk), is_overdue=is_over, row=plan, name=plan.name)


def targets_of(plans, today):
    for plan in plans:
        day, title = plan.target_on, f"Be ready for {plan.name}"
        if day and plan.awaits_readiness:
            yield Event(day, Kind.TARGET, title, page_of(plan.pk), is_overdue=day < today, row=plan, name=plan.name)


def due_of(plans, today):
    steps = PlanStep.objects.awaited().filter(plan__in=plans.order_by())
    for step in steps.select_related("plan__certification"):
        url, is_overdue = page_of(step.plan_id, f"step-{step.pk}"), step.due_on < today
        yield Event(step.due_on, Kind.DUE, step.title, url, is_overdue=is_overdue, about=step.plan.name, row=step)


def lapses_of(profile, today):
    """With the page of its plan, or its own."""
    for held in profile.certificates.with_names().exclude(expires_on=None):
        url, when, is_over = page_of_held(held), held.expires, held.expires.last < today
        title = f"{held.name} {'lapsed' if is_over else 'lapses'}"
        names = {"name": held.name, "precision": when.precision}
        yield Event(when.day, Kind.LAPSE, title, url, is_overdue=is_over, row=held, **names)


def page_of_held(held):
    try:
        return page_of(held.plan.pk)
    except CertificationPlan.DoesNotExist:
        return reverse("profile-certificate", args=[held.pk])


def page_of(plan_pk, fragment=None):
    return reverse("plan-read", args=[plan_pk], fragment=fragment)
