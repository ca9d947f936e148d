"""How far a profile is."""

from hypothesis import given
from hypothesis import strategies as st

from careers.people.rules import ALL_DONE
from careers.people.rules import profile_meter as meter_of_steps
from careers.people.selectors.steps import STEPS, step_after

KEYS = [step.key for step in STEPS]


def profile_meter(done):
    return meter_of_steps(STEPS, done)


done = st.sets(st.sampled_from([*KEYS, "no step"]))


def test_empty_profile_is_at_0_and_begins_with_the_first_step():
    meter = profile_meter([])
    assert (meter.percent, meter.done, meter.next.key) == (0, 0, "about")


def test_full_profile_is_at_100_and_says_so():
    meter = profile_meter(KEYS)
    assert (meter.percent, meter.next, meter.sentence) == (100, None, ALL_DONE)


def test_next_is_the_first_open_step_also_where_later_ones_are_done():
    assert profile_meter({"about", "skills"}).next.key == "working-life"


@given(done)
def test_meter_stays_between_0_and_100_and_is_full_only_when_all_is_done(keys):
    meter = profile_meter(keys)
    assert 0 <= meter.percent <= 100
    assert (meter.percent == 100) == (set(KEYS) <= keys)


@given(done, st.sampled_from(KEYS))
def test_meter_never_falls_when_a_step_gets_answered(keys, answered):
    assert profile_meter(keys | {answered}).percent >= profile_meter(keys).percent


@given(done)
def test_sentence_is_about_an_open_step(keys):
    meter = profile_meter(keys)
    assert meter.sentence in {step.buys for step in meter.steps if not step.is_done} or meter.next is None


def test_steps_follow_one_another():
    followers = [step_after(key) for key in KEYS]
    assert [step and step.key for step in followers] == [*KEYS[1:], None]
