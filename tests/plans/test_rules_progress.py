"""How far a plan is, against the same counted in fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.plans.rules.progress import percent_done
from careers.plans.steps.rules.steps import moved

hours = st.none() | st.decimals(Decimal("0.1"), Decimal("9999.9"), places=1)
pieces = st.lists(st.tuples(hours, st.booleans()), max_size=40)
keys = st.lists(st.integers(1, 99), min_size=1, max_size=12, unique=True)


def counted(every):
    """100 when all is done, else whole percents of the hours, from 1 where anything is done, to 99."""
    known = sorted(Fraction(number) for number, _ in every if number is not None)
    middle = (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2 if known else Fraction(1)
    weights = [(middle if number is None else Fraction(number), is_done) for number, is_done in every]
    done, total = sum(weight for weight, is_done in weights if is_done), sum(weight for weight, _ in weights)
    if weights and all(is_done for _, is_done in weights):
        return 100
    return max(1, min(99, int(100 * done / total))) if done else 0


@given(pieces)
def test_is_the_share_of_hours_rounded_down(every):
    assert percent_done(every) == counted(every)


@given(pieces)
def test_is_whole_when_all_is_done_and_only_then(every):
    percent = percent_done(every)
    assert (percent == 100) == (bool(every) and all(is_done for _, is_done in every))
    assert (percent == 0) == (not any(is_done for _, is_done in every))


@given(pieces, st.data())
def test_never_falls_when_a_step_is_ticked(every, data):
    if every:
        place = data.draw(st.integers(0, len(every) - 1))
        ticked = [*every[:place], (every[place][0], True), *every[place + 1 :]]
        assert percent_done(ticked) >= percent_done(every)


@pytest.mark.parametrize(
    ("every", "percent"),
    [
        ([], 0),
        ([(None, False)], 0),
        ([(None, True)], 100),
        ([(Decimal("9999.9"), True), (Decimal("0.1"), False)], 99),
        ([(Decimal("0.1"), True), (Decimal("9999.9"), False)], 1),
        ([(Decimal("0.1"), True)] * 3, 100),
        ([(Decimal(1), True), (Decimal(2), False)], 33),
    ],
)
def test_at_the_extremes(every, percent):
    assert percent_done(every) == percent


@given(keys, st.data())
def test_a_move_keeps_every_step_once_and_the_others_in_their_order(order, data):
    key = data.draw(st.sampled_from(order))
    before = data.draw(st.sampled_from(["", 100, *order]))
    after = moved(order, key, before=before)
    assert sorted(after) == sorted(order)
    assert [one for one in after if one != key] == [one for one in order if one != key]
    assert moved(after, key, before=before) == after
