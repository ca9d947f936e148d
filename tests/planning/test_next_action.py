from hypothesis import given
from hypothesis import strategies as st

from careers.planning.next_action import Action, Standing, next_action

numbers = st.integers(0, 3)
standings = st.builds(
    Standing,
    is_known=st.booleans(),
    saved=numbers,
    changed=numbers,
    has_target=st.booleans(),
    unrated=numbers,
    gaps=numbers,
    open_steps=numbers,
    ahead=numbers,
)
HOLDS = {
    Action.DO_A_STEP: lambda s: s.ahead,
    Action.BEGIN: lambda s: not s.is_known,
    Action.FIND_A_ROLE: lambda s: s.is_known and not s.has_target and not s.saved,
    Action.CHOOSE_A_TARGET: lambda s: s.is_known and not s.has_target and s.saved,
    Action.RATE_SKILLS: lambda s: s.has_target and s.unrated,
    Action.SEE_CHANGES: lambda s: s.has_target and s.changed,
    Action.CLOSE_A_GAP: lambda s: s.has_target and s.gaps and not s.unrated,
    Action.GO_ON: lambda s: s.has_target and s.open_steps and not s.gaps,
    Action.LOOK_FURTHER: lambda s: s.has_target and not (s.unrated or s.gaps or s.changed or s.open_steps),
}


@given(standings)
def test_what_is_next_is_always_possible(standing):
    assert bool(standing.ahead) == (next_action(standing) is Action.DO_A_STEP)
    assert HOLDS[next_action(standing)](standing)


@given(standings)
def test_whoever_did_everything_is_led_on(standing):
    is_done = standing.is_known and standing.has_target and not standing.ahead
    is_done = is_done and not (standing.unrated or standing.changed or standing.gaps or standing.open_steps)
    assert (next_action(standing) is Action.LOOK_FURTHER) == is_done


def test_the_way_up_in_its_order():
    person = {"is_known": False, "ahead": 2}
    way = [next_action(Standing(**person))]
    for progress in (
        {"ahead": 0},
        {"is_known": True, "open_steps": 4},
        {"saved": 1},
        {"has_target": True, "unrated": 3, "gaps": 3, "changed": 1},
        {"unrated": 0},
        {"changed": 0},
        {"gaps": 0},
        {"open_steps": 0},
    ):
        person |= progress
        way.append(next_action(Standing(**person)))
    assert way == list(Action)
