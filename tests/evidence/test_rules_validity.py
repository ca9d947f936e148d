"""Until when a certificate is valid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.evidence.rules.validity import months_after


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 12), 36, date(2029, 5, 12)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 1), 11, date(2026, 12, 1)),
    ],
)
def test_lapses_on_the_same_day_or_the_last_of_a_shorter_month(day, months, expected):
    assert months_after(day, months) == expected


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_more_months_are_later(day, months):
    assert day < months_after(day, months) <= months_after(day, months + 1)
