"""What else changes is shown before pages go live or offline: from the form, from the list, as a change set."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction
from django.urls import reverse

from careers.desk.admin.bulk import MOST_AT_ONCE
from careers.desk.rules.impact import Counting
from careers.desk.services.impact import NOTHING, as_drafted, impact_of, impact_of_pages
from careers.desk.services.sets.change_sets import start_set
from careers.guide.models.choices import Level
from careers.guide.models.moves import Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.services import overlay
from tests.desk.forms import asked_of_many, do_to_many, opened, publish, save, send, url_of
from tests.desk.sets import put
from tests.factories import make_certification, make_move, make_plan, make_profile, make_role, make_skill, make_user

Status = GuideModel.Status
LIST = reverse("admin:careers_role_changelist")


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """However busy the machine is."""
    monkeypatch.setattr("careers.desk.services.impact.SECONDS", 60)


@pytest.fixture
def publisher(db, client):
    client.user = make_user(is_staff=True, is_superuser=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def lead(db):
    """A lead, with the only move to a manager."""
    lead, manager = make_role(title="Lead"), make_role(title="Manager", level=Level.MANAGER)
    make_move(lead, manager)
    return lead


def press(client, page, **changes):
    """ "Save and publish", and nothing after it."""
    return client.post(url_of(page), {**opened(client, page), **changes, "_publish": "x"})


class TestForm:
    def test_publishes_at_once_what_changes_nothing_else(self, publisher, lead):
        answer = press(publisher, lead, summary="You lead.")
        assert answer["Location"] == url_of(lead)
        lead.refresh_from_db()
        assert lead.summary == "You lead."

    def test_shows_first_what_else_changes_and_keeps_what_was_typed(self, publisher, lead):
        for _ in range(2):
            make_profile().saved_roles.create(role=lead, seen=lead.facts)
        answer = press(publisher, lead, summary="You lead.", team_size="Twelve people")
        assert answer["Location"] == url_of(lead, "act", "publish")
        page = publisher.get(answer["Location"]).text
        assert "Fewer than 5 people who saved the role are shown what changed." in page
        assert "You lead." in page
        assert Role.objects.get(pk=lead.pk).team_size != "Twelve people"
        assert opened(publisher, lead)["team_size"] == ["Twelve people"]
        publish(publisher, lead)
        assert Role.objects.get(pk=lead.pk).team_size == "Twelve people"

    def test_of_a_correction_does_so_too(self, publisher, lead):
        save(publisher, lead, summary="A draft that waits.")
        make_profile().saved_roles.create(role=lead, seen=lead.facts)
        form = opened(publisher, lead, "?correct=1")
        answer = send(publisher, lead, form, "?correct=1", team_size="Twelve people")
        assert "/correction/" in answer["Location"]
        assert "shown what changed" in publisher.get(answer["Location"]).text
        publisher.post(answer["Location"])
        assert Role.objects.get(pk=lead.pk).team_size == "Twelve people"

    def test_says_what_is_missing_instead(self, publisher, lead):
        answer = press(publisher, lead, duties="")
        assert answer["Location"] == f"{url_of(lead)}#content-start"
        assert "It is saved as a draft and not published." in publisher.get(url_of(lead)).text

    def test_publishes_nothing_that_somebody_saved_while_it_was_counted(self, publisher, lead, monkeypatch):
        def saved_meanwhile(*, publishing):
            [page] = publishing
            save(publisher, page, summary="Theirs.")

        monkeypatch.setattr("careers.desk.admin.drafting.impact_of_pages", saved_meanwhile)
        answer = press(publisher, lead, outlook="Mine.")
        assert answer["Location"] == url_of(lead, "act", "publish")
        assert Role.objects.get(pk=lead.pk).summary != "Theirs."


class TestList:
    def test_asks_and_tells_before_pages_are_published(self, publisher, lead):
        move = Move.objects.get(from_role=lead)
        new = make_move(move.to_role, lead, status=Status.DRAFT)
        url = reverse("admin:careers_move_changelist")
        page = publisher.post(url, {"action": "publish_selected", "_selected_action": [new.pk, move.pk]})
        assert "The move from Manager to Lead is new on the map." in page.text
        assert asked_of_many(page)["_selected_action"] == [str(new.pk)], "the other is published already"
        new.refresh_from_db()
        assert not new.is_published
        assert "is published." in publisher.post(url, asked_of_many(page), follow=True).text
        new.refresh_from_db()
        assert new.is_published

    def test_asks_and_tells_before_pages_are_taken_offline(self, publisher, lead):
        other = make_role(title="Porter", status=Status.ARCHIVED)
        make_profile(target_role=lead)
        page = publisher.post(LIST, {"action": "archive_selected", "_selected_action": [lead.pk, other.pk]})
        assert "The move from Lead to Manager is no longer shown." in page.text
        assert "Fewer than 5 people said that they want to reach it." in page.text
        assert Role.objects.get(pk=lead.pk).is_published
        assert "“Lead” is offline." in publisher.post(LIST, asked_of_many(page), follow=True).text
        assert Role.objects.get(pk=lead.pk).status == Status.ARCHIVED

    def test_takes_pages_offline_whatever_their_drafts_say_by_now(self, publisher, lead):
        save(publisher, lead, summary="First.")
        page = publisher.post(LIST, {"action": "archive_selected", "_selected_action": [lead.pk]})
        save(publisher, lead, summary="Second.")
        assert "“Lead” is offline." in publisher.post(LIST, asked_of_many(page), follow=True).text

    def test_asks_again_where_one_was_saved_meanwhile(self, publisher, lead):
        save(publisher, lead, summary="First.")
        page = publisher.post(LIST, {"action": "publish_selected", "_selected_action": [lead.pk]})
        save(publisher, lead, summary="Second.")
        answer = publisher.post(LIST, asked_of_many(page))
        assert "One of them was saved again meanwhile." in answer.text
        assert "Second." in answer.text
        assert Role.objects.get(pk=lead.pk).summary != "Second."
        assert "is published." in publisher.post(LIST, asked_of_many(answer), follow=True).text
        assert Role.objects.get(pk=lead.pk).summary == "Second."

    def test_a_press_without_having_seen_does_nothing(self, publisher, lead):
        assert "Take them offline" in do_to_many(publisher, "archive_selected", lead, seen="").text
        assert Role.objects.get(pk=lead.pk).is_published

    def test_says_so_where_nothing_is_to_do_or_too_much_was_chosen(self, publisher, lead, monkeypatch):
        chosen = {"action": "publish_selected", "_selected_action": [lead.pk]}
        assert "All of these are published already." in publisher.post(LIST, chosen, follow=True).text
        monkeypatch.setattr("careers.desk.admin.bulk.MOST_AT_ONCE", 0)
        assert f"Choose {MOST_AT_ONCE} pages at most" in publisher.post(LIST, chosen, follow=True).text


class TestSets:
    def test_tell_what_all_of_their_pages_change_together(self, publisher, lead):
        move, agent = Move.objects.get(from_role=lead), make_role(title="Agent")
        change_set = start_set(title="New ways", by=publisher.user)
        put(change_set, (move, {"from_role": agent.pk}), (lead, {"title": "Captain"}), by=publisher.user)
        for url in ("act", "later"):
            args = [change_set.pk, *(["publish"] if url == "act" else [])]
            page = publisher.get(reverse(f"admin:careers_changeset_{url}", args=args)).text
            assert "The move from Captain to Manager is no longer shown." in page
            assert "The move from Agent to Manager is new on the map." in page
            assert "Manager has no way in" not in page

    def test_say_of_how_many_pages_they_were_counted(self, publisher, lead, monkeypatch):
        monkeypatch.setattr("careers.desk.services.impact.MOST_LAID_OVER", 6)
        pages = [lead, *(make_role() for _ in range(7))]
        impact = impact_of([(page, NOTHING, Status.ARCHIVED) for page in pages])
        assert impact.cut_in_words.startswith("There may be more. In two seconds we looked at 6 of 8 pages that change")

    def test_merge_what_was_written_since_and_leave_out_what_clashes(self, publisher, lead):
        other = make_role(title="Porter", summary="Before.")
        save(publisher, lead, summary="Mine.")
        save(publisher, other, summary="Mine.")
        Role.objects.filter(pk=lead.pk).update(outlook="Theirs.")
        Role.objects.filter(pk=other.pk).update(summary="Theirs.")
        [(page, content)] = as_drafted([lead, other])
        assert page == lead
        assert (content["fields"]["summary"], content["fields"]["outlook"]) == ("Mine.", "Theirs.")


def test_time_that_is_over_is_told_with_what_was_looked_at():
    counting = Counting(0)
    part = counting.part(0.5)
    part.note("saved roles", 400, 2100)
    part.note("saved roles", 300, 2100)
    part.note("goals", 2, 4)
    part.note("routes", 9, 9)
    assert counting.cut == ["300 of 2,100 saved roles", "not all goals"]


def test_plans_of_a_certification_without_steps_change_with_nothing_else(db):
    """They were told of before, as two empty lists of rows are never the same."""
    make_plan(make_profile(), make_certification())
    role = make_role(skills={make_skill(): 2})
    impact = impact_of([(role, NOTHING, Status.ARCHIVED)])
    assert not any("their plan" in one for one in impact.sentences)


def test_what_is_laid_over_copies_is_seen_there_alone_and_keeps_their_rules(db):
    role, number = make_role(title="Lead", skills={make_skill(): 2}), Revision.current()
    with overlay.on_copies([role]):
        Role.objects.filter(pk=role.pk).update(title="Captain")
        RoleSkill.objects.filter(role=role).update(proficiency=5)
        with pytest.raises(Exception, match="proficiency"), transaction.atomic():
            RoleSkill.objects.filter(role=role).update(proficiency=9)
        new = make_role(title="New")
        assert new.pk > role.pk
        assert {one.title for one in Role.objects.filter(role_skills__proficiency=5)} == {"Captain"}
    assert Role.objects.get().title == "Lead"
    assert RoleSkill.objects.get().proficiency == 2
    assert Revision.current() == number


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_it_is_counted(monkeypatch):
    """Somebody else writes to the guide in the middle of it, in a connection of their own."""
    role, waited = make_role(title="Lead", skills={make_skill(): 2}), []

    def write():
        begun = time.monotonic()
        try:
            Role.objects.filter(pk=role.pk).update(team_size="Twelve people")
            waited.append(time.monotonic() - begun)
        finally:
            connection.close()

    def read(*args, real=impact_of.__globals__["sample_of"]):
        thread = Thread(target=write)
        thread.start()
        thread.join(10)
        return real(*args)

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("Threads have no database in memory in common.")
    monkeypatch.setattr("careers.desk.services.impact.sample_of", read)
    assert impact_of_pages(archiving=[role]) is not None
    assert waited
    assert waited[0] < 2
    role.refresh_from_db()
    assert (role.team_size, role.status) == ("Twelve people", Status.PUBLISHED)
