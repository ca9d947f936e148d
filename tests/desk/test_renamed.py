"""A page that got another address is found at the old one, wherever that stands: in a path, a query, a form, a vote."""

import re
import shutil
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from careers.desk.selectors.votes import least_useful
from careers.guide.models.certifications import Certification
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.old_slugs import OldSlug, note_slugs
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.selectors.old_slugs import slugs_today
from careers.guide.services.loading import FIXTURES, load_guide
from careers.lib import texts
from careers.routes.selectors.goal_page import with_skills_of_today
from careers.routes.selectors.planner import DIRECT
from careers.site.models import PageVote
from careers.urls import urlpatterns
from careers.web.renamed import MOST_SLUGS, query_of_today
from tests.factories import make_certification, make_company, make_industry, make_move, make_role, make_skill
from tests.sending import send

OURS = {"Sec-Fetch-Site": "same-origin"}
# What pages read of a query that is no slug of the guide: words, numbers, choices, codes, paths of ours.
NO_SLUGS = {
    "q",
    "sort",
    "page",
    "only",
    "find",
    "by",
    "kind",
    "zone",
    "level",
    "track",
    "degree",
    "work_type",
    "nights",
    "shift",
    "days",
}


def rename(page, slug):
    before, page.slug = page.slug, slug
    page.save()
    note_slugs(type(page), [(page, before)])
    return page


@pytest.fixture
def renamed(db):
    """A page of each noun that has pages of its own, once “old-…” and “new-…” now."""
    skill, industry = make_skill(slug="old-skill"), make_industry(slug="old-industry")
    certification = make_certification(slug="old-certification", skills={skill: 3})
    role = make_role(slug="old-role", skills={skill: 3}, industries=[industry])
    role.role_certifications.create(certification=certification)
    company = make_company(slug="old-company")
    pages = {Role: role, Skill: skill, Industry: industry, Certification: certification, Company: company}
    for noun, page in pages.items():
        rename(page, f"new-{noun._meta.model_name}")
    return pages


def patterns_with_slugs():
    return [pattern for pattern in urlpatterns if "slug" in pattern.pattern.converters]


class TestPaths:
    def test_every_address_with_a_slug_knows_whose_it_is(self):
        assert [one.name for one in patterns_with_slugs() if not hasattr(one.callback, "noun_of_slug")] == []
        assert len(patterns_with_slugs()) > 12

    @pytest.mark.parametrize("pattern", patterns_with_slugs(), ids=lambda one: one.name)
    def test_lead_to_the_same_address_of_today(self, guest, renamed, pattern):
        noun = pattern.callback.noun_of_slug
        old, new = (reverse(pattern.name, args=[f"{age}-{noun._meta.model_name}"]) for age in ("old", "new"))
        guest.profile.saved_roles.create(role=renamed[Role])
        answer = guest.get(f"{old}?page=1&sort=name")
        assert (answer.status_code, answer["Location"]) == (301, f"{new}?page=1&sort=name")
        assert answer["Cache-Control"].startswith("private, no-")

    def test_do_what_a_form_asked_that_was_open_meanwhile(self, guest, renamed):
        profile = guest.profile
        guest.post(reverse("role-save", args=["old-role"]), headers=OURS)
        assert profile.saved_roles.get().role == renamed[Role]
        guest.post(reverse("plan-track", args=["old-certification"]), headers=OURS)
        assert profile.certification_plans.get().certification == renamed[Certification]
        guest.post(reverse("saved-remove", args=["old-role"]), headers=OURS)
        assert not profile.saved_roles.exists()

    def test_find_a_page_through_all_the_addresses_that_it_had(self, client, renamed):
        rename(renamed[Role], "third")
        for old in ("old-role", "new-role"):
            assert client.get(f"/roles/{old}/")["Location"] == "/roles/third/"
        rename(renamed[Role], "old-role")
        assert client.get("/roles/old-role/").status_code == 200
        assert client.get("/roles/third/")["Location"] == "/roles/old-role/"

    def test_that_a_page_has_now_are_its_own(self, client, renamed):
        make_role(slug="old-role", title="Somebody else's")
        assert "Somebody else" in client.get("/roles/old-role/").text
        assert slugs_today({(Role, "old-role"), (Skill, "old-role")}) == {}

    def test_say_nothing_of_a_page_that_nobody_knows(self, client, renamed):
        Role.objects.update(status="draft")
        assert client.get("/roles/old-role/").status_code == 404


QUERIES = {
    "/roles/compare/?role=old-role&role=other": "/roles/compare/?role=new-role&role=other",
    "/roles/?skill=old-skill&industry=old-industry&certification=old-certification&q=night+work": (
        "/roles/?skill=new-skill&industry=new-industry&certification=new-certification&q=night%20work"
    ),
    "/certifications/?skill=old-skill": "/certifications/?skill=new-skill",
    "/paths/plan/?from=new&to=old-role&by=fastest": "/paths/plan/?from=new&to=new-role&by=fastest",
    "/paths/plan/?from=other&to=third&via=old-role,other": "/paths/plan/?from=other&to=third&via=new-role,other",
    "/paths/?around=old-role": "/paths/?around=new-role",
    "/me/profile/target/?role=old-role": "/me/profile/target/?role=new-role",
    "/me/saved/?at=old-role&sort=name": "/me/saved/?at=new-role&sort=name",
    "/me/saved/?removed=old-role": "/me/saved/?removed=new-role",
    "/me/saved/compare/?role=other&role=old-role": "/me/saved/compare/?role=other&role=new-role",
}


class TestQueries:
    def test_of_every_public_page_are_known_to_carry_slugs_or_not(self):
        unknown = []
        for pattern in urlpatterns:
            read = getattr(pattern.callback, "parameters", None)
            names = {*read.once, *read.sets, *read.lists} if read else set()
            unknown += [(pattern.name, one) for one in names - NO_SLUGS - carried(pattern)]
        # Occupations go by codes and titles there.
        assert sorted(unknown) == [("occupation-route", "from"), ("occupation-route", "to")]

    def test_that_name_a_role_or_a_skill_are_looked_at_in_every_view(self):
        """Whatever a view reads of a query by a name that carries slugs elsewhere."""
        names = {name for pattern in urlpatterns for name in carried(pattern)}
        folder = Path(texts.__file__).parent.parent
        read = re.compile(r"request\.GET\.get(?:list)?\(\"(\w+)\"")
        found = {
            (path.relative_to(folder).as_posix(), name)
            for path in folder.glob("**/views/**/*.py")
            if "desk" not in path.parts  # whose pages go by keys
            for name in read.findall(path.read_text())
            if name in names
        }
        covered = {
            (path.relative_to(folder).as_posix(), name)
            for path in folder.glob("**/views/**/*.py")
            if "slugs_in_query(" in path.read_text()
            for name in names
        }
        assert found - covered == set()

    @pytest.mark.parametrize(("old", "new"), QUERIES.items())
    def test_lead_to_those_of_today(self, guest, renamed, old, new):
        for slug in ("other", "third"):
            make_role(slug=slug)
        answer = guest.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert guest.get(new).status_code in (200, 302)

    def test_of_a_visitor_are_led_on_before_a_page_is_kept(self, renamed):
        assert Client().get("/paths/?around=old-role").status_code == 301
        assert Client().get("/paths/?around=new-role").status_code == 200
        assert Client().get("/paths/?around=old-role").status_code == 301

    def test_of_any_size_and_with_anything_in_them_are_read(self, client, renamed, django_assert_max_num_queries):
        many = "&".join(f"role=x{number}" for number in range(3 * MOST_SLUGS))
        for query in (many, "role=%00", "role=a%2Cb", "role=%F0%9F%98%80", "role=" + "a" * 500, "role=,,,"):
            assert client.get(f"/roles/compare/?{query}").status_code == 200

    def test_cost_one_query_where_a_slug_is_given_and_none_else(self, rf, renamed, django_assert_num_queries):
        nouns = {"role": Role, "skill": Skill}
        with django_assert_num_queries(0):
            query_of_today(rf.get("/?q=old-role").GET, nouns)
        with django_assert_num_queries(1):
            query_of_today(rf.get("/?role=a&role=b&skill=c").GET, nouns)

    def test_of_a_route_that_is_adopted_from_an_open_page(self, guest, renamed):
        other = make_role(slug="other")
        make_move(other, renamed[Role])
        sent = {"from": "other", "to": "old-role", "by": "fastest", "via": DIRECT}
        send(guest, reverse("goal-adopt"), sent, headers=OURS)
        assert guest.profile.goals.get().role == renamed[Role]


def carried(pattern):
    return set(getattr(pattern.callback, "nouns_of_query", ()))


class TestElsewhere:
    def test_a_vote_from_an_open_page_counts_for_the_page_and_older_ones_name_it(self, client, renamed):
        client.post("/useful/", {"page": "/roles/old-role/", "useful": "no"}, headers=OURS)
        assert PageVote.objects.get().path == "/roles/new-role/"
        PageVote.objects.update(path="/skills/old-skill/")
        [page], _ = least_useful()
        assert page.name == str(renamed[Skill])

    def test_the_site_map_names_pages_of_today(self, client, renamed):
        text = client.get("/sitemap.xml").text
        assert "/roles/new-role/" in text
        assert "old-" not in text

    def test_what_a_goal_has_seen_of_a_skill_is_found_under_its_new_address(self, renamed):
        seen = [{"skills": {"old-skill": [3, True]}, "names": {"old-skill": "It"}, "how": "old-skill", "months": None}]
        assert with_skills_of_today(seen, []) == [
            {"skills": {"new-skill": [3, True]}, "names": {"new-skill": "It"}, "how": "old-skill", "months": None}
        ]

    def test_a_fixture_is_not_given_an_address_that_leads_to_another_page(self, guide, tmp_path):
        folder = tmp_path / "fixtures"
        shutil.copytree(FIXTURES, folder)
        page = make_skill(slug="once-there")
        rename(page, "today")
        (folder / "skills.json").write_text(
            (FIXTURES / "skills.json").read_text().replace('"coaching"', '"once-there"', 1)
        )
        report = load_guide(folder=folder)
        assert any("another page here had its address" in one for one in report.kept)
        assert OldSlug.page_at(Skill, "once-there") == page
        assert not Skill.objects.filter(slug="once-there").exists()
