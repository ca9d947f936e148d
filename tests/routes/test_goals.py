"""The goal of a person and their route to it: adopted, ticked off, changed, and kept through HR's edits."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.selectors.role_facets import role_facets
from careers.people.models.profiles import Profile
from careers.routes.models import Goal, GoalStep
from careers.routes.selectors.guide_network import build
from tests import factories as make
from tests.sending import send

OURS = {"Sec-Fetch-Site": "same-origin"}


class Guide:
    """Agent → Team Leader → Manager, or Agent → Analyst → Manager; each role asks for one skill more."""

    def __init__(self):
        self.typing, self.coaching, self.planning = (
            make.make_skill(name=n) for n in ("Typing", "Coaching", "Planning")
        )
        self.belt = make.make_certification(
            title="Yellow Belt", skills={self.coaching: 3}, fee_amount=422, fee_currency="USD", fee_as_of="2024"
        )
        role = make.make_role
        self.agent = role(title="Agent", slug="agent", skills={self.typing: 2})
        self.leader = role(title="Team Leader", slug="leader", level=3, skills={self.typing: 2, self.coaching: 3})
        self.analyst = role(title="Analyst", slug="analyst", level=2, skills={self.typing: 3})
        self.manager = role(title="Manager", slug="manager", level=4, skills={self.planning: 4, self.coaching: 3})
        self.up = make.make_move(self.agent, self.leader, months=(18, 48), certifications=[self.belt])
        self.on = make.make_move(self.leader, self.manager)
        make.make_move(self.agent, self.analyst, months=(60, 90))
        make.make_move(self.analyst, self.manager, months=(60, 90))


@pytest.fixture
def route(db):
    return Guide()


def sent(**fields):
    return {"from": "agent", "to": "manager", "by": "fewest", "via": "leader", **fields}


def adopt(client, **fields):
    return send(client, reverse("goal-adopt"), sent(**fields), headers=OURS)


def tick(client, step, done="yes"):
    return client.post(reverse("goal-step-tick", args=[step.pk]), {"done": done})


def confirm(client, step):
    return client.post(reverse("goal-step-confirm", args=[step.pk]))


def page(client):
    return client.get(reverse("goal-read"))


def state(client):
    return page(client).context["state"]


def titles(*, leg):
    return list(GoalStep.objects.filter(leg=leg).values_list("title", flat=True))


def decide(client, verb):
    return client.post(reverse(f"goal-{verb}-guide-change"), {"facts": state(client).digest}, follow=True)


def step(title, kind="skill"):
    return GoalStep.objects.get(title=title, kind=kind)


@pytest.mark.django_db
class TestAdopting:
    def test_a_visitor_becomes_a_guest_with_a_goal(self, route, client):
        response = adopt(client)
        assert (response.status_code, response.url) == (302, reverse("goal-read"))
        profile = Profile.objects.get()
        goal = profile.goals.get()
        assert (goal.start, goal.role, goal.criterion) == (route.agent, route.manager, "fewest")
        assert profile.target_role == route.manager
        assert "target_role" in profile.answered_at
        assert "It is kept on this browser only" in page(client).text

    def test_its_steps_are_what_the_route_asks_for_the_move_last(self, route, person):
        adopt(person)
        assert titles(leg=1) == ["Coaching", "Yellow Belt", "Team Leader"]
        assert titles(leg=2) == ["Planning", "Manager"]
        move = step("Team Leader", "move")
        assert (move.months_from, move.months_to) == (18, 48)

    def test_somebody_new_begins_with_the_first_role(self, route, person):
        adopt(person, **{"from": "new", "to": "leader", "via": "agent"})
        assert person.profile.goals.get().start is None
        assert titles(leg=1) == ["Typing", "Agent"]
        assert "New to BPO" in page(person).text
        assert not state(person).differences

    def test_without_a_route_by_name_the_best_is_adopted(self, route, person):
        adopt(person, by="fastest", via="")
        assert titles(leg=1)[-1] == "Analyst"  # the other has a move with months not known

    def test_twice_is_as_once(self, route, person):
        for _ in range(2):
            adopt(person)
        before = list(GoalStep.objects.values_list("pk", "title", "leg", "position"))
        adopt(person)
        assert list(GoalStep.objects.values_list("pk", "title", "leg", "position")) == before
        assert Goal.objects.count() == 1

    def test_a_move_made_long_ago_is_made_again_where_it_is_on_the_way_again(self, route, person):
        """Agent → Team Leader → Analyst is behind them; Analyst → Team Leader is ahead."""
        make.make_move(route.leader, route.analyst)
        make.make_move(route.analyst, route.leader)
        adopt(person, to="analyst", via="leader")
        for title in ("Team Leader", "Analyst"):
            tick(person, step(title, "move"))
        adopt(person, **{"from": "analyst", "to": "leader", "via": "."})
        assert [(row.label, row.is_done) for row in state(person).rows if row.step.kind == "move"] == [
            ("Move to Team Leader", False)
        ]
        assert sorted(titles(leg=None))[:1] == ["Analyst"]
        assert state(person).stops[0].plate == "You are here"
        assert not state(person).is_complete

    def test_a_move_can_be_open_on_the_way_and_done_before(self, route, person):
        adopt(person)
        tick(person, step("Team Leader", "move"))
        adopt(person, **{"from": "new", "to": "leader", "via": "agent"})
        leaders = GoalStep.objects.filter(title="Team Leader")
        assert sorted((one.leg or 0, bool(one.done_at)) for one in leaders) == [(0, True), (2, False)]

    def test_a_skill_raised_further_before_is_raised_so_far_too(self, route, person):
        route.leader.role_skills.filter(skill=route.coaching).update(proficiency=4)
        adopt(person)
        tick(person, step("Coaching"))
        adopt(person, via="analyst")
        assert [(one.proficiency, bool(one.done_at)) for one in GoalStep.objects.filter(title="Coaching", leg=2)] == [
            (3, True)
        ]

    def test_what_is_done_stays_when_the_route_changes_and_when_it_comes_back(self, route, person):
        adopt(person)
        for title, kind in (("Coaching", "skill"), ("Team Leader", "move")):
            tick(person, step(title, kind))
        adopt(person, via="analyst")
        assert titles(leg=1) == ["Typing", "Analyst"]
        assert titles(leg=2) == ["Planning", "Coaching", "Manager"]
        assert step("Coaching").done_at
        assert titles(leg=None) == ["Team Leader"]
        assert "Done before" in page(person).text
        assert [stop.state for stop in state(person).stops] == ["here", "ahead", "target"]
        adopt(person)
        assert (step("Team Leader", "move").leg, titles(leg=None)) == (1, [])
        assert step("Team Leader", "move").done_at

    @pytest.mark.parametrize(
        "wrong",
        [
            {"from": ""},
            {"to": "no-such-role"},
            {"to": "agent"},
            {"by": "luck"},
            {"via": "no-such-role"},
            {"via": "manager,leader"},
            {"from": "x" * 10_000},
            {"from": "\x00"},
            {"to": "🎧", "via": "\x00" * 99},
        ],
    )
    def test_what_is_no_route_leads_back_to_the_planner_and_changes_nothing(self, route, client, wrong):
        response = adopt(client, **wrong)
        assert response.status_code == 302
        assert urlsplit(response.url).path == reverse("route-find")
        assert len(response.url) < 200
        planner = client.get(response.url)
        assert planner.status_code == 200
        assert "Nothing has changed." in planner.text
        assert not Profile.objects.exists()

    def test_a_fault_keeps_what_was_right(self, route, client):
        query = parse_qs(urlsplit(adopt(client, via="no-such-role").url).query)
        assert query == {"from": ["agent"], "to": ["manager"], "by": ["fewest"]}

    def test_a_role_that_is_not_published_is_no_route(self, route, client):
        Role.objects.filter(pk=route.leader.pk).update(status="draft")
        assert "path" in adopt(client).url
        assert not Goal.objects.exists()

    def test_its_address_leads_to_the_planner(self, client):
        assert client.get(reverse("goal-adopt")).url == reverse("route-find")

    def test_what_a_silent_browser_sent_too_much_is_not_sent_on(self, route):
        text = Client(enforce_csrf_checks=True).post(reverse("goal-adopt"), sent(by="x" * 9999, more="much more")).text
        assert "much more" not in text
        assert "x" * 2000 in text
        assert "x" * 2001 not in text

    def test_another_site_cannot_and_a_silent_browser_is_asked(self, route, client):
        address = reverse("goal-adopt")
        assert client.post(address, sent(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        asked = Client(enforce_csrf_checks=True).post(address, sent())
        assert "Make the route to Manager your goal?" in asked.text
        assert 'name="via" value="leader"' in asked.text
        assert not Goal.objects.exists()


@pytest.mark.django_db
class TestReading:
    def test_without_a_goal_it_says_how_to_make_one_and_makes_nothing(self, client):
        response = page(client)
        assert reverse("route-find") in response.text
        assert not response.cookies
        assert not Profile.objects.exists()

    def test_says_what_a_certification_costs_as_one_saw_it(self, route, person):
        adopt(person)
        type(route.belt).objects.update(fee_amount=500)
        assert "<p>US$422 (2024)</p>" in page(person).text

    def test_says_where_one_is(self, route, person):
        adopt(person)
        assert [stop.state for stop in state(person).stops] == ["here", "ahead", "target"]
        tick(person, step("Team Leader", "move"))
        assert [stop.state for stop in state(person).stops] == ["done", "here", "target"]
        tick(person, step("Team Leader", "move"), "no")
        tick(person, step("Manager", "move"))
        assert [stop.state for stop in state(person).stops] == ["here", "ahead", "target"]
        assert state(person).stops[-1].plate == "Your target"
        tick(person, step("Team Leader", "move"))
        tick(person, step("Manager", "move"))
        assert state(person).stops[-1].plate == "You are here"

    def test_the_next_step_is_ahead_of_where_one_is(self, route, person):
        adopt(person)
        assert state(person).next.label == "Raise Coaching to 3, able"
        tick(person, step("Team Leader", "move"))
        assert state(person).next.label == "Raise Planning to 4, strong"

    def test_a_move_that_is_made_leads_to_the_profile_which_says_where_routes_start(self, route, person):
        adopt(person)
        tick(person, step("Team Leader", "move"))
        leader = step("Team Leader", "move")
        for path in ("/me/goal/", "/me/"):
            text = person.get(path).text
            assert text.count("Are you in the role of Team Leader now?") == 1
            assert f'action="{reverse("goal-step-confirm", args=[leader.pk])}"' in text
        assert confirm(person, leader).url == reverse("goal-read")
        profile = Profile.objects.get()
        assert (profile.situation, profile.current_role) == ("in_role", route.leader)
        assert "situation" in profile.answered_at
        assert "Are you in the role of" not in page(person).text

    def test_nobody_is_asked_who_has_said_since_where_they_are(self, route, person):
        adopt(person)
        tick(person, step("Team Leader", "move"))
        answered = {"situation": "2199-01-01T00:00:00+00:00"}
        Profile.objects.update(situation="in_role", current_role=route.analyst, answered_at=answered)
        assert "Are you in the role of" not in page(person).text
        assert "Your profile says Analyst." in page(person).text
        assert "You are here" not in page(person).text

    def test_only_a_move_that_is_made_to_a_role_that_is_shown_can_be_confirmed(self, route, person):
        adopt(person)
        leader, coaching = step("Team Leader", "move"), step("Coaching")
        confirm(person, leader)
        tick(person, coaching)
        confirm(person, coaching)
        tick(person, leader)
        Role.objects.filter(pk=route.leader.pk).update(status="draft")
        confirm(person, leader)
        assert not Profile.objects.exclude(current_role=None).exists()
        assert confirm(stranger(), leader).status_code == 404

    def test_says_when_every_step_is_done_and_where_it_goes_on(self, route, person):
        adopt(person, to="leader", via=".")
        for one in GoalStep.objects.all():
            assert "Every step is done." not in page(person).text
            tick(person, one)
        assert state(person).percent == 100
        assert f"{reverse('route-find')}?from=leader" in page(person).text
        Profile.objects.update(situation="in_role", current_role=route.leader)
        assert person.get("/me/").context["next"]["url"] == f"{reverse('route-find')}?from=leader"

    def test_what_evidence_shows_is_there_without_a_tick_and_not_stored(self, route, person):
        adopt(person)
        make.rate(person.profile, route.coaching, 3, on=date(2026, 5, 12))
        person.profile.certificates.create(certification=route.belt, earned_on=date(2026, 5, 12))
        text = page(person).text
        assert "Own rating, 12 May 2026" in text
        assert "Earned on 12 May 2026" in text
        assert state(person).done == 2
        assert not GoalStep.objects.done().exists()
        person.profile.evidence.update(withdrawn_at="2026-05-13T00:00Z")
        assert state(person).done == 1

    def test_what_one_can_do_already_is_told_and_no_step(self, route, person):
        make.rate(person.profile, route.coaching, 4)
        adopt(person)
        assert titles(leg=1) == ["Team Leader"]
        assert state(person).done == 0
        assert state(person).legs[0].there == ["Coaching 3", "Typing 2"]
        assert "2 of its skills need no step" in page(person).text
        assert "You already have" not in page(person).text  # nobody knows of Typing

    def test_what_evidence_reaches_later_stays_a_step_when_the_same_route_is_adopted_again(self, route, person):
        adopt(person)
        make.rate(person.profile, route.coaching, 4)
        adopt(person)
        assert "Coaching" in titles(leg=1)

    def test_a_certificate_that_lapsed_is_to_earn_again(self, route, person):
        held = person.profile.certificates.create(
            certification=route.belt, earned_on=date(2020, 5, 12), expires_on=date(2022, 5, 12)
        )
        adopt(person)
        assert "Yellow Belt" in titles(leg=1)
        assert "Lapsed on 12 May 2022." in page(person).text
        assert state(person).done == 0
        tick(person, step("Yellow Belt", "certification"))
        assert state(person).done == 1
        held.expires_on = None
        held.save()
        assert "Earned on 12 May 2020" in page(person).text

    def test_says_what_is_still_to_come(self, route, person):
        route.belt.steps.create(position=1, title="Learn", hours=20)
        adopt(person)
        ahead = state(person).ahead
        assert (ahead.months, ahead.months_unknown, ahead.costs, str(ahead.hours)) == (
            (18, 48), 1, ["US$422"], "about 20 h",
        )  # fmt: skip
        tick(person, step("Yellow Belt", "certification"))
        tick(person, step("Team Leader", "move"))
        assert (state(person).ahead.months, state(person).ahead.costs) == (None, [])

    def test_months_that_are_our_estimate_say_so(self, route, person):
        Move.objects.filter(pk=route.up.pk).update(months_confidence="derived")
        adopt(person)
        for path in ("/me/goal/", "/me/"):
            assert "after 18–48 months, our estimate" in person.get(path).text

    def test_a_skill_that_only_helps_says_so(self, route, person):
        route.leader.role_skills.filter(skill=route.coaching).update(is_essential=False)
        adopt(person)
        assert [row.is_helpful for row in state(person).rows] == [True, False, False, False, False]

    def test_each_move_has_the_colour_of_its_line(self, route, person):
        Move.objects.filter(pk=route.up.pk).update(track="quality")
        adopt(person)
        assert [leg.track for leg in state(person).legs] == ["quality", "operations"]

    def test_the_role_of_the_profile_says_where_one_is(self, route, person):
        adopt(person)
        Profile.objects.update(situation="in_role", current_role=route.leader)
        assert state(person).here == 1

    def test_says_where_the_target_is_another(self, route, person):
        adopt(person)
        Profile.objects.update(target_role=route.analyst)
        assert "Your target is Analyst." in page(person).text
        assert "Your target is Analyst." in person.get("/me/").text

    def test_the_dashboard_leads_to_the_next_step(self, route, person):
        adopt(person)
        dashboard = person.get("/me/")
        assert dashboard.context["next"]["title"] == "Raise Coaching to 3, able"
        assert "You are here" in dashboard.text
        assert f"{reverse('goal-read')}#step-{step('Coaching').pk}" in dashboard.text

    @pytest.mark.parametrize("path", ["/me/goal/", "/me/"])
    def test_queries_do_not_grow_with_the_steps(self, route, person, path):
        adopt(person)

        def queries():
            person.get(path)  # pays for what the process keeps of a revision
            with CaptureQueriesContext(connection) as captured:
                assert person.get(path).status_code == 200
            return len(captured)

        few, goal = queries(), Goal.objects.get()
        for number in range(100):
            skill, certification = make.make_skill(), make.make_certification()
            fields = {"leg": 1, "position": number, "title": "More", "goal": goal}
            GoalStep.objects.create(kind="skill", skill=skill, proficiency=3, **fields)
            GoalStep.objects.create(kind="certification", certification=certification, **fields)
            GoalStep.objects.create(
                kind="move", role=make.make_role(), goal=goal, position=9, title="x", done_at="2026-05-12T00:00Z"
            )
            make.rate(person.profile, skill, 3)
        assert queries() <= few

    def test_adopting_costs_the_same_for_more_steps(self, route, person):
        def cost():
            with CaptureQueriesContext(connection) as captured:
                adopt(person)
            return len(captured)

        adopt(person, via="analyst")
        few = cost()
        for _ in range(50):
            route.leader.role_skills.create(skill=make.make_skill(), proficiency=4)
        adopt(person, via="analyst")
        assert cost() <= few


@pytest.mark.django_db
class TestTicking:
    def test_is_said_not_switched(self, route, person):
        adopt(person)
        coaching = step("Coaching")
        for _ in range(2):
            assert tick(person, coaching).url == f"{reverse('goal-read')}#step-{coaching.pk}"
        first = step("Coaching").done_at
        tick(person, coaching)
        assert step("Coaching").done_at == first
        for _ in range(2):
            tick(person, coaching, "no")
        assert step("Coaching").done_at is None

    @pytest.mark.parametrize("done", ["", "perhaps", "\x00", "x" * 10_000])
    def test_what_says_neither_changes_nothing(self, route, person, done):
        adopt(person)
        assert tick(person, step("Coaching"), done).status_code == 302
        assert not GoalStep.objects.done().exists()

    def test_a_page_from_before_the_route_changed_ticks_a_step_that_stayed(self, route, person):
        adopt(person)
        planning = step("Planning")
        adopt(person, via="analyst")
        tick(person, planning)
        assert step("Planning").done_at

    def test_what_is_beside_the_route_can_be_removed(self, route, person):
        adopt(person)
        leader = step("Team Leader", "move")
        tick(person, leader)
        adopt(person, via="analyst")
        tick(person, leader)
        assert step("Team Leader", "move").done_at
        tick(person, leader, "no")
        assert not GoalStep.objects.filter(title="Team Leader").exists()

    def test_nobody_elses(self, route, person):
        adopt(person)
        mine = step("Coaching")
        assert tick(Client(), mine).status_code == 403  # who is not signed in may be the owner
        assert tick(stranger(), mine).status_code == 404
        assert not GoalStep.objects.done().exists()


def stranger():
    client = Client()
    client.force_login(make.make_user())
    return client


@pytest.mark.django_db
class TestTheGuideChanges:
    def edit(self, route):
        """HR edits months, asks for one skill more and for another proficiency, and raises a fee."""
        Move.objects.filter(pk=route.up.pk).update(months_from=12, months_to=24)
        route.leader.role_skills.filter(skill=route.coaching).update(proficiency=4)
        route.leader.role_skills.create(skill=route.planning, proficiency=2)
        type(route.belt).objects.update(fee_amount=500)

    def steps(self):
        return list(GoalStep.objects.order_by("pk").values())

    def test_an_edit_of_the_start_role_is_told_with_its_day(self, route, person):
        adopt(person)
        route.agent.role_skills.update(proficiency=3)
        Role.objects.get(pk=route.agent.pk).save()
        text = page(person).text
        assert "Skills asked where you start" in text
        assert f"On {date_format(timezone.localdate(), 'j F Y')}." in text

    def test_a_new_certificate_is_told_with_its_fee_and_hours(self, route, person):
        adopt(person)
        itil = make.make_certification(
            title="ITIL", steps=[("Learn", 30)], fee_amount=9, fee_currency="USD", fee_as_of="2025"
        )
        route.up.certifications.add(itil)
        assert "New: ITIL, US$9 (2025), about 30 h" in page(person).text

    def test_a_skill_that_has_a_new_name_is_no_difference(self, route, person):
        adopt(person)
        type(route.coaching).objects.filter(pk=route.coaching.pk).update(name="Coaching others")
        assert not state(person).differences

    def test_what_evidence_reached_is_kept_when_the_guide_asks_for_it_no_longer(self, route, person):
        adopt(person)
        person.profile.certificates.create(certification=route.belt, earned_on=date(2026, 5, 12))
        type(route.belt).objects.filter(pk=route.belt.pk).update(status="archived")
        decide(person, "accept")
        assert titles(leg=None) == ["Yellow Belt"]
        assert step("Yellow Belt", "certification").done_at

    def test_nothing_is_told_where_nothing_changed(self, route, person):
        adopt(person)
        assert not state(person).differences
        assert "The guide has changed" not in page(person).text

    def test_the_difference_is_told_and_the_goal_stays(self, route, person):
        adopt(person)
        tick(person, step("Coaching"))
        before = self.steps()
        self.edit(route)
        text = page(person).text
        assert "The guide has changed" in text
        for words in ("18–48 months", "12–24 months", "3 → 4", "now asked, 2, essential", "US$422 (2024)", "US$500"):
            assert words in text
        assert self.steps() == before
        assert person.get("/me/").text.count("The guide has changed") == 1

    def test_taken_over_the_steps_are_those_of_today_and_the_done_ones_stay(self, route, person):
        adopt(person)
        tick(person, step("Coaching"))
        self.edit(route)
        assert "Your goal is as the guide says now." in decide(person, "accept").text
        assert [(one.title, one.proficiency) for one in GoalStep.objects.filter(leg=1, kind="skill")] == [
            ("Coaching", 4),
            ("Planning", 2),
        ]
        assert step("Team Leader", "move").months_to == 24
        assert [(one.title, one.proficiency) for one in GoalStep.objects.filter(leg=None)] == [("Coaching", 3)]
        assert not state(person).differences

    def test_kept_nothing_changes_but_that_it_was_seen(self, route, person):
        adopt(person)
        before = self.steps()
        self.edit(route)
        assert "Your goal stays as it is." in decide(person, "dismiss").text
        assert self.steps() == before
        assert not state(person).differences
        Move.objects.filter(pk=route.up.pk).update(months_to=30)
        assert len(state(person).differences) == 1

    def test_what_evidence_reached_stays_a_step_when_the_guide_is_taken_over(self, route, person):
        make.rate(person.profile, route.typing, 1)
        adopt(person)
        person.profile.certificates.create(certification=route.belt, earned_on=date(2026, 5, 12))
        make.rate(person.profile, route.typing, 3, on=date(2026, 11, 23))
        before, done = titles(leg=1), state(person).done
        Move.objects.filter(pk=route.up.pk).update(months_to=60)
        decide(person, "accept")
        assert (sorted(titles(leg=1)), state(person).done) == (sorted(before), done)

    @pytest.mark.parametrize("verb", ["accept", "dismiss"])
    def test_what_hr_edited_since_the_page_was_opened_is_not_decided_unseen(self, route, person, verb):
        adopt(person)
        self.edit(route)
        old = state(person).digest
        Move.objects.filter(pk=route.up.pk).update(months_to=99)
        before = self.steps()
        answer = person.post(reverse(f"goal-{verb}-guide-change"), {"facts": old}, follow=True)
        assert "The guide has changed again" in answer.text
        assert self.steps() == before
        assert state(person).differences

    @pytest.mark.parametrize("verb", ["accept", "dismiss"])
    def test_twice_or_without_a_goal_it_does_no_harm(self, route, person, verb):
        assert decide_blindly(person, verb) == 200
        adopt(person)
        self.edit(route)
        facts = {"facts": state(person).digest}
        for _ in range(2):
            assert person.post(reverse(f"goal-{verb}-guide-change"), facts).status_code == 302
        assert decide_blindly(person, verb) == 200
        assert Goal.objects.count() == 1

    @pytest.mark.parametrize(
        "take_away",
        [
            lambda route: Move.objects.filter(pk=route.on.pk).update(status="archived"),
            lambda route: route.on.delete(),
            lambda route: Role.objects.filter(pk=route.manager.pk).update(status="archived"),
            lambda route: Role.objects.filter(pk=route.leader.pk).update(status="draft", title="Secret"),
            lambda route: Role.objects.filter(pk=route.agent.pk).update(status="draft", title="Secret"),
        ],
    )
    def test_a_move_that_is_gone_leaves_the_goal_and_offers_to_plan_anew(self, route, person, take_away):
        adopt(person)
        tick(person, step("Manager", "move"))
        before = self.steps()
        take_away(route)
        text = page(person).text
        assert "HR took this move out of the guide." in text
        assert "Your goal: Manager" in text
        assert "Secret" not in text
        assert "Secret" not in person.get("/me/").text
        assert "Take it over" not in text
        assert f"{reverse('route-find')}?" in text
        assert "nothing to take over" in decide(person, "accept").text
        assert self.steps() == before
        decide(person, "dismiss")
        assert not state(person).differences
        assert self.steps() == before

    def test_a_goal_whose_link_to_the_planner_is_followed_finds_it(self, route, person):
        adopt(person)
        Role.objects.filter(pk=route.manager.pk).update(status="archived")
        assert person.get(reverse("route-find"), state(person).query).status_code == 200

    def test_a_skill_or_certification_that_left_the_guide_keeps_its_name(self, route, person):
        adopt(person)
        type(route.coaching).objects.filter(pk=route.coaching.pk).update(status="draft", name="Secret")
        type(route.belt).objects.filter(pk=route.belt.pk).update(status="archived")
        text = page(person).text
        assert "Raise Coaching to 3" in text
        assert "Earn Yellow Belt" in text
        assert "Secret" not in text
        assert route.coaching.get_absolute_url() not in text

    def test_a_damaged_snapshot_breaks_nothing(self, route, person):
        adopt(person)
        for seen in ({}, {"moves": []}, {"moves": [{}]}, {"moves": [{"skills": 3}, {}, {}]}):
            Goal.objects.update(seen=seen)
            assert page(person).status_code == 200
            assert person.get("/me/").status_code == 200


def decide_blindly(client, verb):
    return client.post(reverse(f"goal-{verb}-guide-change"), {"facts": "x" * 9999}, follow=True).status_code


@pytest.mark.django_db
class TestDropping:
    def test_says_what_goes_first(self, route, person):
        adopt(person)
        tick(person, step("Coaching"))
        asked = person.get(reverse("goal-drop"))
        assert "the 1 step you ticked" in asked.text
        assert Goal.objects.exists()

    def test_goes_with_its_steps_and_nothing_else(self, route, person):
        adopt(person)
        make.rate(person.profile, route.coaching, 3)
        for _ in range(2):
            assert person.post(reverse("goal-drop")).url == reverse("goal-read")
        assert not Goal.objects.exists()
        assert person.profile.evidence.exists()
        person.profile.refresh_from_db()
        assert person.profile.target_role == route.manager

    def test_of_none_there_is_nothing_to_ask(self, client):
        assert client.get(reverse("goal-drop")).url == reverse("goal-read")


@pytest.mark.django_db
def test_a_guests_goal_comes_into_the_account(route, client):
    adopt(client)
    tick(client, step("Coaching"))
    user = make.make_user()
    guest = Profile.objects.get()
    client.force_login(user)
    assert "Your goal: Manager" not in page(client).text
    client.post(reverse("data-guest-claim"), {"guest": guest.pk})
    assert "Your goal: Manager" in page(client).text
    assert user.profile.goals.get().steps.done().count() == 1


@pytest.mark.django_db
def test_the_guide_is_read_at_a_constant_cost(route, django_assert_max_num_queries):
    role_facets()
    with django_assert_max_num_queries(9):
        build()


@pytest.mark.django_db
def test_without_a_goal_the_dashboard_leads_to_the_planner_with_what_is_known(route, person):
    plan = reverse("route-find")
    assert f'href="{plan}"' in person.get("/me/").text
    profile = person.profile
    profile.situation, profile.current_role, profile.target_role = "in_role", route.agent, route.manager
    profile.save()
    assert f'href="{plan}?from=agent&amp;to=manager"' in person.get("/me/").text
