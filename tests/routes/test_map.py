"""The career map at /paths/: the same for every visitor, marked for a person, never more than fits."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.guide.models.choices import Level
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.routes.map.rules.lines import MOST_STATIONS
from tests import factories as make

pytestmark = pytest.mark.django_db
MAP = "/paths/"


def stations(page, shape="narrow"):
    """{address: what a reader hears} of one of the two pictures."""
    picture = re.search(rf'<svg class="metro metro-{shape}".*?</svg>', page, re.DOTALL)
    links = re.findall(r'<a class="metro-station" href="([^"]+)">(.*?)</a>', picture[0], re.DOTALL)
    return {address: " ".join(re.sub(r"<[^>]+>", "", inside).split()) for address, inside in links}


def listed(page):
    return set(re.findall(r'<li><a href="(/roles/[^"]+)">', the_list(page)))


def the_list(page):
    return re.search(r'<details class="fold map-list">.*?</details>', page, re.DOTALL)[0]


def test_it_is_found_at_its_name():
    assert reverse("route-map") == MAP


def test_without_a_role_the_page_says_so(client):
    page = client.get(MAP).text
    assert "No role is on the map yet" in page
    assert "<title id=" not in page


def test_both_pictures_and_the_list_hold_every_role(guide, client):
    page = client.get(MAP).text
    roles = {role.get_absolute_url(): role.title for role in Role.objects.published()}
    assert stations(page, "wide") == stations(page, "narrow") == roles
    assert listed(page) == set(roles)


def test_the_list_says_every_move_and_how_long_it_takes(guide, client):
    page = client.get(MAP).text
    words = " ".join(re.sub(r"<[^>]+>", "", the_list(page)).split())
    for move in Move.objects.published().between_roles():
        assert f"{move.get_kind_display()} to {move.to_role.title}" in words
    assert words.count("Promotion to") == Move.objects.published().filter(kind="promotion").count()
    assert "time not known" in words


def test_a_role_that_is_added_appears(client):
    agent = make.make_role(title="Agent", level=Level.ENTRY, track="operations")
    assert "Analyst" not in client.get(MAP).text
    analyst = make.make_role(title="Analyst", level=Level.SPECIALIST, track="quality")
    make.make_move(agent, analyst, track="quality")
    page = client.get(MAP).text
    assert stations(page)[analyst.get_absolute_url()] == "Analyst"
    assert page.count('class="metro-line line-quality"') == 2


def test_what_is_not_published_is_not_on_the_map(client):
    agent = make.make_role(title="Agent")
    draft = make.make_role(title="Secret role", status=Role.Status.DRAFT)
    make.make_move(agent, draft)
    page = client.get(MAP).text
    assert "Secret role" not in page
    assert len(stations(page)) == 1


def test_a_visitor_sees_no_plate_and_who_is_somewhere_their_own(guide, client):
    plates = r'<g class="metro-plate metro-plate-(\w+)">'
    assert re.findall(plates, client.get(MAP).text) == []
    client.force_login(user := make.make_user())
    make.make_profile(user=user, situation="in_role", current_role=Role.objects.get(slug="team-leader"))
    assert re.findall(plates, client.get(MAP).text) == ["here", "here"], "in each of the two pictures"


def signs(page):
    legend = re.search(r'<ul class="map-legend".*?</ul>', page, re.DOTALL)[0]
    return [" ".join(re.sub(r"<[^>]+>", "", sign).split()) for sign in re.findall(r"<li>(.*?)</li>", legend, re.DOTALL)]


def test_signs_are_explained_that_are_on_the_map(guide, client):
    assert signs(client.get(MAP).text) == ["Role", "Change lines", "Sideways move"]


def test_sideways_moves_without_dots_are_named(guide, client):
    page = client.get(MAP).text
    for pair in ("Process Trainer and Team Leader", "Customer Service Executive and Technical Support Associate"):
        assert page.count(f"<li>{pair}</li>") == 2, "for each picture"


def test_a_map_that_is_wider_than_the_page_scrolls_in_its_card(guide, client):
    assert "map-scroll" not in client.get(MAP).text
    analyst = make.make_role(title="Transition Analyst", level=Level.LEAD, track="transition")
    make.make_move(Role.objects.get(slug="subject-matter-expert"), analyst, track="transition")
    make.make_move(analyst, Role.objects.get(slug="transition-manager"), track="transition")
    page = client.get(MAP).text
    assert '<div class="map-scroll" tabindex="0" role="region" aria-label="Career map from left to right">' in page
    assert analyst.get_absolute_url() in stations(page, "wide")


class TestOfAPerson:
    @pytest.fixture
    def person(self, guide, client):
        user = make.make_user()
        client.force_login(user)
        return make.make_profile(user=user)

    def test_own_role_target_and_saved_roles_are_named(self, person, client):
        agent, lead, manager = (
            Role.objects.get(slug=slug) for slug in ("customer-service-executive", "team-leader", "operations-manager")
        )
        person.situation, person.current_role, person.target_role = "in_role", agent, manager
        person.save()
        person.saved_roles.create(role=lead)
        response = client.get(MAP)
        for shape in ("wide", "narrow"):
            found = stations(response.text, shape)
            assert found[agent.get_absolute_url()] == "Customer Service Executive You are here"
            assert found[manager.get_absolute_url()] == "Operations Manager Your target"
            assert found[lead.get_absolute_url()] == "Team Leader Saved"
        assert signs(response.text)[3:] == ["You are here", "Your target", "Saved"]
        assert response["Cache-Control"] == "private, no-cache"

    def test_who_is_new_is_told_where_to_start(self, person, client):
        assert "start at any role" not in client.get(MAP).text
        person.situation = "new"
        person.save()
        page = " ".join(re.sub(r"<[^>]+>", "", client.get(MAP).text).split())
        assert "You are new to BPO" in page, "whose word is explained in place"
        assert "start at any role of level 1." in page

    def test_queries_do_not_grow_with_what_was_saved(self, person, client):
        first, *others = Role.objects.published()
        person.saved_roles.create(role=first)
        client.get(MAP)
        few = count_queries(client)
        for role in others:
            person.saved_roles.create(role=role)
        assert count_queries(client) == few


class TestOfManyRoles:
    @pytest.fixture
    def roles(self):
        tracks = ["operations", "quality", "training", "workforce", "transition", "client"]
        roles = [
            make.make_role(title=f"Role {number}", track=tracks[number % 6], level=number % 5 + 1)
            for number in range(200)
        ]
        hub = roles[0]
        for number, role in enumerate(roles[1:], start=1):
            make.make_move(hub, role)
            make.make_move(role, roles[(number * 7) % 200]) if (number * 7) % 200 not in (0, number) else None
        return roles

    def test_the_page_shows_what_lies_around_the_first_entry_role(self, roles, client):
        page = client.get(MAP).text
        assert 1 < len(stations(page)) <= MOST_STATIONS
        assert "The whole map has 200 stations" in page
        assert listed(page) == set(stations(page))

    def test_another_station_can_be_chosen(self, roles, client):
        page = client.get(MAP, {"around": roles[30].slug}).text
        assert roles[30].get_absolute_url() in stations(page)
        assert len(stations(page)) <= MOST_STATIONS
        assert f'<option value="{roles[30].slug}" selected>' in page

    def test_a_person_sees_what_lies_around_their_own_role(self, roles, client):
        user = make.make_user()
        make.make_profile(user=user, situation="in_role", current_role=roles[50])
        client.force_login(user)
        assert stations(client.get(MAP).text)[roles[50].get_absolute_url()] == "Role 50 You are here"


def count_queries(client, **query):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(MAP, query)
    return len(queries)


def test_around_a_role_are_only_those_one_move_away(guide, client):
    page = client.get(MAP, {"around": "quality-analyst"}).text
    analyst = Role.objects.get(slug="quality-analyst")
    moves = Move.objects.published().between_roles().around(analyst)
    beside = {title for ends in moves.values_list("from_role__title", "to_role__title") for title in ends}
    assert {"Quality Analyst", "Senior Associate", "Operations Manager"} <= beside
    assert set(stations(page).values()) == beside
    assert "See the whole map" in page


@pytest.mark.parametrize("around", ["no-such-role", "\x00", "😀", "x" * 10_000, "compare"])
def test_an_unknown_station_is_said_and_the_whole_map_shown(guide, client, around):
    response = client.get(MAP, {"around": around})
    assert response.status_code == 200
    assert "That role is not in the guide." in response.text
    assert len(stations(response.text)) == Role.objects.published().count()


def test_queries_do_not_grow_with_roles_and_moves(client):
    first = make.make_role()
    client.get(MAP)  # what the process keeps of the guide is there
    make.make_move(first, make.make_role())
    few = count_queries(client)
    for _ in range(30):
        make.make_move(first, make.make_role())
    assert count_queries(client) == few
