"""The clock of a person, one at most. It is a row, so it runs on whatever becomes of the browser.

What it ran counts for the day on which it was started, also past midnight. Time is the difference of two moments, so a
change to or from daylight-saving time takes and gives nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from careers.people.services.refusing import Refused
from careers.plans.study.models import MOST_MINUTES
from careers.plans.study.services.log import begin_studying, refuse_dropped, refuse_more_entries, write_entry

PASSED = "You hold this certificate, and no step of its renewal is open. The clock stays off."
GOES_ON = "The clock runs for this plan already. It goes on."
ASKS_AFTER = timedelta(hours=8)


class OtherClock(Refused):
    """The clock runs for another plan."""


@transaction.atomic
def start_clock(*, plan, now, step=None, started_at=None):
    """The running clock, and whether it is new. One that runs for this plan goes on as it is.

    `started_at` where it had run before, and was turned off by mistake.
    """
    running = plan.profile.study_clocks.select_related("plan__certification").first()
    if running and running.plan_id != plan.pk:
        raise OtherClock(f"Your clock runs for {running.plan.name}. Stop that one first.")
    if running:
        return running, False
    refuse_dropped(plan)
    if not plan.awaits_study:
        raise Refused(PASSED)
    refuse_more_entries(plan.profile)  # it becomes one
    begin_studying(plan, now=now)
    return plan.profile.study_clocks.create(plan=plan, step=step, started_at=started_at or now), True


@transaction.atomic
def restore_clock(*, plan, was, now):
    """`was` is a clock that was turned off: it runs again, from when it was started, where none runs meanwhile."""
    step = plan.steps.filter(pk=was["step"]).first()
    started_at = datetime.fromisoformat(was["started_at"])
    _, is_new = start_clock(plan=plan, step=step, started_at=started_at, now=now)
    if not is_new:
        raise Refused(GOES_ON)


def minutes_on(clock, now):
    """To the nearest minute, at least one, at most a day."""
    return min(MOST_MINUTES, max(1, round((now - clock.started_at) / timedelta(minutes=1))))


def ran_long(clock, now):
    """So long that they may have forgotten it."""
    return now - clock.started_at > ASKS_AFTER


@transaction.atomic
def stop_clock(*, clock, now, minutes=None):
    """The entry it becomes, of `minutes` where they say how long it was."""
    # No study is in the future, whatever the clock of the machine said when it was started.
    minutes, day = minutes or minutes_on(clock, now), localdate(min(clock.started_at, now))
    entry = write_entry(clock.plan, minutes, day, note="", step=clock.step, now=now)
    clock.delete()
    return entry
