"""What was taken away comes back for a day, as it was, wherever its person is, and once; then it is gone for good."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.people.models.removals import KEPT_FOR, Removal
from careers.people.services.removals import MOST_REMOVED
from careers.personal_data.services.claiming import claim_guest
from careers.plans.exams import services as exams
from careers.plans.steps.services import steps
from careers.plans.study.services.log import NO_ROOM
from tests import factories as make

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


class Step:
    removing, restoring, field = "step-remove", "plan-step-restore", "step"

    def make(self, plan):
        return plan.steps.create(position=1, title="Read", hours=2, done_on=date(2026, 1, 5), is_renewal=True)

    def rows(self, plan):
        return list(plan.steps.filter(title="Read").values("uid", "hours", "done_on", "is_renewal"))

    def take_place(self, plan, monkeypatch):
        monkeypatch.setattr(steps, "MOST_STEPS", 1)
        plan.steps.create(position=1, title="Another")
        return steps.TOO_MANY


class Entry:
    removing, restoring, field = "entry-remove", "plan-entry-restore", "entry"

    def make(self, plan):
        return plan.entries.create(minutes=30, studied_on=date(2026, 1, 2), note="Mine")

    def rows(self, plan):
        return list(plan.entries.filter(minutes=30).values("key", "studied_on", "note"))

    def take_place(self, plan, monkeypatch):
        plan.entries.create(minutes=24 * 60, studied_on=date(2026, 1, 2))
        return NO_ROOM


class Item:
    removing, restoring, field = "item-remove", "plan-item-restore", "item"

    def make(self, plan):
        return plan.exam_items.create(title="Water", is_done=True)

    def rows(self, plan):
        return list(plan.exam_items.filter(is_done=True).values("pk", "title", "is_done"))

    def take_place(self, plan, monkeypatch):
        plan.exam_items.create(title="WATER")
        return exams.ON_THE_LIST.format(title="Water")


class Clock:
    removing, restoring, field = "clock-discard", "plan-clock-restore", "clock"

    def make(self, plan):
        return plan.clocks.create(profile=plan.profile, started_at=timezone.now() - timedelta(hours=1))

    def rows(self, plan):
        return list(plan.clocks.filter(started_at__lt=timezone.now() - timedelta(minutes=30)).values("started_at"))

    def take_place(self, plan, monkeypatch):
        plan.clocks.create(profile=plan.profile)
        return "The clock runs for this plan already. It goes on."


KINDS = [Step(), Entry(), Item(), Clock()]
of_each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.field)


def studying(profile, certification=None):
    return make.make_plan(profile, certification, status="studying", started_on=date(2026, 1, 1))


def take_off(client, kind, plan):
    """Take the one of a kind off the plan; its key."""
    row = kind.make(plan)
    post(client, kind.removing, *([] if kind.field == "clock" else [row.pk]), clock=row.pk)
    assert not kind.rows(plan)
    return row.pk


def unsave(client, **fields):
    saved = client.profile.saved_roles.create(role=make.make_role(), seen={"title": "Seen"}, **fields)
    post(client, "saved-remove", saved.role.slug)
    return saved.role


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@of_each_kind
def test_from_a_plan_it_comes_back_on_another_device_as_it_was_and_once(person, kind):
    plan = studying(person.profile)
    key = take_off(person, kind, plan)
    other_device, stranger = signed_in(person.profile.user), signed_in(make.make_profile(user=make.make_user()).user)
    assert post(stranger, kind.restoring, plan.pk, **{kind.field: key}).status_code == 404
    for _ in range(2):
        assert post(other_device, kind.restoring, plan.pk, **{kind.field: key}).status_code == 302
        (row,) = kind.rows(plan)
        assert not Removal.objects.exists()
    row.pop("pk", None)
    made = kind.make(studying(make.make_profile()))
    assert all(getattr(made, name) == value for name, value in row.items() if name not in ("uid", "key", "started_at"))


@of_each_kind
def test_where_its_place_is_taken_that_is_said_and_nothing_is_lost(person, kind, monkeypatch):
    plan = studying(person.profile)
    key = take_off(person, kind, plan)
    sentence = kind.take_place(plan, monkeypatch)
    page = person.post(reverse(kind.restoring, args=[plan.pk]), {kind.field: key}, follow=True)
    assert sentence in [str(message) for message in page.context["messages"]]
    assert not kind.rows(plan)
    monkeypatch.undo()
    for rows in (plan.entries, plan.exam_items, plan.clocks):
        rows.all().delete()
    post(person, kind.restoring, plan.pk, **{kind.field: key})
    assert kind.rows(plan)


@of_each_kind
def test_it_follows_a_guests_plan_into_the_account(guest, kind):
    belt, user = make.make_certification(), make.make_user()
    stays = studying(make.make_profile(user=user), belt)
    key = take_off(guest, kind, studying(guest.profile, belt))
    claim_guest(user=user, guest_pk=guest.profile.pk)
    post(signed_in(user), kind.restoring, stays.pk, **{kind.field: key})
    assert len(kind.rows(stays)) == 1


def test_a_role_comes_back_on_another_device_with_its_note(person):
    role = unsave(person, note="Ask Priya.")
    stranger = signed_in(make.make_profile(user=make.make_user()).user)
    assert post(stranger, "saved-restore", role.slug).status_code == 404
    other_device = signed_in(person.profile.user)
    assert "Undo" in other_device.get(reverse("saved-list"), {"removed": role.slug}).text
    for _ in range(2):
        post(other_device, "saved-restore", role.slug)
    assert (person.profile.saved_roles.get().note, Removal.objects.exists()) == ("Ask Priya.", False)


@pytest.mark.parametrize("guest_is_later", [True, False])
def test_of_a_role_that_both_removed_the_later_comes_back_in_its_group(guest, guest_is_later):
    role, user = make.make_role(), make.make_user()
    account = make.make_profile(user=user)
    for profile in (account, guest.profile) if guest_is_later else (guest.profile, account):
        near = profile.saved_groups.create(name="Near")
        note = "Guest's" if profile.is_guest else "Account's"
        profile.saved_roles.create(role=role, note=note, group=near, seen={"title": "Seen"})
        post(guest if profile.is_guest else signed_in(user), "saved-remove", role.slug)
    claim_guest(user=user, guest_pk=guest.profile.pk)
    post(signed_in(user), "saved-restore", role.slug)
    back = account.saved_roles.get()
    assert (back.note, back.group) == ("Guest's" if guest_is_later else "Account's", account.saved_groups.get())


def test_a_role_that_the_account_has_saved_stays_as_it_is(guest):
    user = make.make_user()
    role = unsave(guest, note="Guest's")
    make.make_profile(user=user).saved_roles.create(role=role, note="Account's")
    claim_guest(user=user, guest_pk=guest.profile.pk)
    browser = signed_in(user)
    assert "Undo" not in browser.get(reverse("saved-list"), {"removed": role.slug}).text
    page = browser.post(reverse("saved-restore", args=[role.slug]), follow=True)
    assert f"{role.title} is on your list. It stays there as it is." in page.text
    assert (user.profile.saved_roles.get().note, Removal.objects.get().was["note"]) == ("Account's", "Guest's")


def test_only_the_last_of_a_kind_are_kept(guest):
    plan = studying(guest.profile)
    for number in range(MOST_REMOVED + 2):
        for kind in KINDS:
            take_off(guest, kind, plan)
        unsave(guest, note=f"{number}")
    assert Removal.objects.count() == MOST_REMOVED * (len(KINDS) + 1)
    notes = {one.was["note"] for one in Removal.objects.filter(kind="role")}
    assert notes == {str(number) for number in range(2, MOST_REMOVED + 2)}


def test_a_day_later_nothing_comes_back_and_the_daily_run_deletes_it(person, run_command):
    plan, role = studying(person.profile), unsave(person, note="Ask.")
    keys = {kind: take_off(person, kind, plan) for kind in KINDS}
    assert "0 things that people removed" in run_command("prune_guests")
    Removal.objects.update(removed_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    for kind, key in keys.items():
        post(person, kind.restoring, plan.pk, **{kind.field: key})
        assert not kind.rows(plan)
    assert post(person, "saved-restore", role.slug).status_code == 404
    person.post(reverse("role-save", args=[role.slug]), headers=OURS)
    assert person.profile.saved_roles.get().note == ""
    assert "5 things that people removed" in run_command("prune_guests")
    assert not Removal.objects.exists()


def test_only_a_page_whose_address_names_one_asks_for_it(guest):
    plan, role = studying(guest.profile), unsave(guest)
    step = take_off(guest, KINDS[0], plan)
    plan_page, saved = reverse("plan-read", args=[plan.pk]), reverse("saved-list")
    assert [asked_for(guest, f"{plan_page}?removed={step}"), asked_for(guest, f"{saved}?removed={role.slug}")] == [1, 1]
    others = (plan_page, saved, reverse("me-dashboard"), reverse("role-detail", args=[role.slug]))
    assert [asked_for(guest, page) for page in others] == [0, 0, 0, 0]
    for key in ("\x00", "-1", "9" * 30, "²", "nonsense"):
        assert guest.get(plan_page, {"removed": key, "removed_item": key, "removed_clock": key}).status_code == 200


def asked_for(client, address):
    """How many queries are about what was removed."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum(Removal._meta.db_table in query["sql"] for query in queries)
