"""What machines ask of the site, and pages for when something is wrong."""

import re
from copy import deepcopy

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import permission_denied, server_error

from careers.runtime.readiness import readiness
from careers.site.views.machines import bad_request
from tests.factories import make_role


@pytest.mark.django_db
class TestMachines:
    def test_the_site_map_names_published_pages_only(self, client):
        make_role(slug="agent")
        make_role(slug="secret", status="draft")
        page = client.get("/sitemap.xml").text
        assert "/roles/agent/" in page
        assert "/companies/" in page
        assert "secret" not in page

    def test_a_site_map_of_many_addresses_is_a_list_of_files_that_have_them_all(self, client, monkeypatch):
        monkeypatch.setattr("careers.site.views.machines.NounSitemap.limit", 4)
        monkeypatch.setattr("careers.site.views.machines.A_FILE", 4)
        slugs = {make_role().slug for _ in range(10)}
        make_role(slug="secret", status="draft")
        listed = re.findall("<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").text)
        assert len(listed) == len(set(listed))
        assert [one for one in listed if "role" in one] == [f"/sitemap-role.xml{page}" for page in ("", "?p=2", "?p=3")]
        files = [re.findall("<loc>http://testserver(.*?)</loc>", client.get(one).text) for one in listed]
        addresses = [one for file in files for one in file]
        assert max(len(file) for one, file in zip(listed, files, strict=True) if "pages" not in one) <= 4
        assert len(addresses) == len(set(addresses))
        assert {one for one in addresses if one.startswith("/roles/")} == {
            "/roles/",
            *(f"/roles/{one}/{page}" for one in slugs for page in ("", "apply/", "ready/")),
        }
        assert client.get("/sitemap-role.xml?p=4").status_code == 404
        assert client.get("/sitemap-nothing.xml").status_code == 404

    def test_robots_stay_out_of_the_desk_and_find_the_site_map(self, client):
        page = client.get("/robots.txt")
        assert page["Content-Type"].startswith("text/plain")
        assert "Disallow: /admin/" in page.text
        assert "Sitemap: http://testserver/sitemap.xml" in page.text

    def test_health_asks_nobody(self, client, django_assert_num_queries):
        client.cookies["sessionid"] = "a" * 32
        with django_assert_num_queries(0):
            assert client.get("/healthz").text == "ok"

    def test_readiness_says_what_is_there(self, client):
        readiness.forget()
        answer = client.get("/readyz")
        assert answer.text == "database: ok\nmigrations: ok\ncache: ok\nstorage: ok\n"
        assert answer.status_code == 200

    def test_readiness_says_what_is_missing(self, client, settings, tmp_path):
        readiness.forget()
        (tmp_path / "file").touch()
        settings.STORAGES = deepcopy(settings.STORAGES)
        settings.STORAGES["private"]["OPTIONS"]["location"] = str(tmp_path / "file")
        counted = {"BACKEND": "careers.runtime.counts.RedisCounts", "LOCATION": "redis://:secret@127.0.0.1:1/0"}
        settings.CACHES = {**settings.CACHES, "default": counted}
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'careers' AND name LIKE '00%'")
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert re.search("migrations: [0-9]+ wait", answer.text)
        assert "cache: takes no counts" in answer.text
        assert "storage: takes no files" in answer.text
        assert "secret" not in answer.text


@pytest.mark.django_db
class TestNavigation:
    @pytest.mark.parametrize(
        ("path", "name", "current"),
        [
            ("/paths/", "route-map", "page"),
            ("/paths/plan/", "route-map", "true"),
            ("/paths/ways-out/", "route-map", "true"),
            ("/roles/", "role-list", "page"),
            ("/me/", "me-dashboard", "page"),
            ("/me/cv/", "me-dashboard", "true"),
        ],
    )
    def test_header_menu_and_tabs_say_where_one_is(self, client, path, name, current):
        here = f'<a href="{reverse(name)}" aria-current="{current}">'
        assert client.get(path).text.count(here) == 3

    def test_the_menu_of_a_phone_leads_to_the_small_pages_too(self, client):
        """In groups with a name: so many links below each other are a wall."""
        menu = client.get("/").text.partition('aria-label="Menu"')[2].partition("</nav>")[0]
        for name in ("skill-list", "exit-list", "route-find", "match-list", "role-compare", "saved-list"):
            assert f'href="{reverse(name)}"' in menu, name
        groups = [group.partition("</ul>")[0] for group in menu.split('<ul aria-labelledby="menu-')[1:]]
        assert [group.partition('"')[0] for group in groups] == ["yours", "explore", "read"]
        assert max(group.count("<a") for group in groups) <= 7

    def test_in_the_menu_one_place_is_here(self, client):
        for path in ("/match/", "/practice/", "/companies/", "/me/saved/", "/me/cv/"):
            menu = client.get(path).text.partition('aria-label="Menu"')[2].partition("</nav>")[0]
            assert menu.count("aria-current") == 1, path


@pytest.mark.django_db
class TestFailures:
    def test_a_page_that_is_not_there_leads_on(self, client):
        response = client.get("/roles/no-such-role/")
        assert response.status_code == 404
        assert "This line ends here" in response.text
        assert "/search/" in response.text

    def test_what_cannot_be_read_is_a_sentence(self):
        response = bad_request(RequestFactory().get("/"), ValueError())
        assert response.status_code == 400
        assert "Nothing was saved" in response.content.decode()

    @pytest.mark.parametrize("path", ["/", "/healthz", "/me/", "/account/login/"])
    def test_a_host_that_is_not_ours_is_a_sentence(self, client, path):
        response = client.get(path, headers={"Host": "evil.example"})
        assert response.status_code == 400
        assert "We could not take that" in response.text

    def test_a_fault_of_ours_is_a_sentence(self):
        response = server_error(RequestFactory().get("/"))
        assert response.status_code == 500
        assert "Nothing you did is lost" in response.content.decode()

    def test_a_shut_door_is_a_sentence(self):
        response = permission_denied(RequestFactory().get("/"), Exception())
        assert response.status_code == 403
        assert "not yours to open" in response.content.decode()

    @pytest.mark.parametrize("path", ["/roles/%00/", "/roles/../admin", "/roles/💥/", "/skills/'OR 1=1/"])
    def test_odd_addresses_are_not_found(self, client, path):
        assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_each_page_carries_the_credit_that_the_licences_of_onet_and_esco_ask_for(client):
    foot = " ".join(re.sub("<[^>]*>", " ", client.get("/").text.partition("<footer")[2]).split())
    assert (
        "information from the O*NET 30.1 Database by the U.S. Department of Labor, Employment and Training "
        "Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA." in foot
    )
    assert "has modified some of this information. USDOL/ETA has not approved, endorsed, or tested these mod" in foot
    assert "This service uses the ESCO classification of the European Commission" in foot
