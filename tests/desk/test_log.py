"""The log of the desk: who did what, for those who work there; nobody changes it, and it tells nothing of readers."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from careers.desk.services.drafts import editing, note_action
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.versions import Version
from careers.search.models.misses import SearchMiss
from tests.factories import make_role, make_skill, make_user
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LOG = "/admin/log/"
What = DeskAction.What


def staff(*names, **fields):
    user = make_user(is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(db):
    return staff("view_role", "change_role", email="ed@example.org")


def note(what, page, by, text=""):
    with editing():
        return note_action(what, page, by=by, note=text)


def noted(user, about, text):
    LogEntry.objects.log_actions(user.pk, [about], CHANGE, text, single_object=True)


def lines(page):
    """[what was done, and with what] of a page of the log."""
    return [f"{one.what}: {one.name}" for one in page.context["log"].lines]


def test_says_who_did_what_the_latest_first_and_is_asked_by_person_kind_and_name(editor):
    other = make_user(email="pub@example.org", is_staff=True)
    role, skill = make_role(title="Team Leader"), make_skill(name="Coaching")
    note(What.SAVED, role, editor.user)
    note(What.SENT_BACK, role, other, "Say “you”.")
    note(What.PUBLISHED, skill, other)
    page = editor.get(LOG)
    assert lines(page) == ["Published: Coaching", "Sent back: Team Leader", "Saved a draft: Team Leader"]
    assert "Say “you”." in page.text
    assert f'<a href="/admin/careers/role/{role.pk}/change/">Team Leader</a>' in page.text
    assert lines(editor.get(f"{LOG}?by={editor.user.pk}")) == ["Saved a draft: Team Leader"]
    assert lines(editor.get(f"{LOG}?kind=sent_back")) == ["Sent back: Team Leader"]
    assert lines(editor.get(f"{LOG}?name=coach")) == ["Published: Coaching"]
    assert lines(editor.get(f"{LOG}?by={other.pk}&kind=published&name=team")) == []
    for odd in ("by=x", "by=9" * 30, "kind=nonsense", "page=-1", "page=x", "name=%27%22%25"):
        assert editor.get(f"{LOG}?{odd}").status_code == 200


def test_of_accounts_is_for_superusers_and_of_what_readers_asked_for_everybody(editor):
    root = staff(is_superuser=True)
    reader = make_user(email="reader@example.org")
    noted(root.user, reader, "Made inactive.")
    noted(root.user, SearchMiss.objects.create(words="night shft", day=timezone.localdate()), "Not ours.")
    assert lines(editor.get(LOG)) == ["Changed: night shft"]
    assert lines(editor.get(f"{LOG}?kind=accounts")) == []
    assert "reader@example.org" not in editor.get(f"{LOG}?name=reader").text.replace('value="reader"', "")
    assert lines(root.get(LOG)) == ["Changed: night shft", "Changed: reader@example.org"]
    assert lines(root.get(f"{LOG}?kind=readers")) == ["Changed: night shft"]
    assert lines(root.get(f"{LOG}?kind=accounts")) == ["Changed: reader@example.org"]


def test_costs_the_same_for_any_number_of_lines_and_has_pages(editor):
    role, skill = make_role(), make_skill()

    def some(number):
        for _ in range(number):
            note(What.SAVED, role, editor.user)
            note(What.SAVED, skill, make_user(is_staff=True))

    some(1)
    editor.get(LOG)
    few = queries_of(lambda: editor.get(LOG))
    some(40)
    assert queries_of(lambda: editor.get(LOG)) == few
    assert len(lines(editor.get(LOG))) == 50
    assert "?kind=saved&amp;page=2" in editor.get(f"{LOG}?kind=saved").text
    assert len(lines(editor.get(f"{LOG}?kind=saved&page=2"))) == 32


def test_a_sheet_that_is_taken_away_stands_in_it(editor):
    editor.head("/admin/guide-health/figures.csv")
    assert not DeskAction.objects.exists()
    assert editor.get("/admin/guide-health/figures.csv").status_code == 200
    assert lines(editor.get(LOG)) == ["Exported: What people do with the guide"]
    assert "What people do with the guide" in editor.get("/admin/").text


def test_nobody_changes_it_not_even_a_superuser():
    """No address of the desk is about its rows, and the page itself only reads."""
    root = staff(is_superuser=True)
    note(What.SAVED, make_role(), root.user)
    assert {DeskAction, LogEntry, Version}.isdisjoint(admin.site._registry)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(root, method)(LOG).status_code == 405
    assert DeskAction.objects.count() == 1


def test_is_only_for_those_who_work_on_the_guide():
    assert Client().get(LOG).status_code == 302
    assert staff().get(LOG).status_code == 403
    reader = Client()
    reader.force_login(make_user())
    assert reader.get(LOG).status_code == 302
