"""What people of HR say to each other about a page: it outlives the text, and stops nobody."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from careers.guide.models.desk.drafts import Remark
from careers.people.services.deleting import delete_accounts
from tests.desk.forms import discard, opened, publish, save, send, url_of
from tests.factories import make_role, make_skill, make_user


def client_in(group, email):
    user = make_user(email=email, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def writer(guide):
    return client_in("Editor", "writer@example.org")


@pytest.fixture
def reviewer(guide):
    return client_in("Publisher", "reviewer@example.org")


@pytest.fixture
def role(writer):
    """A published page, of which the writer has a draft."""
    role = make_role(title="Night porter", slug="night-porter", skills={make_skill(name="Patience"): 2})
    save(writer, role, summary="You keep the door.")
    return role


def say(client, page, text, place="", quote=""):
    fields = {"_add": "x", "place": place, "quote": quote, "text": text}
    return client.post(url_of(page, "remarks"), fields, follow=True)


def test_a_remark_on_a_field_is_shown_where_its_writer_looks(writer, reviewer, role):
    say(reviewer, role, "Whose door?", place="summary")
    say(reviewer, role, "Is it enough?", place=f"role_skills/{role.role_skills.get().pk}")
    say(writer, role, "I ask myself.")
    first = writer.get("/admin/").text
    assert "Remarks for you" in first
    assert "reviewer@example.org: Whose door?" in first
    assert "I ask myself." not in first, "what one said oneself waits for nobody"
    form = writer.get(url_of(role)).text
    assert "3 open remarks" in form
    assert form.count("has-remarks") == 2
    assert f"{url_of(role, 'remarks')}?at=summary" in form
    page = writer.get(url_of(role, "remarks")).text
    for text in ("You keep the door.", "Whose door?", "Patience", "reviewer@example.org"):
        assert text.lower() in page.lower()
    for act in ("publish", "review"):
        assert "Whose door?" in reviewer.get(url_of(role, "act", act)).text


def test_it_is_resolved_and_opened_again_and_never_deleted(writer, reviewer, role):
    say(reviewer, role, "Whose door?", place="summary")
    remark = Remark.objects.get()
    settle = url_of(role, "remarks")
    assert "Resolved by writer@example.org" in writer.post(settle, {"_resolve": remark.pk}, follow=True).text
    writer.post(settle, {"_resolve": remark.pk})
    assert "reviewer@example.org: Whose door?" not in writer.get("/admin/").text
    assert "has-remarks" not in writer.get(url_of(role)).text
    reviewer.post(settle, {"_reopen": remark.pk})
    remark.refresh_from_db()
    assert (remark.resolved_at, remark.resolved_by) == (None, None)
    other = make_role()
    assert writer.post(url_of(other, "remarks"), {"_resolve": remark.pk}).status_code == 404
    assert writer.post(settle, {"_resolve": "9" * 30}).status_code == 404


def test_it_stays_with_its_quote_when_its_place_is_gone_and_blocks_no_publishing(writer, reviewer, role):
    say(reviewer, role, "Too little.", place=f"role_skills/{role.role_skills.get().pk}")
    say(reviewer, role, "Whose door?", place="summary", quote="the door")
    form = opened(writer, role)
    send(writer, role, form, summary="You greet.", **{"role_skills-0-DELETE": "on"})
    page = writer.get(url_of(role, "remarks")).text
    assert "Patience (no longer there)" in page
    assert "proficiency" in page.lower()
    assert "the door" in page
    publish(reviewer, role)
    role.refresh_from_db()
    assert (role.summary, role.role_skills.count()) == ("You greet.", 0)
    assert Remark.objects.filter(resolved_at=None).count() == 2
    save(writer, role, summary="You sit.")
    discard(reviewer, role)
    assert Remark.objects.count() == 2


def test_a_row_that_gets_its_key_by_publishing_keeps_its_remark(writer, reviewer, role):
    skill, form = make_skill(name="Night sight"), opened(writer, role)
    new = {"id": "", "role": role.pk, "skill": skill.pk, "proficiency": "3"}
    added = {f"role_skills-1-{name}": value for name, value in new.items()}
    send(writer, role, form, **added, **{"role_skills-TOTAL_FORMS": "2"})
    page = reviewer.get(url_of(role, "remarks")).text
    place = page.split("Night sight")[0].rsplit('value="', 1)[1].split('"')[0]
    assert place.startswith("role_skills/-")
    say(reviewer, role, "How well?", place=place)
    publish(reviewer, role)
    assert "no longer there" not in writer.get(url_of(role, "remarks")).text


def test_what_is_no_remark_is_said(writer, role):
    for changes in ({"text": " "}, {"place": "no/such"}, {"text": "x" * 5001}):
        answer = writer.post(url_of(role, "remarks"), {"_add": "x", "place": "", "quote": "", "text": "Why?"} | changes)
        assert "One thing to fix" in answer.text
    assert not Remark.objects.exists()


def test_it_stays_without_a_name_when_its_account_is_deleted(writer, reviewer, role):
    say(reviewer, role, "Whose door?", place="summary")
    delete_accounts(users=[reviewer.user])
    page = writer.get(url_of(role, "remarks")).text
    assert "Whose door?" in page
    assert "reviewer@example.org" not in page
    assert "somebody whose account is gone" in page
