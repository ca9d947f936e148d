"""Which roles fit: what the rule promises holds for every role and every person."""

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from careers.evidence.rules.gains import without_loss
from careers.evidence.rules.gaps import Need, fit
from careers.evidence.rules.matching import NOTHING_RATED, Band, Match, best_help, match, standing

level = st.integers(1, 5)
skill = st.sampled_from("abcdefgh")
levels = st.dictionaries(skill, level)
asked = st.dictionaries(skill, st.tuples(level, st.booleans()))
roles = st.lists(st.tuples(level, asked), max_size=8)
offers = st.dictionaries(st.integers(1, 5), levels, max_size=4)


@dataclass(frozen=True)
class Candidate:
    """A role to rank, by the words of the rule."""

    id: int
    level: int
    order: int
    match: Match

    @property
    def place(self):
        reach = self.match.at_best if self.match.band == Band.CANNOT_SAY else self.match.band
        return self.match.band, reach, -self.match.score, -self.level, self.order


def rank(candidates):
    asking = [candidate for candidate in candidates if candidate.match.possible]
    if not any(need.is_known for candidate in asking for need in candidate.match.needs):
        return []
    return sorted(asking, key=lambda candidate: candidate.place)


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
    assert found.as_rated >= found.band_by_points
    assert bool(found.held_back_by) == (found.as_rated > found.band_by_points)


def test_of_what_one_rating_decides_nobody_can_say_yet():
    needs = {"a": (4, True), "b": (4, True)}
    found = matched(needs, {"a": 4})
    assert (found.as_rated, found.at_best, found.band) == (Band.FURTHER_AWAY, Band.FITS_NOW, Band.CANNOT_SAY)
    assert matched(needs, {"a": 4, "b": 4}).band == Band.FITS_NOW
    assert matched(needs, {"a": 4, "b": 1}).band == Band.FURTHER_AWAY


def test_what_is_within_reach_already_stays_there_though_it_may_rise():
    found = matched({"a": (5, True), "b": (2, True)}, {"a": 5})
    assert (found.band, found.at_best, found.may_rise) == (Band.WITHIN_REACH, Band.FITS_NOW, True)


def test_what_nobody_can_say_stands_by_what_it_could_reach_before_its_score():
    could_fit = (1, {"a": (1, True), "b": (5, True)})
    could_come_near = (1, {"a": (4, True), "b": (5, True)})
    found = candidates([could_come_near, could_fit], {"a": 2})
    assert [(one.match.band, one.match.at_best, one.match.percent) for one in found] == [
        (Band.CANNOT_SAY, Band.WITHIN_REACH, 22),
        (Band.CANNOT_SAY, Band.FITS_NOW, 16),
    ]
    assert [one.id for one in rank(found)] == [1, 0]


def test_one_rating_cannot_show_that_a_role_fits_which_asks_for_two():
    needs = {"a": (4, True), "b": (4, True)}
    assert not matched(needs, {"a": 5}).can_be_seen_to_fit
    assert matched(needs, {"a": 1, "b": 1}).can_be_seen_to_fit


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


@given(asked.filter(bool), levels)
def test_the_few_numbers_that_many_are_ranked_by_say_what_the_match_says(needs, has):
    found, (short, can_be_seen) = matched(needs, has), standing(needs, has)
    band, reach, minus_score, *_ = Candidate(1, 1, 1, found).place
    assert (short.band, short.reach) == (band, reach)
    assert short.minus_score == float(minus_score)
    assert can_be_seen == found.can_be_seen_to_fit
    assert (short == NOTHING_RATED) == has.keys().isdisjoint(needs)


@given(asked.filter(bool), asked.filter(bool), levels)
def test_two_roles_stand_to_each_other_as_their_matches_do(one, other, has):
    places = [Candidate(1, 1, 1, matched(needs, has)).place for needs in (one, other)]
    short = [standing(needs, has)[0] for needs in (one, other)]
    assert (short[0] < short[1], short[0] == short[1]) == (places[0] < places[1], places[0] == places[1])


@given(roles, levels)
def test_without_evidence_there_is_no_ranking(asking, has):
    assert rank(candidates(asking, {})) == []
    foreign = {name: value for name, value in has.items() if not any(name in needs for _, needs in asking)}
    assert rank(candidates(asking, foreign)) == []


@given(roles, levels, skill, level, level)
def test_a_higher_rating_never_makes_a_match_worse_than_a_lower_one(asking, has, name, one, other):
    low, high = sorted([one, other])
    lower, higher = candidates(asking, {**has, name: low}), candidates(asking, {**has, name: high})
    for less_able, abler in zip(lower, higher, strict=True):
        assert abler.match.band <= less_able.match.band
        assert abler.match.score >= less_able.match.score
        assert abler.place <= less_able.place


@given(roles, levels, skill, level)
def test_a_first_rating_lowers_no_score_and_takes_no_role_out_of_the_two_that_are_sure(asking, has, name, rating):
    before = {key: value for key, value in has.items() if key != name}
    for unrated, rated in zip(candidates(asking, before), candidates(asking, {**before, name: rating}), strict=True):
        assert rated.match.score >= unrated.match.score
        assert rated.match.as_rated <= unrated.match.as_rated
        assert unrated.match.at_best <= rated.match.at_best
        if unrated.match.band != Band.CANNOT_SAY:
            assert rated.match.band <= unrated.match.band


@given(asked, levels, st.dictionaries(skill, level))
def test_nobody_can_say_only_where_a_rating_that_is_lacking_decides(needs, has, told):
    """Whatever the rest is rated later, the role ends between what is sure and what it could reach at best."""
    found = matched(needs, has)
    assert found.at_best <= found.as_rated
    assert (found.band == Band.CANNOT_SAY) == (found.at_best < found.as_rated == Band.FURTHER_AWAY)
    assert found.at_best <= matched(needs, {**told, **has}).as_rated <= found.as_rated
    everything = {**{name: asked_level for name, (asked_level, _) in needs.items()}, **has}
    assert matched(needs, everything).band == found.at_best


@given(roles, levels, skill, level, level, st.data())
def test_a_higher_rating_never_drops_a_role_below_one_that_does_not_ask_for_it(asking, has, name, one, other, data):
    still = data.draw(st.sampled_from([id for id, (_, needs) in enumerate(asking) if name not in needs] or [None]))
    assume(still is not None)
    low, high = sorted([one, other])
    before, after = candidates(asking, {**has, name: low}), candidates(asking, {**has, name: high})
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
    assert found.as_rated == by_hand


@given(asked, levels, offers)
def test_certificate_that_helps_most_raises_by_what_it_says_and_none_that_is_allowed_raises_more(needs, has, shown):
    found = best_help(fit(needs, has), without_loss(shown, has))
    now = matched(needs, has)
    rated = {name: value for name, value in needs.items() if name in has}
    raised = {
        certificate: matched(rated, {**has, **after}).points - matched(rated, has).points
        for certificate, after in shown.items()
        if all(after[name] >= has[name] for name in after if name in has)
    }
    best = max(raised.values(), default=0)
    if best <= 0 or now.band == Band.FITS_NOW:
        assert found is None
    else:
        assert found.certification == next(one for one, points in raised.items() if points == best)
        assert found.points == best == found.match.points - now.points
        assert {gain.skill: gain.before for gain in found.gains if gain.before}.items() <= has.items()
        assert {gain.skill: gain.after for gain in found.gains}.items() <= shown[found.certification].items()


@given(asked, levels, offers)
def test_no_certificate_that_is_allowed_lowers_a_skill_or_a_match(needs, has, shown):
    """What is not rated may come with it, so with it the match is as good as it says or better."""
    allowed = without_loss(shown, has)
    for after in allowed.values():
        assert all({**has, **after}[name] >= has[name] for name in has)
    found = best_help(fit(needs, has), allowed)
    if found:
        really = matched(needs, {**has, **shown[found.certification]})
        assert really.points >= found.match.points > matched(needs, has).points
        assert really.as_rated <= found.match.as_rated <= matched(needs, has).as_rated


def test_certificate_that_would_lower_a_skill_is_not_named_though_no_role_asks_for_that_skill():
    person = {"a": 2, "z": 4}
    asking = fit({"a": (5, True)}, person)
    assert best_help(asking, without_loss({"belt": {"a": 5, "z": 2}}, person)) is None
    assert best_help(asking, without_loss({"belt": {"a": 5, "z": 4}}, person)).certification == "belt"


def test_certificate_is_not_named_for_what_is_not_rated_nor_where_a_role_fits():
    belt = {"belt": {"a": 5, "b": 5}}
    assert best_help(fit({"a": (5, True), "b": (5, True)}, {"b": 5}), belt) is None
    assert best_help(fit({"a": (5, True), "b": (5, True)}, {"b": 5, "a": 4}), belt) is None
    assert best_help(fit({"a": (5, True), "b": (5, True)}, {"b": 5, "a": 2}), belt).points == 9


def test_not_rated_skill_is_short_of_all_that_is_asked_but_not_known():
    found = matched({"a": (3, True)}, {})
    assert found.needs == [Need("a", 3, True, None)]
    assert found.most_short == 3
