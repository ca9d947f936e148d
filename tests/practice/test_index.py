"""The page of all that can be practised here, and the ways to it."""

from django.urls import reverse


def test_the_page_of_practice_is_for_everybody_and_makes_no_profile(client, db):
    page = client.get(reverse("practice-list"))
    assert page.status_code == 200
    assert "public" in page["Cache-Control"]
    assert not page.cookies


def test_practice_is_in_the_site_map_and_in_the_menu(client, db):
    assert f"{reverse('practice-list')}</loc>" in client.get(reverse("site-map")).text
    assert f'href="{reverse("practice-list")}"' in client.get(reverse("role-list")).text
