"""What people do with the guide, in numbers of five people or more; fewer are not told."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from careers.desk.rules.health import FEWEST_TOLD
from careers.guide.models.certifications import Certification, CertificationStep
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.study.models import StudyEntry
from careers.saved.models import SavedRole

PlanStatus = CertificationPlan.Status
MOST = 10
STALLED_AFTER = 60  # days in which nothing was done for a plan


@dataclass(frozen=True)
class Bar:
    """A page, how many people, and how long its bar is in percent of the longest."""

    name: str
    people: int
    percent: int


@dataclass(frozen=True)
class Figures:
    slug: str
    title: str
    meaning: str
    column: str
    bars: list[Bar]


def all_figures(now=None, most=MOST):
    """[Figures], with so many bars each."""
    now = now or timezone.now()
    return [
        Figures("saved", "Most saved roles", "People who have saved the role.", "Role", bars(saved()[:most])),
        Figures("aims", "Roles most aimed at", "People whose goal, or wish, it is.", "Role", bars(aimed_at()[:most])),
        Figures(
            "stalls",
            "Where plans stall",
            f"Plans in which nothing was done for {STALLED_AFTER} days, by the step of the guide that is open.",
            "Certification and step",
            bars(stalled(now)[:most]),
        ),
    ]


def bars(rows):
    """Of (name, people) pairs, the most people first."""
    rows = list(rows)
    longest = max((people for _, people in rows), default=1)
    return [Bar(name, people, round(100 * people / longest)) for name, people in rows]


def named(counts, model):
    """(name, people) of (key, people) pairs."""
    counts = list(counts)
    pages = model.objects.in_bulk([key for key, _ in counts])
    return [(str(pages[key]), people) for key, people in counts if key in pages]


def most(rows, by):
    """(key, people) of the pages that most people have, where these are enough to be told."""
    counted = rows.order_by().values(by).annotate(people=Count("profile", distinct=True))
    told = counted.filter(people__gte=FEWEST_TOLD, **{f"{by}__isnull": False}).order_by("-people", by)
    return told.values_list(by, "people")[:MOST]


def saved():
    return named(most(SavedRole.objects.all(), "role"), Role)


def aimed_at():
    """The goal that somebody made theirs, or else the role that their profile names."""
    aims = Profile.objects.annotate(aim=Coalesce("goals__role", "target_role")).filter(aim__isnull=False)
    counted = aims.order_by().values("aim").annotate(people=Count("pk", distinct=True))
    told = counted.filter(people__gte=FEWEST_TOLD).order_by("-people", "aim")
    return named(told.values_list("aim", "people")[:MOST], Role)


def stalled(now):
    """By certification and by the first open step, where that is the guide's own: people's words stay theirs."""
    since = now - timedelta(days=STALLED_AFTER)
    preparing = PlanStep.objects.filter(plan=OuterRef("pk"), is_renewal=False, done_on__isnull=True)
    first_open = preparing.order_by("position", "pk").values("title")[:1]
    of_guide = CertificationStep.objects.filter(certification=OuterRef("certification"), title=OuterRef("step"))
    plans = CertificationPlan.objects.filter(
        Q(created_at__lt=since) & (Q(started_on__isnull=True) | Q(started_on__lt=since.date())),
        certification__isnull=False,
        changed_at__lt=since,
        status__in=[PlanStatus.PLANNED, PlanStatus.STUDYING],
    )
    lately = PlanStep.objects.filter(plan=OuterRef("pk"), done_on__gte=since.date())
    studied = StudyEntry.objects.filter(plan=OuterRef("pk"), studied_on__gte=since.date())
    plans = plans.filter(~Exists(lately), ~Exists(studied)).annotate(step=Subquery(first_open))
    counted = (
        plans.filter(Exists(of_guide))
        .order_by()
        .values("certification", "step")
        .annotate(people=Count("profile", distinct=True))
    )
    told = counted.filter(people__gte=FEWEST_TOLD).order_by("-people", "certification", "step")[:MOST]
    rows = list(told.values_list("certification", "step", "people"))
    pages = Certification.objects.in_bulk([key for key, _, _ in rows])
    return [(f"{pages[key]}: {step}", people) for key, step, people in rows]
