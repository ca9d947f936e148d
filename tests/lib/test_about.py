"""Days known to the month or the year: written, read back, and never later than they can be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.evidence.rules.validity import months_after
from careers.lib.about import About, Precision, first_of, read, roughest
from careers.plans.rules.status import problems_of_certificate

days = st.dates(date(1970, 1, 1), date(2100, 12, 31))
abouts = st.builds(first_of, days, st.sampled_from(Precision))


@given(abouts)
def test_what_was_written_is_read_back(one):
    assert {read(one.written), read(str(one)), read(one.iso)} == {one}


@given(days, st.sampled_from(Precision), st.integers(1, 120))
def test_validity_ends_early_rather_than_late(day, precision, months):
    said = first_of(day, precision)
    assert said.day <= day <= said.last
    assert months_after(said.day, months) <= months_after(day, months)


@given(abouts)
def test_only_a_day_that_is_known_is_said_as_one(one):
    assert one.is_exact == (one.day == one.last) == ("about" not in str(one))


@given(abouts, abouts)
def test_what_is_reckoned_from_two_days_is_no_better_known_than_either(one, other):
    assert roughest(one, other) == roughest(other, one) in (one.precision, other.precision)
    if roughest(one, other) == Precision.DAY:
        assert one.is_exact
        assert other.is_exact


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_day_or_none(text):
    said = read(text)
    assert said is None or isinstance(said, About)


@pytest.mark.parametrize(
    "text", ["", "May", "0000", "13/2019", "32 May 2019", "2019-02-30", "M 2019", "२०१९", "about", "20190512", "-2019"]
)
def test_what_is_no_day_is_none(text):
    assert read(text) is None


def test_days_that_may_fit_ask_for_more_instead_of_being_refused_as_impossible():
    earned, lapses = About(date(2026, 3, 1), Precision.MONTH), About(date(2026, 1, 1), Precision.YEAR)
    problems = [one.text for one in problems_of_certificate(today=date(2027, 1, 1), earned=earned, expires=lapses)]
    assert problems == ["You earned it about March 2026. Write the month, too."]
