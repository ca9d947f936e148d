"""The year as a picture: nothing overlaps, nothing leaves it, nothing is lost."""

from datetime import date, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from careers.dashboard.rules.events import Event
from careers.dashboard.rules.timeline import LEAST_WIDTH, LISTED, MARK, year_from
from careers.dashboard.rules.timeline_lanes import LANES
from careers.plans.rules.dates import Kind

TODAY = date(2026, 11, 22)
todays = st.dates(date(2027, 1, 1), date(2028, 12, 31))
titles = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=60)
days = st.integers(-60, 430)


def events_on(today, rows):
    return [Event(today + timedelta(days=number), kind, title, "/") for number, kind, title in rows]


rows = st.lists(st.tuples(days, st.sampled_from(Kind), titles), max_size=80)


def edges(label, width):
    """From where to where a label goes in a picture of `width` pixels."""
    x = label.at * width / 100
    return (x - label.width, x) if label.ends else (x, x + label.width)


@given(todays, rows, st.integers(LEAST_WIDTH, 1400))
def test_labels_never_overlap_and_stay_in_the_picture(today, rows, width):
    year = year_from(events_on(today, rows), today)
    for label in year.labels:
        left, right = edges(label, width)
        assert 0 <= left < right <= width
        assert label.y + 18 < year.height
    for one, other in combinations(year.labels, 2):
        if one.lane == other.lane:
            (left, right), (other_left, other_right) = edges(one, width), edges(other, width)
            assert right < other_left or other_right < left


@given(todays, st.lists(st.tuples(st.integers(0, 300), st.sampled_from(Kind), titles), max_size=LANES))
def test_where_there_are_few_no_line_crosses_a_label(today, rows):
    labels = year_from(events_on(today, rows), today).labels
    for label in labels:
        left, right = edges(label, LEAST_WIDTH)
        crossing = [
            other for other in labels if other.lane > label.lane and left < other.at * LEAST_WIDTH / 100 < right
        ]
        # Where two would cross each other, one has to: that is so only where labels turn to the left.
        assert not crossing or any(other.ends for other in labels)


@given(todays, rows)
def test_every_event_of_the_year_is_drawn_and_listed_or_counted(today, rows):
    year, every = year_from(events_on(today, rows), today), events_on(today, rows)
    first = today.replace(day=1)
    end = first.replace(year=first.year + 1)
    number = len(inside(every, first, end))
    assert number == year.count == sum(len(mark.events) for mark in year.marks)
    assert sum(len(group.events) for group in year.groups) == min(LISTED, number)
    assert sum(len(group.events) + group.more for group in year.groups) == number
    assert year.unnamed == max(0, number - LISTED)
    assert year.later == sum(event.day >= end for event in every)


@given(todays, rows)
def test_marks_never_meet_and_every_label_hangs_on_one(today, rows):
    year = year_from(events_on(today, rows), today)
    places = [mark.at for mark in year.marks]
    assert all((other - one) * LEAST_WIDTH / 100 >= MARK for one, other in pairwise(places))
    assert all(label.event in mark.events for label in year.labels for mark in year.marks if mark.at == label.at)
    assert {label.at for label in year.labels} <= set(places)
    assert all(label.lane < LANES for label in year.labels)
    assert bool(year.labels) == bool(year.marks)


def inside(events, first, end):
    return [event for event in events if first <= event.day < end]


def test_begins_with_this_month_on_every_day_of_two_years():
    for number in range(731):
        today = date(2027, 1, 1) + timedelta(days=number)
        year = year_from([Event(today, Kind.EXAM, "Exam", "/")], today)
        assert [month.first for month in year.months] == sorted({month.first for month in year.months})
        assert len(year.months) == 12
        assert (year.months[0].first.year, year.months[0].first.month) == (today.year, today.month)
        assert year.labels[0].at == year.today_at
        assert 0 < year.today_at < 100 / 11
        assert [month.year for month in year.months if month.year] in (
            [str(today.year), str(today.year + 1)],
            [str(today.year)],
        )


def test_events_of_one_day_stand_below_each_other():
    year = year_from([Event(TODAY, Kind.STEP, f"Step {number}", "/") for number in range(5)], TODAY)
    assert [label.lane for label in year.labels] == [0, 1, 2, 3, 4]


def test_labels_say_what_it_is_about_and_long_names_are_cut():
    event = Event(TODAY, Kind.TARGET, "Be ready for it", "/", name="Certified Customer Service Agent")
    [label] = year_from([event], TODAY).labels
    assert (label.head, label.text) == ("22 Nov, be ready", "Certified Customer Serv…")


def test_a_busy_year_has_a_mark_for_all_and_labels_for_the_nearest():
    many = [Event(TODAY + timedelta(days=number * 5), Kind.STEP, "Read on", "/") for number in range(60)]
    year = year_from(many, TODAY)
    assert year.labels[0].event == many[0]
    assert len(year.labels) >= LANES
    assert max(mark.events[-1].day for mark in year.marks) == many[-1].day
    assert [(group.first.month, len(group.events), group.more) for group in year.groups][3:6] == [
        (2, 5, 0),
        (3, 4, 2),
        (4, 0, 6),
    ]


def test_events_near_each_other_share_a_mark_and_an_exam_shows():
    kinds = [Kind.STEP, Kind.EXAM, Kind.STEP]
    [mark] = year_from([Event(TODAY + timedelta(n), kind, "It", "/") for n, kind in enumerate(kinds)], TODAY).marks
    assert (len(mark.events), mark.kind) == (3, Kind.EXAM)


def test_the_last_year_there_is_has_an_end():
    assert len(year_from([], date(9999, 12, 31)).months) == 12
