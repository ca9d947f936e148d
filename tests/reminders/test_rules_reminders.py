"""Which reminder is due: single rules, then every day of two years in many zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.plans.rules.dates import Kind
from careers.reminders.rules import (
    AFTERWARDS,
    AFTERWARDS_DAYS,
    Clock,
    ReminderEvent,
    coming,
    due_offset,
    due_reminders,
    header_line,
    is_quiet,
    quiet_ends,
)

ZONES = [
    "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Manila", "Asia/Kolkata", "Africa/Cairo", "Europe/Berlin", "UTC",
    "America/Sao_Paulo", "America/New_York", "America/St_Johns", "Pacific/Honolulu",
]  # fmt: skip
LAPSE = (180, 60, 14, 1)
LONG_AGO = date(2026, 1, 1)


def event(kind=Kind.LAPSE, on=date(2027, 6, 1), set_on=LONG_AGO, offsets=LAPSE, ends_at=None):
    return ReminderEvent(kind, 1, on, set_on, offsets, ends_at)


def due(one, today, told=()):
    return due_offset(one, now=datetime.combine(today, time(12), UTC), clock=Clock(), told=set(told))


class TestOffset:
    @pytest.mark.parametrize(
        ("today", "told", "expected"),
        [
            (date(2026, 12, 2), [], None),
            (date(2026, 12, 3), [], 180),
            (date(2026, 12, 3), [180], None),
            (date(2027, 4, 2), [180], 60),
            (date(2027, 5, 20), [180], 14),  # 60 was missed and is not sent on top
            (date(2027, 5, 31), [180, 60, 14], 1),
            (date(2027, 6, 1), [180, 60, 14], 1),  # the day itself still counts
            (date(2027, 6, 1), [1], None),
            (date(2027, 6, 2), [1], None),
            (date(2027, 6, 2), [14], AFTERWARDS),
            (date(2027, 7, 1), [], AFTERWARDS),
            (date(2027, 7, 2), [], None),
            (date(2027, 6, 9), [AFTERWARDS], None),
        ],
    )
    def test_of_a_lapse(self, today, told, expected):
        assert due(event(), today, told) == expected

    def test_only_a_lapse_is_told_afterwards(self):
        for kind in (Kind.EXAM, Kind.STEP):
            assert due(event(kind), date(2027, 6, 2)) is None

    def test_whose_day_was_over_when_the_date_was_set_is_not_told(self):
        booked = event(Kind.EXAM, on=date(2027, 6, 4), set_on=date(2027, 6, 1), offsets=(7, 1))
        assert [due(booked, date(2027, 6, day)) for day in (1, 2, 3)] == [None, None, 1]

    def test_on_the_day_on_which_the_date_was_set_counts(self):
        assert due(event(on=date(2027, 6, 8), set_on=date(2027, 6, 1), offsets=(7,)), date(2027, 6, 1)) == 7

    def test_of_a_certificate_that_had_lapsed_when_it_was_written_down_is_not_told(self):
        assert due(event(set_on=date(2027, 6, 5)), date(2027, 6, 6)) is None

    def test_that_is_wider_than_one_told_is_not_told_after_the_person_chose_others(self):
        assert due(event(offsets=(60,)), date(2027, 5, 25), told=[14]) is None

    def test_of_an_exam_is_over_with_its_moment(self):
        exam = event(Kind.EXAM, offsets=(1,), ends_at=datetime(2027, 6, 1, 9, tzinfo=UTC))
        at = [datetime(2027, 6, 1, hour, tzinfo=UTC) for hour in (8, 9)]
        assert [due_offset(exam, now=now, clock=Clock(), told=set()) for now in at] == [1, None]

    @given(
        offsets=st.lists(st.integers(0, 730), unique=True, max_size=8),
        days=st.integers(-60, 800),
        age=st.integers(0, 900),
        kind=st.sampled_from(Kind),
        told=st.sets(st.integers(-1, 730)),
    )
    def test_is_one_of_those_chosen_once_and_never_late(self, offsets, days, age, kind, told):
        today = date(2028, 2, 29)
        on = today + timedelta(days=days)
        one = event(kind, on, today - timedelta(days=age), tuple(offsets))
        offset = due(one, today, told)
        if offset is None:
            return
        assert not told or offset < min(told)
        if offset == AFTERWARDS:
            assert kind == Kind.LAPSE
            assert -AFTERWARDS_DAYS <= days < 0
        else:
            assert offset in offsets
            assert 0 <= days <= offset
            assert on - timedelta(days=offset) >= one.set_on
            assert not [nearer for nearer in offsets if days <= nearer < offset]
        assert due(one, today, {*told, offset}) is None


class TestQuietHours:
    @given(clock=st.times(), begin=st.times())
    def test_that_end_where_they_begin_have_no_minute(self, clock, begin):
        assert not is_quiet(clock, begin, begin)

    @given(clock=st.times(), begin=st.times(), end=st.times())
    def test_turned_around_are_the_rest_of_the_day(self, clock, begin, end):
        if begin != end:
            assert is_quiet(clock, begin, end) != is_quiet(clock, end, begin)

    @given(
        minutes=st.integers(0, 60 * 24 * 731),
        zone=st.sampled_from(ZONES),
        begin=st.times().map(lambda at: at.replace(microsecond=0)),
        end=st.times().map(lambda at: at.replace(microsecond=0)),
    )
    def test_are_over_soon_whatever_clocks_do(self, minutes, zone, begin, end):
        now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        looked = now
        for _ in range(70):
            later = quiet_ends(looked, ZoneInfo(zone), begin, end)
            if later == looked:
                break
            assert later > looked
            looked = later
        assert looked - now <= timedelta(hours=26)
        assert not is_quiet(looked.astimezone(ZoneInfo(zone)).time(), begin, end)


def test_what_is_to_come_has_the_next_first_and_nothing_that_is_over():
    events = [event(), event(Kind.EXAM, on=date(2027, 1, 9), offsets=(7, 1)), event(on=date(2026, 12, 1))]
    found = coming(events, now=datetime(2027, 1, 2, tzinfo=UTC), clock=Clock())
    assert [(day, offset) for day, _, offset in found] == [
        (date(2027, 1, 8), 1),
        (date(2027, 4, 2), 60),
        (date(2027, 5, 18), 14),
        (date(2027, 5, 31), 1),
    ]


@given(st.text())
def test_a_title_is_one_line_whatever_is_in_it(text):
    assert header_line(text).isprintable()


class TestThroughTheYears:
    """Every day an event, looked at every few hours: each reminder comes once, on its day, outside the quiet hours."""

    FIRST, LAST = date(2027, 1, 1), date(2028, 12, 31)

    @pytest.mark.parametrize("name", ZONES)
    def test_each_comes_once_on_its_day(self, name):
        zone, given, found = ZoneInfo(name), {}, {}
        clock = Clock(zone, time(21), time(8))
        days = [self.FIRST + timedelta(days=n) for n in range((self.LAST - self.FIRST).days + 1)]
        by_day = {}
        events = [ReminderEvent(Kind.STEP, key, day, LONG_AGO, (7, 1)) for key, day in enumerate(days)]
        for one in events:
            for day in range(-8, 2):
                by_day.setdefault(one.on + timedelta(days=day), []).append(one)
        now = datetime(2026, 12, 20, tzinfo=UTC)
        while now < datetime(2029, 1, 2, tzinfo=UTC):
            local = now.astimezone(zone)
            if not is_quiet(local.time(), time(21), time(8)):
                for one in due_reminders(by_day.get(local.date(), []), now=now, clock=clock, given=given):
                    told = given.setdefault((Kind.STEP, one.event.key, one.event.on), set())
                    assert one.offset not in told
                    told.add(one.offset)
                    found[one.event.on, one.offset] = local
            now += timedelta(hours=5)
        assert set(found) == {(day, offset) for day in days for offset in (7, 1)}
        for (day, offset), local in found.items():
            assert local.date() == day - timedelta(days=offset)
            assert time(8) <= local.time() < time(21)


PLACES = ["Pacific/Honolulu", "America/St_Johns", "Europe/London", "Asia/Kolkata", "Pacific/Auckland"]
QUARTER = timedelta(minutes=15)


class TestExamsElsewhere:
    """Looked at every quarter of an hour: each offset is told once, awake, before the exam, and its word is true."""

    def exams(self):
        for place in ("Pacific/Auckland", "Asia/Manila", "Pacific/Honolulu"):
            for at in (time(0, 30), time(7), time(9)):
                for week in range(0, 53, 10):
                    day = date(2027, 1, 4) + timedelta(days=7 * week + week % 7)
                    yield datetime.combine(day, at, ZoneInfo(place)).astimezone(UTC)
        for place in PLACES:  # around the nights in which clocks are changed
            for day in (date(2027, 3, 14), date(2027, 3, 28), date(2027, 4, 4), date(2027, 9, 26), date(2027, 10, 31)):
                yield datetime.combine(day, time(7), ZoneInfo(place)).astimezone(UTC)

    def told(self, exam_at, clock):
        """[(moment of telling, offset, moment of its mail)]"""
        one = ReminderEvent(Kind.EXAM, 1, clock.day(exam_at), LONG_AGO, (2, 1, 0), exam_at)
        told, found, now = set(), [], exam_at - timedelta(days=3)
        while now < exam_at + timedelta(hours=3):
            offset = due_offset(one, now=now, clock=clock, told=told)
            if offset is not None:
                told.add(offset)
                found.append((now, offset, clock.awake_from(now)))
            now += QUARTER
        return found

    @pytest.mark.parametrize("name", PLACES)
    def test_are_told_in_time_by_the_persons_own_days(self, name):
        clock = Clock(ZoneInfo(name), time(21), time(8))
        for exam_at in self.exams():
            day, found = clock.day(exam_at), self.told(exam_at, clock)
            assert [offset for _, offset, _ in found] == [2, 1, 0]
            for now, offset, mailed in found:
                assert now <= mailed < exam_at
                left = (day - clock.day(mailed)).days
                evening = offset == 0 and exam_at.astimezone(clock.zone).time() < time(9)
                assert left == (1 if evening else offset)
                if evening:
                    assert time(19) <= now.astimezone(clock.zone).time() < time(21)

    @pytest.mark.parametrize(
        ("quiet_from", "quiet_to"),
        [(time(0), time(0)), (time(0), time(8)), (time(0), time(23)), (time(0, 30), time(8)), (time(13), time(15))],
    )
    @pytest.mark.parametrize("at", [time(0), time(0, 30), time(7), time(8, 15), time(14, 30), time(23, 45)])
    def test_are_told_in_time_whatever_is_quiet(self, quiet_from, quiet_to, at):
        clock = Clock(ZoneInfo("Asia/Manila"), quiet_from, quiet_to)
        exam_at = datetime.combine(date(2027, 6, 9), at, clock.zone).astimezone(UTC)
        found = self.told(exam_at, clock)
        assert [offset for _, offset, _ in found] == [2, 1, 0]
        assert all(now <= mailed < exam_at for now, _, mailed in found)
