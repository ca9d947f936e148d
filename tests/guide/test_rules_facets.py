from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.facets import Row, closest, counts, narrow, relaxations

LEVELS, SHIFTS = ["entry", "lead"], ["day", "night"]
value_sets = st.fixed_dictionaries(
    {
        "level": st.sets(st.sampled_from(LEVELS), max_size=1).map(frozenset),
        "shift": st.sets(st.sampled_from(SHIFTS)).map(frozenset),
    }
)
rows = st.lists(value_sets, max_size=8).map(lambda values: [Row(number, one) for number, one in enumerate(values)])


def row(number, **values):
    return Row(number, {facet: frozenset(found) for facet, found in values.items()})


def test_choices_within_a_facet_widen_and_facets_narrow():
    found = [row(1, level=["entry"], shift=["day"]), row(2, level=["lead"], shift=["day", "night"])]
    both = {"level": frozenset(LEVELS)}
    assert [one.id for one in narrow(found, both)] == [1, 2]
    assert [one.id for one in narrow(found, {**both, "shift": frozenset(["night"])})] == [2]


def test_giving_up_less_is_offered_before_giving_up_more():
    found = [row(1, level=["entry"], shift=["day"]), row(2, level=["lead"], shift=["night"])]
    chosen = {"level": frozenset(["entry"]), "shift": frozenset(["night"])}
    offers = relaxations(found, frozenset(), chosen, words=True)
    assert [(offer.facets, offer.without_words, offer.count) for offer in offers] == [
        (("level",), True, 1),
        (("shift",), True, 1),
    ]


@given(rows, value_sets)
def test_narrowing_agrees_with_a_plain_walk(all_rows, chosen):
    expected = [
        one
        for one in all_rows
        if (not chosen["level"] or chosen["level"] & one.values["level"])
        and (not chosen["shift"] or chosen["shift"] & one.values["shift"])
    ]
    assert narrow(all_rows, chosen) == expected


@given(rows, value_sets)
def test_what_fits_everything_is_closest_and_nothing_is_lost(all_rows, chosen):
    order = closest(all_rows, chosen)
    fitting = [one.id for one in narrow(all_rows, chosen)]
    assert order[: len(fitting)] == fitting
    assert sorted(order) == sorted(one.id for one in all_rows)


@given(rows, value_sets)
def test_a_count_is_what_choosing_only_that_value_would_show(all_rows, chosen):
    tally = counts(all_rows, chosen, ["level", "shift"])
    for facet, values in (("level", LEVELS), ("shift", SHIFTS)):
        for value in values:
            shown = narrow(all_rows, {**chosen, facet: frozenset([value])})
            assert tally[facet].get(value, 0) == len(shown)


@given(rows, value_sets, st.booleans(), st.sets(st.integers(0, 7)))
def test_every_offer_gives_what_it_says_and_no_smaller_one_is_passed_over(all_rows, chosen, words, found):
    def left(dropped):
        kept = {facet: values for facet, values in chosen.items() if facet not in dropped}
        pool = [one for one in all_rows if not words or "words" in dropped or one.id in found]
        return len(narrow(pool, kept))

    offers = relaxations(all_rows, frozenset(found), chosen, words=words, most=9)
    offered = [frozenset(offer.facets) | ({"words"} if offer.without_words else set()) for offer in offers]
    assert [offer.count for offer in offers] == [left(dropped) for dropped in offered]
    parts = [facet for facet, values in chosen.items() if values] + (["words"] if words else [])
    for picks in product([False, True], repeat=len(parts)):
        dropped = frozenset(part for part, picked in zip(parts, picks, strict=True) if picked)
        if dropped and left(dropped):
            assert any(smaller <= dropped for smaller in offered)
