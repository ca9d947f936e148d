"""Every day that a person has before or behind them: exams, steps that are due, days to be ready by, certificates that
lapse. “My plan”, the calendar and the reminders all read them here, so that what is a date is said once.

Nothing of a plan that was dropped, and of one that is passed only its renewal (see `plans.rules.awaited`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from careers.evidence.models.evidence import HeldCertificate
from careers.guide.models.certifications import with_certification
from careers.plans.models import CertificationPlan, PlanStep, is_open
from careers.plans.rules.awaited import OVER
from careers.plans.rules.dates import Kind
from careers.plans.rules.status import Status


@dataclass(frozen=True)
class Source:
    """The rows that have dates. `owner` is the way from one to its person; `own` takes a person and `named` takes rows,
    and gives them with what their names are made of.

    `days` are {kind: (column of the day or the moment, whether the row has that date)}.
    """

    rows: Callable
    owner: str
    own: Callable
    named: Callable
    days: dict[Kind, tuple[str, Q]]


def own_steps(profile):
    """Also of a visitor, who has none."""
    return PlanStep.objects.filter(plan__profile=profile.pk)


SOURCES = (
    Source(
        rows=CertificationPlan.objects.all,
        owner="profile",
        own=lambda profile: profile.certification_plans.all(),
        named=with_certification,
        days={
            Kind.EXAM: ("exam_at", Q(status=Status.BOOKED)),
            Kind.TARGET: ("target_on", Q(target_on__isnull=False) & ~Q(status__in=OVER)),
        },
    ),
    Source(
        rows=PlanStep.objects.all,
        owner="plan__profile",
        own=own_steps,
        named=lambda steps: with_certification(steps, "plan__certification"),
        days={Kind.STEP: ("due_on", Q(due_on__isnull=False) & is_open())},
    ),
    Source(
        rows=HeldCertificate.objects.all,
        owner="profile",
        own=lambda profile: profile.certificates.all(),
        named=lambda held: held.with_names(),
        days={Kind.LAPSE: ("expires_on", Q(expires_on__isnull=False))},
    ),
)
SOURCE = {kind: source for source in SOURCES for kind in source.days}


@dataclass(frozen=True)
class Dated:
    """`at` is the day, or the moment of an exam; `row` the plan, the step or the certificate, with its names."""

    kind: Kind
    at: date
    row: object


def dates_of(profile, *, kinds=tuple(Kind)):
    """`Dated` of one person, kind by kind. A query for each of at most three tables, however much there is."""
    found = []
    for source in SOURCES:
        asked = {kind: day for kind, day in source.days.items() if kind in kinds}
        if asked:
            found += read(source.named(source.own(profile)), asked)
    return found


def read(rows, days):
    rows = rows.filter(reduce(or_, (condition for _, condition in days.values())))
    if len(days) == 1:
        [(kind, (column, _))] = days.items()
        return [Dated(kind, getattr(row, column), row) for row in rows]
    rows = list(rows.annotate(**{f"is_dated_{kind}": condition for kind, (_, condition) in days.items()}))
    return [
        Dated(kind, getattr(row, column), row)
        for kind, (column, _) in days.items()
        for row in rows
        if getattr(row, f"is_dated_{kind}")
    ]


def having(kind, first, last):
    """Everybody's rows with a date of this kind from `first` to `last`, which are moments for exams."""
    column, condition = SOURCE[kind].days[kind]
    return SOURCE[kind].rows().filter(condition, **{f"{column}__range": (first, last)})


def owned_by(kind, person):
    """The condition that a row with such a date is this person's, also one that a query names."""
    return Q(**{SOURCE[kind].owner: person})


def owned_between(kind, after, upto):
    """The condition that a row with such a date is of somebody with a key above `after`, and up to `upto`."""
    owner = SOURCE[kind].owner
    return Q(**{f"{owner}__gt": after, f"{owner}__lte": upto})


def days_of(profiles, kind, first, last):
    """(person's key, row's key, day or moment, when that was last set) for many people, in one query."""
    column, _ = SOURCE[kind].days[kind]
    owner = SOURCE[kind].owner
    rows = having(kind, first, last).filter(**{f"{owner}__in": profiles})
    return rows.values_list(f"{owner}_id", "pk", column, "day_set_at")


def rows_named(kind, keys):
    """{key: row} of those that are still there, with their names."""
    return SOURCE[kind].named(SOURCE[kind].rows()).in_bulk(keys)
