"""The desk's first page: what waits for whoever looks."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.invitations import Invitation
from careers.desk.models.links import LinkResult
from careers.desk.services.drafts import editing, publish_draft, save_draft
from careers.desk.services.reviews import ask_for_review, send_back
from careers.guide.models.choices import Level
from careers.guide.models.roles import Role
from careers.guide.services.versions import current_version
from tests.desk.forms import url_of
from tests.desk.staff import client_of
from tests.factories import (
    make_book,
    make_certification,
    make_move,
    make_plan,
    make_profile,
    make_question,
    make_role,
    make_user,
)
from tests.queries import queries_of

INDEX = "/admin/"


@pytest.fixture
def staff(guide):
    """(editor, publisher), each a client with its `user`."""
    clients = []
    for group in ("Editor", "Publisher"):
        client = Client()
        client.user = make_user(is_staff=True)
        client.user.groups.add(Group.objects.get(name=group))
        client.force_login(client.user)
        clients.append(client)
    return clients


def draft(user, **fields):
    role = make_role(**fields)
    with editing():
        version = current_version(role)
        content = {**version.content, "fields": {**version.content["fields"], "summary": "New."}}
        save_draft(page=role, content=content, opened=version, by=user)
    return role


def asked(user, **fields):
    role = draft(user, **fields)
    with editing():
        ask_for_review(page=role, by=user, seen=2)
    return role


def lists_of(client):
    """{title: text of the list} of the first page."""
    parts = client.get(INDEX).text.split('<section class="work-list"')[1:]
    return {part.split("</h3>")[0].rpartition(">")[2]: part.split("</section>")[0] for part in parts}


def test_each_is_told_what_waits_for_them(staff):
    editor, publisher = staff
    mine, waiting, back = draft(editor.user), asked(editor.user), asked(editor.user)
    with editing():
        send_back(page=back, by=publisher.user, seen=2, reasons="Say “you”.")
    seen = lists_of(editor)
    assert mine.title in seen["Your drafts"]
    assert waiting.title in seen["In review"]
    assert back.title in seen["Sent back to you"]
    assert "Say “you”." in seen["Sent back to you"]
    assert "Waiting for your review" not in seen
    seen = lists_of(publisher)
    assert waiting.title in seen["Waiting for your review"]
    assert mine.title not in seen["Waiting for your review"]
    assert mine.title in seen["Drafts of others"]
    assert "Your drafts" not in seen
    page = publisher.get(INDEX)
    assert "Nothing waits in:" in page.text
    quiet = dict(page.context["quiet"])
    assert "Your drafts" in quiet
    assert "Waiting for your review" not in quiet


def test_what_was_published_alone_waits_for_another_and_not_for_its_publisher(staff):
    editor, publisher = staff
    role = draft(publisher.user)
    with editing():
        publish_draft(page=role, by=publisher.user)
    assert role.title not in lists_of(publisher).get("Needs a second look", "")
    assert "Needs a second look" not in lists_of(editor)
    other = Client()
    other.force_login(make_user(is_staff=True, is_superuser=True))
    second = lists_of(other)["Needs a second look"]
    assert role.title in second
    assert url_of(role, "second_look", 3) in second


def test_a_list_has_an_end_and_costs_the_same_however_many_wait(staff):
    editor, publisher = staff
    for _ in range(3):
        asked(editor.user)
    publisher.get(INDEX)
    few = queries_of(lambda: publisher.get(INDEX))
    for _ in range(12):
        asked(editor.user)
    publisher.get(INDEX)  # what has changed is read once, by who looks first
    assert queries_of(lambda: publisher.get(INDEX)) == few
    assert "and 5 more" in lists_of(publisher)["Waiting for your review"]


def test_who_may_not_edit_the_guide_is_shown_no_work(db):
    client = Client()
    client.force_login(make_user(is_staff=True))
    page = client.get(INDEX)
    assert page.status_code == 200
    assert "work-list" not in page.text


def test_what_the_guide_needs_stands_under_its_job_and_what_is_due_with_its_page(staff):
    editor, _ = staff
    now = timezone.now()
    due = make_certification(title="Sat soon", validity_known=False)
    for number in range(6):
        make_certification(title=f"Sat later {number}", validity_known=False)
    for _ in range(5):
        make_plan(certification=due, status="booked", exam_at=now + timedelta(days=3), exam_zone="Asia/Manila")
        make_profile().saved_roles.create(role=Role.objects.first())
    make_role(title="Alone", level=Level.LEAD)
    make_book(source_name="", status="draft")
    LinkResult.objects.create(
        url="https://gone.example/", verdict="gone", days_failed=3, since=now, failed_on=now, tried_at=now
    )
    seen, page = lists_of(editor), editor.get(INDEX)
    assert [job for job, _ in page.context["work"]] == ["Desk", "Guide", "Growth"]
    assert page.context["work"][1][1][0].tasks[0].name == "Sat soon"
    assert "an exam is booked by 5 people" in seen["Due or stale facts"]
    for words in ("Pages with gaps", "Pages without a source", "Broken links"):
        assert words in seen["What the guide needs"], words
    assert "Roles with no way in or no way on" in seen["Ways and skills"]
    assert f"{Role.objects.first()}</th>" in seen["Most saved roles"]
    assert '<rect width="100%"' in seen["Most saved roles"]
    assert "Fewer than five people so far." in seen["Where plans stall"]
    assert "Invitations" not in seen


def test_a_publisher_is_told_who_has_not_come_yet(guide):
    client = client_of("Publisher")
    page = client.get(INDEX)
    assert ("Invitations", "/admin/careers/invitation/") in page.context["quiet"]
    Invitation.objects.invite(email="new@example.org", group=Group.objects.first(), now=timezone.now())
    assert "Open invitations" in lists_of(client)["Invitations"]


@pytest.mark.parametrize("who", ["Editor", "Publisher"])
def test_the_way_to_a_page_leads_through_the_sections_of_the_desk(who, db):
    """Never through the name of the program that they are in, which says nothing to an editor."""
    desk, role, move = client_of(who), make_role(title="Night porter"), make_move(make_role(), make_role())
    first = desk.get("/admin/").text
    question = url_of(make_question())
    add, roles = reverse("admin:careers_role_add"), reverse("admin:careers_role_changelist")
    for url, section, last in (
        (url_of(role), "Guide", "Night porter"),
        (add, "Guide", "Add role"),
        (roles, "Guide", "Roles"),
        (url_of(role, "history"), "Guide", "History"),
        (url_of(move), "Growth", str(move)),
        (question, "People’s questions", "Question "),
    ):
        way = html.unescape(desk.get(url).text.split('<div class="breadcrumbs">')[1].split("</div>")[0])
        links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', way))
        place = next(where for where, name in links.items() if name == section)
        assert list(links.values())[:2] == ["HR desk", section]
        assert f'id="{place.partition("#")[2]}"' in first, "the list is there"
        assert last in way
    assert desk.get("/admin/careers/")["Location"] == "/admin/"


def test_whom_nothing_waits_for_is_told_how_to_begin(staff):
    page = staff[0].get(INDEX)
    assert page.context["work"][0] == ("Desk", [])
    assert "Nothing waits for you here. To begin, open a page from" in page.text
    assert 'id="all-lists"' in page.text
    assert "unsafe" not in page["Content-Security-Policy"], "the desk is under the same policy as all pages"


def test_a_reviewer_reads_on_the_page_what_should_be_looked_at(staff):
    editor, publisher = staff
    role = draft(editor.user)
    with editing():
        ask_for_review(page=role, by=editor.user, seen=2, note="Is that right?")
    assert "<p>Is that right?</p>" in publisher.get(url_of(role)).text
    with editing():
        send_back(page=role, by=publisher.user, seen=2, reasons="Say “guide”.")
    assert "Is that right?" not in publisher.get(url_of(role)).text


def test_the_form_says_what_comes_next_and_offers_what_takes_away_last(staff):
    """In the order of `careers/desk/rules/steps.py`; with a correction nothing is done but that."""
    editor, publisher = staff
    role = draft(editor.user)

    def steps(client, **asked):
        return client.get(url_of(role), asked).context["steps"]

    def next_of(client):
        return [str(label) for label, _ in steps(client)["next"]]

    assert next_of(editor) == ["Preview", "Ask for a review"]
    assert next_of(publisher) == ["Preview", "Ask for a review", "Publish"]
    with editing():
        ask_for_review(page=role, by=editor.user, seen=2)
    assert next_of(editor) == ["Preview"]
    assert "It waits for a publisher." in editor.get(url_of(role)).text
    assert next_of(publisher) == ["Preview", "Approve", "Send back"]
    groups = {name: [str(label) for label, _ in some] for name, some in steps(publisher)["groups"]}
    assert groups["For readers"][0] == "Publish"
    assert groups["More"] == ["Duplicate", "Discard the draft", "Take offline", "Take offline later"]
    assert steps(publisher, correct=1) == {"next": [], "groups": []}
