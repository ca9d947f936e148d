"""A form that is saved as it was opened changes nothing, though a browser sends its line breaks in its own way."""

import json
import shutil

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models import Value
from django.urls import reverse

from careers.accounts.models.users import User
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.roles import Role
from careers.guide.services.loading import FIXTURES, load_guide
from careers.occupations.models import Collection
from careers.people.admin.unchanged import NOTHING_CHANGED
from tests.as_sent import as_sent
from tests.desk.forms import pressed
from tests.factories import make_collection, make_profile, make_role, make_skill, make_user

NOUNS = [model for model in apps.get_app_config("careers").get_models() if issubclass(model, GuideModel)]


def desk(thing):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def sent(client, thing):
    return as_sent(client.get(desk(thing)).text, form_id=f"{thing._meta.model_name}_form")


def fullest(model):
    """The page with the most lines of text."""
    return max(model.objects.all(), key=lambda thing: sum(str(value).count("\n") for value in vars(thing).values()))


def state(thing):
    """All that is stored of a page and of what hangs on it."""
    inlines = admin.site._registry[type(thing)].inlines
    rows = [
        list(inline.model.objects.filter(**{thing._meta.model_name: thing}).order_by("pk").values())
        for inline in inlines
    ]
    many = {one.name: sorted(getattr(thing, one.name).values_list("pk", flat=True)) for one in thing._meta.many_to_many}
    return type(thing).objects.filter(pk=thing.pk).values().get(), rows, many


@pytest.fixture
def newer_fixtures(tmp_path):
    """`newer_fixtures(pages)`: the folder of the fixtures, which name another source of each of these pages."""

    def newer(pages):
        folder, wanted = tmp_path / "fixtures", {(page._meta.label_lower, page.slug) for page in pages}
        shutil.copytree(FIXTURES, folder)
        for path in folder.glob("*.json"):
            rows = json.loads(path.read_text())
            for row in rows:
                if (row["model"], row["fields"].get("slug")) in wanted:
                    row["fields"]["source_name"] += ", newer"
            path.write_text(json.dumps(rows))
        return folder

    return newer


def test_a_page_of_any_noun_that_is_saved_untouched_is_as_if_nobody_had(publisher, newer_fixtures):
    make_collection()
    pages = [fullest(model) for model in NOUNS]
    for page in pages:
        before, revision = state(page), Revision.current()
        data = sent(publisher, page)
        response = publisher.post(desk(page), data, follow=True)
        assert response.redirect_chain, f"{page!r}: {response.context['adminform'].errors}"
        assert NOTHING_CHANGED in response.text
        assert "” is saved." not in response.text
        assert state(page) == before, repr(page)
        assert Revision.current() == revision, repr(page)
    assert any("\r\n" in value for values in sent(publisher, fullest(Role)).values() for value in values)
    assert not LogEntry.objects.exists()
    of_fixtures = [page for page in pages if not isinstance(page, Collection)]
    report = load_guide(folder=newer_fixtures(of_fixtures))
    assert (report.kept, report.updated) == ([], len(of_fixtures))


def test_a_person_of_the_desk_and_a_group_saved_untouched_are_as_if_nobody_had(admin_client):
    group = Group.objects.create(name="Editors of moves")
    user = make_user(is_staff=True)
    user.groups.add(group)
    for thing in (user, group):
        assert NOTHING_CHANGED in admin_client.post(desk(thing), sent(admin_client, thing), follow=True).text
    assert not LogEntry.objects.exists()
    data = sent(admin_client, user) | {"is_active": []}
    assert "” is saved." in admin_client.post(desk(user), data, follow=True).text
    assert not User.objects.get(pk=user.pk).is_active


def test_what_was_stored_in_another_way_has_not_changed_either(publisher):
    """As a script at the database leaves it, past the fields that make texts plain."""
    role = make_role(alternates=["CSR"])
    odd = {
        "title": "Team\nleader",
        "summary": "You lead. ",
        "outlook": "It grows.\r\nIt pays.\r",
        "source_url": "https://x.org/?",
    }
    Role.objects.filter(pk=role.pk).update(**{name: Value(text) for name, text in odd.items()})
    role.alternate_titles.update(title=Value(" CSR\r\n"))
    before = state(role)
    assert NOTHING_CHANGED in publisher.post(desk(role), sent(publisher, role), follow=True).text
    assert state(role) == before


def test_only_what_was_changed_is_logged_and_told_and_kept(publisher, newer_fixtures):
    role, profile = Role.objects.get(slug="team-leader"), make_profile()
    saved = profile.saved_roles.create(role=role, seen=Role.objects.for_detail().get(pk=role.pk).facts)
    data = sent(publisher, role) | {"team_size": "Five or six", "_publish": "x"}
    assert pressed(publisher, role, publisher.post(desk(role), data)).status_code == 302
    assert [one.what for one in DeskAction.objects.order_by("pk")] == ["saved", "alone"]
    [change] = profile.saved_roles.get(pk=saved.pk).changes
    assert (change.label, change.after) == ("Team size", "Five or six")
    assert load_guide(folder=newer_fixtures([role])).kept == ['careers.role ["team-leader"]: changed here (team_size)']


def test_what_reads_the_same_is_saved_plain_beside_what_was_changed(publisher):
    skill = make_skill(how_to_practise="Listen.\nRepeat.")
    data = sent(publisher, skill) | {
        "why_it_matters": "It helps.\r\nAlways. ",
        "summary": "Two\r\nlines",
        "_publish": "x",
    }
    assert publisher.post(desk(skill), data).status_code == 302
    skill.refresh_from_db()
    assert (skill.how_to_practise, skill.why_it_matters) == ("Listen.\nRepeat.", "It helps.\nAlways.")
    assert skill.summary == "Two lines"
