"""A form that was lost shows what a reader chose as their page showed it: labels, days, yes; never a value or a key."""

import re
from html.parser import HTMLParser

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile, Situation
from careers.people.views import profile as profile_pages
from careers.web.lost_words import AS_CHOSEN, known_field
from tests import factories as make
from tests.house.test_me import one_of_each
from tests.own_pages import own_addresses, pages_of

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
NOT_SEEN = re.compile(r"^(csrfmiddlewaretoken|initial-.*|suggested-.*|next|back|find|found)$")


class Forms(HTMLParser):
    """`forms`: of each form that is posted, (address, {name: [(value, what stands beside it)]} of what is chosen)."""

    def __init__(self, page_address):
        super().__init__(convert_charrefs=True)
        self.page_address, self.forms, self.chosen = page_address, [], None
        self.labels, self.texts, self.select, self.places = {}, None, None, []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and attrs.get("method", "").lower() == "post":
            self.chosen = {}
            self.forms.append(((attrs.get("action") or self.page_address).partition("?")[0], self.chosen))
        elif tag == "label":
            self.texts = self.labels.setdefault(attrs["for"], []) if "for" in attrs else []
        elif self.chosen is None or "disabled" in attrs:
            return
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and self.select and attrs.get("value"):
            self.texts = []
            self.chosen.setdefault(self.select, []).append((attrs["value"], self.texts))
        elif tag == "input" and attrs.get("type") in ("radio", "checkbox"):
            beside = self.labels.setdefault(attrs.get("id"), []) if self.texts is None else self.texts
            self.chosen.setdefault(attrs["name"], []).append((attrs.get("value", "on"), beside))

    def handle_data(self, data):
        if self.texts is not None:
            self.texts.append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.chosen = None
        elif tag == "select":
            self.select = None
        elif tag in ("label", "option"):
            self.texts = None


def choices_of(pages):
    """(address, name, value, label) of every choice in a form that is posted."""
    for _, address, response in pages:
        reader = Forms(address)
        reader.feed(response.text)
        for action, chosen in reader.forms:
            for name, options in chosen.items():
                yield from ((action, name, value, " ".join("".join(texts).split())) for value, texts in options)


def shown(page):
    """{what a field is called: what was chosen} of the page of a lost form."""
    pairs = re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", page.text)
    return {name: text.replace("&amp;", "&").replace("&#x27;", "'") for name, text in pairs}


@pytest.fixture
def forgotten(person):
    """The same person, in a browser whose forms carry no token: so each is lost, and nothing is saved."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = person.cookies
    return client


def test_every_choice_on_an_own_page_comes_back_as_it_stood_there(person, forgotten):
    one_of_each(person.profile)
    choices = {}
    for action, name, value, label in choices_of(pages_of(person, own_addresses(person.profile))):
        some = choices.setdefault((action, re.sub(r"\d+", "1", name)), {})
        if len(some) < 4:
            some[name, value] = label
    assert len(choices) >= 20
    seen = set()
    for (action, _), some in choices.items():
        for (name, value), label in some.items():
            page = forgotten.post(action, {name: value}, headers=OURS)
            assert page.status_code == 403, action
            [text] = shown(page).values()
            is_row = text == AS_CHOSEN and re.fullmatch(r"([a-z]+-)*\d+", value)
            assert is_row or text == "Yes" or label.startswith(text), (action, name, value, label, text)
            seen.add("row" if is_row else "yes" if text == "Yes" else "label")
    assert seen == {"row", "yes", "label"}


@pytest.mark.parametrize(
    ("address", "sent", "words"),
    [
        ("profile-about", {"now": "new"}, {"Now": "New to BPO"}),
        ("profile-about", {"display_name": "12"}, {"What should we call you?": "12"}),
        ("profile-working-life", {"places": ["on_site", "remote"]}, {"Where do you want to work?": "On site, Remote"}),
        ("profile-working-life", {"level_0": "B1"}, {"Level 0": "B1, gets by in most talk"}),
        ("reminder-settings", {"by_email": "on", "quiet_from": "22:00"}, {"By e-mail": "Yes", "Quiet from": "22:00"}),
        ("share-add", {"expires_on": "2026-12-24", "sections": ["skills", "hello"]}, {
            "Last day on which it opens": "24 December 2026",
            "What the page shows": "Skills, with how each is known, hello"}),
        ("reminder-settings", {"by_email": "false"}, {"By e-mail": "No"}),
        ("share-add", {"expires_on": "tomorrow"}, {"Last day on which it opens": "tomorrow"}),
        ("plan-add", {"certification": "7", "title": "7", "then": "have"}, {
            "From the guide": AS_CHOSEN, "Or the name of another": "7", "Then": "I have it already"}),
    ],
)  # fmt: skip
def test_what_was_sent_is_said_in_words(forgotten, address, sent, words):
    assert shown(forgotten.post(reverse(address), sent, headers=OURS)) == words


def test_what_the_form_had_read_before_it_was_lost_is_called_by_its_name(guest, monkeypatch):
    role = make.make_role(title="Quality Analyst")

    def locked(*_):
        busy = Exception()
        busy.sqlite_errorcode = 5
        raise OperationalError("database is locked") from busy

    monkeypatch.setattr(profile_pages, "writing", locked)
    guest.raise_request_exception = False
    page = guest.post(reverse("profile-about"), {"now": f"role-{role.pk}"}, headers=OURS)
    assert page.status_code == 503
    assert shown(page) == {"Where are you now?": "Quality Analyst"}
    assert not Profile.objects.filter(current_role=role).exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"level": "1", "summary": "1"}, {"Level": "Entry", "Summary": "1"}),
        ({"checked_on": "2026-12-24", "nights": "usual"}, {"Checked on": "24 December 2026", "Nights": "Usual"}),
        ({"skills-0-proficiency": "3", "skills-0-skill": "5"}, {}),
    ],
)
def test_the_desk_too(publisher, sent, words):
    client = Client(enforce_csrf_checks=True)
    client.cookies = publisher.cookies
    page = client.post(reverse("admin:careers_role_change", args=[Role.objects.first().pk]), sent, headers=OURS)
    assert shown(page).items() >= words.items()
    if not words:
        assert set(shown(page).values()).isdisjoint(sent.values())


@pytest.mark.parametrize("name", ["x" * 500_000, "", "no_such_field", "level_" + "9" * 400, "skills-1-", "initial-"])
def test_a_name_that_is_made_up_is_nobodys(name):
    for address in ("/me/profile/about/", "/admin/careers/role/add/"):
        assert known_field(resolve(address), name) is None
    assert known_field(None, name) is None


def test_a_situation_is_asked_by_the_form_that_stands_nearest():
    field = known_field(resolve("/me/profile/about/"), "now")
    assert list(field.choices) == list(Situation.choices)
    with pytest.raises(Resolver404):
        resolve("/no/such/page/")
