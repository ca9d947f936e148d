"""Who may post from a page that carries no token: every combination, against the rule stated once more."""

import re
from http.cookies import SimpleCookie
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from careers.accounts.models.sessions import Session
from careers.people.models.profiles import Profile
from careers.people.views.requests import GUEST
from careers.saved.models import SavedRole
from tests.factories import make_certification, make_move, make_profile, make_role, make_section, make_skill, make_user

SITES = {
    "absent": None,
    "same-origin": "same-origin",
    "same-site": "same-site",
    "cross-site": "cross-site",
    "none": "none",
    "garbage": "Same-Origin, yes",
}
ORIGINS = {
    "absent": None,
    "own": "http://testserver",
    "foreign": "https://evil.example",
    "null": "null",
    "garbage": "http://[",
    "other scheme": "https://testserver",
    "other port": "http://testserver:8001",
}
TOKENS = ["none", "right", "wrong", "right in a header", "wrong in a header"]
SESSIONS = ["no", "guest", "signed in"]
SECRET = "a" * 32
OURS = {"Sec-Fetch-Site": "same-origin"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ROOT = Path(__file__).parents[2]


def rule(site, origin, token):
    """“saved”, “refused” or “asked”, as the rule says it in words."""
    if token != "none":  # Django decides: the token has to be right, and an origin, where there is one, ours
        return "saved" if token.startswith("right") and origin in ("absent", "own") else "refused"
    against = site in ("same-site", "cross-site") or origin in ("foreign", "garbage", "other scheme", "other port")
    if against:
        return "refused"
    return "saved" if site == "same-origin" or origin == "own" else "asked"


def client_with(session):
    client = Client(enforce_csrf_checks=True)
    if session == "guest":
        store = client.session
        store[GUEST] = make_profile().pk
        store.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    if session == "signed in":
        client.force_login(make_user())
    return client


def carried(token):
    """The fields and the headers that carry the token."""
    value = {"right": SECRET, "wrong": "b" * 32}.get(token.partition(" ")[0])
    if value is None:
        return {}, {}
    return ({}, {"X-CSRFToken": value}) if "header" in token else ({"csrfmiddlewaretoken": value}, {})


def headers(site, origin):
    named = {"Sec-Fetch-Site": SITES[site], "Origin": ORIGINS[origin]}
    return {name: value for name, value in named.items() if value is not None}


@pytest.mark.django_db
@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("token", TOKENS)
def test_every_combination(token, session):
    role, client = make_role(), client_with(session)
    client.cookies["csrftoken"] = SECRET
    cookies = client.cookies.output(attrs=[], header="")
    for site, origin in product(SITES, ORIGINS):  # each as if no other had been sent
        client.cookies = SimpleCookie(cookies)
        caches["default"].clear()
        with transaction.atomic():
            post_in_combination(client, role, site, origin, token, session)
            transaction.set_rollback(True)


def post_in_combination(client, role, site, origin, token, session):
    profiles, sessions = Profile.objects.guests().count(), Session.objects.count()
    data, sent = carried(token)
    response = client.post(f"/roles/{role.slug}/save/", data, headers={**headers(site, origin), **sent})
    expected = rule(site, origin, token)
    combination = site, origin, token, session
    assert response.status_code == {"saved": 303, "refused": 403, "asked": 200}[expected], combination
    assert SavedRole.objects.count() == (expected == "saved"), combination
    if expected == "saved":
        assert (settings.SESSION_COOKIE_NAME in response.cookies) is (session == "no"), combination
        return
    assert (Profile.objects.guests().count(), Session.objects.count()) == (profiles, sessions), combination
    # The page that asks, and the one that sends a lost form again, have a token; another site's form gets nothing.
    given = {"csrftoken"} if 'name="csrfmiddlewaretoken"' in response.text else set()
    assert set(response.cookies) == given, combination


@pytest.mark.django_db
class TestPageBetween:
    @pytest.fixture
    def role(self):
        return make_role(title="Team Leader", slug="team-leader")

    @pytest.fixture
    def client(self):
        return Client(enforce_csrf_checks=True)

    def ask(self, client, **data):
        return client.post("/roles/team-leader/save/", data, headers={"Referer": "http://testserver/roles/?q=lead"})

    def test_it_asks_privately_and_sends_the_same_fields_again(self, client, role):
        response = self.ask(client, colour="<blue>", csrfmiddlewaretoken="")
        assert "Save Team Leader?" in response.text
        assert response["Cache-Control"] == "private, no-store"
        assert 'name="colour" value="&lt;blue&gt;"' in response.text
        assert 'href="http://testserver/roles/?q=lead"' in response.text
        assert response.text.count('class="btn btn-primary"') == 1

    def test_its_own_form_saves_and_leads_back_to_where_one_was(self, client, role):
        token = self.ask(client).context["csrf_token"]
        again = {"csrfmiddlewaretoken": str(token), "back": "http://testserver/roles/?q=lead"}
        response = client.post("/roles/team-leader/save/", again)
        assert response["Location"] == "http://testserver/roles/?q=lead#save-team-leader"
        assert SavedRole.objects.get().role == role

    def test_it_asks_before_something_is_taken_away_too(self, client, role):
        assert "Remove Team Leader" in client.post("/roles/team-leader/unsave/").text

    def test_a_role_that_is_not_there_is_not_asked_about(self, client, role):
        assert client.post("/roles/nobody/save/").status_code == 404

    def test_htmx_shows_it_as_a_page(self, client, role):
        response = client.post("/roles/team-leader/save/", headers={"HX-Request": "true"})
        assert response["HX-Retarget"] == "body"


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["https://careers.example", "https://one.partner.example"])
def test_an_origin_that_the_settings_trust_is_ours(settings, origin):
    settings.CSRF_TRUSTED_ORIGINS = ["https://careers.example", "https://*.partner.example"]
    client, role = Client(enforce_csrf_checks=True), make_role()
    client.cookies["csrftoken"] = SECRET
    assert client.post(f"/roles/{role.slug}/save/", headers={"Origin": origin}).status_code == 303
    refused = client.post(f"/roles/{role.slug}/save/", headers={"Origin": "https://partner.example.evil.example"})
    assert refused.status_code == 403


@pytest.mark.django_db
def test_a_refusal_says_so(client):
    response = client.post(f"/roles/{make_role().slug}/save/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "another site" in response.text
    assert response["Cache-Control"] == "private, no-store"


ASKING = [pattern for pattern in get_resolver("careers.urls").url_patterns if hasattr(pattern.callback, "ask")]


@pytest.fixture
def whole_guide(db):
    """A guide with what every one of these addresses is about; the fields that say it, by the name of each."""
    certification, skill = make_certification(slug="green-belt"), make_skill()
    agent, leader = make_role(slug="agent", skills={skill: 3}), make_role(slug="leader", skills={skill: 4})
    make_move(agent, leader)
    make_section(slug="what-to-have-ready", points="Photo identity card: The original.")
    return {
        "role-save": {},
        "role-unsave": {},
        "plan-track": {},
        "match-rate": {f"skill_{skill.pk}": "2"},
        "paper-tick": {"paper": "Photo identity card", "done": "yes"},
        "goal-adopt": {"from": agent.slug, "to": leader.slug, "by": "fastest", "via": ""},
        "slugs": {"role": agent.slug, "paper": agent.slug, "plan": certification.slug},
    }


def address_of(pattern, whole_guide):
    slug = whole_guide["slugs"].get(pattern.name.partition("-")[0])
    return reverse(pattern.name, args=[slug] if pattern.pattern.converters else [])


@pytest.mark.parametrize("pattern", ASKING, ids=lambda pattern: pattern.name)
class TestEachOfThem:
    def test_asks_where_a_browser_sends_it_as_a_link_and_does_it_then(self, pattern, whole_guide):
        """Lynx sends a form without a field as a link."""
        client, address = Client(enforce_csrf_checks=True), address_of(pattern, whole_guide)
        page = client.get(address, whole_guide[pattern.name], headers={"Referer": "http://testserver/roles/"})
        assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
        assert "Nothing has changed yet." in page.text
        assert not Profile.objects.exists()
        fields = dict(FIELD.findall(page.text))
        assert client.post(address, fields).status_code in (302, 303)
        assert Profile.objects.exists() or pattern.name == "role-unsave"

    def test_tells_whose_browser_keeps_no_cookie_and_keeps_nothing(self, pattern, whole_guide):
        client, address = Client(enforce_csrf_checks=True), address_of(pattern, whole_guide)
        for _ in range(3):
            client.cookies.clear()
            once = client.post(address, whole_guide[pattern.name], headers=OURS)
            assert once.status_code == 307
            client.cookies.clear()
            again = client.post(once["Location"], whole_guide[pattern.name], headers=OURS)
            assert again.status_code == 403
            assert "Your browser refused the cookie" in again.text
            assert "nothing was saved" in again.text
        assert not Profile.objects.exists()
        assert not Session.objects.exists()

    def test_does_it_at_the_second_sending_where_the_browser_keeps_the_cookie(self, pattern, whole_guide):
        client, address = Client(enforce_csrf_checks=True), address_of(pattern, whole_guide)
        client.cookies.clear()  # any cookie that comes, also one that a script wrote, says that the browser keeps them
        once = client.post(address, whole_guide[pattern.name], headers=OURS)
        assert once.status_code == 307
        assert once["Cache-Control"] == "private, no-store"
        done = client.post(once["Location"], whole_guide[pattern.name], headers=OURS)
        assert done.status_code in (302, 303)
        assert "cookie=" not in done["Location"]


def test_no_form_is_without_a_field():
    """Lynx sends a form without one as a link, and a page for everybody has no token to put into it."""
    forms = [
        (path.name, form)
        for path in (ROOT / "templates").rglob("*.html")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(), re.DOTALL)
    ]
    assert len(forms) > 40
    for name, form in forms:
        plain = re.sub(r"{% if form_token %}.*?{% endif %}", "", form, flags=re.DOTALL)
        assert re.search(r'csrf_token|_form_token\.html|type="hidden"|{% crispy', plain), name
    token = (ROOT / "templates" / "parts" / "forms" / "_form_token.html").read_text()
    assert token.count('type="hidden"') == 2
