"""Of more roles or certifications than a list holds, a page that asks for one has those that words find."""

import re

import pytest
from django.urls import reverse

from careers.guide.models.choices import Level
from careers.people.models.profiles import Profile
from careers.plans.models import CertificationPlan
from careers.search.services.indexing import refresh_index
from tests.factories import make_certification, make_move, make_role, make_skill, rate
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(monkeypatch):
    monkeypatch.setattr("careers.search.forms.MOST_LISTED", 5)
    monkeypatch.setattr("careers.routes.map.rules.lines.MOST_STATIONS", 5)
    titles = ("Amber", "Birch", "Cedar", "Daisy", "Elder", "Fern", "Ginger", "Hazel")
    roles = {title: make_role(title=title, slug=title.lower(), level=Level.ENTRY) for title in titles}
    roles["Cedar"].alternate_titles.create(title="Timber clerk")
    make_move(roles["Amber"], roles["Birch"])
    refresh_index()
    return roles


def listed(page, name):
    [select] = re.findall(rf'<select[^>]*name="{name}".*?</select>', page, re.S)
    return [label.strip() for label in re.findall(r"<option[^>]*>([^<]+)</option>", select)]


@pytest.mark.parametrize(
    ("url", "name", "blanks"),
    [
        ("route-find", "from", ["Choose a role", "New to BPO"]),
        ("route-find", "to", ["Choose a role"]),
        ("route-map", "around", ["Amber"]),
        ("profile-about", "now", ["No answer", "New to BPO", "In another job"]),
        ("profile-target", "target_role", ["No target yet"]),
    ],
)
def test_a_list_of_roles_is_looked_for_and_labelled(client, roles, url, name, blanks):
    page = client.get(reverse(url)).text
    assert listed(page, name) == blanks
    assert "Hazel" not in listed(page, name)
    [look] = re.findall(r'<input[^>]*name="find"[^>]*>', page)
    [identity] = re.findall(r'id="([^"]+)"', look)
    assert f'<label for="{identity}"' in page or f'for="{identity}"' in page
    if url.startswith("profile"):
        found = client.post(reverse(url), {"find": "timber clerk"}).text
    else:
        found = client.get(reverse(url), {"find": "timber clerk"}).text
    assert "Cedar" in listed(found, name)
    assert "Hazel" not in listed(found, name)


@pytest.mark.parametrize(
    ("url", "typed"), [("plan-add", {"title": "Own"}), ("profile-certificates", {"earned_on": "2 May 2024"})]
)
def test_of_many_certifications_one_is_looked_for(guest, monkeypatch, url, typed):
    monkeypatch.setattr("careers.search.forms.MOST_LISTED", 3)
    hazel = [make_certification(title=f"{word} exam") for word in ("Amber", "Birch", "Cedar", "Hazel")][-1]
    address = reverse(url)
    assert listed(guest.get(address).text, "certification") == ["Choose one"]
    page = guest.post(address, {"find": "hazel", **typed})
    assert page.context["form"].errors.keys() == {"find"}
    assert listed(page.text, "certification") == ["Choose one", "Hazel exam"]
    assert all(f'value="{value}"' in page.text for value in typed.values())
    assert not CertificationPlan.objects.exists()
    sent = {"find": "hazel", "found": "hazel", "certification": hazel.pk, "earned_on": "2 May 2024"}
    assert guest.post(address, sent).status_code == 302
    assert "Hazel exam" in guest.get(reverse("me-dashboard")).text
    assert "Nothing is found" in guest.post(address, {"find": "xqzxq"}).text


def test_looking_saves_nothing_and_keeps_what_was_typed(guest, roles):
    address = reverse("profile-about")
    page = guest.post(address, {"display_name": "Asha", "find": "hazel"})
    assert 'value="Asha"' in page.text
    assert 'name="found" value="hazel"' in page.text
    assert "Hazel" in listed(page.text, "now")
    assert Profile.objects.get(pk=guest.profile.pk).display_name == ""
    sent = {"display_name": "Asha", "find": "hazel", "found": "hazel", "now": f"role-{roles['Hazel'].pk}"}
    assert guest.post(address, sent).status_code == 302
    profile = Profile.objects.get(pk=guest.profile.pk)
    assert (profile.display_name, profile.current_role) == ("Asha", roles["Hazel"])
    assert "Hazel" in listed(guest.get(address).text, "now"), "what is chosen is listed"


def test_a_target_is_looked_for_chosen_and_taken_back(guest, roles):
    address = reverse("profile-target")
    assert "Hazel" in listed(guest.post(address, {"find": "hazel"}).text, "target_role")
    guest.post(address, {"find": "hazel", "found": "hazel", "target_role": roles["Hazel"].pk})
    assert Profile.objects.get(pk=guest.profile.pk).target_role == roles["Hazel"]
    came = guest.get(address, {"role": "fern"}).text
    assert {"Hazel", "Fern"} <= set(listed(came, "target_role"))
    assert guest.post(address, {"target_role": ""}).status_code == 302
    assert Profile.objects.get(pk=guest.profile.pk).target_role is None


@pytest.mark.parametrize("url", ["profile-about", "profile-target"])
@pytest.mark.parametrize("words", ["xqzxq", "\0", "x" * 5000])
def test_words_that_find_nothing_say_so(guest, roles, url, words):
    page = guest.post(reverse(url), {"find": words})
    assert page.status_code in (200, 302)
    assert words != "xqzxq" or "Nothing is found by these words. Try others." in page.text


def test_the_planner_takes_what_was_found_and_says_nothing_of_an_empty_end_while_one_looks(client, roles):
    address = reverse("route-find")
    page = client.get(address, {"from": "", "to": "", "find": "amber"}).text
    assert "Choose where you start." not in page
    assert "Amber" in listed(page, "from")
    assert "Choose where you start." in client.get(address, {"from": "", "to": ""}).text
    route = client.get(address, {"from": "amber", "to": "birch"})
    assert "Amber → Birch" in route.text
    assert listed(route.text, "to") == ["Choose a role", "Amber", "Birch"]
    assert client.get(address, {"from": "amber", "to": "nobody"}).status_code == 404


def test_the_map_says_how_many_are_beside_a_role_and_where_they_all_are(client, roles):
    for title in ("Cedar", "Daisy", "Elder", "Fern"):
        make_move(roles["Amber"], roles[title])
    page = client.get(reverse("route-map"), {"around": "amber"}).text
    assert "They are 5: the map has those of the nearest levels" in page
    assert f'href="{roles["Amber"].get_absolute_url()}#ways"' in page
    assert len(re.findall('<a class="metro-station"', page)) == 2 * 5
    fewer = client.get(reverse("route-map"), {"around": "birch"}).text
    assert "They are" not in fewer


def test_of_many_skills_the_urgent_the_rated_and_those_looked_for_can_be_rated(guest, monkeypatch):
    monkeypatch.setattr("careers.evidence.services.MOST_AT_ONCE", 3)
    names = ("Amber", "Birch", "Cedar", "Daisy", "Elder", "Fern")
    skills = {name: make_skill(name=name, position=number) for number, name in enumerate(names)}
    rate(guest.profile, skills["Elder"], 2)
    profile = guest.profile
    profile.target_role = make_role(skills={skills["Daisy"]: 3})
    profile.save()
    refresh_index()
    address = reverse("profile-skills")

    def asked(page):
        return [name for name in names if f'name="skill_{skills[name].pk}"' in page.text]

    assert asked(guest.get(address)) == ["Amber", "Daisy", "Elder"]
    assert "Fern" in asked(guest.get(address, {"skill": skills["Fern"].pk}))
    looked = guest.post(address, {f"skill_{skills['Daisy'].pk}": "3", "find": "fern"})
    assert {"Daisy", "Fern"} <= set(asked(looked))
    assert guest.profile.evidence.count() == 1, "nothing is saved while one looks"
    sent = {f"skill_{skills[name].pk}": "3" for name in ("Daisy", "Fern")}
    assert guest.post(address, {**sent, "find": "fern", "found": "fern"}).status_code == 302
    assert {row.skill.name for row in guest.profile.evidence.all()} == {"Elder", "Daisy", "Fern"}


def test_choosing_costs_the_same_however_many_there_are(guest, roles):
    pages = [reverse(url) for url in ("route-find", "route-map", "profile-about", "profile-target")]
    guest.get(pages[0])
    few = [queries_of(lambda page=page: guest.get(page)) for page in pages]
    for number in range(40):
        make_role(title=f"More {number}")
    guest.get(pages[0])
    assert [queries_of(lambda page=page: guest.get(page)) for page in pages] == few
