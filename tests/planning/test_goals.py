"""What stays of a plan when its way changes, and what the guide says differently of it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from careers.planning.changes import Change, SkillChange
from careers.planning.goals import (
    GONE,
    HERE,
    PlanStep,
    differences,
    gone,
    is_gone,
    merge_steps,
    months_in_words,
    move_facts,
    still_asked,
)

THEN = datetime(2026, 5, 12, tzinfo=UTC)
moments = st.integers(0, 99).map(lambda days: THEN + timedelta(days=days))
identities = st.one_of(
    st.integers(1, 5).map(lambda role: ("move", role, None, None, None)),
    st.tuples(st.integers(1, 4), st.integers(1, 5)).map(lambda pair: ("skill", None, *pair, None)),
    st.integers(1, 4).map(lambda key: ("certification", None, None, None, key)),
)
on_way = st.builds(PlanStep, identities, title=st.text(max_size=4), leg=st.integers(1, 3), done_at=st.none() | moments)
beside = st.builds(PlanStep, identities, title=st.text(max_size=4), leg=st.none(), done_at=moments)
plans = st.lists(on_way | beside, max_size=8, unique_by=lambda step: step.identity).map(
    lambda steps: sorted(steps, key=lambda step: step.leg or 9)
)
common = settings(deadline=None)  # a busy machine is no fault


def move(role, **fields):
    return PlanStep(("move", role, None, None, None), f"Role {role}", **{"leg": 1, **fields})


def skill(key, level, **fields):
    return PlanStep(("skill", None, key, level, None), f"Skill {key}", **{"leg": 1, **fields})


def done(steps):
    return {step.identity for step in steps if step.done_at}


@common
@given(plans, plans)
def test_nothing_done_ever_disappears(old, new):
    assert done(merge_steps(old, new)) == done(old) | done(new)


@common
@given(plans, plans)
def test_nothing_is_there_twice_and_only_what_is_done_is_beside_the_way(old, new):
    merged = merge_steps(old, new)
    assert len({step.identity for step in merged}) == len(merged)
    assert all(step.done_at for step in merged if step.leg is None)


@common
@given(plans, plans)
def test_twice_is_as_once(old, new):
    once = merge_steps(old, new)
    assert merge_steps(once, new) == once
    assert merge_steps(old, once) == once
    assert merge_steps(once, once) == once


@common
@given(plans, plans)
def test_the_way_is_that_of_the_new_one(old, new):
    way = [(step.identity, step.leg, step.title) for step in new if step.leg]
    assert [(step.identity, step.leg, step.title) for step in merge_steps(old, new) if step.leg] == way


@common
@given(plans, plans, plans)
def test_changing_ones_mind_and_back_loses_nothing(first, second, third):
    there_and_back = merge_steps(merge_steps(merge_steps(first, second), third), first)
    assert done(first) <= done(there_and_back)
    assert {step.identity for step in there_and_back if step.leg} == {step.identity for step in first if step.leg}


def test_the_earlier_moment_counts():
    merged = merge_steps([move(1, done_at=THEN)], [move(1, done_at=THEN + timedelta(days=1))])
    assert [step.done_at for step in merged] == [THEN]


def test_what_is_done_beside_the_way_comes_back_onto_it():
    kept = merge_steps([move(1, done_at=THEN)], [move(2)])
    assert [(step.title, step.leg) for step in kept] == [("Role 2", 1), ("Role 1", None)]
    assert merge_steps(kept, [move(1, leg=2)]) == [move(1, leg=2, done_at=THEN)]


def test_a_step_that_evidence_has_reached_stays_while_the_guide_asks_for_it():
    old = [skill(1, 3), skill(2, 4), move(9)]
    assert still_asked(old, [move(9)], {1: {skill(1, 3).identity}}) == [skill(1, 3), move(9)]
    assert still_asked(old, [skill(1, 3), move(9)], {1: {skill(1, 3).identity}}) == [skill(1, 3), move(9)]


@common
@given(plans, plans)
def test_what_is_still_asked_adds_to_the_new_way_and_asking_twice_adds_no_more(old, new):
    asked = {leg: {step.identity for step in [*old, *new]} for leg in (1, 2, 3)}
    once = still_asked(old, new, asked)
    assert {step.identity for step in once} >= {step.identity for step in new}
    assert len({step.identity for step in once}) == len(once)
    assert still_asked(once, new, asked) == still_asked(old, once, asked) == once


def facts(**fields):
    return move_facts(
        **{
            "start": "Agent",
            "end": "Team Leader",
            "kind": "Promotion",
            "gained_by": "Interview",
            "how": "",
            "months": (18, 48),
            "skills": {"Coaching": (3, True)},
            "certifications": {"Yellow Belt": "US$422"},
            **fields,
        }
    )


def told(**fields):
    return [change for one in differences([facts()], [facts(**fields)]) for change in one.changes]


def test_nothing_is_told_where_nothing_changed():
    assert differences([facts(), facts()], [facts(), facts()]) == []


def test_every_difference_is_told_in_words():
    assert told(months=None) == [Change("Months", "18–48 months", "")]
    assert told(end="Supervisor") == [Change("To", "Team Leader", "Supervisor")]
    assert told(skills={"Coaching": (4, True)}) == [
        Change("Skills", skills=(SkillChange("Coaching", (3, True), (4, True)),))
    ]
    assert told(certifications={"Yellow Belt": "US$500"}) == [Change("Fee of Yellow Belt", "US$422", "US$500")]
    assert told(certifications={}) == [Change("Certificates recommended for it", went=("Yellow Belt",))]


def test_a_move_that_left_the_guide_is_told_once_and_after_it_is_kept_no_more():
    after = gone(facts())
    assert [one.changes for one in differences([facts()], [after])] == [(Change("This move", HERE, GONE),)]
    assert is_gone(after)
    assert not is_gone(facts())
    assert differences([after], [gone(after)]) == []


def test_a_damaged_snapshot_tells_nothing():
    assert differences([{}, {"skills": 3, "months": []}], [facts(), facts()]) == []


def test_months_are_said_as_people_do():
    assert [months_in_words(months) for months in ((1, 1), (12, 12), (6, 9), None)] == [
        "1 month",
        "12 months",
        "6–9 months",
        "",
    ]
