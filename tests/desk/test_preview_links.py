"""A draft shown to somebody without an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from careers.guide.models.desk.drafts import DeskAction, PreviewLink
from tests.desk.forms import save, url_of
from tests.desk.test_drafts import a_role, act


@pytest.fixture
def role(publisher):
    role = a_role()
    save(publisher, role, summary="For your eyes.")
    return role


def link(client, page):
    """The path of a new link, as its page shows it once."""
    shown = client.post(url_of(page, "links"), {"_make": "x"}).text
    return "/preview/" + shown.partition("/preview/")[2].partition('"')[0]


def test_shows_the_draft_as_it_is_then_and_what_it_changes_elsewhere(publisher, role):
    path, reader = link(publisher, role), Client()
    page = reader.get(path)
    assert "For your eyes." in page.text
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert "no-store" in page["Cache-Control"]
    assert "/admin/" not in page.text
    save(publisher, role, summary="And again.", title="Captain of a team")
    assert "And again." in reader.get(path).text
    assert "Captain of a team" in reader.get(path, {"at": "/roles/"}).text
    assert "Captain of a team" not in reader.get("/roles/").text


def test_acceptance_15_shows_nothing_else(publisher, role):
    path, reader = link(publisher, role), Client()
    for at in ("/me/", "/admin/", "/search/?q=a", "//evil.example/", "/roles/agent/"):
        assert reader.get(path, {"at": at}).status_code == 404, at


def test_acceptance_15_ends_when_its_days_are_over_when_it_is_closed_and_when_there_is_no_draft(publisher, role):
    path, reader = link(publisher, role), Client()
    PreviewLink.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert reader.get(path).status_code == 404
    path = link(publisher, role)
    assert reader.get(path).status_code == 200
    publisher.post(url_of(role, "links"), {"_close": "x"})
    assert reader.get(path).status_code == 404
    path = link(publisher, role)
    act(publisher, role, "discard")
    assert reader.get(path).status_code == 404


def test_is_shown_though_others_push_it_out_of_memory_at_that_moment(publisher, role, monkeypatch):
    class Forgets(dict):
        def __setitem__(self, key, value):
            self.clear()

    path = link(publisher, role)
    monkeypatch.setattr("careers.desk.views.previews.kept_previews", Forgets)
    assert "For your eyes." in Client().get(path).text


def test_is_made_and_closed_on_record_and_its_token_is_kept_nowhere(publisher, role):
    token = link(publisher, role).split("/")[2]
    publisher.post(url_of(role, "links"), {"_close": "x"})
    assert {"shared", "unshared"} <= set(DeskAction.objects.values_list("what", flat=True))
    assert not PreviewLink.objects.filter(digest=token).exists()
    assert token not in publisher.get(url_of(role, "links")).text


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 3000, "ä" * 43])
def test_of_a_token_that_nobody_made_is_not_found(token):
    assert Client().get(f"/preview/{token}/").status_code == 404
