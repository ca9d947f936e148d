"""What the guide changed in its steps: each is accepted or dismissed, in any order, and nothing done is lost."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from careers.lib.texts import reads_alike
from careers.plans.rules.guide_changes import GuideStep, as_seen, likeness, read_seen, seen_after, step_changes
from careers.plans.steps.rules.own import OwnStep, accepted, dismissed, own_of

WORDS = ["Read the handbook", "Read the new handbook", "Sit the exam", "Book the exam", "Practise", "A", "a"]
hours = st.sampled_from([None, Decimal(2), Decimal("4.5")])
titles = st.sampled_from(WORDS) | st.text(min_size=1, max_size=3).filter(reads_alike)
guide_steps = st.lists(
    st.builds(GuideStep, titles, hours, st.booleans()),
    max_size=7,
)
unique_steps = st.lists(
    st.builds(GuideStep, st.sampled_from(WORDS), hours), max_size=7, unique_by=lambda one: one.title
)


def own_from(seen, done=()):
    return [
        OwnStep(key, step.title, step.hours, key in done, step.title, step.is_renewal) for key, step in enumerate(seen)
    ]


def go_through(seen, now, own, choose, decide=accepted):
    """Decide on one change after the other, always `choose`-ing from those that are left."""
    rounds = 0
    while found := step_changes(seen, now):
        change = choose(found)
        own, seen = decide(own, change), seen_after(seen, change)
        rounds += 1
        assert rounds < 30
    return own, seen


def step(title, number=None):
    return GuideStep(title, None if number is None else Decimal(number))


def kinds(seen, now):
    return [(one.kind, one.name) for one in step_changes(seen, now)]


def test_each_kind_of_change_is_told():
    seen = [step("Read", 4), step("Book the exam"), step("Pay"), step("Do one practice paper", 2)]
    now = [step("Read", 5), step("Book the exam"), step("Do two practice papers", 2), step("Sleep well")]
    assert kinds(seen, now) == [
        ("hours", "Read"),
        ("reworded", "Do two practice papers"),
        ("added", "Sleep well"),
        ("removed", "Pay"),
    ]


def test_another_order_is_no_change():
    seen = [step("Read", 4), step("Pay"), step("Read", 4)]
    assert step_changes(seen, seen[::-1]) == []


def test_of_two_steps_of_one_title_the_same_one_stays():
    assert kinds([step("Read", 1)], [step("Read", 2), step("Read", 1)]) == [("added", "Read")]


def test_what_is_added_comes_after_the_step_before_it_by_the_name_the_person_knows():
    seen, now = [step("Read the handbook"), step("Pay")], [step("Read the new handbook"), step("Rest"), step("Pay")]
    added = next(one for one in step_changes(seen, now) if one.kind == "added")
    assert [one.title for one in accepted(own_from(seen), added)] == ["Read the handbook", "Rest", "Pay"]


def test_a_step_that_they_reworded_is_found_by_what_the_guide_called_it():
    change = step_changes([step("Read")], [step("Read", 3)])[0]
    own = [OwnStep(7, "My own words", Decimal(9), is_done=True, guide_title="Read")]
    assert own_of(own, change) == own[0]
    assert accepted(own, change) == [OwnStep(7, "Read", Decimal(3), is_done=True, guide_title="Read")]


def test_a_step_left_as_it_is_follows_the_guide_by_name():
    seen, now, later = [step("Do one paper")], [step("Do two papers")], [step("Do three papers")]
    own, seen = go_through(seen, now, own_from(seen), lambda found: found[0], dismissed)
    assert own[0].title == "Do one paper"
    own, seen = go_through(seen, later, own, lambda found: found[0])
    assert own[0].title == "Do three papers"


@given(guide_steps)
def test_a_snapshot_reads_as_it_was_written(steps):
    assert read_seen(as_seen(steps)) == steps


@given(guide_steps)
def test_nothing_changed_is_no_change(steps):
    assert step_changes(steps, steps) == []


@given(guide_steps, guide_steps, st.data())
def test_taking_all_leaves_nothing_to_decide_and_the_guides_steps(seen, now, data):
    own, seen = go_through(seen, now, own_from(seen), lambda found: data.draw(st.sampled_from(found)))
    assert Counter(seen) == Counter(now)
    told = Counter((one.title, one.hours, one.is_renewal) for one in now)
    assert Counter((one.title, one.hours, one.is_renewal) for one in own) == told


@given(guide_steps, guide_steps, st.data())
def test_leaving_all_leaves_nothing_to_decide_and_every_step_as_it_was(seen, now, data):
    before = own_from(seen)
    own, after = go_through(seen, now, before, lambda found: data.draw(st.sampled_from(found)), dismissed)
    assert Counter(after) == Counter(now)
    assert [(one.key, one.title, one.hours) for one in own] == [(one.key, one.title, one.hours) for one in before]


@given(guide_steps, guide_steps, st.sets(st.integers(0, 6)), st.data())
def test_what_is_done_stays_whatever_is_taken_or_left(seen, now, done, data):
    own = own_from(seen, done)
    kept = {one.key for one in own if one.is_done}

    def either(rows, change):
        return data.draw(st.sampled_from([accepted, dismissed]))(rows, change)

    own, _ = go_through(seen, now, own, lambda found: data.draw(st.sampled_from(found)), either)
    assert kept == {one.key for one in own if one.is_done}


@given(unique_steps, unique_steps, st.sets(st.integers(0, 6)), st.data())
def test_any_order_of_taking_comes_to_the_same(seen, now, done, data):
    first = go_through(seen, now, own_from(seen, done), lambda found: found[0])
    any_order = go_through(seen, now, own_from(seen, done), lambda found: data.draw(st.sampled_from(found)))
    assert first[0] == any_order[0]
    assert Counter(first[1]) == Counter(any_order[1])


@given(guide_steps, guide_steps, st.data())
def test_deciding_one_change_leaves_the_others_as_they_were(seen, now, data):
    found = step_changes(seen, now)
    if found:
        one = data.draw(st.sampled_from(found))
        rest = Counter(other.digest for other in found) - Counter([one.digest])
        assert Counter(other.digest for other in step_changes(seen_after(seen, one), now)) == rest


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_the_same_both_ways_round(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1
