"""What comes up for a person: one list for “My plan”, the calendar and the reminders."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from careers.dashboard.selectors.events import events_of
from careers.people.views.requests import AnonymousProfile
from tests import factories as make
from tests.queries import queries_of

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def booked(profile, *, exam_at=datetime(2026, 12, 12, 1, 30, tzinfo=UTC), zone="Asia/Manila", **fields):
    return make.make_plan(profile, status="booked", exam_at=exam_at, exam_zone=zone, **fields)


def said(profile):
    return [(str(event.day), event.kind, event.title, event.is_overdue) for event in events_of(profile, TODAY, now=NOW)]


def test_are_exams_steps_targets_and_lapses_in_order_of_their_days():
    profile = make.make_profile()
    plan = booked(profile, title="Yellow Belt", target_on=date(2026, 12, 10), steps=[("Practise", 3, None)])
    plan.steps.update(due_on=date(2026, 11, 28))
    make.make_held(profile, title="ITIL 4", expires_on=date(2027, 1, 12))
    assert said(profile) == [
        ("2026-11-28", "step", "Practise", False),
        ("2026-12-10", "target", "Be ready for Yellow Belt", False),
        ("2026-12-12", "exam", "Yellow Belt exam", False),
        ("2027-01-12", "lapse", "ITIL 4 lapses", False),
    ]


@pytest.mark.parametrize(("own", "day"), [("Pacific/Auckland", 12), ("Asia/Manila", 12), ("Pacific/Honolulu", 11)])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu", "Mars/Olympus"])
def test_an_exam_is_on_its_day_where_the_person_is(own, day, zone):
    profile = make.make_profile()
    booked(profile, zone=zone)
    with timezone.override(own):
        assert events_of(profile, TODAY, now=NOW)[0].day == date(2026, 12, day)


@pytest.mark.parametrize(("hour", "is_over"), [(1, True), (23, False)])
def test_an_exam_is_over_with_its_moment(hour, is_over):
    profile = make.make_profile()
    booked(profile, exam_at=NOW.replace(hour=hour))
    assert events_of(profile, TODAY, now=NOW)[0].is_overdue == is_over


def test_that_are_over_are_overdue():
    profile = make.make_profile()
    booked(profile, title="Exam", exam_at=datetime(2026, 11, 20, tzinfo=UTC), target_on=date(2026, 11, 21))
    plan = make.make_plan(profile, title="Steps", steps=[("Read", 3, None), ("Done", 3, TODAY)])
    plan.steps.update(due_on=date(2026, 11, 21))
    make.make_held(profile, title="Lapsed", expires_on=date(2026, 11, 21))
    make.make_held(profile, title="Today", expires_on=TODAY)
    assert [(event.title, event.is_overdue) for event in events_of(profile, TODAY, now=NOW)] == [
        ("Exam exam", True),
        ("Read", True),
        ("Be ready for Exam", True),
        ("Lapsed lapsed", True),
        ("Today lapses", False),
    ]


def test_leave_out_what_was_dropped_and_what_a_pass_made_needless():
    profile = make.make_profile()
    dropped = make.make_plan(profile, status="dropped", target_on=TODAY, steps=[("Read", 3, None)])
    held = make.make_held(profile, title="Belt", earned_on=date(2026, 11, 20))
    passed = make.make_plan(
        profile,
        title="Belt",
        status="passed",
        held_certificate=held,
        target_on=TODAY,
        steps=[("Practise", 1, None), ("Renew", 1, None)],
    )
    dropped.steps.update(due_on=TODAY)
    passed.steps.update(due_on=date(2026, 11, 23))
    passed.steps.filter(title="Renew").update(is_renewal=True)
    assert [event.title for event in events_of(profile, TODAY, now=NOW)] == ["Renew"]


def test_lead_to_the_plan_or_the_certificate(person):
    held = make.make_held(person.profile, title="Belt", expires_on=TODAY)
    assert person.get(events_of(person.profile, TODAY, now=NOW)[0].url).status_code == 200
    plan = make.make_plan(person.profile, title="Belt", status="passed", held_certificate=held)
    assert events_of(person.profile, TODAY, now=NOW)[0].url == f"/me/plans/{plan.pk}/"


def test_are_none_for_a_visitor():
    assert events_of(AnonymousProfile(), TODAY, now=NOW) == []


def test_cost_the_same_queries_for_one_and_for_many():
    profile = make.make_profile()

    def add(number):
        for _ in range(number):
            plan = booked(profile, target_on=TODAY, steps=[("Read", 3, None)])
            plan.steps.update(due_on=TODAY)
            held = make.make_held(profile, expires_on=TODAY)
            make.make_plan(profile, held.certification, status="passed", held_certificate=held)

    add(1)
    few = queries_of(lambda: events_of(profile, TODAY, now=NOW))
    add(20)
    assert queries_of(lambda: events_of(profile, TODAY, now=NOW)) == few == 3
