"""The certificates of a person as “My plan” and its printed page show them: which asks first, what is next, how long.

How plans stand is asked of the database in one query of plain values, however many steps they have. Only the plans that
are shown are fetched with their steps.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Prefetch, Q

from careers.actions.events import exam_day
from careers.actions.lapses import lapse_cost
from careers.models import CertificationPlan, HeldCertificate, PlanStep
from careers.planning.badges import badge_of
from careers.planning.countdowns import Countdown, countdown_of, lapse_in_words
from careers.planning.plan_actions import Call, OpenStep, PlanStanding, by_urgency, most_urgent, next_of, token_of
from careers.planning.plans import Status

SHOWN, HELD_SHOWN, NOTES_SHOWN, COMING_SHOWN, COST_LINES = 20, 8, 3, 5, 2
VALUES = ["pk", "status", "exam_at", "exam_zone", "target_on", "held__expires_on"]


@dataclass(frozen=True)
class PlanRow:
    plan: CertificationPlan
    standing: PlanStanding
    countdown: Countdown | None
    next_step: PlanStep | None

    @property
    def name(self):
        return self.plan.title

    @property
    def held(self):
        return self.plan.held

    @property
    def exam_at(self):
        """As the clock there says; templates would turn an aware time into the reader's."""
        plan = self.plan
        return plan.exam_at.astimezone(ZoneInfo(plan.exam_zone)).replace(tzinfo=None) if plan.exam_at else None


@dataclass(frozen=True)
class HeldRow:
    """A certificate that no plan is about."""

    held: HeldCertificate
    standing: PlanStanding
    countdown: Countdown | None

    @property
    def name(self):
        return self.held.name

    def badge_on(self, day):
        """As a plan's."""
        return badge_of(Status.PASSED, self.held.standing_on(day))


@dataclass(frozen=True)
class RenewalNote:
    """`cost` is what its lapse would cost, in sentences: of the most pressing one only, as each takes its queries."""

    row: PlanRow | HeldRow
    text: str
    cost: list[str]


@dataclass(frozen=True)
class NextOfPlans:
    """What asks first, and `token`, which names it where it is put off."""

    call: Call
    token: str
    row: PlanRow | HeldRow


def standings_of(profile, *, now):
    """{key of the plan: how it stands}, dropped ones too."""
    is_open = Q(steps__done_on=None)
    rows = profile.certification_plans.order_by().values(*VALUES)
    rows = rows.annotate(due_on=Min("steps__due_on", filter=is_open), open_steps=Count("steps", filter=is_open))
    return {row["pk"]: standing_of(row, now=now) for row in rows}


def standing_of(row, *, now):
    exam = CertificationPlan(exam_at=row["exam_at"], exam_zone=row["exam_zone"]) if row["exam_at"] else None
    return PlanStanding(
        key=f"plan-{row['pk']}",
        status=Status(row["status"]),
        exam_on=exam_day(exam) if exam else None,
        exam_is_over=bool(exam) and exam.exam_at <= now,
        target_on=row["target_on"],
        due_on=row["due_on"],
        open_steps=row["open_steps"],
        expires_on=row["held__expires_on"],
    )


def standing_of_held(pk, expires_on):
    return PlanStanding(key=f"held-{pk}", status=Status.PASSED, expires_on=expires_on)


def plans_to_prepare(profile):
    """What the hours a week are reckoned from, of all plans at once: two queries for few columns."""
    steps = Prefetch("steps", PlanStep.objects.only("plan_id", "hours", "done_on").order_by())
    plans = profile.certification_plans.exclude(status__in=[Status.PASSED, Status.DROPPED]).order_by()
    return plans.only("profile_id", "status", "target_on", "exam_at", "exam_zone").prefetch_related(steps)


class Certificates:
    """All that a person tracks or holds, in the order in which it asks for them. Fetched when it is asked for."""

    def __init__(self, profile, *, now, today, put_off=()):
        self.profile, self.today, self.put_off = profile, today, put_off
        self.standings = standings_of(profile, now=now)
        self.key_of = {one.key: pk for pk, one in self.standings.items()}
        self.ordered = [self.key_of[one.key] for one in by_urgency(self.standings.values(), today=today)]

    @cached_property
    def untracked(self):
        """{key: the day it lapses} of what is held and not tracked, the first to lapse first."""
        rows = self.profile.certificates.filter(plan=None).order_by("pk").values_list("pk", "expires_on")
        return dict(sorted(rows, key=lambda row: (row[1] is None, row[1] or self.today, row[0])))

    @cached_property
    def tracked(self):
        return [pk for pk in self.ordered if self.standings[pk].status != Status.DROPPED]

    @cached_property
    def dropped(self):
        """Titles and keys; nothing more of them is shown."""
        return list(self.profile.certification_plans.filter(status=Status.DROPPED).only("profile_id", "title"))

    @cached_property
    def first_call(self):
        held = [standing_of_held(pk, day) for pk, day in self.untracked.items()]
        return most_urgent([*self.standings.values(), *held], today=self.today, put_off=self.put_off)

    @cached_property
    def to_renew(self):
        """Keys (“plan-7”, “held-3”) of every certificate whose renewal there is to plan, the first to lapse first."""
        plans = {one.key: one for one in self.standings.values()}
        every = plans | {one.key: one for one in (standing_of_held(*pair) for pair in self.untracked.items())}
        calls = [one for one in every.values() if one.call(self.today) in (Call.RENEW, Call.RENEW_IN_TIME)]
        return [one.key for one in sorted(calls, key=lambda one: (one.day(), one.key))]

    def rows(self, keys):
        """`PlanRow`s of these plans, with their steps: two queries, however many."""
        found = self.profile.certification_plans.for_list().in_bulk(keys) if keys else {}
        return [self.row(found[pk]) for pk in keys if pk in found]

    def row(self, plan):
        one, open_steps = self.standings[plan.pk], [step for step in plan.steps.all() if not step.is_done]
        key = next_of((OpenStep(step.pk, step.due_on) for step in open_steps), today=self.today)
        step = next((step for step in open_steps if step.pk == key), None) if one.is_live else None
        return PlanRow(plan, one, countdown_of(one, today=self.today), step)

    def held_rows(self, keys):
        found = self.profile.certificates.with_names().in_bulk(keys) if keys else {}
        return [self.held_row(found[pk]) for pk in keys if pk in found]

    def held_row(self, held):
        one = standing_of_held(held.pk, held.expires_on)
        return HeldRow(held, one, countdown_of(one, today=self.today))


@dataclass(frozen=True)
class Shown:
    """What the first page shows of them: the most urgent, and how many there are."""

    rows: list[PlanRow]
    plan_count: int
    held: list[HeldRow]
    held_count: int
    dropped: list[CertificationPlan]
    notes: list[RenewalNote]
    note_count: int
    next: NextOfPlans | None

    def __bool__(self):
        return bool(self.plan_count or self.held_count or self.dropped)


def shown_of(every):
    """Only the plans of the list, of the notes and of what is next are fetched, together."""
    call, one = every.first_call or (None, None)
    noted = [key for key in every.to_renew if one is None or key != one.key]
    asked = [*noted[:NOTES_SHOWN], *([one.key] if one else [])]
    plans, held = keys_of(asked, "plan"), keys_of(asked, "held")
    listed, kept = every.tracked[:SHOWN], list(every.untracked)[:HELD_SHOWN]
    row_of = {f"plan-{row.plan.pk}": row for row in every.rows([*dict.fromkeys([*listed, *plans])])}
    row_of |= {f"held-{row.held.pk}": row for row in every.held_rows([*dict.fromkeys([*kept, *held])])}
    return Shown(
        rows=[row_of[f"plan-{pk}"] for pk in listed if f"plan-{pk}" in row_of],
        plan_count=len(every.tracked),
        held=[row_of[f"held-{pk}"] for pk in kept if f"held-{pk}" in row_of],
        held_count=len(every.untracked),
        dropped=every.dropped,
        notes=notes_of([row_of[key] for key in noted[:NOTES_SHOWN] if key in row_of], today=every.today),
        note_count=len(noted),
        next=NextOfPlans(call, token_of(call, one), row_of[one.key]) if one and one.key in row_of else None,
    )


def notes_of(rows, *, today):
    costs = [lapse_cost(row.held, today=today).lines[:COST_LINES] for row in rows[:1]]
    texts = [lapse_in_words(today, row.standing.expires_on) for row in rows]
    return [RenewalNote(*note) for note in zip_longest(rows, texts, costs, fillvalue=())]


def keys_of(keys, kind):
    return [int(key.partition("-")[2]) for key in keys if key.startswith(f"{kind}-")]
