"""One selector says which days a person has; “My plan”, the calendar and the reminders differ in words alone."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.calendars import services as calendars
from careers.calendars.rules import ALARM_DAYS, CATEGORIES
from careers.dashboard.rules.timeline import WORDS
from careers.dashboard.selectors.events import EVENT, events_of
from careers.people.views.requests import AnonymousProfile
from careers.plans.models import CertificationPlan
from careers.plans.rules.awaited import OVER
from careers.plans.rules.dates import Kind
from careers.plans.rules.status import Status
from careers.plans.selectors.dates import SOURCE, dates_of, days_of, rows_named
from careers.reminders.rules import COLUMN, VERBS
from careers.reminders.selectors.events import recipients_of
from careers.reminders.selectors.events import reminder_events_of as reminded_of
from tests import factories as make
from tests.queries import queries_of

TODAY, NOW = date(2026, 11, 22), datetime(2026, 11, 22, 12, tzinfo=UTC)
SOON = TODAY + timedelta(days=9)
EXAM_AT = NOW + timedelta(days=20)
pytestmark = pytest.mark.django_db


def plan_of(profile, status, **fields):
    needed = {
        Status.PASSED: lambda: {
            "held_certificate": make.make_held(profile, title=f"Held {profile.certificates.count()}")
        },
        Status.BOOKED: lambda: {"exam_at": EXAM_AT, "exam_zone": "UTC"},
        Status.STUDYING: lambda: {"started_on": TODAY},
    }
    title = f"Plan {profile.certification_plans.count()}"
    return make.make_plan(profile, title=title, status=status, **needed.get(status, dict)(), **fields)


def test_every_kind_has_its_words_wherever_dates_are_told():
    assert set(SOURCE) == set(EVENT) == set(WORDS) == set(Kind)
    # A day to be ready by is one's own wish: nobody is reminded of it, and it stands in no calendar.
    told = set(Kind) - {Kind.TARGET}
    assert set(COLUMN) == set(VERBS) == set(calendars.ENTRY) == set(calendars.FILE) == told
    assert set(CATEGORIES) == set(ALARM_DAYS) == told


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("is_renewal", [False, True])
@pytest.mark.parametrize("done_on", [None, TODAY])
def test_database_and_rows_agree_on_what_is_a_date(status, is_renewal, done_on):
    profile = make.make_profile()
    plan = plan_of(profile, status, target_on=SOON)
    step = plan.steps.create(position=1, title="Read", due_on=SOON, is_renewal=is_renewal, done_on=done_on)
    plan.steps.create(position=2, title="Some day", is_renewal=is_renewal)
    assert {(one.kind, one.at) for one in dates_of(profile)} == {
        *({(Kind.EXAM, EXAM_AT)} if status == Status.BOOKED else set()),
        *({(Kind.TARGET, SOON)} if status not in OVER else set()),
        *({(Kind.STEP, SOON)} if step.is_awaited else set()),
    }


def test_a_certificate_has_a_date_where_it_lapses():
    profile = make.make_profile()
    lapses = make.make_held(profile, title="Belt", expires_on=SOON)
    make.make_held(profile, title="For good")
    assert [(one.kind, one.at, one.row) for one in dates_of(profile)] == [(Kind.LAPSE, SOON, lapses)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(Status), st.booleans(), st.booleans(), st.booleans()), max_size=5),
    st.lists(st.booleans(), max_size=2),
)
def test_all_who_tell_of_dates_tell_of_the_same(db, plans, certificates):
    profile = make.make_profile()
    for status, has_target, is_renewal, is_done in plans:
        plan = plan_of(profile, status, target_on=SOON if has_target else None)
        done_on = TODAY if is_done else None
        plan.steps.create(position=1, title="Read", due_on=SOON, is_renewal=is_renewal, done_on=done_on)
    for number, expires in enumerate(certificates):
        make.make_held(profile, title=f"Certificate {number}", expires_on=SOON if expires else None)

    dates = {(one.kind, one.row.pk) for one in dates_of(profile)}
    assert {(event.kind, event.row.pk) for event in events_of(profile, TODAY, now=NOW)} == dates
    told = {(kind, key) for kind, key in dates if kind != Kind.TARGET}
    reminded = reminded_of(recipients_of([profile]), now=NOW)[profile.pk]
    assert {(event.kind, event.key) for event in reminded} == told
    entries = calendars.all_entries(profile, site="")
    assert {entry.key for entry in entries} == {f"{kind}-{rows_named(kind, [key])[key].uid}" for kind, key in told}


def test_days_of_many_people_are_read_at_once_each_with_their_person():
    people = [make.make_profile() for _ in range(3)]
    made = defaultdict(set)
    for profile in people:
        made[profile.pk].add(make.make_held(profile, title="Belt", expires_on=SOON).pk)
    make.make_held(make.make_profile(), title="Somebody else's", expires_on=SOON)
    make.make_held(people[0], title="Later", expires_on=SOON + timedelta(days=2))
    found = defaultdict(set)
    assert queries_of(lambda: list(days_of(people, Kind.LAPSE, TODAY, SOON))) == 1
    for owner, key, day, _ in days_of(people, Kind.LAPSE, TODAY, SOON):
        assert day == SOON
        found[owner].add(key)
    assert found == made


def test_the_cost_does_not_grow_and_a_kind_that_is_not_asked_for_costs_nothing():
    profile = make.make_profile()

    def add(number):
        for _ in range(number):
            plan_of(profile, Status.BOOKED, target_on=SOON).steps.create(position=1, title="Read", due_on=SOON)
            make.make_held(profile, title=f"Belt {profile.certificates.count()}", expires_on=SOON)

    add(1)
    assert queries_of(lambda: [str(one.row) for one in dates_of(profile)]) == 3
    add(9)
    assert queries_of(lambda: [str(one.row) for one in dates_of(profile)]) == 3
    assert queries_of(lambda: dates_of(profile, kinds=[Kind.EXAM, Kind.TARGET])) == 1


def test_a_visitor_has_none_and_nobody_sees_those_of_another():
    plan_of(make.make_profile(), Status.BOOKED, target_on=SOON)
    assert CertificationPlan.objects.exists()
    assert dates_of(AnonymousProfile()) == dates_of(make.make_profile()) == []
