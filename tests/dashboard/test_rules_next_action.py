from hypothesis import given
from hypothesis import strategies as st

from careers.dashboard.rules.next_action import FOR_PLANS, PRESSING, Action, GoalStanding, PersonStanding, next_action
from careers.plans.rules.urgency import Call

numbers = st.integers(0, 3)
goals = st.builds(GoalStanding, differs=st.booleans(), asks_for_role=st.booleans(), open_steps=numbers)
standings = st.builds(
    PersonStanding,
    is_known=st.booleans(),
    goal=st.none() | goals,
    call=st.none() | st.sampled_from(Call),
    saved=numbers,
    changed=numbers,
    has_target=st.booleans(),
    unrated=numbers,
    gaps=numbers,
    profile_steps=numbers,
)
HOLDS = {
    **{action: lambda s, call=call: s.call == call for call, action in FOR_PLANS.items()},
    Action.SEE_THE_DIFFERENCE: lambda s: s.goal.differs,
    Action.CONFIRM_THE_ROLE: lambda s: s.goal.asks_for_role and not s.goal.differs,
    Action.DO_A_STEP: lambda s: s.goal.open_steps and not s.goal.asks_for_role,
    Action.PLAN_ON: lambda s: s.goal and not s.goal.open_steps,
    Action.BEGIN: lambda s: not s.is_known,
    Action.FIND_A_ROLE: lambda s: s.is_known and not s.has_target and not s.saved,
    Action.CHOOSE_A_TARGET: lambda s: s.is_known and not s.has_target and s.saved,
    Action.RATE_SKILLS: lambda s: s.has_target and s.unrated,
    Action.SEE_CHANGES: lambda s: s.has_target and s.changed,
    Action.CLOSE_A_GAP: lambda s: s.has_target and s.gaps and not s.unrated,
    Action.GO_ON: lambda s: s.has_target and s.profile_steps and not s.gaps,
    Action.LOOK_FURTHER: lambda s: s.has_target and not (s.unrated or s.gaps or s.changed or s.profile_steps),
}
OF_A_GOAL = {Action.SEE_THE_DIFFERENCE, Action.CONFIRM_THE_ROLE, Action.DO_A_STEP, Action.PLAN_ON}


@given(standings)
def test_what_is_next_is_always_possible(standing):
    assert HOLDS[next_action(standing)](standing)


@given(standings)
def test_whoever_has_a_goal_goes_on_with_it(standing):
    """Unless a certification plan asks for something."""
    if standing.call is None:
        assert (next_action(standing) in OF_A_GOAL) == (standing.goal is not None)


@given(standings)
def test_what_a_plan_asks_comes_before_all_but_questions_about_the_goal(standing):
    is_asked = standing.goal and (standing.goal.differs or standing.goal.asks_for_role)
    if standing.call in PRESSING or (standing.call and not is_asked):
        assert next_action(standing) == FOR_PLANS[standing.call]


@given(standings)
def test_whoever_did_everything_is_led_on(standing):
    is_done = standing.is_known and standing.has_target and not (standing.goal or standing.call)
    is_done = is_done and not (standing.unrated or standing.changed or standing.gaps or standing.profile_steps)
    assert (next_action(standing) is Action.LOOK_FURTHER) == is_done


def test_the_way_up_in_its_order():
    """Each thing that is done leads on to the next; together they are every action, in the order of `Action`."""
    goal = GoalStanding(differs=True, asks_for_role=True, open_steps=2)
    person = {"is_known": False, "goal": goal, "call": Call.RESULT}
    way = [next_action(PersonStanding(**person))]
    for progress in (
        {"call": Call.RENEW},
        {"call": Call.PREPARE},
        {"call": Call.STEP},
        {"goal": GoalStanding(asks_for_role=True, open_steps=2)},
        {"goal": GoalStanding(open_steps=2)},
        {"call": Call.FINISH},
        {"call": Call.RENEW_IN_TIME},
        {"call": None},
        {"goal": GoalStanding()},
        {"goal": None},
        {"is_known": True, "profile_steps": 4},
        {"saved": 1},
        {"has_target": True, "unrated": 3, "gaps": 3, "changed": 1},
        {"unrated": 0},
        {"changed": 0},
        {"gaps": 0},
        {"profile_steps": 0},
    ):
        person |= progress
        way.append(next_action(PersonStanding(**person)))
    assert way == list(Action)
