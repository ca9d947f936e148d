"""The page of all that can be practised here, and the ways to it."""

import pytest
from django.urls import reverse

from careers.practice.calls.rules.scripts import SCRIPTS
from careers.search.services.searching import find
from tests import factories as make


def test_the_page_of_practice_is_for_everybody_and_makes_no_profile(client, db):
    page = client.get(reverse("practice-list"))
    assert page.status_code == 200
    assert "public" in page["Cache-Control"]
    assert not page.cookies


def test_practice_is_in_the_site_map_and_in_the_menu(client, db):
    assert f"{reverse('practice-list')}</loc>" in client.get(reverse("site-map")).text
    assert f'href="{reverse("practice-list")}"' in client.get(reverse("role-list")).text


def test_first_roles_have_their_lists_here_in_the_site_map_and_in_search(client, db):
    first, later = make.make_role(), make.make_role(level=3)
    page, site_map = client.get(reverse("practice-list")).text, client.get(reverse("site-map")).text
    assert f'href="{reverse("role-ready", args=[first.slug])}"' in page
    assert reverse("role-ready", args=[later.slug]) not in page
    for name, role in (("role-ready", first), ("role-apply", first), ("role-apply", later)):
        assert f"{reverse(name, args=[role.slug])}</loc>" in site_map
    assert f"{reverse('role-ready', args=[later.slug])}</loc>" not in site_map
    assert f"{reverse('practice-list')}#ready" in [entry.url for entry in find("am I ready").entries[:3]]


def test_search_finds_the_tests_by_what_people_call_them(client, db):
    for words in ("typing test", "wpm test", "data entry test", "kph test"):
        assert client.get(reverse("search-list"), {"q": words}).context["entries"][0].kind == "page", words


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("interview cards", "card-list"),
        ("flashcards", "card-list"),
        ("writing test", "message-list"),
        ("listening", "message-list"),
        ("mock calls", "call-list"),
        ("role play", "call-list"),
        ("practice", "practice-list"),
        ("make a resume", "cv-read"),
        ("resume format", "cv-read"),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_practice_is_found_by_the_words_that_people_use(db, words, name, typing):
    assert reverse(name) in [entry.url for entry in find(words, typing=typing).entries[:3]]


def test_all_rooms_are_in_the_site_map_and_the_guide_leads_to_them(client, db):
    make.make_section(slug="interview-questions")
    make.make_section(slug="getting-hired")
    site_map, guide = client.get(reverse("site-map")).text, client.get(reverse("guide-read")).text
    for name in ("card-list", "message-list", "call-list"):
        assert f"{reverse(name)}</loc>" in site_map
        assert f'href="{reverse(name)}"' in guide
    assert all(f"{reverse('call-read', args=[key])}</loc>" in site_map for key in SCRIPTS)
