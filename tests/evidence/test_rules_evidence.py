"""What counts of all that is known about a skill."""

from datetime import date, timedelta
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from careers.evidence.rules.levels import WEIGHT, Claim, age, current_claim

DAY = date(2026, 11, 22)
claim = st.builds(
    Claim,
    kind=st.sampled_from(list(WEIGHT)),
    proficiency=st.integers(1, 5),
    shown_on=st.integers(0, 4).map(lambda days: DAY - timedelta(days=days)),
    source=st.sampled_from(["", "A", "B"]),
    order=st.integers(0, 3),
)
claims = st.lists(claim, max_size=12)


def made(kind, proficiency, *, days_ago=0, source="", order=0):
    return Claim(kind, proficiency, DAY - timedelta(days=days_ago), source, order)


def of_one_source(one, other):
    named = {one.kind, other.kind} <= {"practice", "test", "certificate"}
    return one.kind == other.kind and (one.source == other.source or not named)


def test_nothing_known_is_no_claim():
    assert current_claim([]) is None


def test_own_rating_counts_while_there_is_nothing_better():
    rating = made("own_rating", 4)
    assert current_claim([rating]) == rating


def test_certificate_counts_before_a_higher_own_rating():
    certificate = made("certificate", 2, days_ago=900, source="Yellow Belt")
    assert current_claim([made("own_rating", 5), certificate]) == certificate


def test_newer_and_lower_own_rating_replaces_an_older_one():
    today = made("own_rating", 2)
    assert current_claim([made("own_rating", 4, days_ago=30), today]) == today


def test_easier_certificate_earned_later_undoes_nothing():
    hard = made("certificate", 4, days_ago=400, source="Green Belt")
    assert current_claim([hard, made("certificate", 2, source="Yellow Belt")]) == hard


def test_test_taken_again_counts_by_its_newest_result():
    again = made("test", 2, source="Typing")
    assert current_claim([made("test", 4, days_ago=1, source="Typing"), again]) == again


def test_hr_has_one_word_whatever_name_came_with_it():
    newer = made("hr_word", 2, source="Review")
    assert current_claim([made("hr_word", 4, days_ago=9, source="Talk"), newer]) == newer


def test_among_equal_levels_the_weightier_source_is_the_reason():
    certificate = made("certificate", 3, days_ago=90, source="Yellow Belt")
    assert current_claim([made("test", 3, source="Typing"), certificate]) == certificate


@given(st.data(), claims)
def test_order_of_claims_does_not_matter(data, given_claims):
    assert current_claim(data.draw(st.permutations(given_claims))) == current_claim(given_claims)


@given(claims)
def test_verified_beats_own_rating_whatever_the_numbers(given_claims):
    found = current_claim(given_claims)
    if any(one.is_verified for one in given_claims):
        assert found.is_verified


@given(claims)
def test_what_counts_is_the_newest_of_its_source(given_claims):
    found = current_claim(given_claims)
    assert all(one.shown_on <= found.shown_on for one in given_claims if of_one_source(one, found))


@given(claims)
def test_level_is_one_that_was_claimed_never_a_sum(given_claims):
    found = current_claim(given_claims)
    assert (found is None) == (not given_claims)
    assert found is None or found in given_claims


@given(claims, claim)
def test_older_claim_of_a_known_source_changes_nothing(given_claims, extra):
    if any(of_one_source(one, extra) and one.shown_on > extra.shown_on for one in given_claims):
        assert current_claim([*given_claims, extra]) == current_claim(given_claims)


@given(st.data(), claims.filter(len))
def test_taking_back_one_claim_lets_at_most_an_older_one_of_its_source_count(data, given_claims):
    found = current_claim(given_claims)
    taken = data.draw(st.sampled_from(given_claims))
    left = [one for one in given_claims if one != taken]
    now = current_claim(left)
    assert now != taken
    if taken != found:
        assert now == found or (of_one_source(now, taken) and age(now) <= age(taken))


@given(claims)
def test_taking_back_every_verified_claim_leaves_the_newest_own_rating(given_claims):
    left = [one for one in given_claims if not one.is_verified]
    now = current_claim(left)
    assert now is None or (now in left and all(age(one) <= age(now) for one in left))


@given(claims)
def test_taking_back_what_does_not_count_changes_nothing(given_claims):
    found = current_claim(given_claims)
    shadowed = [one for one in given_claims if of_one_source(one, found) and one.shown_on < found.shown_on]
    assert current_claim([one for one in given_claims if one not in shadowed]) == found


@given(claims)
def test_agrees_with_a_brute_force(given_claims):
    found = current_claim(given_claims)
    assert (found and (found.kind, found.proficiency)) == brute_force(given_claims)


def brute_force(given_claims):
    """Kind and level of what counts, worked out source by source in the words of the rule."""

    def source(one):
        return (one.kind, one.source if one.kind in ("practice", "test", "certificate") else "")

    newest = []
    for _, group in groupby(sorted(given_claims, key=source), key=source):
        group = list(group)
        last_day = max(one.shown_on for one in group)
        of_day = [one for one in group if one.shown_on == last_day]
        last_order = max(one.order for one in of_day)
        newest.append(max((one for one in of_day if one.order == last_order), key=lambda one: one.proficiency))
    for kinds in ({"practice", "test", "certificate", "hr_word"}, {"own_rating"}):
        among = [one for one in newest if one.kind in kinds]
        if among:
            level = max(one.proficiency for one in among)
            kind = max((one.kind for one in among if one.proficiency == level), key=list(WEIGHT).index)
            return kind, level
    return None
