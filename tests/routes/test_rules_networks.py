"""The planner's search against an independent brute force on small random networks."""

from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.routes.rules import chains
from careers.routes.rules.chains import best_chains
from careers.routes.rules.networks import PLACE, Leg, nearest_reachable, network_of, weigh

STOPS = "ABCDEF"
THINGS = {"yellow belt": 4, "green belt": 9, "coaching 3": 1}
pair = st.tuples(st.sampled_from(STOPS), st.sampled_from(STOPS)).filter(lambda ends: ends[0] != ends[1])
bundle = st.sets(st.sampled_from(sorted(THINGS))).map(lambda names: {name: THINGS[name] for name in names})
leg = st.builds(lambda ends, cost, once: Leg(*ends, cost, once), pair, st.integers(0, 3), bundle)
legs = st.lists(leg, max_size=24, unique_by=lambda leg: (leg.start, leg.end))


def every_chain(legs, start, target):
    """{the set of its stops: the least cost} of all chains without a stop twice, by trying all of them."""
    by_ends = {(leg.start, leg.end): leg for leg in legs}
    least = {}
    between = [stop for stop in STOPS if stop not in (start, target)]
    for count in range(len(between) + 1):
        for middle in permutations(between, count):
            stops = (start, *middle, target)
            chain = [by_ends.get(ends) for ends in pairwise(stops)]
            if None not in chain:
                paid = {}
                for one in chain:
                    paid.update(one.once)
                cost = sum(one.cost for one in chain) + sum(paid.values())
                least[frozenset(stops)] = min(cost, least.get(frozenset(stops), cost))
    return least


@settings(max_examples=400)
@given(legs, st.sampled_from(STOPS), st.sampled_from(STOPS))
def test_routes_are_the_cheapest_of_all_and_differ_in_a_stop(legs, start, target):
    found = best_chains(network_of(legs), start, target, most=3)
    possible = {} if start == target else every_chain(legs, start, target)
    assert [route.cost for route in found] == sorted(possible.values())[:3]
    assert len({frozenset(route.stops) for route in found}) == len(found)
    for route in found:
        assert len(set(route.stops)) == len(route.stops)
        assert (route.stops[0], route.stops[-1]) == (start, target)
        assert route.cost == possible[frozenset(route.stops)]


@given(legs, st.sampled_from(STOPS), st.sampled_from(STOPS), st.integers(0, 12))
def test_what_is_found_without_a_proof_is_a_chain_and_says_so(legs, start, target, tried):
    """However early the search gives up, whoever can get there is shown how."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "MOST_TRIED", tried)
        found = best_chains(network_of(legs), start, target, most=3)
    possible = {} if start == target else every_chain(legs, start, target)
    cheapest = sorted(possible.values())
    assert bool(found) == bool(possible)
    assert len({frozenset(chain.stops) for chain in found}) == len(found)
    for place, chain in enumerate(found):
        assert chain.cost >= possible[frozenset(chain.stops)] >= cheapest[place if chain.is_proven else 0]
        assert not chain.is_proven or chain.cost == cheapest[place]
    assert [chain.is_proven for chain in found] == sorted((chain.is_proven for chain in found), reverse=True)


def test_tangled_network_is_answered_without_a_proof():
    """Ten layers of thirty stops, each with things of its own to pay for: no search proves the cheapest in time."""
    chance = Random(3)
    stops = [(layer, place) for layer in range(10) for place in range(30)]
    brings = {stop: {(chance.randrange(60), unit): 1 for unit in range(8) for _ in range(3)} for stop in stops}
    pairs = [((layer, place), (layer + 1, chance.randrange(30))) for layer, place in stops[:-30] for _ in range(30)]
    legs = [Leg(start, end, 0, brings[end]) for start, end in pairs]
    found = best_chains(network_of(legs), (0, 0), (9, 1))
    assert found
    assert not found[-1].is_proven
    assert all(len(chain.stops) == 10 for chain in found)


@given(st.permutations("BCDE"))
def test_equal_chains_come_in_the_order_in_which_the_legs_name_their_stops(middles):
    legs = [leg for middle in middles for leg in (Leg("A", middle, 1), Leg(middle, "F", 1))]
    found = best_chains(network_of(legs), "A", "F", most=4)
    assert [chain.stops[1] for chain in found] == middles


@given(legs, st.sampled_from(STOPS))
def test_nearest_are_those_that_can_be_reached_in_the_fewest_moves(legs, start):
    network = network_of(legs)
    reached = {stop for stop in STOPS if stop != start and every_chain(legs, start, stop)}
    found = nearest_reachable(network.ways.after, start, order=STOPS.index, most=len(STOPS))
    assert set(found) == reached
    fewest = {stop: min(len(stops) for stops in every_chain(legs, start, stop)) for stop in found}
    assert [fewest[stop] for stop in found] == sorted(fewest.values())


def test_what_is_paid_once_makes_the_longer_chain_cheaper():
    belt = {"belt": 10}
    legs = [Leg("A", "B", 1, belt), Leg("B", "D", 1, belt), Leg("A", "C", 1, {"other": 6}), Leg("C", "D", 1, belt)]
    assert best_chains(network_of(legs), "A", "D")[0].stops == ("A", "B", "D")


def test_no_way_is_no_chain():
    network = network_of([Leg("A", "B", 1), Leg("C", "B", 1)])
    assert best_chains(network, "A", "C") == []
    assert best_chains(network, "A", "nowhere") == []
    assert best_chains(network, "nowhere", "A") == []


def test_network_in_which_nearly_all_chains_lead_in_circles_is_given_up_in_time():
    """Sixty stops, each linked to each, and one way out: a further alternative would mean trying every circle."""
    stops = range(60)
    legs = [Leg(a, b, 0) for a in stops for b in stops if a != b] + [Leg(7, "out", 1)]
    routes = best_chains(network_of(legs), 0, "out")
    assert routes[0].stops[0] == 0
    assert routes[0].cost == 1


@given(st.lists(st.tuples(*[st.integers(0, PLACE // 2 - 1)] * 2), min_size=1, max_size=5))
def test_weights_order_and_add_up_as_their_measures_do(measures):
    one, other = zip(*measures, strict=True)
    assert (weigh(*one) < weigh(*other)) == (one < other)
    assert weigh(*one) + weigh(*other) == weigh(*map(sum, measures))


@pytest.mark.parametrize("most", [1, 2, 5])
def test_never_more_than_asked(most):
    legs = [leg for middle in "BCDEF" for leg in (Leg("A", middle, 1), Leg(middle, "Z", 1))]
    assert len(best_chains(network_of(legs), "A", "Z", most=most)) == most
