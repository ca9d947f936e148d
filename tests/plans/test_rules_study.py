"""Minutes a week against what is left: by brute force, on every day of two years."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.plans.study.rules.charts import FLOOR, RIGHT, TOP, lying, upright
from careers.plans.study.rules.sentences import StudyAim, done_in_words, need_in_words, need_of_all
from careers.plans.study.rules.weeks import (
    Piece,
    Week,
    average,
    by_week,
    last_weeks,
    minutes_left,
    monday_of,
    need_a_day,
    need_a_week,
    streak,
)

TODAY = date(2026, 11, 22)  # a Sunday
YEARS = [date(2027, 1, 1) + timedelta(days=number) for number in range(731)]  # with 29 February 2028

days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
logs = st.dictionaries(days, st.integers(1, 1440), max_size=40)


class TestWeeks:
    def test_begin_on_monday_on_every_day_of_two_years(self):
        for day in YEARS:
            weeks = last_weeks({}, day)
            assert [week.begins.weekday() for week in weeks] == [0] * 8
            assert weeks[-1].begins <= day < weeks[-1].begins + timedelta(days=7)
            assert [week.is_running for week in weeks] == [False] * 7 + [True]

    @given(logs, days)
    def test_hold_each_minute_of_their_days(self, log, today):
        for week in last_weeks(by_week(log.items()), today):
            own = [log.get(week.begins + timedelta(days=number), 0) for number in range(7)]
            assert week.minutes == sum(own)

    @given(logs, days)
    def test_average_is_of_the_28_days_before_this_monday(self, log, today):
        monday = monday_of(today)
        minutes = sum(log.get(monday - timedelta(days=number), 0) for number in range(1, 29))
        assert abs(average(by_week(log.items()), today) - minutes / 4) <= 0.5

    @given(logs, days)
    def test_streak_is_what_one_counts_by_hand(self, log, today):
        studied = {monday_of(day) for day in log}
        back = [monday_of(today) - timedelta(days=7 * number) for number in range(200)]
        if back[0] not in studied:
            back = back[1:]
        counted = next((number for number, monday in enumerate(back) if monday not in studied), 200)
        assert streak(studied, today) == counted


pieces = st.lists(
    st.builds(
        Piece,
        st.none() | st.decimals("0.1", "999.9", places=1),
        st.booleans(),
        st.integers(0, 3000),
    ),
    max_size=12,
)


class TestWhatIsLeft:
    @given(pieces)
    def test_is_none_or_more_and_nothing_only_of_what_has_its_hours_logged(self, every):
        left = minutes_left(every)
        open_hours = [piece for piece in every if not piece.is_done]
        if not open_hours:
            assert left == 0
        elif all(piece.hours is None for piece in every):
            assert left is None
        else:
            assert left >= 0

    @given(pieces, st.data())
    def test_never_grows_by_ticking_a_step_or_logging_time(self, every, data):
        left = minutes_left(every)
        if not every or left is None:
            return
        place = data.draw(st.integers(0, len(every) - 1))
        piece = every[place]
        for other in (Piece(piece.hours, True, piece.logged), Piece(piece.hours, piece.is_done, piece.logged + 60)):
            assert minutes_left([*every[:place], other, *every[place + 1 :]]) <= left

    def test_counts_a_step_without_hours_as_the_median_of_the_others(self):
        every = [Piece(Decimal(2), True), Piece(Decimal(4), False), Piece(Decimal(9), True), Piece(None, False)]
        assert minutes_left(every) == (4 + 4) * 60

    def test_is_not_known_where_no_step_has_hours(self):
        assert minutes_left([Piece(None, False), Piece(None, True)]) is None

    def test_takes_no_more_off_a_step_than_its_hours(self):
        assert minutes_left([Piece(Decimal(1), False, logged=600), Piece(Decimal(2), False)]) == 120


class TestNeed:
    @given(st.integers(1, 100_000), st.integers(1, 3000))
    def test_who_does_it_is_ready_in_time(self, left, number):
        until = TODAY + timedelta(days=number)
        if number >= 7:
            assert need_a_week(left, TODAY, until) * number >= left * 7
        else:
            assert need_a_week(left, TODAY, until) >= left
            assert need_a_day(left, TODAY, until) * number >= left

    @given(st.integers(1, 10_000), st.integers(7, 1000))
    def test_asks_for_at_most_five_minutes_too_much(self, left, number):
        assert (need_a_week(left, TODAY, TODAY + timedelta(days=number)) - 5) * number < left * 7

    def test_answers_on_every_day_of_two_years(self):
        for day in YEARS:
            said = str(need_in_words(StudyAim(1200, date(2028, 3, 1)), day))
            assert ("You need" in said) == (day < date(2028, 3, 1) and "more than" not in said)
            last = date(2028, 2, 29)
            assert ("29 February" in str(need_in_words(StudyAim(1200, last), day))) == (day != last)

    @pytest.mark.parametrize(
        ("aim", "said"),
        [
            (StudyAim(600, date(2026, 12, 13)), "You need 3 h 20 min a week to be ready by 13 December."),
            (StudyAim(600, date(2027, 3, 12)), "You need 40 min a week to be ready by 12 March 2027."),
            (StudyAim(180, date(2026, 11, 26)), "You need 45 min a day to be ready by 26 November."),
            (StudyAim(3, date(2026, 11, 26)), "You need 1 min a day to be ready by 26 November."),
            (
                StudyAim(600, None),
                "About 10 h of your steps are left. With a day to be ready by, you see what that is a week.",
            ),
            (StudyAim(600, TODAY), "Today is the day to be ready by. About 10 h of your steps are left."),
            (StudyAim(600, TODAY, is_exam=True), "Today is your exam. About 10 h of your steps are left."),
            (
                StudyAim(600, date(2026, 11, 3)),
                "3 November was the day to be ready by. About 10 h of your steps are left.",
            ),
            (
                StudyAim(6000, date(2026, 11, 29)),
                "About 100 h are left until 29 November: that is more than 60 h a week. "
                "Choose a later day, or fewer steps.",
            ),
            (
                StudyAim(0, date(2026, 12, 13)),
                "You have logged all the hours that your open steps are given. Give them more if they take longer.",
            ),
            (StudyAim(0, None, has_open=False), "No step is open, so there are no hours left to plan."),
            (
                StudyAim(None, date(2026, 12, 13)),
                "The hours of your steps are not known, so nobody can say what you need a week.",
            ),
        ],
    )
    def test_is_said_in_words(self, aim, said):
        assert str(need_in_words(aim, TODAY)) == said

    def test_sixty_hours_a_week_are_as_much_as_there_can_be(self):
        assert need_in_words(StudyAim(3600, TODAY + timedelta(days=7)), TODAY).weekly == 3600
        assert need_in_words(StudyAim(3601, TODAY + timedelta(days=7)), TODAY).weekly is None
        assert need_in_words(StudyAim(514, TODAY + timedelta(days=1)), TODAY).weekly == 515
        assert need_in_words(StudyAim(515, TODAY + timedelta(days=1)), TODAY).weekly is None

    def test_of_all_plans_is_their_sum(self):
        until = date(2026, 12, 13)
        both = need_of_all([StudyAim(600, until), StudyAim(300, until), StudyAim(0, None, has_open=False)], TODAY)
        assert str(both) == "You need 5 h a week for 2 plans to be ready in time."
        others = need_of_all([StudyAim(600, until), StudyAim(300, None), StudyAim(None, until)], TODAY)
        assert str(others) == (
            "You need 3 h 20 min a week for one plan to be ready in time. "
            "2 more have no hours or no day to come, so they are not counted."
        )

    def test_of_one_open_plan_is_its_own(self):
        aims = [StudyAim(600, date(2026, 12, 13)), StudyAim(0, None, has_open=False)]
        assert need_of_all(aims, TODAY) == need_in_words(aims[0], TODAY)

    def test_of_no_plan_is_not_said(self):
        assert need_of_all([], TODAY) is None

    def test_of_all_is_not_drawn_where_it_is_more_than_anybody_does(self):
        said = need_of_all([StudyAim(3000, TODAY + timedelta(days=7))] * 2, TODAY)
        assert "more than 60 h" in str(said)
        assert said.weekly is None


class TestWhatWasDone:
    def test_is_nothing_yet(self):
        assert str(done_in_words({}, TODAY)) == "No study time is logged yet."

    def test_begins_with_this_week(self):
        assert str(done_in_words({date(2026, 11, 16): 30}, TODAY)) == "This week you did 30 min so far."

    def test_is_an_average_after_that(self):
        weeks = {date(2026, 11, 16): 500, date(2026, 11, 9): 520}
        assert str(done_in_words(weeks, TODAY)) == "In the last four weeks you did 2 h 10 min a week."


weeks = st.lists(st.integers(0, 10_080), min_size=8, max_size=8).map(
    lambda all_minutes: [Week(TODAY, minutes) for minutes in all_minutes]
)


class TestBars:
    @given(weeks, st.none() | st.integers(1, 3600))
    def test_stay_within_the_picture(self, every, need):
        chart = upright(every, need)
        for bar in chart.bars:
            assert TOP - 1 <= bar.start <= FLOOR
            assert abs(bar.start + bar.length - FLOOR) <= 0.2
            assert bar.side <= bar.middle <= (RIGHT if need else 100) - bar.side
        for bar in lying(every, need).bars:
            assert bar.length >= 0
            assert bar.start + bar.length <= 72.1

    @given(weeks, st.integers(1, 3600))
    def test_reach_the_dotted_line_just_when_there_is_enough(self, every, need):
        chart, flat = upright(every, need), lying(every, need)
        for week, bar, row in zip(every, chart.bars, flat.bars, strict=True):
            if abs(week.minutes - need) > 100:
                assert (bar.start < chart.need_at) == (week.minutes > need)
                assert (row.start + row.length > flat.need_at) == (week.minutes > need)
