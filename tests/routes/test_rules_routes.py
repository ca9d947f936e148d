"""Routes against an independent brute force, which tries every one and computes what the criterion compares."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from careers.routes.rules.journeys import NEW, By, Offer, RoleMove
from careers.routes.rules.routes import RoleWays, best_routes, route_along

ROLES, SKILLS, CURRENCIES = range(5), range(1, 5), ["EUR", "INR", "USD"]
levels = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5))
needs = st.dictionaries(st.sampled_from(SKILLS), st.tuples(st.integers(1, 5), st.booleans()))
everything_asked = st.fixed_dictionaries({role: needs for role in ROLES if role != NEW})
amount = st.none() | st.integers(0, 9).map(lambda number: Decimal(number) / 4)
offers = st.tuples(*[
    st.builds(Offer, st.just(key), amount, st.sampled_from(CURRENCIES), amount, levels) for key in range(100, 104)
])  # fmt: skip
keys = st.sets(st.integers(100, 103))
months = st.none() | st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda pair: tuple(sorted(pair)))


@st.composite
def situations(draw):
    """Moves, and all that a route is made for."""
    every_offer = draw(offers)
    some_offers = st.lists(st.sampled_from(every_offer), max_size=2, unique_by=lambda offer: offer.key).map(tuple)
    ends = st.lists(
        st.tuples(st.sampled_from(ROLES), st.sampled_from(ROLES)).filter(lambda pair: pair[0] != pair[1]),
        max_size=14,
        unique=True,
    )
    moves = [RoleMove(*pair, draw(months), draw(some_offers), draw(st.booleans())) for pair in draw(ends)]
    person = {"asked": draw(everything_asked), "has": draw(levels), "held": draw(keys), "lowering": draw(keys)}
    start, target = draw(st.permutations(ROLES))[:2]
    return moves, start, target, person


def at_start(start, person):
    known = {skill: need[0] for skill, need in person["asked"].get(start, {}).items()}
    return {**known, **person["has"]}


def all_chains(moves, start, target):
    by_ends = {(move.start, move.end): move for move in moves}
    between = [role for role in ROLES if role not in (start, target)]
    for count in range(len(between) + 1):
        for middle in permutations(between, count):
            chain = [by_ends.get(pair) for pair in pairwise((start, *middle, target))]
            if None not in chain:
                yield chain


def counted_on(chain, person, base):
    """{key: offer} of the certifications that count on a chain."""
    found = {}
    for move in chain:
        for skill, (level, _) in person["asked"][move.end].items() if move.end in person["asked"] else ():
            for offer in move.offers:
                helps = offer.credits.get(skill, 0) > base.get(skill, 0) < level
                if helps and offer.key not in person["held"] | person["lowering"]:
                    found[offer.key] = offer
    return found


def units_on(chain, person, base):
    """Every (skill, level) to learn on a chain."""
    return {
        (skill, unit)
        for move in chain
        for skill, (level, _) in person["asked"].get(move.end, {}).items()
        for unit in range(1, level + 1)
        if unit > base.get(skill, 0)
    }


def compared(chain, moves, person, base, by):
    """The tuple by which routes are compared, from the words of the rule."""
    unknown = sum(move.months is None for move in chain)
    least = sum(move.months[0] for move in chain if move.months)
    longest = sum(move.months[1] for move in chain if move.months)
    aside = sum(move.is_sideways for move in chain)
    fewest = (len(chain), unknown, longest, aside)
    if by == By.FASTEST:
        return unknown, longest, least, len(chain), aside
    if by == By.FEWEST:
        return fewest
    if by == By.LEAST_NEW:
        return len(units_on(chain, person, base)), *fewest
    certifications = counted_on(chain, person, base).values()
    sums = Counter()
    for offer in certifications:
        if offer.fee is not None:
            sums[offer.currency] += offer.fee
    everything = {offer.key: offer.currency for move in moves for offer in move.offers if offer.fee is not None}
    often = Counter(everything.values())
    order = sorted(CURRENCIES, key=lambda currency: (-often[currency], currency))[:1]
    order += [currency for currency in CURRENCIES if currency not in order]
    return sum(offer.fee is None for offer in certifications), *(sums[currency] for currency in order), *fewest


@settings(max_examples=300)
@given(situations(), st.sampled_from(By))
def test_routes_are_the_best_of_all_and_differ_in_a_stop(situation, by):
    moves, start, target, person = situation
    base = at_start(start, person)
    least = {}
    for chain in all_chains(moves, start, target):
        stops = frozenset({start, *(move.end for move in chain)})
        measure = compared(chain, moves, person, base, by)
        least[stops] = min(measure, least.get(stops, measure))
    routes = best_routes(RoleWays(moves), start, target, **person, by=by)
    assert [compared([step.move for step in route.steps], moves, person, base, by) for route in routes] == sorted(
        least.values()
    )[:3]
    assert len({frozenset(route.stops) for route in routes}) == len(routes)
    for route in routes:
        assert len(set(route.stops)) == len(route.stops)
        assert (route.stops[0], route.stops[-1]) == (start, target)


@given(situations(), st.sampled_from(By))
def test_totals_add_up_from_the_route_with_each_thing_once(situation, by):
    moves, start, target, person = situation
    base = at_start(start, person)
    for route in best_routes(RoleWays(moves), start, target, **person, by=by):
        chain, totals = [step.move for step in route.steps], route.totals
        offers, units = counted_on(chain, person, base), units_on(chain, person, base)
        assert totals.moves == len(chain) == len(route.stops) - 1
        assert totals.months_unknown == sum(move.months is None for move in chain)
        assert totals.months == tuple(sum(move.months[end] for move in chain if move.months) for end in (0, 1))
        assert totals.levels == len(units)
        assert totals.skills == len({skill for skill, _ in units})
        assert [closing.offer.key for step in route.steps for closing in step.offers] == list(dict.fromkeys(
            closing.offer.key for step in route.steps for closing in step.offers
        ))  # fmt: skip
        assert totals.certifications == len(offers)
        assert totals.fees_unknown == sum(offer.fee is None for offer in offers.values())
        assert totals.hours_unknown == sum(offer.hours is None for offer in offers.values())
        assert totals.hours == sum(offer.hours or 0 for offer in offers.values())
        assert sum(totals.costs.values()) == sum(offer.fee or 0 for offer in offers.values())


@given(situations(), st.sampled_from(By))
def test_each_step_raises_from_what_is_there_to_what_its_end_asks(situation, by):
    moves, start, target, person = situation
    for route in best_routes(RoleWays(moves), start, target, **person, by=by):
        now = at_start(start, person)
        for step in route.steps:
            needed = person["asked"].get(step.move.end, {})
            assert {*step.there, *(one.skill for one in step.raises)} == set(needed)
            assert all(now[skill] >= needed[skill][0] for skill in step.there)
            for one in step.raises:
                assert (one.to, one.essential) == needed[one.skill]
                assert one.has == now.get(one.skill)
                now[one.skill] = one.to


@given(situations(), st.sampled_from(By), st.sampled_from(SKILLS), st.integers(0, 3))
def test_knowing_more_of_a_person_never_makes_the_route_longer_or_dearer(situation, by, skill, certificate):
    """More is: a level above what is shown or taken as there, or one more certificate held."""
    moves, start, target, person = situation
    better = at_start(start, person).get(skill, 0) + 1
    more = {**person, "has": {**person["has"], skill: better}, "held": person["held"] | {100 + certificate}}
    for route in best_routes(RoleWays(moves), start, target, **person, by=by):
        before, after = route.totals, route_along(RoleWays(moves), route.stops, **more).totals
        assert after.levels <= before.levels
        assert after.skills <= before.skills
        assert after.certifications <= before.certifications
        assert after.fees_unknown <= before.fees_unknown
        assert after.hours <= before.hours
        assert all(after.costs.get(currency, 0) <= before.costs[currency] for currency in before.costs)
        assert set(after.costs) <= set(before.costs)
    for by in (By.CHEAPEST, By.LEAST_NEW):
        before, after = (best_routes(RoleWays(moves), start, target, **one, by=by, most=1) for one in (person, more))
        assert bool(before) == bool(after)
        if before:
            measures = [
                compared([step.move for step in route.steps], moves, one, at_start(start, one), by)
                for route, one in ((before[0], person), (after[0], more))
            ]
            assert measures[1] <= measures[0]


@given(situations(), st.sampled_from(By))
def test_a_route_along_the_stops_of_a_route_is_that_route(situation, by):
    moves, start, target, person = situation
    for route in best_routes(RoleWays(moves), start, target, **person, by=by):
        assert route_along(RoleWays(moves), route.stops, **person) == route


NOBODY = {"asked": {}, "has": {}, "held": ()}


def test_time_not_known_is_never_fast():
    moves = [RoleMove(1, 4, None), RoleMove(1, 2, (30, 60)), RoleMove(2, 4, (30, 60))]
    route = best_routes(RoleWays(moves), 1, 4, **NOBODY, by=By.FASTEST)[0]
    assert route.stops == (1, 2, 4)
    assert route.totals.months == (60, 120)
    other = best_routes(RoleWays(moves), 1, 4, **NOBODY, by=By.FEWEST)[0].totals
    assert (other.months, other.months_unknown) == ((0, 0), 1)


def test_fee_not_known_is_never_cheap():
    belt, course = Offer(10, Decimal(900), "USD", None, {1: 2}), Offer(11, None, "", Decimal(3), {1: 2})
    moves = [RoleMove(1, 2, None, (course,)), RoleMove(1, 3, None, (belt,)), RoleMove(3, 2)]
    person = {"asked": {2: {1: (2, True)}, 3: {1: (1, True)}}, "has": {}, "held": ()}
    cheapest, other = (route.totals for route in best_routes(RoleWays(moves), 1, 2, **person, by=By.CHEAPEST))
    assert (cheapest.costs, cheapest.fees_unknown, cheapest.hours_unknown) == ({"USD": Decimal(900)}, 0, 1)
    assert (other.costs, other.fees_unknown, other.hours_unknown) == ({}, 1, 0)


def test_fees_with_many_digits_stay_apart_from_the_other_measures():
    dear = tuple(Offer(key, Decimal("9999999.99"), "IDR", None, {1: 5}) for key in (10, 11, 12))
    cheap, unknown = Offer(13, Decimal("29999999.96"), "IDR", None, {1: 5}), Offer(14, None, "", None, {1: 5})
    moves = [
        RoleMove(1, 2, None, dear), RoleMove(2, 5), RoleMove(1, 3, None, (cheap,)), RoleMove(3, 5),
        RoleMove(1, 4, None, (unknown,)), RoleMove(4, 5),
    ]  # fmt: skip
    asked = {role: {1: (5, True)} for role in (2, 3, 4)}
    routes = best_routes(RoleWays(moves), 1, 5, asked=asked, has={}, held=(), by=By.CHEAPEST)
    assert [route.stops[1] for route in routes] == [3, 2, 4]


def test_somebody_new_has_nothing_and_somebody_in_a_role_what_it_asks_for():
    moves = [RoleMove(NEW, 1), RoleMove(1, 2)]
    asked = {1: {7: (2, True)}, 2: {7: (3, True), 8: (1, False)}}
    entry, senior = route_along(RoleWays(moves), (NEW, 1, 2), asked=asked, has={}, held=()).steps
    assert [(one.has, one.to) for one in entry.raises] == [(None, 2)]
    assert [(one.skill, one.has, one.to) for one in senior.raises] == [(7, 2, 3), (8, None, 1)]
    [only] = route_along(RoleWays(moves), (1, 2), asked=asked, has={}, held=()).steps
    assert only.raises == senior.raises
    [shown] = route_along(RoleWays(moves), (1, 2), asked=asked, has={7: 1}, held=()).steps
    assert shown.raises[0].has == 1


def test_no_route_where_a_move_is_missing_or_nothing_is_moved():
    moves = [RoleMove(1, 2), RoleMove(2, 1), RoleMove(2, 3)]
    for stops in ((), (1,), (1, 3), (3, 2), (1, 1), (1, 2, 1)):
        assert route_along(RoleWays(moves), stops, **NOBODY) is None, stops
    assert best_routes(RoleWays(moves), 3, 1, **NOBODY, by=By.FASTEST) == []
    assert best_routes(RoleWays(moves), 1, 1, **NOBODY, by=By.FASTEST) == []
