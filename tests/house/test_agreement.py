"""Of one person and one role every page gives one answer: what is missing, which certification helps, the degree."""

import re
from datetime import date

import pytest
from django.urls import reverse

from careers.matching.selectors import matches_of
from tests.factories import make_certification, make_held, make_move, make_role, make_skill, rate

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


def words(response):
    """The page as read aloud: without tags, single blanks."""
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", "", main.replace("</", " </")).split()).replace("&#x27;", "'")


def sentences(pattern, page):
    return set(re.findall(pattern, page))


EFFECTS = r"(?:Closes|Narrows|Shows) [^.]+\."
MOST = rf"The certification that helps most towards Team Leader: ([^.]+) \. ({EFFECTS}(?: {EFFECTS})*)"
EFFECT = r"((?:Closes|Narrows) the gap in [^.]+\.)"


@pytest.fixture
def case(guest):
    """Somebody with school who is an agent, and a team leader's role that prefers a degree, by night too.

    The move recommends nothing that helps; another certification of the guide does.
    """
    coaching, reporting, excel, open_ = (
        make_skill(name=name) for name in ("Coaching", "Reporting", "Excel", "Planning")
    )
    agent = make_role(title="Agent", slug="agent", skills={reporting: 1})
    leader = make_role(
        title="Team Leader", slug="leader", level=3, degree="preferred", nights="usual", days="possible",
        skills={coaching: 4, reporting: 3, open_: 2},
    )  # fmt: skip
    profile = guest.profile
    for skill, level in ((coaching, 2), (reporting, 1), (excel, 4)):
        rate(profile, skill, level)
    profile.situation, profile.current_role, profile.target_role = "in_role", agent, leader
    profile.education, profile.shifts = "secondary", ["day"]
    profile.save()
    useless = make_certification(title="Excel Course", skills={excel: 5})
    lowering = make_certification(title="Old Belt", skills={coaching: 4, excel: 2})
    best = make_certification(title="Leader Course", skills={coaching: 3, reporting: 3, open_: 2})
    make_certification(title="Small Course", skills={reporting: 2})
    move = make_move(agent, leader, months=(12, 24), certifications=[useless, lowering])
    return {"leader": leader, "move": move, "best": best, "lowering": lowering, "excel": excel}


def pages(client):
    planner = {"from": "agent", "to": "leader"}
    return {
        "match": words(client.get(reverse("match-list"))),
        "role": words(client.get(reverse("role-detail", args=["leader"]))),
        "planner": words(client.get(reverse("route-find"), planner)),
        "dashboard": words(client.get(reverse("me-dashboard"))),
    }


def test_pages_name_the_same_certification_in_the_same_words(guest, case):
    told = {name: sentences(MOST, page) for name, page in pages(guest).items()}
    [(title, gains)] = told["role"]
    assert title == "Leader Course"
    assert gains.startswith(
        "Closes the gap in Reporting (from 1 → to 3). Narrows the gap in Coaching (from 2 → to 3 of 4)"
    )
    assert gains.endswith("Shows Planning (2 of 2), not rated yet.")
    assert all(one == {(title, gains)} for one in told.values()), told


def test_planner_that_recommends_none_says_which_one_helps_and_why_its_own_do_not(guest, case):
    page = pages(guest)["planner"]
    assert "None that the guide recommends for this move closes or narrows a gap of yours." in page
    assert "Excel Course (nothing that it shows is missing), Old Belt (it would lower Excel from 4 to 2)" in page
    case["move"].certifications.add(case["best"])
    page = pages(guest)["planner"]
    assert "None that" not in page
    assert len(sentences(EFFECT, page)) == 2


def test_what_the_planner_counts_is_a_step_of_the_goal_and_nothing_else(guest, case):
    case["move"].certifications.add(case["best"])
    route = {"from": "agent", "to": "leader", "by": "fastest", "via": "."}
    guest.post(reverse("goal-adopt"), route, headers={"Sec-Fetch-Site": "same-origin"})
    goal = words(guest.get(reverse("goal-read")))
    assert "Earn Leader Course" in goal
    assert "Old Belt" not in goal
    assert "Excel Course" not in goal
    assert "Raise Coaching to 4" in goal
    assert "Raise Reporting to 3" in goal


def test_pages_say_the_same_of_degree_and_shift(guest, case):
    told = pages(guest)
    for name, page in told.items():
        said = "Degree preferred: you have a school certificate; some employers will say no"
        assert said in page, name
        assert "Nights are usual: you accept day only; many employers will say no." in page, name
    assert "Degree: fits" not in "".join(told.values())
    compared = words(guest.get(reverse("role-compare"), {"role": ["agent", "leader"]}))
    assert "Degree Not needed Preferred" in compared


def test_who_has_no_degree_filters_out_what_prefers_one_as_the_search_without_a_degree_does(guest, case):
    left = words(guest.get(reverse("match-list"), {"only": "degree"}))
    assert "1 role of 2" in left
    assert "Team Leader" not in left


@pytest.mark.parametrize("education", ["", "below_secondary", "secondary", "vocational", "bachelor", "master"])
@pytest.mark.parametrize("degree", ["not_needed", "no_rule", "preferred", "needed"])
def test_every_degree_and_every_schooling_is_told_alike(guest, case, education, degree):
    type(case["leader"]).objects.filter(pk=case["leader"].pk).update(degree=degree)
    type(guest.profile).objects.update(education=education)
    guest.profile.refresh_from_db()
    matches = matches_of(profile=guest.profile, today=TODAY)
    fits = {match.role: match.fit for match in matches.shown(matches.ranked)}
    told = next(fact for fact in fits[case["leader"]].work if fact.key == "degree")
    assert told.text in words(guest.get(reverse("role-detail", args=["leader"])))
    planner = words(guest.get(reverse("route-find"), {"from": "agent", "to": "leader"}))
    assert (told.text in planner) == told.is_against


def test_gaps_are_the_same_levels_on_every_page(guest, case):
    for name, page in pages(guest).items():
        for told in ("2 → 4", "1 → 3"):
            assert told in page, (name, told)


def test_one_that_is_held_is_named_nowhere(guest, case):
    make_held(guest.profile, case["best"])
    told = pages(guest)
    assert all("Leader Course." not in page for page in told.values())
    assert len({frozenset(sentences(MOST, page)) for page in told.values()}) == 1


def test_what_only_a_certification_of_the_guide_brings_is_read_once_for_all(guest, case, django_assert_max_num_queries):
    for_reader = matches_of(profile=guest.profile, today=TODAY)
    for_reader.shown(for_reader.ranked)  # what the process keeps of the guide is there
    with django_assert_max_num_queries(7):
        matches = matches_of(profile=guest.profile, today=TODAY)
        matches.shown(matches.ranked)
