"""In which part of the ranking a role stands, and what it costs what was said: for every person and role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.working_life import (
    ALWAYS,
    COMING,
    NEVER,
    NOT_KNOWN,
    POSSIBLE,
    USUAL,
    FactStanding,
    shift_fact,
)
from careers.matching.rules import SHIFT_ORDER, MatchParts, degree_costs, shift_costs, work_costs

shifts = st.sets(st.sampled_from(["day", "night", "rotational"])).map(frozenset)
standings = st.sampled_from(FactStanding)
often = st.sampled_from([NEVER, POSSIBLE, USUAL, ALWAYS, NOT_KNOWN])
NUMBERS = st.dictionaries(st.sampled_from(SHIFT_ORDER), st.integers(0, 99))


@given(shifts, standings, standings)
def test_no_later_role_stands_before_one_to_begin_with_whatever_its_shifts(accepted, one, other):
    parts = MatchParts(True, accepted)
    assert parts.part(is_entry=True, shifts=one) < parts.part(is_entry=False, shifts=other)


@given(st.booleans(), shifts.filter(bool), st.tuples(often, often), st.tuples(often, often))
def test_roles_stand_by_how_their_shifts_go_with_what_is_accepted(is_beginner, accepted, one, other):
    parts = MatchParts(is_beginner, accepted)
    facts = [shift_fact(nights=nights, days=days, accepted=accepted) for nights, days in (one, other)]
    first, second = (parts.part(is_entry=True, shifts=fact.standing) for fact in facts)
    assert (first < second) == (SHIFT_ORDER.index(facts[0].standing) < SHIFT_ORDER.index(facts[1].standing))


@given(often, often)
def test_without_nights_never_stands_before_possible_and_that_before_usual_and_always(nights, days):
    def place(often):
        return SHIFT_ORDER.index(shift_fact(nights=often, days=days, accepted=["day"]).standing)

    if days in COMING:
        assert place(NEVER) < place(POSSIBLE) == place(NOT_KNOWN) < place(USUAL) < place(ALWAYS)
    assert place(nights) >= place(NEVER)


@given(standings, standings)
def test_who_said_nothing_has_one_part(one, other):
    parts = MatchParts(False, frozenset())
    assert parts.part(is_entry=True, shifts=one) == parts.part(is_entry=False, shifts=other)
    assert parts.title(parts.part(is_entry=True, shifts=one)) == ""


@pytest.mark.parametrize(
    ("accepted", "is_beginner", "shifts", "title"),
    [
        (["day"], True, FactStanding.FITS, "Where you can start: no nights"),
        (["day"], True, FactStanding.ASK, "Where you can start: ask about nights first"),
        (["night"], False, FactStanding.PARTLY, "Days are usual"),
        (["day", "rotational"], False, FactStanding.ASK, "Ask about the shifts first"),
        ([], True, FactStanding.NOT_KNOWN, "Where you can start"),
    ],
)
def test_titles(accepted, is_beginner, shifts, title):
    parts = MatchParts(is_beginner, frozenset(accepted))
    assert parts.title(parts.part(is_entry=True, shifts=shifts)) == title


@given(NUMBERS)
def test_costs_name_every_number_that_is_against(numbers):
    for told, against in (
        (shift_costs(["day"], numbers), SHIFT_ORDER[1:]),
        (degree_costs("a diploma", numbers), SHIFT_ORDER[1:]),
        (work_costs(["Voice"], numbers), SHIFT_ORDER[3:]),
    ):
        counts = [numbers[one] for one in against if numbers.get(one)]
        told = [sentence for sentence in told if not sentence.startswith("We know of no role")]
        assert len(told) == len(counts) + bool(counts)
        assert all(f"{count} role" in sentence for count, sentence in zip(counts, told[1:], strict=True))


def test_nothing_said_costs_nothing():
    numbers = dict.fromkeys(SHIFT_ORDER, 3)
    assert shift_costs([], numbers) == degree_costs("", numbers) == work_costs([], numbers) == []
