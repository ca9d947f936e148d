from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.facets import Facets, Row

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


def narrow(all_rows, chosen):
    """By a plain walk."""
    return [
        one
        for one in all_rows
        if all(not values or values & one.values.get(facet, frozenset()) for facet, values in chosen.items())
    ]


def ids(facets, bits):
    return {key for key in facets.places if facets.has(bits, key)}


def test_choices_within_a_facet_widen_and_facets_narrow():
    facets = Facets([row(1, level=["entry"], shift=["day"]), row(2, level=["lead"], shift=["day", "night"])])
    both = {"level": frozenset(LEVELS)}
    assert ids(facets, facets.fitting(both)) == {1, 2}
    assert ids(facets, facets.fitting({**both, "shift": frozenset(["night"])})) == {2}


def test_giving_up_less_is_offered_before_giving_up_more():
    facets = Facets([row(1, level=["entry"], shift=["day"]), row(2, level=["lead"], shift=["night"])])
    chosen = {"level": frozenset(["entry"]), "shift": frozenset(["night"])}
    offers = facets.relaxations(chosen, found=0)
    assert [(offer.facets, offer.without_words, offer.count) for offer in offers] == [
        (("level",), True, 1),
        (("shift",), True, 1),
    ]


@given(rows, value_sets)
def test_narrowing_agrees_with_a_plain_walk(all_rows, chosen):
    facets = Facets(all_rows)
    assert ids(facets, facets.fitting(chosen)) == {one.id for one in narrow(all_rows, chosen)}


@given(rows, value_sets)
def test_what_fits_everything_is_closest_and_nothing_is_lost(all_rows, chosen):
    order = Facets(all_rows).closest([one.id for one in all_rows], chosen, most=99)
    fitting = [one.id for one in narrow(all_rows, chosen)]
    assert order[: len(fitting)] == fitting
    assert sorted(order) == sorted(one.id for one in all_rows)


@given(rows, value_sets, st.sets(st.integers(0, 7)))
def test_a_count_is_what_choosing_only_that_value_would_show(all_rows, chosen, found):
    facets = Facets(all_rows)
    tally = facets.counts(chosen, ["level", "shift"], among=facets.set_of(found))
    candidates = [one for one in all_rows if one.id in found]
    for facet, values in (("level", LEVELS), ("shift", SHIFTS)):
        for value in values:
            shown = narrow(candidates, {**chosen, facet: frozenset([value])})
            assert tally[facet].get(value, 0) == len(shown)


@given(rows, value_sets, st.none() | st.sets(st.integers(0, 7)))
def test_every_offer_gives_what_it_says_and_no_smaller_one_is_passed_over(all_rows, chosen, found):
    def left(dropped):
        kept = {facet: values for facet, values in chosen.items() if facet not in dropped}
        pool = [one for one in all_rows if found is None or "words" in dropped or one.id in found]
        return len(narrow(pool, kept))

    facets = Facets(all_rows)
    offers = facets.relaxations(chosen, found=None if found is None else facets.set_of(found), most=9)
    offered = [frozenset(offer.facets) | ({"words"} if offer.without_words else set()) for offer in offers]
    assert [offer.count for offer in offers] == [left(dropped) for dropped in offered]
    parts = [facet for facet, values in chosen.items() if values] + ([] if found is None else ["words"])
    for picks in product([False, True], repeat=len(parts)):
        dropped = frozenset(part for part, picked in zip(parts, picks, strict=True) if picked)
        if dropped and left(dropped):
            assert any(smaller <= dropped for smaller in offered)


@given(rows, st.lists(st.tuples(st.integers(0, 9), st.none() | value_sets), max_size=12), value_sets)
def test_after_changes_it_answers_as_if_it_were_built_anew(all_rows, changes, chosen):
    facets, now = Facets(all_rows), {one.id: one for one in all_rows}
    for key, values in changes:
        before = facets.counts({}, ["level", "shift"])
        later = facets.updated(gone=[key], rows=[] if values is None else [Row(key, values)])
        assert facets.counts({}, ["level", "shift"]) == before, "the former one is somebody's still"
        facets = later
        now.pop(key, None)
        if values is not None:
            now[key] = Row(key, values)
    anew = Facets(now.values())
    assert ids(facets, facets.fitting(chosen)) == ids(anew, anew.fitting(chosen))
    assert facets.counts(chosen, ["level", "shift"]) == anew.counts(chosen, ["level", "shift"])
    assert facets.every.bit_count() == len(now)
    assert len(facets.ids) <= 2 * len(now) + 1
