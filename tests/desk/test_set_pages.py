"""Change sets at the desk: what an editor and a publisher are shown and may press."""

import re

import pytest
from django.test import Client

from careers.desk.services.drafts import editing, save_draft
from careers.desk.services.sets.change_sets import start_set
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.roles import Role
from careers.guide.services.versions import current_version
from tests.desk.forms import url_of
from tests.desk.sets import content_with, publish, put
from tests.desk.staff import client_of
from tests.factories import make_role, make_user
from tests.queries import queries_of_page

SETS = "/admin/careers/changeset/"


@pytest.fixture
def desk(db):
    """(editor, publisher), each a client with its `user`."""
    return client_of("Editor"), client_of("Publisher")


def test_a_set_leads_from_the_form_of_a_page_to_readers(desk):
    editor, publisher = desk
    role, other = make_role(title="Night porter"), make_role(title="Day porter", summary="Before.")
    for page in (role, other):
        with editing():
            content = content_with(page, summary="After.")
            save_draft(page=page, content=content, opened=current_version(page), by=editor.user)
    url = f"{SETS}put/?page=careers.role:{role.pk}"
    assert url in editor.get(url_of(role)).text
    assert "Give the change set a name" in editor.post(url, {"set": "new", "title": " "}).text
    assert not ChangeSet.objects.exists()
    there = editor.post(url, {"title": "Porters"})["Location"]  # a name alone says that it is a new one
    page = editor.get(there, {"q": "day porter"}).text
    assert "A publisher publishes it, with all of its pages." in page
    assert [label for label, _ in publisher.get(there).context["following"]] == ["Publish"]
    assert [text for text in ("1 change", "After.", "Day porter", "Put in") if text not in page] == []
    key = ChangeSet.objects.get().pk
    editor.post(f"{SETS}{key}/put/", {"page": f"careers.role:{other.pk}"})
    assert "2 pages · 0 approved" in editor.get("/admin/").text
    assert "in the change set “Porters”" in editor.get(url_of(other)).text
    assert "leaves the set" in publisher.get(url_of(other, "act", "publish")).text
    assert editor.post(f"{SETS}{key}/do/publish/").status_code == 403
    Role.objects.filter(pk=other.pk).update(summary="Theirs.")
    assert "What stands in the way" in publisher.get(f"{SETS}{key}/do/publish/").text
    refused = publisher.post(f"{SETS}{key}/do/publish/")
    assert refused.status_code == 400
    [clash] = re.findall(r'href="([^"]*/clash/[^"]*)"', refused.text)
    publisher.post(clash, {"side-0": "mine"})
    assert "What stands in the way" not in publisher.get(f"{SETS}{key}/do/publish/").text
    publisher.post(f"{SETS}{key}/do/publish/", {"text": "At last."})
    assert {*Role.objects.values_list("summary", flat=True)} == {"After."}
    assert "Porters" not in publisher.get("/admin/").text.split("Needs a second look")[1].split("</section>")[0]


def test_a_second_look_is_given_to_all_of_a_set_and_not_by_who_published_it(desk):
    editor, publisher = desk
    change_set = start_set(title="Porters", by=editor.user)
    put(change_set, *((make_role(), {"summary": "New."}) for _ in range(2)), by=editor.user)
    publish(change_set, publisher.user)
    address, other = f"{SETS}{change_set.pk}/do/look/", Client()
    other.force_login(make_user(is_staff=True, is_superuser=True))
    assert "2 pages" in other.get("/admin/").text.split("Needs a second look")[1].split("</section>")[0]
    assert "You wrote this yourself" in publisher.post(address).text
    other.post(address)
    assert DeskAction.objects.filter(what="looked", change_set=change_set).count() == 2
    assert "Needs a second look" not in other.get(f"{SETS}{change_set.pk}/change/").text


def test_a_set_is_renamed_discarded_and_undone_by_buttons(desk):
    editor, publisher = desk
    role = make_role(summary="Before.")
    editor.post(f"{SETS}add/", {"title": "Porters"})
    change_set = ChangeSet.objects.get()
    put(change_set, (role, {"summary": "After."}), by=editor.user)
    editor.post(f"{SETS}{change_set.pk}/do/rename/", {"title": "Porters of 2027"})
    publisher.post(f"{SETS}{change_set.pk}/do/publish/")
    there = editor.post(f"{SETS}{change_set.pk}/do/undo/")["Location"]
    page = editor.get(there).text
    assert [text for text in ("Undo: Porters of 2027", "It takes back what", "Before.") if text not in page] == []
    undo = ChangeSet.objects.get(state="open")
    editor.post(f"{SETS}{undo.pk}/take/", {"page": f"careers.role:{role.pk}"})
    assert "There is no page in it." in publisher.post(f"{SETS}{undo.pk}/do/publish/").text
    editor.post(f"{SETS}{undo.pk}/do/discard/", {"drafts": "keep"})
    assert "discarded already" in publisher.post(f"{SETS}{undo.pk}/do/publish/").text
    assert [*DeskAction.objects.filter(what__startswith="set_").order_by("pk").values_list("what", flat=True)] == [
        *("set_start", "set_name", "set_start", "set_drop"),
    ]


@pytest.mark.parametrize("value", ["", "x", "careers.user:1", "careers.role:0", "careers.role:x", "auth.group:1"])
def test_what_is_no_page_is_refused_in_words(desk, value):
    editor, _ = desk
    key = start_set(title="Porters", by=editor.user).pk
    for act in ("put", "take"):
        answer = editor.post(f"{SETS}{key}/{act}/", {"page": value}, follow=True)
        assert "Choose a page that you may change." in answer.text
    assert editor.get(f"{SETS}put/", {"page": value}).status_code == 404
    assert editor.get(f"{SETS}99999/change/").status_code == 404


def test_a_set_of_many_pages_is_shown_with_as_many_queries_as_one_of_few(desk):
    editor, _ = desk
    change_set = start_set(title="Porters", by=editor.user)
    costs = []
    for _ in range(2):
        put(change_set, *((make_role(), {"summary": "New."}) for _ in range(3)), by=editor.user)
        costs.append(queries_of_page(editor, f"{SETS}{change_set.pk}/change/"))
    assert costs[0] == costs[1]
