"""A sheet goes in part by part, so that nobody waits for all of it; yet all of it is in or nothing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.desk.services.drafts import archive_page, discard_draft, draft_of, editing, head_of, save_draft
from careers.desk.services.reviews import ask_for_review
from careers.desk.services.sets.change_sets import discard_set, put_page_in, rename_set, start_set
from careers.desk.services.sets.publishing import publish_set
from careers.desk.sheets.models import SILENT, SheetImport
from careers.desk.sheets.rules.opening import open_file
from careers.desk.sheets.rules.tables import write_csv
from careers.desk.sheets.services import imports, taking_back
from careers.desk.sheets.services.imports import begin_import, confirm, drop_sheet, look_again, work_through
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.versions import current_version
from careers.people.services.refusing import Refused
from tests.desk.forms import url_of
from tests.desk.staff import client_of
from tests.factories import make_role, make_skill, make_user

State = SheetImport.State
HEAD = ["Address", "Title", "Summary", "Level", "Track", "Work type", "Degree"]


class Killed(BaseException):
    """Nothing of the portal's own runs after it, as after a signal."""


@pytest.fixture
def parts(monkeypatch):
    """Of one page each. Calls what is in it after so many of them, {number: function}."""
    then, done = {}, []

    def rest(_):
        done.append(1)
        then.get(len(done), lambda: None)()

    monkeypatch.setattr(imports, "opened_file", open_file)
    monkeypatch.setattr(taking_back, "MOST", 1)
    monkeypatch.setattr(taking_back.time, "sleep", rest)
    return then


@pytest.fixture
def roles(db):
    """One that readers see, one with a draft that waits for a review, and one that nobody has seen yet."""
    skill = make_skill()
    shown, drafted, unseen = (
        make_role(slug=slug, title=slug.title(), skills={skill: 2}, status=status)
        for slug, status in (("shown", "published"), ("drafted", "published"), ("unseen", "draft"))
    )
    write(drafted, "As drafted.")
    with editing():
        ask_for_review(page=drafted, by=make_user(), seen=head_of(drafted).number)
        for page in (shown, unseen):  # else they are kept as they were found, which stays
            current_version(page)
    return shown, drafted, unseen


def write(page, summary):
    with editing():
        head = head_of(page)
        content = {**head.content, "fields": {**head.content["fields"], "summary": summary}}
        save_draft(page=page, content=content, opened=head, by=None)


@pytest.fixture
def sheet(roles, parts):
    """Looked at and confirmed: two new roles among the three that there are."""
    rows = [
        [slug, slug.title(), f"{slug} of the sheet.", "Entry", "Operations", "Voice", "Not needed"]
        for slug in ("shown", "newer", "drafted", "unseen", "newest")
    ]
    sheet = begin_import(
        model=Role, file_name="a.csv", content=write_csv([HEAD, *rows]), by=make_user(), is_publisher=True
    )
    work_through()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.new, sheet.changed, sheet.faults) == (State.READY, 2, 3, [])
    confirm(sheet, title="Of 2027", by=sheet.by, is_publisher=True)
    return sheet


def everything():
    return (
        {role.pk: (role.status, content_of(role)) for role in Role.objects.all()},
        [*Draft.objects.order_by("pk").values()],
        [*Version.objects.order_by("pk").values_list("pk", flat=True)],
        [*DeskAction.objects.order_by("pk").values_list("pk", flat=True)],
        ChangeSet.objects.count(),
    )


def kill():
    raise Killed


def killed_after(number, sheet, parts):
    parts[number] = kill
    with pytest.raises(Killed):
        work_through()
    parts.clear()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.change_set.state) == (State.TAKING, ChangeSet.State.FILLING)


def long_ago(sheet):
    SheetImport.objects.filter(pk=sheet.pk).update(seen_at=timezone.now() - SILENT - timedelta(minutes=1))


@pytest.mark.parametrize("number", [*(pytest.param(one, marks=pytest.mark.any_database) for one in range(1, 5)), 5])
def test_what_a_killed_process_left_is_taken_back_to_the_last_row(sheet, parts, number, run_command):
    before = everything()
    killed_after(number, sheet, parts)
    assert sheet.change_set.drafts.count() == number
    work_through()
    assert sheet.change_set.drafts.count() == number, "somebody may be at work"
    long_ago(sheet)
    assert "Taken back: 1 sheets" in run_command("prune_guests")
    assert everything() == before
    sheet.refresh_from_db()
    assert sheet.problem.startswith("The portal was stopped")
    look_again(sheet, by=sheet.by, is_publisher=True)
    work_through()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.new, sheet.changed) == (State.READY, 2, 3)


@pytest.mark.any_database
def test_whoever_looks_again_has_it_taken_back_and_can_bring_it_in(sheet, roles, parts):
    killed_after(3, sheet, parts)
    long_ago(sheet)
    sheet.refresh_from_db()
    with pytest.raises(Refused, match="A part of this sheet is in already"):
        drop_sheet(sheet)
    look_again(sheet, by=sheet.by, is_publisher=True)
    work_through()
    assert ChangeSet.objects.count() == 0
    sheet.refresh_from_db()
    confirm(sheet, title="Of 2027", by=sheet.by, is_publisher=True)
    work_through()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.change_set.state, sheet.change_set.drafts.count()) == (State.TAKEN, "open", 5)
    assert DeskAction.objects.filter(what="imported").count() == 1
    with editing():
        discard_set(sheet.change_set, by=None)


@pytest.mark.any_database
def test_a_half_set_can_neither_be_used_nor_forgotten(sheet, roles, parts):
    killed_after(2, sheet, parts)
    half = sheet.change_set
    with editing():
        for do in (
            lambda: publish_set(half, by=None),
            lambda: put_page_in(half, roles[1], by=None),
            lambda: rename_set(half, title="Mine", by=None),
        ):
            with pytest.raises(Refused, match="being filled"):
                do()
    SheetImport.objects.update(until=timezone.now() - timedelta(days=1))
    begin_import(model=Role, file_name="b.csv", content=b"Address\n", by=None, is_publisher=True)
    assert SheetImport.objects.filter(pk=sheet.pk).exists(), "or nobody could take its part back"


@pytest.mark.any_database
def test_a_fault_in_a_later_part_takes_the_earlier_ones_back(sheet, roles, parts):
    with editing():
        put_page_in(start_set(title="Another set", by=None), roles[2], by=None)
    before = everything()
    work_through()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.change_set) == (State.READY, None)
    assert sheet.problem.startswith("“Unseen” is in the change set “Another set” already")
    assert everything() == before


@pytest.mark.any_database
def test_what_changes_between_two_parts_refuses_it_and_stays(sheet, roles, parts):
    parts[1] = lambda: write(roles[2], "Somebody’s own.")
    work_through()
    sheet.refresh_from_db()
    assert sheet.problem.startswith("“Unseen” changed since you looked")
    assert ChangeSet.objects.count() == 0
    assert head_of(roles[2]).content["fields"]["summary"] == "Somebody’s own."
    assert draft_of(roles[0]) is None


def test_what_somebody_did_with_a_part_stays_theirs(sheet, roles, parts, run_command):
    """Saved it, discarded it, took it offline."""
    killed_after(5, sheet, parts)
    new, newest = Role.objects.filter(slug__startswith="new").order_by("slug")
    write(new, "Somebody’s own.")
    write(roles[0], "Somebody’s own.")
    with editing():
        discard_draft(page=roles[1], by=None)
        archive_page(page=newest, by=None)
    long_ago(sheet)
    work_through()
    run_command("prune_guests")
    assert ChangeSet.objects.count() == 0
    for page in (new, roles[0]):
        draft = draft_of(page)
        assert (draft.head.content["fields"]["summary"], draft.change_set) == ("Somebody’s own.", None)
    newest.refresh_from_db()
    assert (draft_of(roles[1]), newest.status) == (None, "archived")


def test_a_page_that_is_brought_in_cannot_be_published_by_itself(sheet, roles, parts):
    """In every way that there is, and with the reason; what readers see can be put right meanwhile."""
    killed_after(3, sheet, parts)
    newer, publisher = Role.objects.get(slug="newer"), client_of("Publisher")
    for page in (newer, roles[0]):
        form = publisher.get(url_of(page)).text
        assert "a sheet that is still being brought in, as “Of 2027”" in form
        assert url_of(page, "act", "publish") not in form
        seen = head_of(page).number
        assert "“Of 2027”. Nothing of it can be" in publisher.post(url_of(page, "act", "publish"), {"seen": seen}).text
    lists = reverse("admin:careers_role_changelist")
    chosen = {"action": "publish_selected", "_selected_action": [newer.pk]}
    [mark] = re.findall(r'name="seen" value="(\w+)"', publisher.post(lists, chosen).text)
    done = publisher.post(lists, {**chosen, "post": "yes", "seen": mark}, follow=True).text
    assert "“Newer” is not published." in done
    assert set(Role.objects.published()) == {roles[0], roles[1]}
    assert "Correct the published page" in publisher.get(url_of(roles[0])).text


@pytest.mark.any_database
def test_a_part_is_as_large_as_the_machine_is_quick(db, monkeypatch):
    """Nobody waits longer where it is busy."""
    now, sizes, pace = [0.0], [], taking_back.Pace()
    monkeypatch.setattr(taking_back.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(taking_back.time, "sleep", lambda seconds: None)
    for seconds_of_a_page in (0.001, 0.001, 0.001, 0.001, 0.01, 0.4):
        with pace.part():
            now[0] += pace.size * seconds_of_a_page
        sizes.append(pace.size)
    assert sizes == pytest.approx([100, 200, 250, 250, 25, taking_back.FEWEST], abs=2)
