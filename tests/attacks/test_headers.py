"""What every answer says to the browser, and under what names cookies are kept."""

import re
from http.cookies import SimpleCookie

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from django.urls import reverse

from bpo_portal.headers import ON_EVERY_ANSWER
from tests.factories import make_plan, make_user

WHITENOISE = "bpo_portal.static.StaticFiles"


@pytest.fixture
def static_files(settings):
    """Served as in real life, from the sources."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.MIDDLEWARE = [*portal_settings.MIDDLEWARE[:4], WHITENOISE, *portal_settings.MIDDLEWARE[4:]]


def lacking(response):
    response.close()
    return {name for name, value in ON_EVERY_ANSWER.items() if response.headers.get(name) != value}


@pytest.mark.django_db
def test_every_kind_of_answer_says_what_is_closed(static_files, person, monkeypatch):
    plan = make_plan(person.profile)
    visitor = Client(raise_request_exception=False)
    page = visitor.get("/roles/")
    feed_made = person.post(reverse("calendar-make"))
    feed = re.search(r"/calendar/[\w-]+\.ics", person.get(reverse("calendar-read")).text)[0]
    etag = visitor.get(feed)["ETag"]
    answers = {
        "page": (200, page),
        "page that is kept": (200, visitor.get("/roles/")),
        "page that is not changed": (304, visitor.get("/roles/", headers={"If-None-Match": page["ETag"]})),
        "own page": (200, person.get("/me/")),
        "redirect": (302, feed_made),
        "missing page": (404, visitor.get("/nowhere/")),
        "refused": (403, visitor.get(reverse("plan-read", args=[plan.pk]))),
        "foreign form": (403, Client(enforce_csrf_checks=True).post("/account/login/")),
        "wrong method": (405, visitor.put("/me/")),
        "bad request": (400, visitor.get("/roles/", headers={"Host": "evil.example"})),
        "static file": (200, visitor.get("/static/js/passkeys.js")),
        "missing static file": (404, visitor.get("/static/nothing.js")),
        "download": (200, person.get(reverse("data-download"))),
        "calendar": (200, visitor.get(feed)),
        "calendar that is not changed": (304, visitor.get(feed, headers={"If-None-Match": etag})),
        "robots": (200, visitor.get("/robots.txt")),
        "desk": (302, visitor.get("/admin/")),
    }
    monkeypatch.setattr("careers.site.views.machines.render", None)
    answers["fault"] = (500, visitor.get("/robots.txt"))
    assert {name: answer.status_code for name, (_, answer) in answers.items()} == {
        name: status for name, (status, _) in answers.items()
    }
    assert {name: said for name, (_, answer) in answers.items() if (said := lacking(answer))} == {}


@pytest.fixture
def https(settings):
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.COOKIE_PREFIX = "__Host-"


@pytest.mark.django_db
def test_the_way_to_https_says_it_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/roles/")
    assert (answer.status_code, lacking(answer)) == (301, set())


@pytest.mark.django_db
class TestCookies:
    @pytest.fixture(autouse=True)
    def _https(self, https):
        pass

    def signed_in(self):
        client, user = Client(), make_user()
        sign_in = {"login": user.email, "password": "correct horse battery", "remember": "on"}
        assert client.post(reverse("account_login"), sign_in).status_code == 302
        return client

    def test_are_kept_for_this_host_alone(self):
        client = self.signed_in()
        client.get("/me/")
        client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        names = set(client.cookies) - {"time_zone"}
        assert {"__Host-sessionid", "__Host-csrftoken"} <= names
        for name in names:
            cookie = client.cookies[name]
            assert (name[:7], cookie["path"], cookie["domain"], cookie["secure"]) == ("__Host-", "/", "", True)

    def test_lead_back_to_the_person_and_go_when_they_sign_out(self):
        client = self.signed_in()
        assert client.get(reverse("reminder-settings")).status_code == 200
        client.post(reverse("account_logout"))
        assert client.cookies["__Host-sessionid"].value == ""
        assert client.get(reverse("reminder-settings")).status_code == 403

    def test_that_another_host_set_under_the_plain_name_are_not_seen(self):
        client = self.signed_in()
        stranger = Client()
        stranger.cookies = SimpleCookie({"sessionid": client.cookies["__Host-sessionid"].value, "time_zone": "UTC"})
        assert stranger.get(reverse("reminder-settings")).status_code == 403
        client.cookies["sessionid"] = "x" * 32
        assert client.get(reverse("reminder-settings")).status_code == 200

    def test_are_named_on_the_page_that_says_what_is_kept(self):
        page = self.signed_in().get(reverse("data-read")).text
        for name in ("sessionid", "csrftoken", "guest_work", "guest_begun_…", "messages"):
            assert f"<b>__Host-{name}</b>" in page


@pytest.mark.django_db
def test_without_https_cookies_have_their_plain_names(client):
    user = make_user()
    client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})
    assert {name for name in client.cookies if name.startswith("__")} == set()
