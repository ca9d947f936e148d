"""The planner's search against an independent brute force on small random networks."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.planning.networks import Leg, Network, best_chains, nearest_reachable, weigh

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
    found = best_chains(Network(legs), start, target, most=3)
    possible = {} if start == target else every_chain(legs, start, target)
    assert [route.cost for route in found] == sorted(possible.values())[:3]
    assert len({frozenset(route.stops) for route in found}) == len(found)
    for route in found:
        assert len(set(route.stops)) == len(route.stops)
        assert (route.stops[0], route.stops[-1]) == (start, target)
        assert route.cost == possible[frozenset(route.stops)]


@given(legs, st.sampled_from(STOPS), st.sampled_from(STOPS))
def test_order_of_equal_routes_is_stable(legs, start, target):
    first, again = (best_chains(Network(legs), start, target) for _ in range(2))
    assert first == again


@given(legs, st.sampled_from(STOPS))
def test_nearest_are_those_that_can_be_reached_in_the_fewest_moves(legs, start):
    network = Network(legs)
    reached = {stop for stop in STOPS if stop != start and every_chain(legs, start, stop)}
    found = nearest_reachable(network, start, STOPS, most=len(STOPS))
    assert set(found) == reached
    fewest = {stop: min(len(stops) for stops in every_chain(legs, start, stop)) for stop in found}
    assert [fewest[stop] for stop in found] == sorted(fewest.values())


def test_what_is_paid_once_makes_the_longer_chain_cheaper():
    belt = {"belt": 10}
    legs = [Leg("A", "B", 1, belt), Leg("B", "D", 1, belt), Leg("A", "C", 1, {"other": 6}), Leg("C", "D", 1, belt)]
    assert best_chains(Network(legs), "A", "D")[0].stops == ("A", "B", "D")


def test_no_way_is_no_chain():
    network = Network([Leg("A", "B", 1), Leg("C", "B", 1)])
    assert best_chains(network, "A", "C") == []
    assert best_chains(network, "A", "nowhere") == []
    assert best_chains(network, "nowhere", "A") == []


def test_network_in_which_nearly_all_chains_lead_in_circles_is_given_up_in_time():
    """Sixty stops, each linked to each, and one way out: a further alternative would mean trying every circle."""
    stops = range(60)
    legs = [Leg(a, b, 0) for a in stops for b in stops if a != b] + [Leg(7, "out", 1)]
    routes = best_chains(Network(legs), 0, "out")
    assert routes[0].stops[0] == 0
    assert routes[0].cost == 1


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_weighing_orders_as_the_measures_do(one, other):
    if len(one) == len(other):
        assert (weigh(*one) < weigh(*other)) == (one < other)


@pytest.mark.parametrize("most", [1, 2, 5])
def test_never_more_than_asked(most):
    legs = [leg for middle in "BCDEF" for leg in (Leg("A", middle, 1), Leg(middle, "Z", 1))]
    assert len(best_chains(Network(legs), "A", "Z", most=most)) == most
