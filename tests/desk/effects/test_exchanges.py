"""Pages of one change set may take each other's ends, titles and addresses: it is done, or refused in words."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.desk.services.sets.change_sets import SetFaults, start_set
from careers.guide.models.moves import Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.guide.services.overlay import only_here
from tests.desk.sets import publish, put
from tests.factories import make_move, make_role, make_user

EXITS = ("Retail", "Banking")


@pytest.fixture
def by(db):
    return make_user(is_staff=True, is_superuser=True)


@pytest.fixture
def site(by):
    """Three roles, a move each way round, and two ways out of one of them."""
    roles = [make_role(title=title, slug=title.lower()) for title in ("Agent", "Coach", "Lead")]
    moves = [make_move(roles[start], roles[end]) for start, end in ((0, 1), (1, 2), (2, 0), (1, 0))]
    return roles, [*moves, *(make_move(roles[0], destination=one) for one in EXITS)]


def ends_of(move):
    return {"from_role": move.from_role_id, "to_role": move.to_role_id, "destination": move.destination}


def published(by, wanted):
    """The sentences with which it is refused; none where each page says what was wanted."""
    change_set = start_set(title="Exchange", by=by)
    if not put(change_set, *wanted, by=by).drafts:
        return []
    try:
        publish(change_set, by)
    except SetFaults as found:
        return [text for _, faults in found.faults for texts in faults.values() for text in texts]
    return []


def test_two_moves_turn_round_each_other(by, site):
    _, moves = site
    there, back = moves[0], moves[3]
    assert published(by, [(there, ends_of(back)), (back, ends_of(there))]) == []
    now = Move.objects.in_bulk([there.pk, back.pk])
    assert ends_of(now[there.pk]) == ends_of(back)
    assert now[there.pk].slug == "coach-to-agent"
    assert now[back.pk].slug == "agent-to-coach"


@settings(max_examples=25, deadline=timedelta(seconds=10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), twice=st.booleans())
def test_moves_take_each_others_ends_in_any_order(by, site, order, twice):
    """Ways out become moves between roles on the way; where two want the same, it is said and nothing is changed."""
    _, moves = site
    order = [order[1], *order[1:]] if twice else order
    ends = [{**ends_of(moves[one]), "kind": moves[one].kind} for one in order]
    before = {one.pk: ends_of(one) for one in Move.objects.all()}
    with only_here():
        said = published(by, list(zip(moves, ends, strict=True)))
        now = {one.pk: {**ends_of(one), "kind": one.kind} for one in Move.objects.all()}
        if twice:
            assert any("listed already" in one for one in said)
            assert {key: {name: one[name] for name in before[key]} for key, one in now.items()} == before
        else:
            assert said == []
            assert now == {move.pk: end for move, end in zip(moves, ends, strict=True)}


@settings(max_examples=15, deadline=timedelta(seconds=10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.permutations(range(3)), slugs=st.permutations(range(3)))
def test_roles_take_each_others_titles_and_are_told_that_addresses_stay(by, site, titles, slugs):
    roles, _ = site
    wanted = [
        (role, {"title": roles[title].title, "slug": roles[slug].slug})
        for role, title, slug in zip(roles, titles, slugs, strict=True)
    ]
    with only_here():
        said = published(by, wanted)
        now = [(one.title, one.slug) for one in Role.objects.order_by("pk")]
        if list(slugs) == sorted(slugs):
            assert said == []
            assert now == [(one["title"], one["slug"]) for _, one in wanted]
        else:
            assert set(said) == {"Another page had this address, and links lead from it there. Choose another one."}
            assert now == [(role.title, role.slug) for role in roles]


def test_drafts_that_nobody_has_seen_exchange_too(by):
    roles = [make_role(title=title) for title in ("Agent", "Coach", "Lead")]
    status = GuideModel.Status.DRAFT
    there, back = make_move(roles[0], roles[1], status=status), make_move(roles[1], roles[2], status=status)
    wanted = ends_of(back)
    assert published(by, [(there, wanted), (back, ends_of(there))]) == []
    assert ends_of(Move.objects.get(pk=there.pk)) == wanted
