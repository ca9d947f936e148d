"""What a certification changes: match and planner say the same of one person, one role and one certification."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from careers.evidence.rules.gains import Effect, gains, lowered, without_loss
from careers.evidence.rules.gaps import fit
from careers.evidence.rules.levels import Claim, current_claim, level_with
from careers.evidence.rules.matching import Band, best_help, match
from careers.routes.rules.journeys import NEW, By, Offer, RoleMove, Why
from careers.routes.rules.routes import RoleWays, best_routes, route_along

SKILLS, BELTS = range(1, 5), range(100, 104)
TARGET, START = 9, 8
level = st.integers(1, 5)
levels = st.dictionaries(st.sampled_from(SKILLS), level)
asked = st.dictionaries(st.sampled_from(SKILLS), st.tuples(level, st.booleans()))
kind = st.sampled_from(["own_rating", "test", "certificate", "hr_word"])
claims = st.dictionaries(st.sampled_from(SKILLS), st.builds(Claim, kind, level, st.just(date(2026, 1, 1))))
credits = st.fixed_dictionaries(dict.fromkeys(BELTS, levels))
some = st.sets(st.sampled_from(BELTS))


@given(asked, levels, levels)
def test_each_skill_is_closed_narrowed_shown_or_left_as_it_is(needs, has, brings):
    found = {gain.skill: gain for gain in gains(fit(needs, has).needs, brings)}
    for skill, (asked_level, _) in needs.items():
        now, then = has.get(skill), brings.get(skill, 0)
        if then <= (now or 0) or (now or 0) >= asked_level:
            assert skill not in found
        elif now is None:
            assert found[skill].effect == Effect.SHOWS
        else:
            assert found[skill].effect == (Effect.CLOSES if then >= asked_level else Effect.NARROWS)
    assert list(found) == [skill for skill in needs if skill in found], "in the role's order"


@given(claims.flatmap(lambda one: st.tuples(st.just(one), credits)))
def test_level_with_a_certificate_is_what_the_evidence_would_say_once_it_is_earned(pair):
    known, shown = pair
    for credited in shown.values():
        for skill, value in credited.items():
            earned = Claim("certificate", value, date(2026, 2, 1), "Just earned", order=1)
            told = current_claim([*([known[skill]] if skill in known else []), earned])
            assert level_with(known.get(skill), value) == told.proficiency


def person_of(known, shown, held):
    """As `evidence.selectors.helps` makes it: (has, what each certification that is not held would bring, those
    that lower).
    """
    has = {skill: claim.proficiency for skill, claim in known.items()}
    bring = {
        one: {skill: level_with(known.get(skill), value) for skill, value in credited.items()}
        for one, credited in shown.items()
        if one not in held
    }
    return has, bring, {one for one, brought in bring.items() if lowered(brought, has)}


@settings(max_examples=300)
@given(asked, asked, claims, credits, some, some, st.booleans())
def test_match_and_planner_agree_on_every_certification(start, needs, known, shown, held, recommended, is_new):
    has, bring, lowering = person_of(known, shown, held)
    offers = tuple(Offer(one, None, "", None, shown[one]) for one in sorted(recommended))
    begin = NEW if is_new else START
    asking = {START: start, TARGET: needs}
    route = route_along(
        RoleWays([RoleMove(begin, TARGET, None, offers)]),
        (begin, TARGET),
        asked=asking,
        has=has,
        held=held,
        lowering=lowering,
    )
    [step] = route.steps
    asked_of_person = fit(needs, has)
    counted = {one.offer.key: set(one.skills) for one in step.offers}
    assert {*counted, *step.left} == recommended
    for one in recommended:
        by_match = gains(asked_of_person.needs, without_loss(bring, has).get(one, {}))
        told = {gain.skill for gain in by_match if gain.effect != Effect.SHOWS}
        assert told == {skill for skill in counted.get(one, ()) if skill in has}, "the gaps that are known"
        assert counted.get(one, set()) <= {gain.skill for gain in by_match}, "the planner counts nothing more"
        if is_new:
            assert counted.get(one, set()) == {gain.skill for gain in by_match}, (
                "and nothing less, where it takes nothing"
            )
    for one, why in step.left.items():
        assert (why == Why.HELD) == (one in held)
        assert (why == Why.LOWERS) == (one in lowering)
    best = best_help(asked_of_person, without_loss(bring, has))
    if best and best.certification in recommended:
        assert best.certification in counted, "what helps most is never called of no use"
    if not best and match(asked_of_person.needs).as_rated != Band.FITS_NOW:
        assert all(not skills & set(has) for skills in counted.values()), "where none helps, none closes or narrows"


@settings(max_examples=300)
@given(asked, claims, credits, some)
def test_the_one_that_helps_most_is_the_best_of_all_that_were_earned_one_by_one(needs, known, shown, held):
    """An independent brute force: earn each, ask the evidence, and count the points by hand."""
    has, bring, _ = person_of(known, shown, held)
    rated = {skill: need for skill, need in needs.items() if skill in has}

    def points(levels):
        weighed = ((3 if essential else 1) * min(levels[skill], top) for skill, (top, essential) in rated.items())
        return sum(weighed)

    worth = {}
    for one, credited in shown.items():
        after = dict(has)
        for skill, value in credited.items():
            claim, earned = known.get(skill), Claim("certificate", value, date(2026, 2, 1), "New", order=1)
            after[skill] = current_claim([earned] if claim is None else [claim, earned]).proficiency
        if one not in held and all(after[skill] >= has[skill] for skill in has):
            worth[one] = points(after) - points(has)
    most = max(worth.values(), default=0)
    found = best_help(fit(needs, has), without_loss(bring, has))
    if most <= 0 or match(fit(needs, has).needs).fits_now:
        assert found is None
    else:
        assert (found.points, found.certification) == (most, next(one for one in worth if worth[one] == most))


def test_a_certification_that_counted_before_says_so_and_one_that_shows_nothing_missing_too():
    belt = Offer(100, None, "", None, {1: 3})
    moves = [
        RoleMove(NEW, START, None, (belt,)),
        RoleMove(START, TARGET, None, (belt, Offer(101, None, "", None, {2: 1}))),
    ]
    asking = {START: {1: (2, True)}, TARGET: {1: (3, True)}}
    [route] = best_routes(RoleWays(moves), NEW, TARGET, asked=asking, has={}, held=(), by=By.FEWEST)
    assert route.steps[1].left == {100: Why.COUNTED, 101: Why.NOTHING_MISSING}
