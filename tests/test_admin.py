"""The HR desk: what editors and publishers may do, and what stays shut."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from careers.models import GuideModel, Role, Skill, User
from tests.factories import make_role, make_skill, make_user

Status = GuideModel.Status


def role_form(role, **changes):
    """What the browser would send for an unchanged role, with `changes`."""
    form = admin.site._registry[Role].get_form(type("Request", (), {"user": User(is_superuser=True, is_active=True)})())
    data = {}
    for name in form.base_fields:
        value = role.serializable_value(name) if name != "industries" else [i.pk for i in role.industries.all()]
        data[name] = "" if value is None else value
    for name in ("shift_day", "shift_night", "shift_rotational", "is_addition"):
        data[name] = "on" if getattr(role, name) else ""
    for prefix in ("role_skills", "alternate_titles", "role_metrics", "role_certifications"):
        rows = list(getattr(role, prefix).all())
        data[f"{prefix}-TOTAL_FORMS"] = data[f"{prefix}-INITIAL_FORMS"] = len(rows)
        for number, row in enumerate(rows):
            for field in row._meta.fields:
                value = row.serializable_value(field.name)
                data[f"{prefix}-{number}-{field.name}"] = "on" if value is True else "" if value is False else value
    return {**data, **changes}


def save(client, role, **changes):
    return client.post(reverse("admin:careers_role_change", args=[role.pk]), role_form(role, **changes))


def test_an_editor_changes_a_page_and_readers_see_it_at_once(editor, client):
    role = Role.objects.get(slug="team-leader")
    before = client.get("/roles/team-leader/").text
    response = save(editor, role, summary="You lead people.", status="published")
    assert response.status_code == 302, response.context["adminform"].errors
    assert "You lead people." in client.get("/roles/team-leader/").text
    assert "You lead people." not in before


def test_an_editor_writes_a_draft_but_cannot_publish_it(editor):
    role = make_role(status=Status.DRAFT)
    response = save(editor, role, status="published")
    assert response.status_code == 200
    assert "status" in response.context["adminform"].errors
    assert save(editor, role, status="in_review").status_code == 302
    role.refresh_from_db()
    assert role.status == Status.IN_REVIEW


def test_an_editor_cannot_take_a_page_down(editor):
    role = Role.objects.get(slug="team-leader")
    save(editor, role, status="draft")
    role.refresh_from_db()
    assert role.is_published


def test_a_publisher_publishes_with_the_moment(publisher):
    role = make_role(status=Status.DRAFT)
    assert save(publisher, role, status="published").status_code == 302
    role.refresh_from_db()
    assert role.published_at is not None


def test_publishing_without_a_source_is_refused_in_words(publisher):
    role = make_role(status=Status.DRAFT)
    response = save(publisher, role, status="published", source_name="")
    errors = response.context["adminform"].errors
    assert errors == {"source_name": ["Readers need this before the page can be published."]}
    assert not response.context["adminform"].form.instance.published_at


def test_a_half_finished_draft_can_be_saved_but_not_published(publisher):
    role = make_role(status=Status.DRAFT, duties="")
    assert save(publisher, role, summary="More to come.").status_code == 302
    assert "duties" in save(publisher, role, status="published").context["adminform"].errors


def test_a_draft_has_no_page_to_view(publisher):
    change = reverse("admin:careers_role_change", args=[make_role(status=Status.DRAFT).pk])
    assert "View on site" not in publisher.get(change).text
    published = reverse("admin:careers_role_change", args=[make_role().pk])
    assert "View on site" in publisher.get(published).text


def test_publishing_many_says_what_happened_to_each(publisher):
    fine, unsourced = make_skill(status=Status.DRAFT), make_skill(status=Status.DRAFT, source_name="")
    data = {"action": "publish_selected", "_selected_action": [fine.pk, unsourced.pk]}
    response = publisher.post(reverse("admin:careers_skill_changelist"), data, follow=True)
    assert f"“{fine}” is published." in response.text
    assert f"“{unsourced}” is not published. Source: Readers need this" in response.text
    assert set(Skill.objects.filter(pk__in=[fine.pk, unsourced.pk]).published()) == {fine}


def test_an_editor_is_not_offered_to_publish_many(editor):
    skill = make_skill(status=Status.DRAFT)
    data = {"action": "publish_selected", "_selected_action": [skill.pk]}
    editor.post(reverse("admin:careers_skill_changelist"), data)
    skill.refresh_from_db()
    assert not skill.is_published


def test_a_day_still_to_come_is_refused(editor):
    role = Role.objects.get(slug="team-leader")
    response = save(editor, role, checked_on=date(2999, 1, 1))
    assert "That day is still to come" in response.text


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_neither_editors_nor_publishers_see_people(guide, client, group):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(reverse("admin:careers_user_changelist")).status_code == 403
    assert client.get(reverse("admin:auth_group_changelist")).status_code == 403
    assert reverse("admin:careers_user_changelist") not in client.get(reverse("admin:index")).text


def test_an_editor_cannot_delete_a_page(editor):
    role = make_role()
    assert editor.post(reverse("admin:careers_role_delete", args=[role.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("admin:careers_role_changelist")).url.startswith("/admin/login/")


@pytest.mark.django_db
def test_somebody_without_a_desk_does_not_get_in(client):
    make_user(email="reader@example.org", password="a long passphrase")
    response = client.post("/admin/login/", {"username": "reader@example.org", "password": "a long passphrase"})
    assert response.status_code == 200


@pytest.mark.django_db
class TestOneTimePassword:
    @pytest.fixture
    def desk(self, client):
        user = make_user(email="first@example.org", password="one-time-secret", is_staff=True, is_superuser=True)
        User.objects.filter(pk=user.pk).update(password_is_one_time=True)
        client.post("/admin/login/", {"username": "FIRST@example.org", "password": "one-time-secret"})
        return client

    def test_opens_nothing_but_the_form_that_changes_it(self, desk):
        for name in ("admin:index", "admin:careers_role_changelist", "admin:careers_role_add"):
            assert desk.get(reverse(name)).url == reverse("admin:password_change")
        assert "Your password was for one use." in desk.get(reverse("admin:password_change")).text

    def test_once_changed_the_desk_is_open(self, desk):
        new = {
            "old_password": "one-time-secret",
            "new_password1": "my own passphrase",
            "new_password2": "my own passphrase",
        }
        assert desk.post(reverse("admin:password_change"), new).status_code == 302
        assert desk.get(reverse("admin:index")).status_code == 200
        assert not User.objects.get().password_is_one_time


@pytest.mark.django_db
def test_a_superuser_adds_a_colleague(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    data = {
        "email": "new@example.org",
        "usable_password": "true",
        "password1": "a fine passphrase",
        "password2": "a fine passphrase",
    }
    assert client.post(reverse("admin:careers_user_add"), data).status_code == 302
    assert User.objects.get(email="new@example.org").check_password("a fine passphrase")
