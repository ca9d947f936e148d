"""A clock's time in the portal's zone as a moment: it may not be there, or twice."""

from datetime import UTC, date, datetime, time

import pytest

from careers.desk.rules.schedules import PASSED, TOO_FAR, planned_moment, which_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BERLIN, LORD_HOWE = "Europe/Berlin", "Australia/Lord_Howe"  # there clocks turn by half an hour


def planned(day, clock, key=BERLIN, **options):
    return planned_moment(day, clock, key, now=NOW, **options)


def test_a_time_is_a_moment_in_the_zone_of_the_portal():
    assert planned(date(2026, 3, 2), time(9), "Asia/Manila").at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert planned(date(2026, 7, 1), time(9)).at == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_a_time_that_is_not_there_is_asked_again_in_words():
    never = planned(date(2026, 3, 29), time(2, 30))
    assert never.at is None
    assert never.problem.startswith("On 29 March 2026 clocks in Berlin go from 02:00 to 03:00")
    assert planned(date(2026, 3, 29), time(3)).at == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_of_a_time_that_comes_twice_one_is_chosen(which, hour):
    asked = planned(date(2026, 10, 25), time(2, 30))
    assert asked.at is None
    assert "comes twice" in asked.problem
    assert asked.choices == (("first", "The first 02:30 (GMT+2)"), ("second", "The second 02:30 (GMT+1)"))
    at = planned(date(2026, 10, 25), time(2, 30), which=which).at
    assert at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert which_of(at, BERLIN) == which
    assert planned(date(2026, 10, 25), time(2, 30), which="nonsense").at is None


def test_a_time_that_comes_twice_where_clocks_turn_by_half_an_hour():
    choices = planned(date(2026, 4, 5), time(1, 45), LORD_HOWE).choices
    assert [words for _, words in choices] == ["The first 01:45 (GMT+11)", "The second 01:45 (GMT+10:30)"]


@pytest.mark.parametrize(
    ("day", "clock", "problem"),
    [
        (date(2026, 3, 1), time(13), PASSED),
        (date(2026, 2, 1), time(9), PASSED),
        (date(1, 1, 1), time(0), PASSED),
        (date(9999, 12, 31), time(23, 59), TOO_FAR),
        (date(2028, 6, 1), time(9), TOO_FAR),
    ],
)
def test_what_has_passed_or_is_too_far_is_refused(day, clock, problem):
    assert planned(day, clock).problem == problem


def test_the_same_minute_is_past_and_the_next_is_not():
    assert planned(date(2026, 3, 1), time(12), "UTC").problem == PASSED
    assert planned(date(2026, 3, 1), time(12, 1), "UTC").at == datetime(2026, 3, 1, 12, 1, tzinfo=UTC)
