"""When a fact is due, how complete a page is, how numbers of people are said."""

import csv
import io
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from careers.desk.rules.health import (
    FEWEST_TOLD,
    STALE_AFTER,
    Completeness,
    cell,
    due_reasons,
    fee_is_due,
    people_in_words,
    stale_before,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
AROUND = st.text("abc ,/–()", max_size=12)
NUMBERS = st.integers(0, 9999)


@given(DAYS, st.integers(1990, 2099), AROUND, AROUND)
def test_a_fee_is_due_from_the_first_day_of_the_year_after_its_own(today, year, before, after):
    assert fee_is_due(f"{before}{year}{after}", today) == (year < today.year)


@given(DAYS, st.lists(st.integers(1990, 2099), min_size=1, max_size=3))
def test_of_several_years_the_latest_counts(today, years):
    assert fee_is_due(" and ".join(map(str, years)), today) == (max(years) < today.year)


@given(DAYS, AROUND)
def test_a_fee_that_names_no_year_is_due_on_any_day(today, text):
    assert fee_is_due(text, today)


@given(DAYS, st.integers(0, 1000))
def test_a_page_is_due_once_it_was_checked_longer_ago_than_a_year(today, days):
    reasons = due_reasons(checked_on=today - timedelta(days), fee_as_of="", validity_known=True, today=today)
    assert bool(reasons) == (days > STALE_AFTER) == (today - timedelta(days) < stale_before(today))


@given(st.sets(st.sampled_from(["fee", "outlook", "tools", "steps"])), st.integers(4, 12))
def test_what_is_missing_and_what_is_there_are_all_that_there_is(missing, of):
    said = str(Completeness(of, sorted(missing)))
    assert said.startswith(f"{of - len(missing)} of {of} complete.")
    assert all(word in said for word in missing)
    assert ("Missing" in said) == bool(missing)


@given(st.integers(0, 100_000))
def test_less_than_five_people_are_never_counted(number):
    said = people_in_words(number)
    if 0 < number < FEWEST_TOLD:
        assert said == "fewer than 5 people"
    else:
        assert said == (f"{number:,} people" if number else "")


@given(st.text())
def test_no_cell_of_a_sheet_is_a_formula_and_each_is_read_as_it_was_written(text):
    sheet = io.StringIO()
    csv.writer(sheet).writerow([cell(text), "next"])
    [[read, _]] = csv.reader(io.StringIO(sheet.getvalue(), newline=""))
    assert read[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
    assert read in (text, f"'{text}")
