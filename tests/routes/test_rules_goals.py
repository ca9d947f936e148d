"""What stays of the steps of a goal when its route changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from careers.routes.rules.goals import Identity, RouteStep, merge_goal_steps, moves_of, still_asked


def to_raise(key, level):
    return Identity("skill", skill=key, proficiency=level)


THEN = datetime(2026, 5, 12, tzinfo=UTC)
moments = st.integers(0, 99).map(lambda days: THEN + timedelta(days=days))
identities = st.one_of(
    st.permutations(range(6)).map(lambda roles: Identity("move", start=roles[0] or None, role=roles[1] or 6)),
    st.tuples(st.integers(1, 4), st.integers(1, 5)).map(lambda pair: to_raise(*pair)),
    st.integers(1, 4).map(lambda key: Identity("certification", certification=key)),
)
on_way = st.builds(RouteStep, identities, title=st.text(max_size=4), leg=st.integers(1, 3), done_at=st.none() | moments)
beside = st.builds(RouteStep, identities, title=st.text(max_size=4), leg=st.none(), done_at=moments)
plans = st.lists(on_way | beside, max_size=8, unique_by=lambda step: step.identity).map(
    lambda steps: sorted(steps, key=lambda step: step.leg or 9)
)
common = settings(deadline=None)  # a busy machine is no fault


def move(role, *, start=None, **fields):
    return RouteStep(Identity("move", start=start, role=role), f"Role {role}", **{"leg": 1, **fields})


def skill(key, level, **fields):
    return RouteStep(to_raise(key, level), f"Skill {key}", **{"leg": 1, **fields})


def done(steps):
    return {step.identity for step in steps if step.done_at}


@common
@given(plans, plans)
def test_nothing_done_ever_disappears(old, new):
    before, after = done(old) | done(new), done(merge_goal_steps(old, new))
    assert before <= after
    assert all(counts_for(one, before) for one in after)


def counts_for(one, before):
    """A skill that was raised further counts for less of it."""
    return one in before or any(
        other.kind == "skill" and other.skill == one.skill and other.proficiency > one.proficiency for other in before
    )


@common
@given(plans, plans)
def test_nothing_done_counts_for_less_than_before(old, new):
    highest = {}
    for one in done(old):
        if one.kind == "skill":
            highest[one.skill] = max(one.proficiency, highest.get(one.skill, 0))
    for step in merge_goal_steps(old, new):
        if step.identity.kind == "skill" and step.identity.proficiency <= highest.get(step.identity.skill, 0):
            assert step.done_at


@common
@given(plans, plans)
def test_a_move_is_made_only_where_the_route_began_as_the_one_on_which_it_was_made(old, new):
    new = [replace(step, done_at=None) if step.leg else step for step in new]
    came_back = {one.role for one in done([*old, *new]) if one.kind == "move"}
    before = [step.identity for step in moves_of(old)]
    made = moves_of(merge_goal_steps(old, new))
    for place, step in enumerate(made):
        if step.done_at and [one.identity for one in made[: place + 1]] != before[: place + 1]:
            assert all(one.done_at for one in made[:place])
            assert made[0].identity.start not in came_back


@common
@given(plans, plans)
def test_nothing_is_there_twice_and_only_what_is_done_is_beside_the_way(old, new):
    merged = merge_goal_steps(old, new)
    for on_route in (True, False):
        there = [step.identity for step in merged if (step.leg is not None) == on_route]
        assert len(set(there)) == len(there)
    assert all(step.done_at for step in merged if step.leg is None)


@common
@given(plans, plans)
def test_twice_is_as_once(old, new):
    once = merge_goal_steps(old, new)
    assert merge_goal_steps(once, new) == once
    assert merge_goal_steps(old, once) == once
    assert merge_goal_steps(once, once) == once


@common
@given(plans, plans)
def test_the_way_is_that_of_the_new_one(old, new):
    way = [(step.identity, step.leg, step.title) for step in new if step.leg]
    assert [(step.identity, step.leg, step.title) for step in merge_goal_steps(old, new) if step.leg] == way


@common
@given(plans, plans, plans)
def test_changing_ones_mind_and_back_loses_nothing(first, second, third):
    there_and_back = merge_goal_steps(merge_goal_steps(merge_goal_steps(first, second), third), first)
    assert done(first) <= done(there_and_back)
    assert {step.identity for step in there_and_back if step.leg} == {step.identity for step in first if step.leg}


def test_the_earlier_moment_counts():
    merged = merge_goal_steps([move(1, done_at=THEN)], [move(1, done_at=THEN + timedelta(days=1))])
    assert [step.done_at for step in merged] == [THEN]


def test_what_is_done_beside_the_way_comes_back_onto_it():
    kept = merge_goal_steps([move(1, done_at=THEN)], [move(2)])
    assert [(step.title, step.leg) for step in kept] == [("Role 2", 1), ("Role 1", None)]
    assert merge_goal_steps(kept, [move(1)]) == [move(1, done_at=THEN)]


def test_who_came_to_the_start_by_a_move_has_the_way_back_to_go():
    """1 → 2 → 3 is made, 3 → 2 is ahead, and so is 1 → 2 for who is back at 1."""
    there = [move(2, start=1, done_at=THEN), move(3, start=2, leg=2, done_at=THEN)]
    back = merge_goal_steps(there, [move(2, start=3)])
    assert [(step.title, step.leg, bool(step.done_at)) for step in back] == [
        ("Role 2", 1, False),
        ("Role 2", None, True),
        ("Role 3", None, True),
    ]
    home = merge_goal_steps(back, [move(1, start=2, done_at=THEN)])
    assert [step.done_at for step in merge_goal_steps(home, [move(2, start=1)]) if step.leg] == [None]


def test_a_part_of_the_same_route_is_made_on_a_longer_one_and_a_later_part_is_not_on_its_own():
    there = [move(2, start=1, done_at=THEN), move(3, start=2, leg=2, done_at=THEN)]
    longer = merge_goal_steps(there, [move(2, start=1), move(3, start=2, leg=2), move(4, start=3, leg=3)])
    assert [bool(step.done_at) for step in longer] == [True, True, False]
    later = merge_goal_steps(there, [move(3, start=2)])
    assert [(step.leg, bool(step.done_at)) for step in later] == [(1, False), (None, True), (None, True)]


def test_a_skill_raised_further_is_raised_so_far():
    assert merge_goal_steps([skill(1, 4, done_at=THEN)], [skill(1, 3)])[0] == skill(1, 3, done_at=THEN)
    assert merge_goal_steps([skill(1, 2, done_at=THEN)], [skill(1, 3)])[0] == skill(1, 3)


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
