"""What the list of roles is narrowed by follows the guide: whatever changed, it is as if it were read anew."""

import pytest

from careers.guide.rules.facets import places
from careers.guide.selectors.role_facets import build, role_facets
from tests.factories import make_role, make_skill
from tests.search.test_indexing import CHANGES, ask_for, some_guide

pytestmark = pytest.mark.django_db


def whole(guide):
    facets = guide.facets
    values = {facets.ids[place]: facets._values(1 << place) for place in places(facets.every)}
    return values, guide.order, guide.places.by_level, guide.places.by_name, guide.labels


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_it_is_as_if_it_were_read_anew(change):
    one = some_guide()
    role_facets()
    change(one)
    assert whole(role_facets()) == whole(build())


def test_an_edit_reads_what_it_touched_alone(django_assert_max_num_queries, client):
    skill = make_skill(name="Listening")
    roles = [make_role(title=f"Agent {number}", skills={skill: 2}) for number in range(40)]
    former = role_facets()
    ask_for(roles[3], make_skill(name="Juggling"))
    with django_assert_max_num_queries(10):
        now = role_facets()
    assert now is not former
    assert role_facets() is now
    assert set(now.labels["skill"].values()) - set(former.labels["skill"].values()) == {"Juggling"}


def test_a_page_of_many_reads_its_own_roles_alone(client, django_assert_max_num_queries):
    skills = [make_skill(name=f"Skill {number:02}") for number in range(50)]
    for number in range(30):
        make_role(title=f"Agent {number:02}", skills={skills[number]: 2, skills[number + 20]: 1})
    client.get("/roles/")
    make_role(title="One more")
    with django_assert_max_num_queries(20):
        page = client.get("/roles/?page=2").text
    assert page.count('class="role-card ') == 7
    assert "10 more: " in page
    assert page.count('name="skill"') == 40
    chosen = client.get(f"/roles/?skill={skills[49].slug}").text
    assert f'value="{skills[49].slug}" checked' in chosen
