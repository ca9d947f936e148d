"""What of a plan is still waited for, over all that a step and a plan can be."""

from hypothesis import given
from hypothesis import strategies as st

from careers.plans.rules.awaited import StepState, awaits_readiness, awaits_study, step_state
from careers.plans.rules.status import Status

statuses = st.sampled_from(Status)


@given(statuses, st.booleans(), st.booleans())
def test_only_what_was_ticked_is_done_and_nothing_is_waited_for_twice(status, is_done, is_renewal):
    state = step_state(status, is_done=is_done, is_renewal=is_renewal)
    assert (state == StepState.DONE) == is_done
    if status == Status.DROPPED or (status == Status.PASSED and not is_renewal):
        assert state != StepState.OPEN
    if not is_done and status != Status.DROPPED:
        other = step_state(status, is_done=False, is_renewal=not is_renewal)
        assert [state, other].count(StepState.OPEN) == 1


@given(statuses, st.booleans())
def test_a_pass_taken_back_gives_the_state_of_before(status, is_renewal):
    def state(of):
        return step_state(of, is_done=False, is_renewal=is_renewal)

    before = state(Status.STUDYING)
    assert state(Status.PASSED) != before
    if awaits_readiness(status):
        assert state(status) == before


@given(statuses, st.booleans())
def test_study_is_offered_while_something_is_prepared(status, has_open_step):
    assert awaits_study(status, has_open_step=has_open_step) >= awaits_readiness(status)
    assert awaits_study(status, has_open_step=False) == awaits_readiness(status)
    assert not awaits_study(Status.DROPPED, has_open_step=has_open_step)
