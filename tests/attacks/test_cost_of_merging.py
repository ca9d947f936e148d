"""Signing in with a guest's work holds everybody's writes up, so it costs as much as there is, and little of that."""

from datetime import UTC, date, datetime
from time import perf_counter, process_time

import pytest

from careers.evidence.models.evidence import HeldCertificate
from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.plans.certificates.services.held import MOST_OWN_CERTIFICATES
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.services.plans import MOST_PLANS, MOST_STEPS_OF_ALL
from careers.plans.study.models import StudyEntry
from careers.plans.study.services.log import MOST_ENTRIES
from careers.reminders.models import Reminder
from tests import factories as make
from tests.queries import queries_of

OLD, NEW = datetime(2026, 5, 12, 12, tzinfo=UTC), datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 12, 12)
ON_A_BUSY_MACHINE = 30  # times; what is meant is minutes, which PostgreSQL took
pytestmark = pytest.mark.django_db


def fill(profile, *, plans, steps, changed_at, done=None, times=1, certificates=0):
    """Each step with a day, with time that was spent on it so many times, and a note of the day."""
    rows = [
        CertificationPlan(profile=profile, title=f"Plan {number}", version=1, changed_at=changed_at)
        for number in range(plans)
    ]
    rows = CertificationPlan.objects.bulk_create(rows)
    made = PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=place, title=f"Step {place}", hours=4, due_on=DAY, done_on=done)
        for plan in rows
        for place in range(1, steps + 1)
    )
    StudyEntry.objects.bulk_create(
        StudyEntry(plan=step.plan, step=step, minutes=5, studied_on=DAY) for step in made for _ in range(times)
    )
    Reminder.objects.bulk_create(Reminder(profile=profile, step=step, event_on=DAY, offset=7) for step in made)
    held = HeldCertificate.objects.bulk_create(
        HeldCertificate(
            profile=profile, title=f"Held {number}", earned_on=OLD.date(), expires_on=DAY, answered_at=changed_at
        )
        for number in range(certificates)
    )
    Reminder.objects.bulk_create(
        Reminder(profile=profile, held_certificate=one, event_on=DAY, offset=7) for one in held
    )


def both(*, plans, steps, guest_is_newer, **more):
    account, guest = make.make_profile(user=make.make_user()), make.make_profile()
    fill(account, plans=plans, steps=steps, changed_at=OLD if guest_is_newer else NEW, **more)
    fill(guest, plans=plans, steps=steps, changed_at=NEW if guest_is_newer else OLD, done=DAY, **more)
    return account, guest


def seconds_of_claim(account, guest):
    """Of this process: the machine may be busy."""
    begun = process_time()
    claim_guest(user=account.user, guest_pk=guest.pk)
    return process_time() - begun


@pytest.mark.parametrize("guest_is_newer", [True, False])
def test_what_hangs_on_each_step_is_merged(guest_is_newer):
    account, guest = both(plans=2, steps=3, guest_is_newer=guest_is_newer)
    seconds_of_claim(account, guest)
    assert not Profile.objects.filter(pk=guest.pk).exists()
    steps = PlanStep.objects.filter(plan__profile=account)
    assert (PlanStep.objects.count(), steps.filter(done_on=DAY, due_on=DAY).count()) == (6, 6)
    assert (StudyEntry.objects.count(), StudyEntry.objects.filter(step__in=steps).count()) == (12, 12)
    assert (Reminder.objects.count(), account.reminders.filter(step__in=steps).count()) == (6, 6)


@pytest.mark.parametrize("guest_is_newer", [True, False])
def test_queries_do_not_grow_with_steps(guest_is_newer):
    counted = []
    for steps in (1, 30):
        account, guest = both(plans=2, steps=steps, guest_is_newer=guest_is_newer)
        counted.append(queries_of(lambda: seconds_of_claim(account, guest)))  # noqa: B023, called here
    assert counted[1] <= counted[0] + 2


@pytest.mark.soak
@pytest.mark.parametrize("guest_is_newer", [True, False])
def test_a_merge_costs_as_much_as_there_is_and_the_most_that_two_can_have_two_seconds(guest_is_newer):
    seconds = {}
    for plans in (1, 50, 200):
        seconds[plans] = seconds_of_claim(*both(plans=plans, steps=100, guest_is_newer=guest_is_newer))
    most = {
        "plans": MOST_PLANS,
        "steps": MOST_STEPS_OF_ALL // MOST_PLANS,
        "times": MOST_ENTRIES // MOST_STEPS_OF_ALL,
        "certificates": MOST_OWN_CERTIFICATES,
    }
    two, begun = both(**most, guest_is_newer=guest_is_newer), perf_counter()
    seconds["most"] = seconds_of_claim(*two)
    with_database = perf_counter() - begun
    print({plans: round(taken, 2) for plans, taken in seconds.items()}, f"{with_database:.2f} with the database")
    assert seconds[200] < 8 * seconds[50]
    assert seconds["most"] < 2
    assert with_database < ON_A_BUSY_MACHINE * 2  # PostgreSQL works in processes of its own
