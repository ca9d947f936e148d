"""What the three boxes of shifts said is read in their place: of roles, of what keeps them, and of what was loaded."""

import json
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from careers.desk.services.drafts import draft_of, editing, publish_draft, restore_version, save_draft
from careers.guide.models.revisions import LoadedRow
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.fixture_rows import changed_fields
from careers.guide.services.versions import current_version, versions_of
from tests.factories import make_role, make_user
from tests.house.test_migrations import migrate_to

__all__ = ["migrate_to"]

# A schema is not changed inside the transaction of a test.
pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = import_module("careers.migrations.0035_nights_and_days").Migration.dependencies[0][1]
# (day, night, rotational) → what is known of nights and days
MEANT = {
    (1, 0, 0): ("not_known", "usual"),
    (0, 1, 0): ("usual", "not_known"),
    (0, 0, 1): ("usual", "usual"),
    (1, 0, 1): ("possible", "usual"),
    (0, 1, 1): ("usual", "possible"),
    (1, 1, 0): ("possible", "possible"),
    (1, 1, 1): ("possible", "possible"),
}
BOXES = "shift_day, shift_night, shift_rotational"


def boxes_of(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {BOXES}, shift_note, degree FROM careers_role WHERE id = %s", [role.pk])
        day, night, rotational, note, degree = cursor.fetchone()
        return bool(day), bool(night), bool(rotational), note, degree


def tick(role, boxes, note="Ask."):
    """As the desk of then saved it: the row, and the version that says the same."""
    values = dict(zip(BOXES.split(", "), map(bool, boxes), strict=True)) | {"shift_note": note}
    with connection.cursor() as cursor:
        sets = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE careers_role SET {sets} WHERE id = %s", [*values.values(), role.pk])
    for version in Version.objects.filter(model="careers.role", page_pk=role.pk):
        version.content["fields"] |= values
        version.digest = content_digest(version.content)
        version.save()


def note_loaded(role):
    """As if the fixtures had said what the row says."""
    fields = {"slug": role.slug, **content_of(role)["fields"]}
    return LoadedRow.objects.create(
        model="careers.role", key=json.dumps([role.slug]), object_pk=role.pk, fixture=fields, written=fields
    )


def test_what_the_boxes_said_is_read_in_their_place_and_back_again(migrate_to, client):
    """One journey shows it all, as each takes seconds."""
    roles = {boxes: make_role() for boxes in MEANT}
    told = make_role(
        nights="usual", nights_note="Abroad.", days="possible", days_note="At home.", degree="no_rule", duties="Work."
    )
    silent = make_role(nights="not_known", days="not_known")
    loaded = {role: note_loaded(role) for role in (*roles.values(), told)}
    versions = {role: current_version(role) for role in (*roles.values(), told, silent)}
    drafted = roles[1, 0, 1]
    content = content_of(drafted)
    content["fields"]["summary"] = "You keep the door."
    with editing():
        save_draft(page=drafted, content=content, opened=versions[drafted], by=None)
    migrate_to(BEFORE)

    assert boxes_of(told) == (True, True, True, "Abroad. At home.", "preferred")
    assert boxes_of(silent)[:3] == (True, False, False), "one had to be ticked"
    old = Version.objects.get(pk=versions[told].pk)
    assert {"shift_night": True, "shift_note": "Abroad. At home."}.items() <= old.content["fields"].items()
    assert "nights" not in old.content["fields"]
    assert old.digest == content_digest(old.content)
    for boxes, role in roles.items():
        tick(role, boxes)
    both = LoadedRow.objects.get(pk=loaded[roles[1, 1, 0]].pk)
    both.written |= {"shift_day": True, "shift_night": True, "shift_rotational": True, "shift_note": "Ask."}
    both.save()
    migrate_to()

    for boxes, role in roles.items():
        role.refresh_from_db()
        assert (role.nights, role.days, role.nights_note, role.days_note) == (*MEANT[boxes], "Ask.", ""), boxes
        assert current_version(role).pk == versions[role].pk, "nothing else has written it"
    written = LoadedRow.objects.get(pk=both.pk).written
    assert changed_fields(roles[1, 1, 0], written) == ["nights"], "that an editor took a box away is not forgotten"
    told.refresh_from_db()
    assert changed_fields(told, LoadedRow.objects.get(pk=loaded[told].pk).written) == []
    a_draft_and_an_old_version_open_compare_and_come_back(drafted, versions[drafted], client)


def a_draft_and_an_old_version_open_compare_and_come_back(role, first, client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    form = client.get(reverse("admin:careers_role_change", args=[role.pk])).text
    assert "You keep the door." in form
    assert '<option value="possible" selected>' in form
    content = content_of(role)
    content["fields"] |= {"nights": "never", "days": "always"}
    with editing():
        head = draft_of(role).head
        save_draft(page=role, content=content, opened=head, by=None)
        publish_draft(page=Role.objects.get(pk=role.pk), by=None)
    newest = versions_of(role).first().number
    page = client.get(reverse("admin:careers_role_version", args=[role.pk, newest]), {"from": first.number}).text
    assert "Possible" in page
    assert "Never" in page
    with editing():
        restore_version(version=Version.objects.get(pk=first.pk), page=Role.objects.get(pk=role.pk), by=None)
    fields = draft_of(role).head.content["fields"]
    assert (fields["nights"], fields["days"], fields["nights_note"]) == ("possible", "usual", "Ask.")
    assert "shift_day" not in fields
