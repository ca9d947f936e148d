"""The certificates of a person as “My plan” and its printed page show them: which asks first, what is next, how long.

How plans stand is asked of the database in one query of plain values, however many steps they have. Only the plans that
are shown are fetched with their steps.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Min

from careers.evidence.models.evidence import HeldCertificate
from careers.guide.models.certifications import with_certification
from careers.lib.about import about
from careers.lib.zones import zone_of
from careers.people.days import own_day
from careers.plans.certificates.selectors.lapses import lapse_cost
from careers.plans.models import CertificationPlan, PlanStep, is_open
from careers.plans.rules.badges import badge_of
from careers.plans.rules.countdowns import Countdown, countdown_of, due_in_words, lapse_in_words
from careers.plans.rules.status import Status
from careers.plans.rules.urgency import Call, OpenStep, PlanStanding, by_urgency, most_urgent, next_of, token_of
from careers.reminders.models import Reminder

SHOWN, HELD_SHOWN, NOTES_SHOWN, COST_LINES = 20, 8, 3, 2
VALUES = [
    "pk",
    "status",
    "exam_at",
    "target_on",
    "held_certificate_id",
    "held_certificate__expires_on",
    "held_certificate__expires_precision",
]


@dataclass(frozen=True)
class PlanRow:
    plan: CertificationPlan
    standing: PlanStanding
    countdown: Countdown | None
    next_step: PlanStep | None
    next_due: str

    @property
    def name(self):
        return self.plan.name

    @property
    def held(self):
        return self.plan.held_certificate

    @property
    def next_text(self):
        """“Read the handbook, due tomorrow”; empty where nothing is next."""
        return ", ".join(part for part in (self.next_step and self.next_step.title, self.next_due) if part)

    @property
    def state_text(self):
        """How far it is, behind the word of its badge: “, 40% of the hours done”."""
        plan = self.plan
        return f", {plan.percent}% of the hours done" if plan.steps.all() and plan.percent is not None else ""

    @property
    def exam_where(self):
        """“(Europe/Berlin), Test centre 3”."""
        return ", ".join(part for part in (f"({self.plan.exam_zone})", self.plan.exam_place) if part)

    @property
    def exam_at(self):
        """As the clock there says; templates would turn an aware time into the reader's."""
        plan = self.plan
        return plan.exam_at.astimezone(zone_of(plan.exam_zone)).replace(tzinfo=None) if plan.exam_at else None


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
    """`cost` is what its lapse would cost, in sentences: of the most pressing one only, as each takes its queries.

    `reminder` is the one that stands about it, by which it can be put away.
    """

    row: PlanRow | HeldRow
    text: str
    cost: list[str]
    reminder: Reminder | None


@dataclass(frozen=True)
class NextOfPlans:
    """The first that asks, and `token`, which names it if it is put off."""

    call: Call
    token: str
    row: PlanRow | HeldRow


def values_of(profile):
    """A dictionary of plain values for each plan, dropped ones too."""
    an_open = is_open(step="steps__", plan="")
    rows = profile.certification_plans.order_by().values(*VALUES)
    return rows.annotate(due_on=Min("steps__due_on", filter=an_open), open_steps=Count("steps", filter=an_open))


def standing_of(row, *, now):
    exam_at = row["exam_at"]
    return PlanStanding(
        key=f"plan-{row['pk']}",
        status=Status(row["status"]),
        exam_on=own_day(exam_at) if exam_at else None,
        exam_is_over=bool(exam_at) and exam_at <= now,
        target_on=row["target_on"],
        due_on=row["due_on"],
        open_steps=row["open_steps"],
        expires=expiry_of(row["held_certificate__expires_on"], row["held_certificate__expires_precision"]),
    )


def expiry_of(day, precision):
    return about(day, precision) if day else None


def standing_of_held(pk, expires):
    return PlanStanding(key=f"held-{pk}", status=Status.PASSED, expires=expires)


class Certificates:
    """All that a person tracks or holds, in the order in which it asks for them. Fetched when it is asked for."""

    def __init__(self, profile, *, now, today, put_off=()):
        self.profile, self.today, self.put_off = profile, today, put_off
        values = list(values_of(profile))
        self.standings = {row["pk"]: standing_of(row, now=now) for row in values}
        self.held_of = {f"plan-{row['pk']}": row["held_certificate_id"] for row in values}
        self.key_of = {one.key: pk for pk, one in self.standings.items()}
        self.ordered = [self.key_of[one.key] for one in by_urgency(self.standings.values(), today=today)]

    @cached_property
    def untracked(self):
        """{key: when it lapses} of what is held and not tracked, the first to lapse first."""
        rows = self.profile.certificates.filter(plan=None).order_by("pk")
        rows = rows.values_list("pk", "expires_on", "expires_precision")
        ordered = sorted(rows, key=lambda row: (row[1] is None, row[1] or self.today, row[0]))
        return {pk: expiry_of(day, precision) for pk, day, precision in ordered}

    @cached_property
    def tracked(self):
        return [pk for pk in self.ordered if not self.standings[pk].is_dropped]

    @cached_property
    def dropped(self):
        """Titles and keys; nothing more of them is shown. No query where nothing was dropped."""
        if not any(one.is_dropped for one in self.standings.values()):
            return []
        return list(with_certification(self.profile.certification_plans.dropped()))

    @cached_property
    def first_call(self):
        held = [standing_of_held(pk, day) for pk, day in self.untracked.items()]
        return most_urgent([*self.standings.values(), *held], today=self.today, put_off=self.put_off)

    @cached_property
    def to_renew(self):
        """`PlanStanding`s of every certificate whose renewal there is to plan, the first to lapse first."""
        held = [standing_of_held(pk, day) for pk, day in self.untracked.items()]
        calls = (Call.RENEW, Call.RENEW_IN_TIME)
        due = [one for one in [*self.standings.values(), *held] if one.call(self.today) in calls]
        return sorted(due, key=lambda one: (one.day(), one.key))

    def lapse_of(self, one):
        """The certificate behind a standing, and the day it lapses: what a reminder of it is about."""
        return self.held_of.get(one.key) or keys_of([one.key], "held")[0], one.expires_on

    def rows(self, keys):
        """`PlanRow`s of these plans, with their steps: two queries, however many."""
        found = self.profile.certification_plans.for_list().in_bulk(keys) if keys else {}
        return [self.row(found[pk]) for pk in keys if pk in found]

    def row(self, plan):
        one, open_steps = self.standings[plan.pk], plan.open_steps
        key = next_of((OpenStep(step.pk, step.due_on) for step in open_steps), today=self.today)
        step = next((step for step in open_steps if step.pk == key), None) if one.is_live else None
        due = due_in_words(step.due_on, self.today) if step and step.due_on else ""
        return PlanRow(plan, one, countdown_of(one, today=self.today), step, due)

    def held_rows(self, keys):
        found = self.profile.certificates.with_names().in_bulk(keys) if keys else {}
        return [self.held_row(found[pk]) for pk in keys if pk in found]

    def held_row(self, held):
        one = standing_of_held(held.pk, held.expires)
        return HeldRow(held, one, countdown_of(one, today=self.today))


@dataclass(frozen=True)
class Shown:
    """The most urgent of them, and how many there are."""

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


def shown_of(every, *, reminders=(), dismissed=()):
    """Only the plans of the list, of the notes and of what is next are fetched, together.

    `reminders` are the open ones. A lapse in `dismissed`, as (certificate, day), is noted again with the next one.
    """
    call, one = every.first_call or (None, None)
    reminded = {
        (reminder.held_certificate_id, reminder.event_on): reminder
        for reminder in reminders
        if reminder.held_certificate_id
    }
    noted = [lapse for lapse in every.to_renew if one is None or lapse.key != one.key]
    noted = [lapse for lapse in noted if every.lapse_of(lapse) in reminded or every.lapse_of(lapse) not in dismissed]
    row_of = rows_by_key(every, [*noted[:NOTES_SHOWN], *([one] if one else [])])
    told = [lapse for lapse in noted[:NOTES_SHOWN] if lapse.key in row_of]
    return Shown(
        rows=[row_of[f"plan-{pk}"] for pk in every.tracked[:SHOWN] if f"plan-{pk}" in row_of],
        plan_count=len(every.tracked),
        held=[row_of[f"held-{pk}"] for pk in list(every.untracked)[:HELD_SHOWN] if f"held-{pk}" in row_of],
        held_count=len(every.untracked),
        dropped=every.dropped,
        notes=[
            RenewalNote(
                row_of[lapse.key],
                lapse_in_words(every.today, lapse.expires),
                [] if place else lapse_cost(row_of[lapse.key].held)[:COST_LINES],
                reminded.get(every.lapse_of(lapse)),
            )
            for place, lapse in enumerate(told)
        ],
        note_count=len(noted),
        next=NextOfPlans(call, token_of(call, one), row_of[one.key]) if call and one and one.key in row_of else None,
    )


def rows_by_key(every, asked):
    """Those that are listed and those that are `asked` for, by the keys of their standings."""
    keys = [one.key for one in asked]
    plans = dict.fromkeys([*every.tracked[:SHOWN], *keys_of(keys, "plan")])
    held = dict.fromkeys([*list(every.untracked)[:HELD_SHOWN], *keys_of(keys, "held")])
    rows = [*every.rows([*plans]), *every.held_rows([*held])]
    return {row.standing.key: row for row in rows}


def keys_of(keys, kind):
    return [int(key.partition("-")[2]) for key in keys if key.startswith(f"{kind}-")]
