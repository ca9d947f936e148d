"""What comes up for a person, day by day, as “My plan” says it."""

from collections.abc import Callable

from django.urls import reverse

from careers.dashboard.rules.events import Event
from careers.evidence.rules.renewal import has_lapsed
from careers.people.days import own_day
from careers.plans.models import CertificationPlan
from careers.plans.rules.dates import Kind
from careers.plans.selectors.dates import dates_of


def events_of(profile, today, *, now):
    """`Event`s of every day, also of days that are over, the earliest first. Three queries, however much there is."""
    events = [EVENT[one.kind](one.row, today=today, now=now) for one in dates_of(profile)]
    return sorted(events, key=lambda event: event.order)


def exam(plan, *, now, **_):
    day, title, is_over = own_day(plan.exam_at), f"{plan.name} exam", plan.exam_at <= now
    return Event(day, Kind.EXAM, title, page_of(plan.pk), is_overdue=is_over, row=plan, name=plan.name)


def due(step, *, today, **_):
    url, is_overdue = page_of(step.plan_id, f"step-{step.pk}"), step.due_on < today
    return Event(step.due_on, Kind.STEP, step.title, url, is_overdue=is_overdue, about=step.plan.name, row=step)


def target(plan, *, today, **_):
    day, title = plan.target_on, f"Be ready for {plan.name}"
    return Event(day, Kind.TARGET, title, page_of(plan.pk), is_overdue=day < today, row=plan, name=plan.name)


def lapse(held, *, today, **_):
    """With the page of its plan, or its own."""
    url, when, is_over = page_of_held(held), held.expires, has_lapsed(today, held.expires.last)
    title = f"{held.name} {'lapsed' if is_over else 'lapses'}"
    names = {"name": held.name, "precision": when.precision}
    return Event(when.day, Kind.LAPSE, title, url, is_overdue=is_over, row=held, **names)


EVENT: dict[Kind, Callable[..., Event]] = {Kind.EXAM: exam, Kind.STEP: due, Kind.TARGET: target, Kind.LAPSE: lapse}


def page_of_held(held):
    try:
        return page_of(held.plan.pk)
    except CertificationPlan.DoesNotExist:
        return reverse("certificate-edit", args=[held.pk])


def page_of(plan_pk, fragment=None):
    return reverse("plan-read", args=[plan_pk], fragment=fragment)
