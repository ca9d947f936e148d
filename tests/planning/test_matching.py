"""Which roles fit: what the rule promises holds for every role and every person."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from careers.planning.gaps import Need, fit
from careers.planning.matching import Band, Candidate, best_help, match, rank

level = st.integers(1, 5)
skill = st.sampled_from("abcdefgh")
levels = st.dictionaries(skill, level)
asked = st.dictionaries(skill, st.tuples(level, st.booleans()))
roles = st.lists(st.tuples(level, asked), max_size=8)
offers = st.dictionaries(st.integers(1, 5), levels, max_size=4)


def matched(needs, has):
    return match(fit(needs, has).needs)


def candidates(asking, has):
    return [Candidate(id, level, id, matched(needs, has)) for id, (level, needs) in enumerate(asking)]


def test_points_of_a_role():
    found = matched({"a": (4, True), "b": (3, True), "c": (2, False)}, {"a": 2, "c": 5})
    assert [(reason.points, reason.possible) for reason in found.reasons] == [(6, 12), (0, 9), (2, 2)]
    assert (found.points, found.possible, found.percent) == (8, 23, 34)


def test_eighty_percent_with_no_wide_gap_fits_now():
    assert matched({"a": (5, True)}, {"a": 4}).band == Band.FITS_NOW
    assert matched({"a": (4, True)}, {"a": 3}).band == Band.WITHIN_REACH


def test_one_wide_gap_is_not_made_up_for_by_all_the_rest():
    rest = dict.fromkeys("bcdefgh", (5, True))
    there = dict.fromkeys(rest, 5)
    assert matched({"a": (3, True), **rest}, {"a": 1, **there}).band == Band.WITHIN_REACH
    assert matched({"a": (4, True), **rest}, {"a": 1, **there}).band == Band.FURTHER_AWAY
    assert matched({"a": (4, False), **rest}, {"a": 1, **there}).band == Band.FITS_NOW


def test_gap_that_keeps_a_role_from_what_its_points_are_enough_for_is_named():
    found = matched({"a": (4, True), "b": (5, True), "c": (5, True)}, {"a": 2, "b": 5, "c": 5})
    assert (found.band_by_points, found.band) == (Band.FITS_NOW, Band.WITHIN_REACH)
    assert [reason.need.skill for reason in found.held_back_by] == ["a"]
    assert matched({"a": (4, True)}, {"a": 1}).held_back_by == []


@given(asked, levels)
def test_a_role_is_below_what_its_points_are_enough_for_only_where_a_gap_is_named(needs, has):
    found = matched(needs, has)
    assert found.band >= found.band_by_points
    assert bool(found.held_back_by) == (found.band > found.band_by_points)


def test_what_is_not_rated_may_turn_out_to_be_there():
    found = matched({"a": (4, True), "b": (4, True)}, {"a": 4})
    assert (found.band, found.at_best) == (Band.FURTHER_AWAY, Band.FITS_NOW)


def test_equal_roles_stand_by_level_and_then_in_the_guides_order():
    asking = [
        (1, {"a": (3, True)}),
        (2, {"a": (3, True)}),
        (2, {"b": (3, True), "a": (3, True)}),
        (2, {"a": (3, True)}),
    ]
    assert [one.id for one in rank(candidates(asking, {"a": 3}))] == [1, 3, 0, 2]


def test_role_that_asks_for_nothing_is_not_ranked():
    assert [one.id for one in rank(candidates([(1, {}), (1, {"a": (3, True)})], {"a": 1}))] == [1]


@given(roles, levels)
def test_without_evidence_there_is_no_ranking(asking, has):
    assert rank(candidates(asking, {})) == []
    foreign = {name: value for name, value in has.items() if not any(name in needs for _, needs in asking)}
    assert rank(candidates(asking, foreign)) == []


@given(roles, levels, skill, st.integers(1, 4))
def test_raising_a_skill_never_lowers_a_match_and_lowering_one_never_raises_it(asking, has, name, by):
    more = {**has, name: min(5, has.get(name, 0) + by)}
    for less_able, abler in zip(candidates(asking, has), candidates(asking, more), strict=True):
        assert abler.match.band <= less_able.match.band
        assert abler.match.score >= less_able.match.score
        assert abler.place <= less_able.place


@given(roles, levels, skill, st.integers(1, 4), st.data())
def test_raising_a_skill_never_drops_a_role_below_one_that_stayed(asking, has, name, by, data):
    """Beside a role that does not ask for the skill: what was above it stays above it."""
    still = data.draw(st.sampled_from([id for id, (_, needs) in enumerate(asking) if name not in needs] or [None]))
    assume(still is not None)
    more = {**has, name: min(5, has.get(name, 0) + by)}
    before, after = candidates(asking, has), candidates(asking, more)
    assert after[still].place == before[still].place
    above = {one.id for one in before if one.place < before[still].place}
    assert above <= {one.id for one in after if one.place < after[still].place}


@given(roles, levels, st.randoms())
def test_order_does_not_depend_on_the_order_of_the_input(asking, has, chance):
    given_order = candidates(asking, has)
    shuffled = chance.sample(given_order, len(given_order))
    assert rank(shuffled) == rank(given_order)
    assert len({one.place for one in given_order}) == len(given_order)


@given(asked, levels)
def test_reasons_add_up_to_the_score(needs, has):
    found = matched(needs, has)
    assert [reason.need.skill for reason in found.reasons] == list(needs)
    assert sum(reason.points for reason in found.reasons) == found.points
    assert sum(reason.possible for reason in found.reasons) == found.possible
    assert all(isinstance(reason.points, int) and 0 <= reason.points <= reason.possible for reason in found.reasons)
    assert found.score == (Fraction(found.points, found.possible) if needs else 0)
    assert 0 <= found.percent <= found.score * 100 < found.percent + 1


@given(asked, levels)
def test_band_says_what_the_rule_says(needs, has):
    found = matched(needs, has)
    short = max(
        (asked_level - has.get(name, 0) for name, (asked_level, essential) in needs.items() if essential), default=0
    )
    by_hand = (
        Band.FITS_NOW
        if found.points * 100 >= found.possible * 80 and short < 2 and found.possible
        else Band.WITHIN_REACH
        if found.points * 100 >= found.possible * 50 and short <= 2 and found.possible
        else Band.FURTHER_AWAY
    )
    assert found.band == by_hand
    assert found.at_best <= found.band


@given(asked, levels, offers)
def test_certificate_that_helps_most_raises_by_what_it_says_and_none_raises_more(needs, has, shown):
    found = best_help(fit(needs, has), shown)
    now = matched(needs, has).points
    raised = {certificate: matched(needs, {**has, **after}).points - now for certificate, after in shown.items()}
    best = max(raised.values(), default=0)
    if best <= 0:
        assert found is None
    else:
        assert found.certificate == next(one for one, points in raised.items() if points == best)
        assert found.points == best == found.match.points - now
        assert all(gain.points for gain in found.gains)
        assert {gain.skill: gain.before for gain in found.gains}.items() <= {n: has.get(n) for n in needs}.items()
        assert {gain.skill: gain.after for gain in found.gains}.items() <= shown[found.certificate].items()


def test_certificate_that_shows_less_than_one_rated_is_told_with_its_loss():
    found = best_help(fit({"a": (5, True), "b": (3, False)}, {"a": 2, "b": 3}), {"belt": {"a": 5, "b": 1}})
    assert [(gain.skill, gain.before, gain.after, gain.points) for gain in found.gains] == [
        ("a", 2, 5, 9),
        ("b", 3, 1, -2),
    ]


def test_not_rated_skill_is_short_of_all_that_is_asked_but_not_known():
    found = matched({"a": (3, True)}, {})
    assert found.needs == [Need("a", 3, True, None)]
    assert found.most_short == 3
