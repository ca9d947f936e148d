"""Moments of exams, over time zones, changes of clocks and leap days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.evidence.rules.renewal import has_lapsed
from careers.lib.about import About
from careers.lib.zones import city, countries, is_zone, local_time, turn_near, zone_groups, zone_in_words, zone_of
from careers.plans.certificates.rules import FAR_DAYS, ends_in_words
from careers.plans.exams.rules import cannot_book, countdown, days_until, when
from careers.plans.rules.status import Status, first_day

ZONES = [
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Asia/Manila",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "Europe/London",
    "UTC",
    "America/St_Johns",
    "America/New_York",
    "America/Bogota",
    "Pacific/Honolulu",
]
zones = st.sampled_from(ZONES)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001, given UTC


@given(days, clocks, zones)
def test_what_a_clock_says_is_the_moment_or_a_reason(day, clock, zone):
    found = local_time(day, clock, zone)
    assert (found.at is None) == bool(found.problem)
    if found.at:
        there = found.at.astimezone(UTC).astimezone(zone_of(zone))
        assert (there.date(), there.time()) == (day, clock)


@given(moments, zones)
def test_every_moment_has_a_clock_that_leads_back_to_it_or_to_the_earlier_of_two(moment, zone):
    moment = moment.replace(second=0, microsecond=0)
    there = moment.astimezone(zone_of(zone))
    found = local_time(there.date(), there.time(), zone)
    assert found.at == moment or (found.note and found.at.astimezone(UTC) < moment)


@given(moments, moments, zones)
def test_days_are_counted_by_the_persons_midnights(exam_at, now, zone):
    left = days_until(exam_at, zone, now=now)
    assert abs((exam_at - now).total_seconds() / 86_400 - left) < 1 + 1 / 24 + 1e-9
    assert countdown(exam_at, zone, now=now).is_past == (exam_at <= now)


@given(moments, zones, zones)
def test_own_time_is_named_where_clocks_differ_and_only_there(exam_at, zone, own_zone):
    said = when(exam_at, zone, own_zone=own_zone)
    differ = exam_at.astimezone(zone_of(zone)).utcoffset() != exam_at.astimezone(zone_of(own_zone)).utcoffset()
    assert bool(said.own) == differ


@pytest.mark.parametrize(
    ("day", "clock", "zone", "words"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "clocks in Berlin go from 02:00 to 03:00"),
        (date(2026, 9, 27), time(2, 15), "Pacific/Auckland", "clocks in Auckland go from 02:00 to 03:00"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "clocks in Lord Howe go from 02:00 to 02:30"),
        (date(2026, 3, 8), time(2, 0), "America/New_York", "clocks in New York go from 02:00 to 03:00"),
        (date(2026, 3, 8), time(2, 59), "America/St_Johns", "clocks in St Johns go from 02:00 to 03:00"),
    ],
)
def test_time_that_is_skipped_says_which_clocks_do_it(day, clock, zone, words):
    found = local_time(day, clock, zone)
    assert found.at is None
    assert words in found.problem
    assert "does not exist that day" in found.problem


@pytest.mark.parametrize(
    ("day", "clock", "zone", "moment"),
    [
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 4, 5), time(2, 30), "Pacific/Auckland", datetime(2026, 4, 4, 13, 30, tzinfo=UTC)),
        (date(2026, 11, 1), time(1, 30), "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_time_that_comes_twice_is_the_earlier(day, clock, zone, moment):
    found = local_time(day, clock, zone)
    assert found.at == moment
    assert "We took the earlier one." in found.note


@pytest.mark.parametrize("zone", ["Asia/Manila", "Asia/Kolkata", "Pacific/Honolulu", "UTC"])
def test_clocks_that_stay_have_no_turn(zone):
    assert turn_near(date(2026, 3, 29), zone_of(zone)) is None


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (datetime(2028, 2, 28, 4, tzinfo=UTC), "2 days"),
        (datetime(2028, 2, 29, 4, tzinfo=UTC), "Tomorrow"),
        (datetime(2028, 2, 29, 16, tzinfo=UTC), "Today"),  # 1 March in Manila
        (datetime(2028, 3, 1, 1, 30, tzinfo=UTC), "It is over"),
    ],
)
def test_countdown_goes_over_a_leap_day_by_the_persons_midnights(now, number):
    assert countdown(datetime(2028, 3, 1, 1, 30, tzinfo=UTC), "Asia/Manila", now=now).number == number


def test_own_day_is_named_where_it_differs():
    said = when(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), "Asia/Manila", own_zone="Pacific/Honolulu")
    assert said.own == "15:30 on 11 December 2026 in Honolulu"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Kathmandu", "Kathmandu time (GMT+5:45)"),
        ("America/St_Johns", "St Johns time (GMT−3:30)"),
        ("Europe/London", "London time (GMT)"),
        ("Not/A_Zone", "A Zone time (GMT)"),
    ],
)
def test_zone_in_words(zone, words):
    assert zone_in_words(zone, datetime(2026, 12, 12, tzinfo=UTC)) == words


def test_list_of_zones_is_known_each_once_and_by_country():
    listed = [key for _, options in zone_groups() for key, _ in options]
    assert len(listed) == len(set(listed)) > 300
    assert all(map(is_zone, listed))
    assert "Philippines: Manila" in {label for _, options in zone_groups() for _, label in options}
    assert countries()["Asia/Kolkata"] == "India"
    assert not is_zone("../../etc/passwd")
    assert zone_of("../../etc/passwd") == zone_of("UTC")
    assert city("America/New_York") == "New York"


@pytest.mark.parametrize("status", Status)
def test_reason_why_not_is_there_for_the_two_that_cannot(status):
    assert bool(cannot_book(status)) == (status in (Status.PASSED, Status.DROPPED))


@given(st.none() | days, st.none() | days, days)
def test_first_day_fits_before_the_day_to_be_ready(started_on, target_on, today):
    found = first_day(started_on, target_on, today=today)
    assert found == started_on or (found <= today and (target_on is None or found <= target_on))


@given(days, st.integers(-4000, 4000))
def test_end_is_said_in_whole_days(today, number):
    expires_on = today + timedelta(days=number)
    said = ends_in_words(today=today, expires=About(expires_on))
    begins = "It lapsed" if number < 0 else "It lapses" if number <= FAR_DAYS else "It is valid until"
    assert said.startswith(begins)
    assert has_lapsed(today, expires_on) == (number < 0)
