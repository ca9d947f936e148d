"""The planner's page: a route between two roles, for anybody, shareable; and why there is none."""

import pickle
import re
from datetime import date
from itertools import pairwise
from threading import Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.guide.models.choices import Level, Track
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.people.views.requests import AnonymousProfile
from careers.routes.rules.journeys import By
from careers.routes.rules.routes import best_routes
from careers.routes.selectors.guide_network import current_guide
from careers.web.public_pages import forget_pages
from tests.factories import make_certification, make_move, make_role, make_skill, rate
from tests.sending import send

PAGE = "/paths/plan/"


@pytest.fixture
def line(db):
    """Agent → Team Leader → Manager, with times, skills and a certificate; and Agent → Analyst → Manager."""
    coaching, excel = make_skill(name="Coaching", slug="coaching"), make_skill(name="Excel", slug="excel")
    agent = make_role(title="Agent", slug="agent", skills={excel: 2})
    leader = make_role(title="Team Leader", slug="leader", level=Level.LEAD, skills={coaching: 3, excel: 2})
    analyst = make_role(title="Analyst", slug="analyst", level=Level.SPECIALIST, track=Track.QUALITY, skills={excel: 5})
    manager = make_role(title="Manager", slug="manager", level=Level.MANAGER, skills={coaching: 4, excel: 3})
    belt = make_certification(
        title="Green Belt", steps=[("Read", 30), ("Sit", 5)], skills={coaching: 4}, fee_amount=483, fee_currency="USD",
        fee_as_of="2026", prerequisites="Three years of work\nAnd more",
    )  # fmt: skip
    make_move(agent, leader, months=(18, 48), how="You lead a shift first.", gained_by=Move.GainedBy.INTERVIEW)
    make_move(leader, manager, months_note="No source gives a time.", certifications=[belt])
    make_move(agent, analyst, months=(12, 24))
    make_move(analyst, manager)
    return {"agent": agent, "leader": leader, "analyst": analyst, "manager": manager, "belt": belt,
            "coaching": coaching, "excel": excel}  # fmt: skip


def ask(client, **query):
    query = {"from": query.pop("start", None), **query}
    return client.get(PAGE, {name: value for name, value in query.items() if value is not None})


def words(response):
    """The page as read aloud: without tags, single blanks."""
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def stops(response):
    return [str(role) for role in response.context["routes"].shown.between]


class TestRoute:
    def test_each_step_says_its_move_its_time_and_what_to_raise(self, client, line):
        page = words(ask(client, start="agent", to="manager", by="fewest", via="leader"))
        assert "Promotion on the Operations line · 18–48 months" in page
        assert "By interview. You lead a shift first." in page
        assert "time not known" in page
        assert "No source gives a time." in page
        assert "from 3 to 4" in page
        assert "Team Leader asks for" not in page, "it asks for less Excel than the manager's work"

    def test_the_whole_route_counts_what_is_not_known(self, client, line):
        page = words(ask(client, start="agent", to="manager", via="leader"))
        assert "2 moves · 18–48 months plus 1 not known · US$483 · 2 skills" in page
        assert "18–48 months plus 1 move with time not known" in page
        assert "US$483 fee as of 2026 1 certification" in page
        assert "About 35 h" in page
        assert "Skills to raise 2 different skills, 5 levels in all" in page

    def test_nobody_is_told_of_gaps_of_theirs_before_anything_of_them_is_known(self, guest, line):
        """Visitors, guests, and who rated something else."""
        move = Move.objects.get(to_role=line["leader"])
        rate(guest.profile, make_skill(), 3)
        for client in (Client(), guest):
            page = words(ask(client, start="agent", to="leader"))
            assert "Certifications None The guide recommends none for this move." in page
            assert "of yours" not in page
        move.certifications.add(make_certification(title="Elsewhere", skills={make_skill(): 2}))
        for client in (Client(), guest):
            page = words(ask(client, start="agent", to="leader"))
            assert "None that the guide recommends for this move shows a skill that you are to raise." in page
        move.certifications.add(make_certification(title="Excel Course", skills={line["excel"]: 2}))
        for client in (Client(), guest):
            page = words(ask(client, start="agent", to="leader"))
            assert "Certifications Not known Rate your skills to see which closes a gap." in page
            assert "Excel Course (we take it that you have what it shows)" in page
            assert "of yours" not in page
        rate(guest.profile, line["excel"], 2)
        page = words(ask(guest, start="agent", to="leader"))
        assert "None that the guide recommends for this move closes or narrows a gap of yours." in page
        assert "Excel Course (nothing that it shows is missing)" in page

    def test_a_certificate_that_closes_a_gap_says_what_it_costs_and_asks(self, client, line):
        page = words(ask(client, start="agent", to="manager", via="leader"))
        assert "Green Belt Some issuer · US$483 (2026) · about 35 h to prepare" in page
        assert "Shows Coaching (4 of 4), not rated yet. Asked for first: Three years of work" in page

    def test_unknown_fee_hours_and_conditions_are_said_so(self, client, line):
        line["belt"].steps.update(hours=None)
        type(line["belt"]).objects.filter(pk=line["belt"].pk).update(fee_amount=None, prerequisites="")
        page = words(ask(client, start="agent", to="manager", via="leader"))
        for said in ("fee not known", "hours not known", "What is asked for first is not known."):
            assert said in page
        assert "US$" not in page.partition("Other routes")[0]

    def test_hours_known_in_part_are_at_least_that_many(self, client, line):
        line["belt"].steps.filter(position=2).update(hours=None)
        page = words(ask(client, start="agent", to="manager", via="leader"))
        assert "at least 30 h to prepare" in page
        assert "At least 30 h plus parts with hours not known" in page

    def test_what_matters_most_decides(self, client, line):
        assert stops(ask(client, start="agent", to="manager", by=By.FASTEST)) == ["Analyst"]
        assert stops(ask(client, start="agent", to="manager", by="cheapest")) == ["Analyst"]
        assert stops(ask(client, start="agent", to="manager", by="least_new")) == ["Team Leader"]

    def test_other_routes_can_be_shown_and_shared(self, client, line):
        first = ask(client, start="agent", to="manager", by=By.FASTEST)
        [(route, _)] = first.context["routes"].others
        address = re.search(r'href="([^"]*via=[^"]*)"', first.text).group(1).replace("&amp;", "&")
        other = client.get(address)
        assert stops(other) == ["Team Leader"] == [str(role) for role in route.between]
        assert "This route" in other.text
        assert "Best route" in other.text, "the way back to it"

    def test_the_direct_route_has_an_address_too(self, client, line):
        make_move(line["agent"], line["manager"])
        Move.objects.filter(from_role=line["analyst"]).update(months_from=1, months_to=2, months_confidence="derived")
        assert stops(ask(client, start="agent", to="manager", by="fastest", via=".")) == []
        assert stops(ask(client, start="agent", to="manager", by=By.FASTEST)) == ["Analyst"]

    @pytest.mark.parametrize("via", ["nowhere", "manager", "agent", "leader,analyst", ",,,", "a\x00b", "x" * 10_000])
    def test_a_route_that_is_none_gives_the_best_with_a_word(self, client, line, via):
        response = ask(client, start="agent", to="manager", by="fastest", via=via)
        assert response.status_code == 200
        assert stops(response) == ["Analyst"]
        assert "not in the guide, or no longer" in response.text

    def test_somebody_new_begins_in_an_entry_role(self, client, line):
        page = words(ask(client, start="new", to="leader"))
        assert "First role on the Operations line · time not known" in page
        assert "you apply for it from outside" in page
        assert "Nothing is known of your skills yet" in page

    def test_our_own_estimates_are_called_so(self, client, line):
        Move.objects.filter(to_role=line["leader"]).update(months_confidence="derived")
        assert "18–48 months, our estimate" in words(ask(client, start="agent", to="leader"))

    def test_every_move_names_its_source_and_day(self, client, line):
        page = ask(client, start="agent", to="manager").text
        assert page.count("checked on the live page on 22 November 2026") == 2

    def test_the_route_can_be_adopted_as_it_is_shown(self, client, line):
        page = ask(client, start="agent", to="manager", by=By.FASTEST).text
        assert f'action="{reverse("goal-adopt")}"' in page
        for name, value in {"from": "agent", "to": "manager", "by": "fastest", "via": "analyst"}.items():
            assert f'<input type="hidden" name="{name}" value="{value}">' in page
        assert "csrfmiddlewaretoken" not in page

    def test_moves_that_hr_has_not_published_lead_nowhere(self, client, line):
        Move.objects.filter(from_role=line["agent"]).update(status=Move.Status.DRAFT)
        assert ask(client, start="agent", to="manager").context["routes"].shown is None


def test_guide_with_more_routes_than_can_be_compared_says_so(client, line, monkeypatch):
    ends = {"from": "agent", "to": "manager", "by": "least_new"}
    assert "There may be a better one." not in client.get(PAGE, ends).text
    monkeypatch.setattr("careers.routes.rules.chains.MOST_TRIED", 0)
    forget_pages()
    page = client.get(PAGE, ends).text
    assert "There may be a better one." in page
    assert "Best route" in page


class TestPerson:
    def test_it_starts_where_they_are_and_leads_to_their_target(self, guest, line):
        guest.profile.situation, guest.profile.current_role = "in_role", line["agent"]
        guest.profile.target_role = line["manager"]
        guest.profile.save()
        response = guest.get(PAGE)
        assert (str(response.context["routes"].start), str(response.context["routes"].target)) == ("Agent", "Manager")
        assert "You are here" in response.text

    @pytest.mark.parametrize("situation", ["new", "elsewhere"])
    def test_who_is_in_no_role_of_the_guide_starts_as_new(self, guest, line, situation):
        guest.profile.situation = situation
        guest.profile.save()
        assert str(ask(guest, to="leader").context["routes"].start) == "New to BPO"

    def test_what_the_address_names_goes_before_what_they_said(self, guest, line):
        guest.profile.target_role = line["manager"]
        guest.profile.save()
        assert str(ask(guest, start="agent", to="leader").context["routes"].target) == "Team Leader"
        response = ask(guest, start="manager")
        assert "You start there already" not in response.text
        assert "Choose where you want to go." in response.text

    def test_an_own_role_that_left_the_guide_is_not_named(self, guest, line):
        guest.profile.situation, guest.profile.current_role = "in_role", line["agent"]
        guest.profile.save()
        Role.objects.filter(slug="agent").update(status=Role.Status.ARCHIVED)
        response = guest.get(PAGE)
        assert response.status_code == 200
        assert "Agent" not in words(response)

    def test_what_they_have_shown_counts(self, guest, line):
        rate(guest.profile, line["coaching"], 4)
        page = words(ask(guest, start="agent", to="manager", via="leader"))
        assert "You already have Coaching" in page
        assert "None that the guide recommends for these moves closes or narrows a gap of yours." in page
        assert "What you have shown or rated counts." in page
        assert "Of the rest, we take it that you have what your start, Agent, asks for." in page

    def test_an_own_rating_below_what_their_role_asks_for_is_believed(self, guest, line):
        rate(guest.profile, line["excel"], 1)
        assert "from 1 to 2" in words(ask(guest, start="agent", to="manager", via="leader"))

    def test_a_certificate_that_they_hold_costs_nothing_more(self, guest, line):
        guest.profile.certificates.create(certification=line["belt"], earned_on=date(2026, 5, 12))
        assert "US$" not in words(ask(guest, start="agent", to="manager", via="leader"))

    def test_a_certificate_that_has_lapsed_is_to_be_earned_again(self, guest, line):
        guest.profile.certificates.create(
            certification=line["belt"], earned_on=date(2021, 5, 12), expires_on=date(2024, 5, 12)
        )
        assert "US$483" in words(ask(guest, start="agent", to="manager", via="leader"))

    def test_with_a_session_the_form_carries_its_token(self, guest, line):
        assert "csrfmiddlewaretoken" in ask(guest, start="agent", to="manager").text

    def test_reading_writes_nothing(self, client, line):
        ask(client, start="agent", to="manager")
        assert set(client.cookies) == {"time_zone"}


class TestForm:
    def test_without_a_choice_it_explains_itself_with_examples(self, client, line):
        response = client.get(PAGE)
        assert response.status_code == 200
        assert "Say where you start" in response.text
        [(start, target), *_] = response.context["examples"]
        example = client.get(PAGE, {"from": start.slug, "to": target.slug})
        assert example.context["routes"].shown

    def test_one_end_alone_asks_for_the_other(self, client, line):
        for query, said in (({"from": "agent"}, "want to go"), ({"to": "manager"}, "where you start")):
            response = client.get(PAGE, query)
            assert response.status_code == 200
            assert said in words(response)
            assert "selected" in response.text
            assert "to fix" not in response.text

    def test_an_end_that_came_empty_is_named(self, client, line):
        response = client.get(PAGE, {"from": "agent", "to": ""})
        assert response.status_code == 200
        assert "To: Choose where you want to go." in words(response)

    def test_a_route_to_where_one_starts_is_none(self, client, line):
        response = ask(client, start="agent", to="agent")
        assert response.status_code == 200
        assert "You start there already. Choose another role." in words(response)

    @pytest.mark.parametrize("name", ["from", "to"])
    @pytest.mark.parametrize("slug", ["nowhere", "draft", "archived", "Agent", "a\x00b", "✈", "x" * 10_000])
    def test_an_address_that_is_no_published_role_is_not_found_and_says_so(self, client, line, name, slug):
        make_role(slug="draft", title="Secret draft", status=Role.Status.DRAFT)
        make_role(slug="archived", title="Gone", status=Role.Status.ARCHIVED)
        response = client.get(PAGE, {"from": "agent", "to": "manager", name: slug})
        assert response.status_code == 404
        assert "The guide has no such role, or no longer." in words(response)
        assert "Secret draft" not in response.text
        assert len(response.text) < 40_000

    def test_nobody_goes_to_being_new(self, client, line):
        assert ask(client, start="agent", to="new").status_code == 404

    @pytest.mark.parametrize("by", ["luck", "a\x00b", "x" * 10_000])
    def test_an_unknown_criterion_is_named(self, client, line, by):
        response = ask(client, start="agent", to="manager", by=by)
        assert response.status_code == 200
        assert "What matters most: Choose one of the four." in words(response)

    def test_of_a_parameter_that_came_twice_the_last_counts(self, client, line):
        response = client.get(f"{PAGE}?from=nowhere&from=agent&to=leader&to=manager&by=luck&by=fewest")
        assert response.status_code == 200
        assert response.context["routes"].by == "fewest"

    def test_nonsense_is_not_kept(self, client, line):
        for query in ({"by": "luck"}, {"from": "agent", "to": "agent"}):
            client.get(PAGE)  # the guide is read
            with CaptureQueriesContext(connection) as first:
                client.get(PAGE, query)
            with CaptureQueriesContext(connection) as again:
                client.get(PAGE, query)
            assert len(again) == len(first)

    def test_an_empty_guide_is_no_error(self, client, db):
        assert client.get(PAGE).status_code == 200
        assert client.get(PAGE, {"from": "new"}).status_code == 200


class TestDeadEnd:
    def test_nothing_leads_on(self, client, line):
        page = words(ask(client, start="manager", to="agent"))
        assert "No route from Manager to Agent" in page
        assert "The guide knows no move that leads on from Manager." in page
        assert "Nearest starts that lead to Agent New to BPO" in page

    def test_nothing_leads_there(self, client, line):
        make_role(title="Island", slug="island", level=Level.LEAD)
        response = ask(client, start="agent", to="island", by="cheapest")
        page = words(response)
        assert "The guide knows no move that leads to Island." in page
        assert "Nearest roles that you can reach from Agent Team Leader Analyst Manager" in page
        assert "?from=agent&amp;to=leader&amp;by=cheapest" in response.text

    def test_no_chain_joins_them(self, client, line):
        clerk, checker = make_role(title="Clerk", slug="clerk"), make_role(title="Checker", level=Level.LEAD)
        make_move(clerk, checker)
        assert "no chain of moves joins the two" in words(ask(client, start="clerk", to="manager"))


def state_of(guide):
    moves = list(guide.ways.moves())
    return pickle.dumps([guide.asked, moves, guide.ways.leaving, guide.places.order])


def fill(number):
    """Add `number` roles, each a way from the first to the last, with skills and certificates of their own."""
    first, last = Role.objects.get(slug="agent"), Role.objects.get(slug="manager")
    for _ in range(number):
        skill = make_skill()
        fee = {"fee_amount": 1, "fee_currency": "USD", "fee_as_of": "2026"}
        belt = make_certification(steps=[("Read", 3)], skills={skill: 3}, **fee)
        middle = make_role(level=Level.SPECIALIST, skills={skill: 3})
        make_move(first, middle, months=(1, 2), certifications=[belt])
        make_move(middle, last, certifications=[belt])


def query_count(client, **query):
    """Once the guide knows the roles that the page shows: that takes as many queries, however many roles there are."""
    ask(client, **query)
    with CaptureQueriesContext(connection) as captured:
        assert ask(client, **query).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_roles_and_moves(guest, line):
    rate(guest.profile, line["excel"], 2)
    wishes = [{}, {"start": "agent", "to": "manager"}, {"start": "new", "to": "manager", "by": "least_new"},
              {"start": "manager", "to": "agent"}, {"start": "agent", "to": "manager", "via": "leader"}]  # fmt: skip
    fill(1)  # with a certificate, which asks once what they track
    few = [query_count(guest, **wish) for wish in wishes]
    fill(50)
    assert [query_count(guest, **wish) for wish in wishes] == few


def test_a_route_that_nobody_asked_for_yet_is_read_in_a_few_queries_however_long_it_is(line):
    counts = []
    for length in (3, 9):
        roles = [make_role(level=Level.LEAD, skills={make_skill(): 2}) for _ in range(length)]
        for start, end in pairwise(roles):
            belt = make_certification(steps=[("Read", 3)], skills={make_skill(): 3})
            make_move(start, end, certifications=[belt])
        guide = current_guide()
        with CaptureQueriesContext(connection) as captured:
            guide.read_along([role.pk for role in roles])
        counts.append(len(captured))
        assert guide.has_read([role.pk for role in roles])
    assert counts[0] == counts[1] <= 6


def test_few_queries_answer_whoever_asks(line, guest, django_assert_max_num_queries):
    """The revision, evidence, certificates and the goal; that once more for who said nothing of where they are."""
    routes_for(AnonymousProfile(), "agent", "manager")  # the roles of the route are kept now
    for profile, most in ((AnonymousProfile(), 5), (guest.profile, 5)):
        with django_assert_max_num_queries(most):
            routes_for(profile, "agent", "manager")


def test_no_routes_where_an_end_is_no_published_role(line):
    for ends in ("agent agent", "agent new", "agent x", "x agent", "new new"):
        assert routes_for(AnonymousProfile(), *ends.split()) is None


def routes_for(profile, start, target):
    return current_guide().routes_for(
        profile=profile, start_slug=start, target_slug=target, by=By.FASTEST, today=date(2026, 11, 22)
    )


class TestKeptGuide:
    def test_it_is_read_once_for_everybody(self, line, client, guest):
        first = current_guide()
        client.get(PAGE)
        guest.get(PAGE)
        assert current_guide() is first

    @pytest.mark.parametrize(
        "change",
        [
            lambda line: Role.objects.filter(slug="leader").update(title="Captain"),
            lambda line: Move.objects.filter(to_role=line["leader"]).update(months_to=99),
            lambda line: line["belt"].credits.update(proficiency=5),
            lambda line: line["belt"].moves.clear(),
            lambda line: line["leader"].role_skills.update(proficiency=5),
        ],
    )
    def test_an_edit_shows_at_once(self, line, client, change):
        before = current_guide()
        client.get(PAGE)
        change(line)
        assert current_guide() is not before

    def test_nobodys_data_is_in_it(self, line, guest):
        rate(guest.profile, line["coaching"], 4)
        ask(guest, start="agent", to="manager", via="leader")
        page = words(ask(Client(), start="agent", to="manager", via="leader"))
        assert "You already have" not in page
        assert "You already have" in words(ask(guest, start="agent", to="manager", via="leader"))

    def test_asking_changes_nothing_of_it(self, line, guest):
        kept = state_of(current_guide())
        for by in By:
            ask(guest, start="agent", to="manager", by=by)
            ask(guest, start="manager", to="agent", by=by)
        assert state_of(current_guide()) == kept

    def test_many_at_once_get_the_same_answer(self, line):
        guide, found = current_guide(), []
        person = {"asked": guide.asked, "has": {}, "held": set(), "by": By.FASTEST}
        ends = line["agent"].pk, line["manager"].pk
        threads = [Thread(target=lambda: found.append(best_routes(guide.ways, *ends, **person))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({tuple(route.stops for route in routes) for routes in found}) == 1


class TestGoal:
    def test_the_route_that_is_the_goal_is_called_so(self, guest, line):
        adopt(guest, via="leader")
        page = words(ask(guest, start="agent", to="manager", via="leader"))
        assert "This is your goal. Open it" in page
        assert "Make it my goal" not in page
        assert "You are here" in page, "a goal says where it starts"

    def test_another_route_says_what_it_takes_the_place_of(self, guest, line):
        adopt(guest, via="leader")
        page = words(ask(guest, start="agent", to="manager", via="analyst"))
        assert "Make it my goal instead of Manager" in page
        assert "What you have done stays." in page
        adopt(guest, via="analyst")
        assert "This is your goal now, instead of Manager." in words(guest.get(reverse("goal-read")))

    def test_who_said_nothing_but_has_a_goal_starts_where_it_does(self, guest, line):
        adopt(guest, start="new", via="agent,leader")
        guest.profile.refresh_from_db()
        assert guest.profile.situation == ""
        assert str(ask(guest, to="leader").context["routes"].start) == "New to BPO"


def adopt(client, **route):
    route = {"from": route.pop("start", "agent"), "to": "manager", "by": "fastest", **route}
    send(client, reverse("goal-adopt"), route, headers={"Sec-Fetch-Site": "same-origin"})
    assert client.profile.goals.exists()


class TestEnds:
    def test_only_their_own_ends_are_called_theirs(self, guest, client, line):
        guest.profile.situation, guest.profile.current_role = "in_role", line["agent"]
        guest.profile.target_role = line["manager"]
        guest.profile.save()
        own = words(ask(guest, start="agent", to="manager"))
        assert "You are here" in own
        assert "Your target" in own
        other = words(ask(guest, start="leader", to="manager"))
        assert "You are here" not in other
        assert "Destination" in words(ask(Client(), start="agent", to="manager"))

    def test_a_level_that_only_their_role_shows_is_called_taken(self, guest, line):
        guest.profile.situation, guest.profile.current_role = "in_role", line["agent"]
        guest.profile.save()
        assert "we take 2, from your role" in words(ask(guest, start="agent", to="manager", via="leader"))
        rate(guest.profile, line["excel"], 2)
        assert "we take" not in words(ask(guest, start="agent", to="manager", via="leader"))
        assert "we take 2, from the role you start in" in words(ask(Client(), start="agent", to="manager"))


def test_of_the_least_new_the_alternatives_say_how_many_levels_more(client, line):
    page = words(ask(client, start="agent", to="manager", by="least_new"))
    assert re.search(r"levels? to raise: \d+ levels? more than above", page)


def test_another_route_says_at_each_station_how_long_it_takes_there(client, line):
    page = words(ask(client, start="agent", to="manager", by=By.FASTEST)).partition("Another route")[2]
    assert re.search(r"Agent Team Leader after 18–48 months Manager time not known", page)
