"""Pages that go live or offline at a moment. Acceptance tests 4 and 5 of the desk stand here under their numbers."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from careers.desk.services.drafts import archive_page, discard_draft, editing, publish_draft, save_draft
from careers.desk.services.due import NOT_ONLINE, REFUSED, SET_CHANGED, publish_due
from careers.desk.services.reviews import approve_draft, ask_for_review, send_back
from careers.desk.services.schedules import SAVED_SINCE, SENT_BACK_SINCE, digest_of_set, schedule_set, set_schedule
from careers.desk.services.sets.change_sets import discard_set, put_page_in, start_set, take_page_out
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft, Schedule
from careers.guide.models.revisions import Revision
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.versions import current_version, keep_version
from careers.reminders.services.runs import keep_reminding
from careers.search.services.searching import find
from tests.desk.forms import as_sent_of_act, opened, save, send, url_of
from tests.factories import make_role, make_skill, make_user
from tests.house.test_concurrency import at_once
from tests.queries import queries_of

What = Schedule.What
A_WHILE = timedelta(hours=1)


def due(**of):
    """The moment has come."""
    Schedule.objects.filter(**of).update(at=timezone.now() - timedelta(seconds=1))
    with editing():
        Revision.objects.filter(pk=1).update(next_due=timezone.now() - timedelta(seconds=1))


def draft(role, by=None, *, skills=(), **fields):
    """`skills` are new ones."""
    with editing():
        version = current_version(role)
        content = {**version.content, "fields": {**version.content["fields"], **fields}}
        rows = [{"pk": -one.pk, "fields": {"skill": one.pk, "proficiency": 2, "is_essential": True}} for one in skills]
        content["rows"] = {**content["rows"], "role_skills": [*content["rows"]["role_skills"], *rows]}
        named = {str(one.pk): [one.slug, one.name] for one in skills}
        content["names"] = {**content["names"], "careers.skill": content["names"].get("careers.skill", {}) | named}
        return save_draft(page=role, content=content, opened=version, by=by).draft


def scheduled(by=None, what=What.PUBLISH, role=None, **fields):
    """A published role whose draft goes live in an hour."""
    role = role or make_role()
    version = None
    if what == What.PUBLISH:
        version = draft(role, by, **(fields or {"summary": "New words."})).head
    with editing():
        set_schedule(page=role, what=what, at=timezone.now() + A_WHILE, version=version, by=by)
    return role


def page_of(role):
    return Client().get(role.get_absolute_url())


def state(role):
    """All that a failing one must leave as it was."""
    role.refresh_from_db()
    return (
        content_of(role),
        role.status,
        Revision.objects.values_list("number", flat=True).get(),
        list(Draft.objects.order_by("pk").values()),
        list(Version.objects.order_by("pk").values_list("pk", "digest")),
        list(Schedule.objects.order_by("pk").values("what", "at", "version", "by", "page_pk")),
    )


@pytest.fixture
def ada(db):
    return make_user(email="ada@example.org", is_staff=True)


@pytest.fixture
def publisher(db, client):
    """In the place of the one with the whole guide, whose forms take long. Who may what: test_permissions.py."""
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


class TestFirstReader:
    """After the minute."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def test_gets_the_new_page_and_everybody_after_it(self):
        role = scheduled(title="Night porter", summary="New words.")
        assert "New words." not in page_of(role).text
        kept = queries_of(lambda: page_of(role))
        due()
        assert "New words." in page_of(role).text
        assert "New words." in page_of(role).text
        assert Revision.objects.get().next_due is None
        assert not Draft.objects.exists()
        assert queries_of(lambda: page_of(role)) == kept <= 1
        assert [entry.title for entry in find("night porter").entries] == ["Night porter"]

    def test_takes_a_page_offline(self):
        role = scheduled(what=What.ARCHIVE)
        assert page_of(role).status_code == 200
        due()
        listed = Client().get("/roles/").text
        assert role.title not in listed
        assert page_of(role).status_code in (404, 410)
        assert DeskAction.objects.first().what == "archived"

    def test_gets_the_old_page_while_somebody_writes_and_the_next_one_the_new(self):
        role = scheduled()
        page_of(role)
        due()
        seen = []

        def others(number):
            seen.append("New words." in page_of(role).text)

        with editing():
            at_once(2, others)
        assert seen == [False, False]
        assert "New words." in page_of(role).text

    def test_is_one_of_many_at_once_and_it_is_published_once(self):
        roles = [scheduled(summary="New words.") for _ in range(2)]
        for role in roles:
            page_of(role)
        due()
        at_once(8, lambda number: page_of(roles[number % 2]).status_code)
        Revision.current()  # where the eight were all in each other's way
        assert ["New words." in page_of(role).text for role in roles] == [True, True]
        assert Version.objects.filter(kind="published").count() == 2
        assert DeskAction.objects.filter(what="alone").count() == 2

    def test_is_never_given_a_page_that_is_older_than_the_answer_of_somebody_else(self):
        role = scheduled()
        page_of(role)
        due()

        def look(_):
            return ["New words." in page_of(role).text for _ in range(10)]

        for seen in at_once(4, look):
            assert seen == sorted(seen), "once new, always new"
        assert "New words." in page_of(role).text

    def test_need_not_be_there_as_the_worker_does_it_too(self):
        role = scheduled()
        due()
        keep_reminding.enqueue()
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
        assert Role.objects.get(pk=role.pk).summary == "New words."

    def test_is_nobody_within_a_transaction(self):
        role = scheduled()
        due()
        with transaction.atomic():
            Revision.current()
            assert Role.objects.get(pk=role.pk).summary != "New words."


@pytest.mark.django_db
class TestFifthOfAcceptance:
    """What became wrong after it was approved or got its time is not published; others that are due are."""

    @pytest.mark.parametrize("fault", ["incomplete", "taken", "gone", "clash", "saved", "sent back", "database"])
    def test_acceptance_5_leaves_everything_as_it_was_and_says_why(self, ada, fault, monkeypatch):
        lost = make_skill(name="Dropped")
        role = make_role(title="Night porter", skills={make_skill(): 1})
        changes = {"summary": "New words."} | ({"duties": ""} if fault == "incomplete" else {})
        changes |= {"title": "Day porter"} if fault == "taken" else {}
        scheduled(ada, role=role, skills=[lost] if fault == "gone" else [], **changes)
        words = self.go_wrong(role, ada, fault, lost, monkeypatch)
        other = scheduled(ada, summary="Others go out.")
        due()
        before = state(role)
        publish_due()
        monkeypatch.undo()
        assert Role.objects.get(pk=other.pk).summary == "Others go out."
        schedule = Schedule.objects.get()
        assert [word for word in words if word not in schedule.fault] == [], schedule.fault
        after = state(role)
        assert after[:2] == before[:2]
        assert [one for one in before[3] if one["page_pk"] == role.pk] == after[3]
        assert [one for one in before[5] if one["page_pk"] == role.pk] == after[5]
        number, count = Revision.current(), DeskAction.objects.count()
        publish_due()
        assert (Revision.current(), DeskAction.objects.count()) == (number, count), "it is not tried again"
        assert Revision.objects.get().next_due is None

    def go_wrong(self, role, ada, fault, lost, monkeypatch):
        """The words in which it is said."""
        if fault == "incomplete":
            return ["Duties:"]
        if fault == "taken":
            make_role(title="Day porter")
            return ["Title", "already exists"]
        if fault == "gone":
            lost.delete()
            return ["deleted meanwhile: Dropped"]
        if fault == "clash":
            Role.objects.filter(pk=role.pk).update(summary="Theirs.")
            return ["Summary", "you choose"]
        if fault == "saved":
            draft(role, make_user(), outlook="Somebody else's.")
            return [SAVED_SINCE]
        if fault == "sent back":
            with editing():
                ask_for_review(page=role, by=ada, seen=Draft.objects.get().head.number)
                send_back(page=role, by=make_user(), seen=Draft.objects.get().head.number, reasons="Too long.")
            return [SENT_BACK_SINCE]
        save_action = DeskAction.save

        def breaks(action, **options):
            if action.page_pk == role.pk and action.what in ("published", "alone"):
                raise DatabaseError("the third write of four")
            save_action(action, **options)

        monkeypatch.setattr(DeskAction, "save", breaks)
        return [REFUSED]

    def test_acceptance_5_leaves_rows_draft_versions_schedule_and_revision_byte_for_byte(self, ada):
        role = scheduled(ada, summary="New words.", duties="")
        due()
        before = state(role)
        publish_due()
        assert state(role) == before

    def test_acceptance_5_is_of_the_version_that_was_approved(self, ada):
        role, second = scheduled(ada), make_user()
        seen = Draft.objects.get().head.number
        with editing():
            ask_for_review(page=role, by=ada, seen=seen)
            approve_draft(page=role, by=second, seen=seen)
        due()
        publish_due()
        assert DeskAction.objects.first().what == "published", "not “without a second look”"

    def test_a_page_that_is_not_online_is_not_taken_offline(self, ada):
        role = scheduled(ada, what=What.ARCHIVE)
        Role.objects.filter(pk=role.pk).update(status="draft")
        due()
        publish_due()
        assert Schedule.objects.get().fault == NOT_ONLINE

    def test_a_page_that_something_else_deleted_holds_up_nobody(self, ada):
        gone, other = scheduled(ada), scheduled(ada)
        Role.objects.filter(pk=gone.pk).delete()
        due()
        publish_due()
        assert not Schedule.objects.exists()
        assert Role.objects.get(pk=other.pk).summary == "New words."

    def test_an_outage_stops_nothing_and_is_tried_again_later(self, ada, monkeypatch):
        scheduled(ada)
        due()
        monkeypatch.setattr("careers.desk.services.due.is_outage", lambda error: True)
        monkeypatch.setattr("careers.desk.services.due.publish_draft", broken)
        with pytest.raises(DatabaseError):
            publish_due()
        assert Schedule.objects.get().fault == ""


def broken(**_):
    raise DatabaseError("away")


@pytest.mark.django_db(transaction=True)
def test_who_gave_the_time_is_told_once_by_mail(ada, with_mail, mailoutbox):
    scheduled(ada, duties="", summary="New.")
    due()
    for _ in range(3):
        Revision.current()
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert "Duties:" in mail.body
    assert Role.objects.get().title in mail.subject
    assert f"/admin/careers/role/{Role.objects.get().pk}/publish-later/" in mail.body


@pytest.mark.django_db
class TestEndings:
    """What happens otherwise to a page takes its time along."""

    @pytest.mark.parametrize("ending", [publish_draft, discard_draft, archive_page])
    def test_by_hand(self, ada, ending):
        role = scheduled(ada, what=What.ARCHIVE if ending is archive_page else What.PUBLISH)
        with editing():
            ending(page=Role.objects.get(pk=role.pk), by=ada)
        assert not Schedule.objects.exists()
        assert Revision.objects.get().next_due is None

    @pytest.mark.any_database
    def test_a_correction_of_the_published_page_leaves_the_time(self, publisher):
        role = make_role()
        scheduled(role=role, outlook="New words.")
        form = opened(publisher, role, "?correct=1")
        send(publisher, role, form, "?correct=1", team_size="15 agents")
        due()
        publish_due()
        role.refresh_from_db()
        assert (role.outlook, role.team_size) == ("New words.", "15 agents")


@pytest.mark.django_db
class TestChangeSets:
    """All of it at its moment, or nothing."""

    @pytest.fixture
    def pages(self, ada):
        pages = [make_role(title=title) for title in ("Night porter", "Day porter")]
        with editing():
            change_set = start_set(title="Porters", by=ada)
        for page in pages:
            draft(page, ada, summary="Together.")
            with editing():
                put_page_in(change_set, page, by=ada)
        with editing():
            schedule_set(change_set=change_set, at=timezone.now() + A_WHILE, by=ada)
        return pages

    def live(self):
        due()
        publish_due()
        return Role.objects.filter(summary="Together.").count()

    def test_go_live_as_one(self, pages):
        assert self.live() == 2
        assert not Schedule.objects.exists()
        assert ChangeSet.objects.get().state == "published"

    def test_stay_as_they_are_where_one_page_cannot(self, pages):
        Draft.objects.filter(page_pk=pages[1].pk).update(head=self.with_title(pages[1], "Third porter"))
        Schedule.objects.update(digest=digest_of_set(ChangeSet.objects.get()))
        make_role(title="Third porter")
        assert self.live() == 0
        assert "Title: " in Schedule.objects.get().fault
        assert "porter”" in Schedule.objects.get().fault
        assert ChangeSet.objects.get().state == "open"

    def with_title(self, page, title):
        content = Draft.objects.get(page_pk=page.pk).head.content
        content = {**content, "fields": {**content["fields"], "title": title}}
        with editing():
            return keep_version(page, content, "saved")

    def test_stop_where_a_page_is_saved_again_or_leaves(self, pages, ada):
        draft(pages[0], ada, outlook="Later.")
        assert "“Night porter”" in Schedule.objects.get().fault
        with editing():
            schedule_set(change_set=ChangeSet.objects.get(), at=timezone.now() + A_WHILE, by=ada)
            take_page_out(ChangeSet.objects.get(), pages[1], by=ada)
        assert self.live() == 0
        assert Schedule.objects.get().fault == SET_CHANGED

    def test_leave_no_time_behind(self, pages, ada):
        with editing():
            discard_set(ChangeSet.objects.get(), by=ada)
        assert not Schedule.objects.exists()
        assert Revision.objects.get().next_due is None

    @pytest.mark.any_database
    def test_get_their_time_on_a_page_and_their_pages_none_of_their_own(self, pages, publisher):
        change_set = ChangeSet.objects.get()
        url = f"/admin/careers/changeset/{change_set.pk}/publish-later/"
        seen = re.search(r'name="seen" value="(\w+)"', publisher.get(url).text)[1]
        moment = {"day": "2027-03-31", "clock": "09:00", "_set": "x"}
        said = publisher.post(url, {**moment, "seen": seen}, follow=True).text
        assert "“Porters” goes live on 31 March 2027, 09:00, UTC." in said
        assert "have changed since you opened this" in publisher.post(url, {**moment, "seen": "x"}).text
        assert "goes live with its change set “Porters”" in give_time(publisher, pages[0], **moment).text
        assert "Porters" in publisher.get("/admin/to-come/").text
        assert "has no time any more" in publisher.post(url, {"_cancel": "x"}, follow=True).text
        assert not Schedule.objects.exists()


def give_time(client, role, name="publish_later", **data):
    url = url_of(role, name)
    return client.post(url, {**as_sent_of_act(client, url), "_set": "x", **data}, follow=True)


class TestFourthOfAcceptance:
    """Editing a scheduled draft asks about the time; cancelling leaves every word; a past time never blocks a save."""

    @pytest.fixture
    def role(self, publisher):
        role = make_role(title="Night porter", team_size="")
        save(publisher, role, summary="New words.")
        tomorrow = timezone.now() + timedelta(days=1)
        answer = give_time(publisher, role, day=f"{tomorrow:%Y-%m-%d}", clock="09:00")
        assert f"goes live on {tomorrow.day} {tomorrow:%B %Y}, 09:00, UTC" in answer.text
        return role

    @pytest.mark.parametrize("choice", ["keep", "drop", None])
    def test_acceptance_4_editing_asks(self, publisher, role, choice):
        assert re.findall(r'name="time" value="(\w+)"', publisher.get(url_of(role)).text) == ["keep", "drop"]
        said = publisher.get(save(publisher, role, summary="Other words.", time=choice)["Location"]).text
        due()
        publish_due()
        role.refresh_from_db()
        assert (role.summary == "Other words.") is (choice == "keep")
        assert opened(publisher, role)["summary"] == ["Other words."]
        left = Schedule.objects.values_list("fault", flat=True)
        assert list(left) == ([SAVED_SINCE] if choice is None else [])
        assert ("say under “Publish later” whether its time still holds" in said) is (choice is None)

    @pytest.mark.any_database
    def test_a_form_with_a_fault_keeps_what_was_chosen(self, publisher, role):
        form = opened(publisher, role)
        again = send(publisher, role, form, title="", time="drop")
        assert 'value="drop" checked' in again.text
        assert Schedule.objects.get().fault == ""

    @pytest.mark.any_database
    def test_an_editor_cannot_keep_it_for_other_words(self, guide, publisher, role):
        editor = Client()
        user = make_user(is_staff=True)
        user.groups.add(Group.objects.get(name="Editor"))
        editor.force_login(user)
        assert 'name="time"' not in editor.get(url_of(role)).text
        save(editor, role, summary="Other words.", time="keep")
        assert Schedule.objects.get().fault == SAVED_SINCE
        assert "Scheduled, but stopped" in publisher.get("/admin/").text
        assert SAVED_SINCE in publisher.get("/admin/").text
        assert "Scheduled, but stopped" not in editor.get("/admin/").text
        due()
        publish_due()
        assert Role.objects.get(pk=role.pk).summary != "Other words."

    def test_acceptance_4_cancelling_leaves_every_word(self, publisher, role):
        before = Draft.objects.values().get()
        url = url_of(role, "publish_later")
        publisher.post(url, {"_cancel": "x"})
        assert not Schedule.objects.exists()
        assert Draft.objects.values().get() == before
        assert Revision.objects.get().next_due is None
        assert [one.what for one in DeskAction.objects.all()[:2]] == ["untimed", "scheduled"]

    def test_acceptance_4_a_past_time_blocks_no_save(self, publisher, role):
        Draft.objects.filter(page_pk=role.pk).update(state="editing")
        Schedule.objects.update(
            at=timezone.now() - timedelta(days=3), fault="Duties: empty.", stopped_at=timezone.now()
        )
        save(publisher, role, summary="Other words.")
        assert opened(publisher, role)["summary"] == ["Other words."]
        assert "Try again: what you save goes live at once" in publisher.get(url_of(role)).text
        save(publisher, role, time="keep")
        publish_due()
        assert Role.objects.get(pk=role.pk).summary == "Other words."

    @pytest.mark.any_database
    def test_a_past_time_is_refused_when_it_is_set(self, publisher, role):
        before = Schedule.objects.values().get()
        answer = give_time(publisher, role, day="2020-01-01", clock="09:00")
        assert "That moment has passed." in answer.text
        assert Schedule.objects.values().get() == before

    @pytest.mark.any_database
    def test_a_time_is_given_to_what_was_looked_at(self, publisher, role):
        url = url_of(role, "publish_later")
        seen = as_sent_of_act(publisher, url)
        save(publisher, role, summary="Other words.")
        tomorrow = timezone.now() + timedelta(days=1)
        answer = publisher.post(url, {**seen, "_set": "x", "day": f"{tomorrow:%Y-%m-%d}", "clock": "10:00"})
        assert "changed the draft since you opened it" in answer.text
        assert Schedule.objects.get().fault == SAVED_SINCE

    @pytest.mark.any_database
    def test_a_time_that_comes_twice_is_asked_again(self, publisher, role, settings):
        settings.TIME_ZONE = "Europe/Berlin"
        asked = give_time(publisher, role, day="2027-10-31", clock="02:30")
        assert "02:30 comes twice on 31 October 2027 in Berlin" in asked.text
        assert "The second 02:30 (GMT+1)" in asked.text
        done = give_time(publisher, role, day="2027-10-31", clock="02:30", which="second")
        assert "02:30, Berlin time (GMT+1)" in done.text
        never = give_time(publisher, role, day="2027-03-28", clock="02:30")
        assert "02:30 does not exist that day" in never.text

    @pytest.mark.any_database
    @pytest.mark.parametrize("data", [{}, {"day": "x", "clock": "25:00"}, {"day": "2026-1\x00", "clock": "9" * 900}])
    def test_nonsense_is_said(self, publisher, role, data):
        assert "Write a day" in give_time(publisher, role, **data).text

    @pytest.mark.any_database
    def test_what_could_not_be_published_is_said_before(self, publisher, role):
        save(publisher, role, duties="")
        assert "Duties: Readers need this" in publisher.get(url_of(role, "publish_later")).text


@pytest.mark.any_database
def test_what_is_to_come_is_listed_in_order_with_what_was_stopped_on_top(publisher):
    one, _, three = (scheduled(role=make_role(title=title)) for title in ("First", "Then", "Wrong"))
    Schedule.objects.filter(page_pk=one.pk).update(at=timezone.now() + timedelta(minutes=5))
    due(page_pk=three.pk)
    Role.objects.filter(pk=three.pk).update(summary="Theirs.")
    publish_due()
    page = publisher.get("/admin/to-come/").text
    assert page.index("Wrong") < page.index("First") < page.index("Then")
    assert "Summary" in page
    few = queries_of(lambda: publisher.get("/admin/to-come/"))
    first = publisher.get("/admin/").text.partition(">Scheduled<")[2].partition("</section>")[0]
    assert 0 < first.index(">First<") < first.index(">Then<")
    for _ in range(5):
        scheduled()
    assert queries_of(lambda: publisher.get("/admin/to-come/")) == few
