"""At the desk one chooses from many without a list of all: what the page holds, and what an editor looked for."""

import re

import pytest
from django.urls import reverse

from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from tests.as_sent import as_sent
from tests.desk.forms import opened, send
from tests.factories import make_metric, make_move, make_role, make_skill
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr("careers.desk.admin.pickers.MOST_LISTED", 5)


@pytest.fixture
def desk(admin_client):
    return admin_client


@pytest.fixture
def roles():
    return [make_role(title=f"Agent {number:02}") for number in range(12)]


def listed(page, name):
    """The labels of a select of the page."""
    [select] = re.findall(rf'<select name="{name}".*?</select>', page, re.S)
    return re.findall(r"<option [^>]*>([^<]+)</option>", select)


def test_a_page_lists_what_it_holds(desk, roles):
    move = make_move(roles[3], roles[7])
    page = desk.get(reverse("admin:careers_move_change", args=[move.pk])).text
    assert listed(page, "from_role") == ["---------", "Agent 03"]
    assert listed(page, "to_role") == ["---------", "Agent 07"]
    assert "In roles." in page
    assert 'for="id_look_for"' in page
    assert listed(desk.get(reverse("admin:careers_move_add")).text, "from_role") == ["---------"]


def test_looking_saves_nothing_loses_nothing_and_what_is_found_can_be_chosen(desk, roles):
    move = make_move(roles[3], roles[7])
    form = opened(desk, move)
    page = send(desk, move, form, how="By asking.", look_for="agent 09", _look="Look")
    assert page.status_code == 200
    assert listed(page.text, "to_role") == ["---------", "Agent 07", "Agent 09"]
    assert "By asking." in page.text
    assert "Nothing is saved yet" in page.text
    assert "The lists have what was found" in page.text
    assert not Move.objects.filter(how="By asking.").exists()
    looked = {"look_for": "agent 09", "listed_for": "agent 09"}
    done = send(desk, move, form, how="By asking.", to_role=roles[9].pk, **looked, _publish="x")
    assert done.status_code == 302
    assert Move.objects.get(how="By asking.").to_role == roles[9]


def test_words_that_were_just_written_are_looked_for_before_anything_is_saved(desk, roles):
    move = make_move(roles[3], roles[7])
    by_enter = {"look_for": "agent 09", "_save": "Save"}
    form = opened(desk, move)
    page = send(desk, move, form, how="By asking.", **by_enter)
    assert "Nothing is saved yet" in page.text
    assert listed(page.text, "to_role") == ["---------", "Agent 07", "Agent 09"]
    no_longer = {"look_for": "", "listed_for": "agent 09", "_save": "Save"}
    assert send(desk, move, form, how="By asking.", **no_longer, _publish="x").status_code == 302
    assert Move.objects.filter(how="By asking.").exists()


@pytest.mark.parametrize("noun", ["role", "move", "certification"])
@pytest.mark.parametrize("words", ["xqzxq", "", "agent"])
def test_who_only_looks_has_nothing_to_fix_and_is_told_what_came_of_it(desk, roles, noun, words):
    for number in range(9):
        make_skill(name=f"Agent's skill {number}")
    address = reverse(f"admin:careers_{noun}_add")
    sent = dict.fromkeys(re.findall(r'name="(\w+-(?:TOTAL|INITIAL)_FORMS)"', desk.get(address).text), 0)
    sent |= {name: 1 for name in sent if name.endswith("-TOTAL_FORMS")} | {"role_skills-0-proficiency": "no number"}
    page = desk.post(address, {**sent, "look_for": words, "_look": "Look"}).text
    assert "Nothing is saved yet" in page
    assert "to fix" not in page
    assert "errorlist" not in page
    assert "Error:" not in page
    told = {"xqzxq": "Nothing is found by “xqzxq”", "": "Write <a", "agent": "The lists have what was found"}
    assert [said for said in told.values() if said in page] == [told[words]]


def test_rows_of_a_page_and_ticks_are_chosen_alike(desk):
    skills = [make_skill(name=f"Skill {number:02}") for number in range(9)]
    role = make_role(skills={skills[2]: 3})
    address = reverse("admin:careers_role_change", args=[role.pk])
    page = desk.get(address).text
    assert listed(page, "role_skills-0-skill") == ["---------", "Skill 02"]
    found = send(desk, role, opened(desk, role), look_for="skill 05", _look="Look").text
    assert listed(found, "role_skills-0-skill") == ["---------", "Skill 02", "Skill 05"]
    form = opened(desk, role)
    rows = {name.replace("-0-", "-1-"): value for name, value in form.items() if name.startswith("role_skills-0-")}
    rows |= {"role_skills-1-id": "", "role_skills-1-skill": skills[5].pk, "role_skills-TOTAL_FORMS": 2}
    assert send(desk, role, form, **rows, _publish="x").status_code == 302
    assert {row.skill for row in role.role_skills.all()} == {skills[2], skills[5]}


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "\0", "-1"])
def test_nonsense_is_no_fault(desk, roles, value):
    sent = {"look_for": value, "_look": "Look", "from_role": value, "to_role": value}
    assert desk.post(reverse("admin:careers_move_add"), sent).status_code == 200


def test_rows_of_a_page_cost_no_query_each(desk):
    skills = [make_skill() for _ in range(12)]
    one, many = make_role(skills={skills[0]: 3}), make_role(skills=dict.fromkeys(skills, 2))
    addresses = [reverse("admin:careers_role_change", args=[role.pk]) for role in (one, many)]
    costs = [queries_of(lambda address=address: desk.get(address)) for address in addresses]
    assert costs[0] == costs[1]


def test_a_form_costs_the_same_however_many_there_are_to_choose(desk, roles):
    move = make_move(roles[3], roles[7])
    address = reverse("admin:careers_move_change", args=[move.pk])
    size = len(desk.get(address).content)  # the first look keeps what the page says
    few = queries_of(lambda: desk.get(address))
    for number in range(60):
        make_role(title=f"More {number}")
    assert queries_of(lambda: desk.get(address)) == few
    assert len(desk.get(address).content) <= size + 200
    assert Role.objects.count() > 70


def test_without_a_script_a_button_gets_one_more_row_and_one_that_stays_empty_is_none(desk, roles):
    make_metric(name="Accuracy")
    form = opened(desk, roles[0])
    page = send(desk, roles[0], form, summary="Not saved.", _add_row="role_metrics")
    assert '<a href="#role_metrics-group">The rows</a> have one more.' in page.text
    assert "Not saved." in page.text
    assert not Role.objects.filter(summary="Not saved.").exists()
    added = as_sent(page.text, form_id="role_form")
    assert [added[f"role_metrics-{name}"] for name in ("TOTAL_FORMS", "0-position")] == [["1"], ["100"]]
    empty = send(desk, roles[0], added, summary="Saved, and no row.")
    assert empty.status_code == 302
    assert "Saved, and no row." in desk.get(reverse("admin:careers_role_change", args=[roles[0].pk])).text
