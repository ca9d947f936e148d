"""How a timed test is counted, against definitions written out at length."""

import json
from functools import cache
from itertools import pairwise

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from careers.practice.timed.rules import keystrokes, levels, passages, records
from careers.practice.timed.rules.charts import FLOOR, TOP, curve_of
from careers.practice.timed.rules.keystrokes import Change, Impossible, check_times, texts_typed
from careers.practice.timed.rules.levels import FORMS, NUMBERS, TYPING, meaning_of
from careers.practice.timed.rules.measures import Measures, measure_fields, measure_text, mistakes

text = st.text("ab ", max_size=9)
longer = st.text("abcdef .,", max_size=120)
minutes = st.sampled_from([1, 3, 5])


def slow_mistakes(typed, given):
    """By the definition: of every beginning of the text the distance, cell by cell."""

    @cache
    def distance(i, j):
        if i == 0 or j == 0:
            return i + j
        exchanged = distance(i - 1, j - 1) + (typed[i - 1] != given[j - 1])
        return min(exchanged, distance(i - 1, j) + 1, distance(i, j - 1) + 1)

    return min((distance(len(typed), reached), -reached) for reached in range(len(given) + 1))


@given(text, text)
@trying(max_examples=400)
def test_mistakes_are_the_fewest_changes_to_a_beginning_of_the_text(typed, given_text):
    errors, minus_reached = slow_mistakes(typed, given_text)
    assert mistakes(typed, given_text) == (errors, -minus_reached)


@given(longer, longer, st.integers(0, 120))
def test_whoever_stops_early_has_made_no_mistake(whole, wrong, length):
    assert mistakes(whole[:length], whole) == (0, min(length, len(whole)))
    errors, reached = mistakes(wrong, whole)
    assert 0 <= errors <= len(wrong)
    assert abs(reached - len(wrong)) <= errors


@given(longer, st.integers(0, 119), st.integers(1, 8), longer)
def test_what_was_left_out_does_not_make_the_rest_wrong(whole, place, length, more):
    whole = whole + "=" + more
    without = whole[:place] + whole[place + length :]
    assert mistakes(without, whole)[0] <= length


@given(longer, longer, minutes)
def test_measures_of_a_text_keep_to_their_bounds(typed, given_text, lasts):
    measures = measure_text(typed, given_text, minutes=lasts)
    assert 0 <= measures.late_errors <= measures.errors <= measures.compared
    assert 0 <= measures.counted <= measures.characters == len(typed)
    assert 0 <= measures.net_wpm <= measures.gross_wpm
    assert 0 <= measures.accuracy <= 100
    assert measures.net_wpm == max(0, len(typed) - 5 * measures.errors) // (5 * lasts)
    assert measures.gross_kph == len(typed) * 60 // lasts
    assert (measures.accuracy == 100) == (measures.errors == 0 < measures.compared)


def test_a_text_in_figures():
    measures = measure_text("the quick brwn fox", "the quick brown fox jumps", minutes=1)
    assert (measures.errors, measures.compared, measures.late_errors) == (1, 19, 1)
    assert (measures.gross_wpm, measures.net_wpm, measures.accuracy) == (3, 2, 94)
    assert (measures.gross_kph, measures.net_kph) == (1080, 780)


fields = st.lists(st.text("12.", max_size=4), min_size=1, max_size=6)


@given(fields, fields, minutes)
def test_measures_of_fields_keep_to_their_bounds(typed, wanted, lasts):
    typed, wanted = zip(*zip(typed, wanted, strict=False), strict=True)
    measures = measure_fields(typed, wanted, minutes=lasts)
    assert 0 <= measures.late_errors <= measures.errors <= measures.compared <= len(wanted)
    assert 0 <= measures.counted <= measures.characters


def test_fields_in_figures():
    wanted = ["12.50", "7", "300", "44"]
    assert measure_fields(["12.50", "", "300", ""], wanted, minutes=1) == Measures(1, 8, 8, 1, 3, 1), "left out"
    assert measure_fields(["12.50", "7", "30", ""], wanted, minutes=1) == Measures(1, 8, 6, 0, 2, 0), "cut off"
    assert measure_fields(["12.50", "8", "30", "44"], wanted, minutes=1) == Measures(1, 10, 7, 2, 4, 1)
    assert measure_fields(["", "", "", ""], wanted, minutes=1) == Measures(1, 0, 0, 0, 0, 0)


# Which level


def typed(words, *, errors=0, late=0, lasts=3):
    """So many net words a minute."""
    characters = words * 5 * lasts + 5 * errors
    return Measures(lasts, characters, characters - 5 * errors, errors, characters, late)


def shown(measures, kind=TYPING):
    return meaning_of(measures, kind=kind).proficiency


@pytest.mark.parametrize(
    ("measures", "level"),
    [
        (typed(26), None),
        (Measures(3, 399, 399, 0, 399, 0), None),
        (Measures(3, 400, 400, 0, 400, 0), 3),
        (typed(34), 3),
        (typed(35), 4),
        (typed(90), 4),
        (typed(90, lasts=1), None),
        (typed(40, errors=6, late=3), 4),
        (typed(40, errors=6, late=4), 3),
        (typed(40, errors=1, late=1), 4),
        (typed(40, errors=7, late=0), None),
    ],
)
def test_a_typing_test_shows_the_levels_of_the_descriptors(measures, level):
    assert shown(measures) == level


def test_data_entry_shows_level_three_at_most_and_columns_none():
    fast = Measures(5, 5000, 5000, 0, 700, 0)
    assert (shown(fast, FORMS), shown(fast, NUMBERS)) == (3, None)
    assert shown(Measures(5, 5000, 4700, 35, 700, 0), FORMS) == 3, "5 in 100"
    assert shown(Measures(5, 5000, 4700, 36, 700, 0), FORMS) is None


@given(st.integers(0, 2000), st.integers(0, 60), minutes, st.sampled_from([TYPING, FORMS]))
def test_more_that_counts_never_shows_less(characters, errors, lasts, kind):
    errors = min(errors, characters // 5)
    slow = Measures(lasts, characters, characters - 5 * errors, errors, max(characters, errors), errors // 2)
    fast = Measures(lasts, characters + 50, slow.counted + 50, errors, slow.compared + 50, errors // 2)
    assert (shown(slow, kind) or 0) <= (shown(fast, kind) or 0)
    assert all(reason.endswith(".") for reason in meaning_of(slow, kind=kind).reasons)


# Logs


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("ab", max_size=2)), max_size=30))
def test_a_log_gives_the_text_that_a_field_had(edits):
    field, changes = "", []
    for place, gone, new in edits:
        place = min(place, len(field))
        gone = min(gone, len(field) - place)
        field = field[:place] + new + field[place + gone :]
        changes.append(Change(0, 0, place, gone, new))
    assert texts_typed(changes, fields=1) == [field]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=60))
def test_a_burst_is_found_wherever_it_is(gaps):
    moments = [sum(gaps[: number + 1]) for number in range(len(gaps))]
    changes = [Change(moment, 0, place, 0, "a") for place, moment in enumerate(moments)]
    most, lasts = keystrokes.BURST, keystrokes.BURST_LASTS
    is_burst = any(moments[end] - moments[end - most + 1] < lasts for end in range(most - 1, len(moments)))
    try:
        check_times(changes, minutes=1, since_start=120_000)
    except Impossible:
        assert is_burst
    else:
        assert not is_burst


# What is typed


def test_passages_are_of_every_keyboard_and_enough_for_any_test():
    assert len(passages.PASSAGES) >= 12
    for name, passage in passages.PASSAGES.items():
        assert keystrokes.is_plain(passage), name
        assert "  " not in passage
    for lasts in (1, 3, 5):
        names = passages.chain(lambda options: options[-1], minutes=lasts, not_first="good-notes")
        assert len(passages.text_of(names)) >= keystrokes.FASTEST * 5 * lasts
        assert len(set(names)) == len(names)
        assert names[0] == "job-interview"


def test_sentences_of_passages_are_short():
    for name, passage in passages.PASSAGES.items():
        for sentence in passage.replace("?", ".").split("."):
            assert len(sentence.split()) <= 30, (name, sentence)


@given(st.integers(0, records.LARGEST_SEED), minutes)
@trying(max_examples=20, deadline=None)
def test_records_of_a_number_are_the_same_again_and_enough(seed, lasts):
    for make in (records.forms, records.columns):
        made = make(seed, minutes=lasts)
        assert made == make(seed, minutes=lasts)
        values = records.values_of(made)
        assert all(value and keystrokes.is_plain(value) and value == value.strip() for value in values)
        assert sum(map(len, values)) >= records.CHARACTERS_A_MINUTE * lasts
        assert len(values) < 900, "a form has no more fields than are taken"


# The line


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=60), st.none() | st.just(8000))
def test_a_line_stays_within_its_picture(values, norm):
    curve = curve_of(values, norm=norm)
    assert len(curve.points) == min(20, len(values))
    assert all(TOP <= point.y <= FLOOR and 0 <= point.x <= 76 for point in curve.points)
    assert len(curve.lines) == len(curve.points) - 1
    assert curve.points[-1].figure == f"{values[-1]:,}"
    for (one, other), (before, after) in zip(pairwise(curve.points), pairwise(values[-20:]), strict=True):
        assert (one.y >= other.y) or before > after


def test_the_speeds_are_those_of_the_descriptors_in_the_guide():
    skills = json.loads((settings.BASE_DIR / "fixtures/skills.json").read_text())
    typing = next(row["fields"] for row in skills if row["fields"].get("slug") == levels.SKILL)
    assert f"{levels.OPERATORS:,} key depressions an hour" in typing["descriptor_3"]
    assert f"{levels.CLERKS} words a minute" in typing["descriptor_4"]
    assert "No source gives a speed" in typing["descriptor_5"]
