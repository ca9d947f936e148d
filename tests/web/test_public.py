"""What holds for every public page: cacheable, cookie-free, safe, the same cost for many rows as for one."""

import gzip
import re

import brotli
import pytest
from django.test import Client

from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Skill
from tests import factories as make
from tests.queries import queries_of_pages

LISTS = ["/", "/guide/", "/roles/", "/roles/compare/", "/skills/", "/certifications/", "/industries/", "/companies/",
         "/books/", "/faq/", "/paths/", "/paths/plan/", "/paths/ways-out/", "/search/", "/search/suggest/",
         "/match/"]  # fmt: skip
NOUNS = [Role, Skill, Certification, Industry, Company, Book, Question, Section]


def every_address():
    details = [thing.get_absolute_url().partition("#")[0] for noun in NOUNS for thing in noun.objects.published()]
    return [*LISTS, "/roles/?q=data&level=entry", "/search/?q=team", *dict.fromkeys(details)]


def test_every_published_page_answers_without_a_cookie_is_sent_once_and_carries_no_inline_code(guide, client):
    for address in every_address():
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert response["Cache-Control"] == "public, no-cache", address
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert inline_code(response.text) == [], address


def inline_code(page):
    """Data for search engines, which no browser runs, is none."""
    scripts = len(re.findall("<script", page)) - len(
        re.findall('<script (?:(?:defer )?src=|type="application/ld\\+json">)', page)
    )
    return [*re.findall(r"\sstyle=|<style|\son[a-z]+=", page), *["<script"] * scripts]


def test_inline_code_is_found():
    assert inline_code('<p style="top: 0">') == [" style="]
    assert inline_code('<script src="a.js"></script><script>1</script>') == ["<script"]
    assert inline_code('<a onclick="go()">') == [" onclick="]


def test_security_headers(guide, client):
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
class TestCache:
    def test_a_kept_page_asks_for_the_revision_alone_and_publishing_shows_at_once(
        self, client, django_assert_num_queries
    ):
        role = make.make_role(title="Before")
        assert "Before" in client.get("/roles/").text
        with django_assert_num_queries(0):  # it is asked below Django
            client.get("/roles/")
        Role.objects.filter(pk=role.pk).update(title="After")
        assert "After" in client.get("/roles/").text

    def test_pages_come_compressed_as_the_browser_asks(self, client):
        make.make_role(title="Agent")
        plain = client.get("/roles/").content
        assert brotli.decompress(client.get("/roles/", headers={"Accept-Encoding": "gzip, br"}).content) == plain
        assert gzip.decompress(client.get("/roles/", headers={"Accept-Encoding": "gzip"}).content) == plain
        refused = client.get("/roles/", headers={"Accept-Encoding": "br;q=0, gzip;q=0"})
        assert refused.content == plain
        assert "Content-Encoding" not in refused

    def test_a_part_for_htmx_is_never_kept_as_the_page(self, client):
        client.get("/roles/", headers={"HX-Request": "true"})
        response = client.get("/roles/")
        assert "<html" in response.text
        assert {"HX-Request", "Cookie", "Accept-Encoding"} <= set(response["Vary"].split(", "))

    def test_somebody_with_a_session_gets_a_page_that_no_proxy_keeps(self, client):
        client.force_login(make.make_user())
        response = client.get("/roles/")
        assert response["Cache-Control"] == "private, no-cache"

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_pages_are_only_read(self, client, method):
        assert getattr(client, method)("/roles/").status_code == 405

    def test_what_one_reader_adds_to_an_address_never_reaches_another(self, client):
        for _ in range(30):
            make.make_role()
        client.get("/roles/?junk=poison&level=entry")
        page = client.get("/roles/?level=entry").text
        assert "poison" not in page
        assert "?level=entry&amp;page=2" in page

    def test_says_sign_in_to_who_has_no_session_and_leads_back_by_what_the_page_reads(self, client):
        make.make_role()
        asha = Client()
        asha.force_login(make.make_user(email="asha@example.org"))
        own = asha.get("/roles/?level=lead&x=%22secret").text
        assert own.count(">asha@example.org</span></a>") == 3
        assert ">Sign in</a>" not in own
        for address in ("/roles/?level=lead&x=%22secret", "/roles/?x=other&level=lead"):
            page = client.get(address).text
            assert page.count('href="/account/login/?next=/roles/%3Flevel%3Dlead"') == 3  # header, menu, footer
            assert "asha" not in page
            assert "secret" not in re.sub(r"<link[^>]*>|<meta[^>]*>", "", page)

    @pytest.mark.parametrize("address", ["/shared/a-secret-token/", "/reminders/a-secret-token/stop/", "/nowhere/"])
    def test_no_address_that_holds_a_secret_is_a_way_back(self, client, address):
        page = client.get(address)
        assert page.status_code == 404
        assert 'href="/account/login/"' in page.text
        assert "next=" not in page.text

    def test_what_is_not_found_is_not_kept(self, client):
        assert client.get("/roles/agent/").status_code == 404
        make.make_role(slug="agent")
        assert client.get("/roles/agent/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("add", "address"),
    [
        (make.make_skill, "/skills/"),
        (make.make_certification, "/certifications/"),
        (make.make_industry, "/industries/"),
        (make.make_company, "/companies/"),
        (make.make_book, "/books/"),
        (make.make_question, "/faq/"),
        (make.make_section, "/guide/"),
    ],
)
def test_lists_keep_the_order_that_editors_gave(client, add, address):
    last, first, middle = (str(add(position=position)) for position in (30, 10, 20))
    page = client.get(address).text
    assert page.index(first) < page.index(middle) < page.index(last)


def fill(number):
    """Add `number` rows of everything, with everything that hangs on them."""
    for _ in range(number):
        skill, industry, metric = make.make_skill(), make.make_industry(), make.make_metric()
        certification = make.make_certification(steps=[("Read", 3), ("Sit", 1)], skills={skill: 2})
        role = make.make_role(industries=[industry], skills={skill: 3}, alternates=["One", "Two"])
        role.role_metrics.create(metric=metric)
        role.role_certifications.create(certification=certification)
        for add in (make.make_company, make.make_book, make.make_question, make.make_section):
            add()
    hang_everything_on_the_first()


def hang_everything_on_the_first():
    role, skill, certification = Role.objects.first(), Skill.objects.first(), Certification.objects.first()
    for other in Skill.objects.exclude(roles=role):
        role.role_skills.create(skill=other, proficiency=3)
    for other in Role.objects.exclude(skills=skill):
        other.role_skills.create(skill=skill, proficiency=2)
    for other in Role.objects.exclude(certifications=certification):
        other.role_certifications.create(certification=certification)
    for other in Role.objects.exclude(pk=role.pk).exclude(moves_in__from_role=role):
        make.make_move(role, other, certifications=[certification])
        make.make_move(other, role, certifications=[certification])
        make.make_move(role, destination=f"To {other}").carried_skills.add(skill)
    role.industries.set(Industry.objects.all())
    Industry.objects.first().roles.set(Role.objects.all())


@pytest.mark.any_database
@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows(client):
    for value in Section.Listing.values:
        make.make_section(listing=value)
    fill(2)
    firsts = [noun.objects.first().get_absolute_url().partition("#")[0] for noun in NOUNS]
    compared = "/roles/compare/?" + "&".join(f"role={slug}" for slug in Role.objects.values_list("slug", flat=True)[:2])
    searches = ["/roles/?q=role&level=entry", "/search/?q=role", "/roles/?q=nothing+at+all"]
    addresses = list(dict.fromkeys([*LISTS, *firsts, compared, *searches]))
    addresses.remove("/paths/")  # of many roles it is another map: `tests/house/test_growth.py`
    few = queries_of_pages(client, addresses)
    fill(48)
    many = queries_of_pages(client, addresses)
    grown = {address: (few[address], many[address]) for address in few if many[address] > few[address]}
    assert not grown
