"""Which certification plan asks first: the order as a table, and that it hangs on nothing but the plans."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.lib.about import About
from careers.plans.rules.countdowns import countdown_of
from careers.plans.rules.status import Status
from careers.plans.rules.urgency import Call, OpenStep, PlanStanding, by_urgency, most_urgent, next_of, token_of

TODAY = date(2026, 11, 22)


def on(days):
    return TODAY + timedelta(days=days)


def plan(key="plan-1", status=Status.STUDYING, **fields):
    return PlanStanding(key=key, status=status, **fields)


def booked(days, key="plan-1", **fields):
    return plan(key, Status.BOOKED, exam_on=on(days), **fields)


def held(days, key="held-1"):
    return plan(key, Status.PASSED, expires=About(on(days)))


@pytest.mark.parametrize(
    ("standing", "call"),
    [
        (booked(-1, exam_is_over=True, open_steps=2), Call.RESULT),
        (booked(0, exam_is_over=True), Call.RESULT),
        (booked(0), Call.PREPARE),
        (booked(14, open_steps=1), Call.PREPARE),
        (booked(15, open_steps=1), Call.STEP),
        (booked(15), None),
        (plan(open_steps=1), Call.STEP),
        (plan(status=Status.PLANNED, open_steps=1), Call.STEP),
        (plan(status=Status.NOT_PASSED), Call.FINISH),
        (plan(), Call.FINISH),
        (plan(status=Status.DROPPED, open_steps=3), None),
        (plan(status=Status.PASSED, open_steps=3), None),
        (held(91), None),
        (held(90), Call.RENEW_IN_TIME),
        (held(15), Call.RENEW_IN_TIME),
        (held(14), Call.RENEW),
        (held(0), Call.RENEW),
        (held(-30), Call.RENEW),
        (held(-31), None),
    ],
)
def test_what_one_plan_asks(standing, call):
    assert standing.call(TODAY) == call


ASKING = [
    booked(-3, "plan-7", exam_is_over=True),
    booked(-1, "plan-1", exam_is_over=True),
    held(-20, "held-9"),
    held(13, "held-1"),
    booked(1, "plan-4"),
    booked(13, "plan-3", open_steps=4),
    plan("plan-11", due_on=on(-3), open_steps=1),
    booked(20, "plan-13", due_on=on(3), open_steps=1),
    plan("plan-15", target_on=on(3), due_on=on(3), open_steps=1),
    plan("plan-16", Status.PLANNED, target_on=on(3), open_steps=1),
    plan("plan-2", target_on=on(200), open_steps=1),
    plan("plan-20", open_steps=1),
    plan("plan-10", Status.NOT_PASSED, open_steps=1),
    plan("plan-12", Status.PLANNED, open_steps=1),
    plan("plan-14", Status.PLANNED, open_steps=1),
    plan("plan-5"),
    held(40, "held-5"),
]


def test_what_asks_first_as_one_table():
    left, way = list(reversed(ASKING)), []
    while first := most_urgent(left, today=TODAY):
        way.append(first[1])
        left.remove(first[1])
    assert way == ASKING


def test_what_is_put_off_waits_and_all_the_rest_asks():
    put_off = []
    for one in ASKING:
        call, first = most_urgent(ASKING, today=TODAY, put_off=put_off)
        assert first == one
        put_off.append(token_of(call, one))
    assert most_urgent(ASKING, today=TODAY, put_off=put_off) is None


def test_another_call_of_a_plan_that_was_put_off_is_heard():
    later = [token_of(Call.STEP, plan())]
    assert most_urgent([plan(open_steps=1)], today=TODAY, put_off=later) is None
    assert most_urgent([booked(3, open_steps=1)], today=TODAY, put_off=later)[0] == Call.PREPARE


days = st.none() | st.integers(-400, 400).map(on)


@st.composite
def standings(draw):
    status = draw(st.sampled_from(Status))
    fields = {"target_on": draw(days), "due_on": draw(days), "open_steps": draw(st.integers(0, 3))}
    if status == Status.BOOKED:
        fields |= {"exam_on": draw(st.integers(-9, 400).map(on)), "exam_is_over": draw(st.booleans())}
    if status == Status.PASSED:
        fields["expires"] = draw(days.map(About))
    return fields | {"status": status}


some = st.lists(standings(), max_size=12).map(
    lambda rows: [PlanStanding(key=f"plan-{place}", **row) for place, row in enumerate(rows)]
)


@given(some, st.randoms(use_true_random=False))
def test_the_order_in_which_plans_are_given_never_matters(plans, random):
    shuffled = random.sample(plans, len(plans))
    assert most_urgent(plans, today=TODAY) == most_urgent(shuffled, today=TODAY)
    assert by_urgency(plans, today=TODAY) == by_urgency(shuffled, today=TODAY)


@given(some)
def test_one_asks_whenever_any_of_them_does(plans):
    calls = [one.call(TODAY) for one in plans]
    first = most_urgent(plans, today=TODAY)
    assert (first is not None) == any(calls)
    if first:
        assert first[1].call(TODAY) == first[0]
        assert first[1] == next(one for one in by_urgency(plans, today=TODAY) if one.call(TODAY))


@given(some)
def test_the_list_begins_with_what_presses_and_ends_with_what_was_dropped(plans):
    ordered = by_urgency(plans, today=TODAY)
    pressing = [one.call(TODAY) in (Call.RESULT, Call.RENEW) for one in ordered]
    dropped = [one.status == Status.DROPPED for one in ordered]
    assert pressing == sorted(pressing, reverse=True)
    assert dropped == sorted(dropped)


@given(st.lists(days, max_size=8))
def test_the_next_step_is_an_open_one_and_due_ones_do_not_wait(due):
    steps = [OpenStep(key, day) for key, day in enumerate(due)]
    found = next_of(steps, today=TODAY)
    near = [one for one in steps if one.due_on and one.due_on <= on(7)]
    expected = min(near, key=lambda one: (one.due_on, one.key)).key if near else (0 if steps else None)
    assert found == expected


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (booked(20), ("20 days", "to the exam, Saturday 12 December")),
        (booked(1), ("1 day", "to the exam, Monday 23 November")),
        (booked(0), ("Today", "to the exam, Sunday 22 November")),
        (booked(-2, exam_is_over=True), ("", "The exam was on Friday 20 November.")),
        (held(51), ("51 days", "until it lapses, 12 January 2027")),
        (held(0), ("Today", "is its last valid day, Sunday 22 November")),
        (held(-1), ("1 day", "since it lapsed, Saturday 21 November")),
        (held(4000), ("4,000 days", "until it lapses, 4 November 2037")),
        (plan(target_on=on(9)), ("9 days", "to be ready by Tuesday 1 December")),
        (plan(target_on=on(-9)), ("", "You wanted to be ready by Friday 13 November.")),
        (plan(due_on=on(3)), ("3 days", "until a step is due, Wednesday 25 November")),
        (plan(due_on=on(-2), target_on=on(9)), ("", "A step was due on Friday 20 November.")),
        (booked(20, due_on=on(3)), ("3 days", "until a step is due, Wednesday 25 November")),
        (booked(10, due_on=on(3)), ("10 days", "to the exam, Wednesday 2 December")),
        (booked(20, target_on=on(9)), ("9 days", "to be ready by Tuesday 1 December")),
        (plan(status=Status.PASSED), None),
        (plan(status=Status.DROPPED, target_on=on(9)), None),
    ],
)
def test_how_long_it_is_in_words(standing, said):
    countdown = countdown_of(standing, today=TODAY)
    assert said == (countdown and (countdown.figure, countdown.text))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_absurd_days_are_counted_like_all_others(day):
    for one in (
        plan(target_on=day, due_on=day, open_steps=1),
        plan(status=Status.PASSED, expires=day and About(day)),
        plan(status=Status.BOOKED, exam_on=day),
    ):
        assert most_urgent([one], today=TODAY) is None or one.call(TODAY)
        assert countdown_of(one, today=TODAY)
