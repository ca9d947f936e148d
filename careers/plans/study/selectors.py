"""What pages say about study: of one plan, and of all plans of a person. The queries do not grow with the log."""

from dataclasses import dataclass, replace

from django.utils.timezone import localdate

from careers.people.days import own_day
from careers.plans.study.models import StudyClock, StudyEntry
from careers.plans.study.rules.charts import WeekChart, lying, upright
from careers.plans.study.rules.sentences import (
    Said,
    StudyAim,
    done_in_words,
    need_in_words,
    need_of_all,
    streak_in_words,
)
from careers.plans.study.rules.weeks import Piece, Week, last_weeks, minutes_left, streak

SHOWN = 5  # entries on the page of a plan


@dataclass(frozen=True)
class Study:
    """Minutes a week in pictures and words. `need` is None where nothing is to be prepared, `streak` where not shown.

    `to_target` is the plan whose day to be ready by would help, where it is one plan.

    `upright` is for screens that are wide, `lying` for the others; both draw `weeks`, of which the table is made.
    """

    weeks: list[Week]
    need: Said | None
    done: Said
    has_any: bool
    streak: str | None = None
    to_target: int | None = None

    @property
    def upright(self) -> WeekChart:
        return upright(self.weeks, self.need.weekly if self.need else None)

    @property
    def lying(self) -> WeekChart:
        return lying(self.weeks, self.need.weekly if self.need else None)


def study_section(plan, *, now):
    """For the page of `plan`, which has its steps: the log, and the person's clock."""
    today, entries = localdate(now), plan.entries.all()
    minutes = entries.minutes_by_week()
    clock = StudyClock.objects.filter(profile=plan.profile_id).select_related("plan__certification", "step").first()
    aim = aim_of(plan, entries.minutes_by_open_step()) if plan.awaits_readiness else None
    latest = list(entries.for_list()[: SHOWN + 1])
    return {
        "study": study_of(minutes, need_in_words(aim, today) if aim else None, today),
        "clock": clock,
        "since": clock.since_on(today) if clock else "",
        "seconds": max(0, int((now - clock.started_at).total_seconds())) if clock else None,
        "entries": latest[:SHOWN],
        "has_more": len(latest) > SHOWN,
        "open_steps": plan.open_steps,
    }


def study_overview(profile, today, *, plans=None):
    """A `Study` of all that a person does. `plans` may be given, with their steps; four queries at most."""
    plans = profile.certification_plans.for_list() if plans is None else plans
    entries = StudyEntry.objects.filter(plan__profile=profile.pk)
    logged = entries.minutes_by_open_step()
    aims = {plan.pk: aim_of(plan, logged) for plan in plans if plan.awaits_readiness}
    need = need_of_all(aims.values(), today)
    study = study_of(entries.minutes_by_week(), need, today, shows_streak=profile.shows_streak)
    live = [pk for pk, aim in aims.items() if aim.is_live]
    return replace(study, to_target=live[0]) if len(live) == 1 else study


def study_of(minutes, need, today, *, shows_streak=False):
    words = streak_in_words(streak(set(minutes), today)) if shows_streak else None
    return Study(last_weeks(minutes, today), need, done_in_words(minutes, today), bool(minutes), words)


def aim_of(plan, logged):
    """Return what is left of a plan until the exam or the day to be ready by, whichever is earlier."""
    pieces = [Piece(step.hours, step.is_done, logged.get(step.pk, 0)) for step in plan.to_prepare]
    exam = own_day(plan.exam_at) if plan.is_booked else None
    until = min((day for day in (plan.target_on, exam) if day), default=None)
    has_open = any(not piece.is_done for piece in pieces)
    return StudyAim(
        minutes_left(pieces), until, has_open, is_exam=until is not None and until == exam != plan.target_on
    )
