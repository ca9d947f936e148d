"""Staff come to the desk by a link that works once; only who may publish gives one."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.utils.timezone import now

from careers.accounts.models.invitations import Invitation, hash_of
from careers.accounts.models.users import User
from careers.desk.forms import GROUPS
from careers.people.services.deleting import delete_accounts
from tests.desk.staff import client_of, held_by
from tests.factories import make_user

LIST, ADD, REVOKE = (f"/admin/careers/invitation/{name}" for name in ("", "add/", "revoke/"))
LINK = re.compile(r"https?://[^/\s]+(/desk/invitation/[\w-]+/)")
PASSWORD = "correct horse battery"
EMAIL = "asha@example.org"


@pytest.fixture
def groups(db):
    """Those of the desk as the guide brings them, and one that is not of it."""
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ("Editor", "Publisher", "Operators")}
    for name in GROUPS:
        groups[name].permissions.set(Permission.objects.filter(codename__in=held_by(name)))
    return groups


@pytest.fixture
def root(groups, client):
    client.force_login(make_user(email="root@example.org", is_staff=True, is_superuser=True))
    return client


def invite(client, groups, email=EMAIL, group="Editor"):
    return client.post(ADD, {"email": email, "group": groups[group].pk}, follow=True)


def link_of(page):
    return LINK.search(page.text)[1]


def test_where_no_mail_is_sent_the_link_is_shown_once_and_only_its_hash_is_kept(root, groups):
    page = invite(root, groups)
    link = link_of(page)
    kept = Invitation.objects.get()
    assert (kept.email, kept.group.name, kept.token_hash) == (EMAIL, "Editor", hash_of(link.split("/")[3]))
    assert link.split("/")[3] not in str(list(Invitation.objects.values())) + str(list(LogEntry.objects.values()))
    listed = root.get(LIST).text
    assert EMAIL in listed
    assert link not in listed
    assert "no-store" in page["Cache-Control"]


def test_somebody_new_chooses_a_password_and_is_of_the_desk(root, groups):
    link, visitor = link_of(invite(root, groups, group="Publisher")), Client(enforce_csrf_checks=True)
    page = visitor.get(link)
    assert "You are invited as Publisher." in page.text
    assert page["Referrer-Policy"] == "same-origin", "else a browser sends the form with an origin of “null”"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "You are invited" not in visitor.get(link[:-2] + "/").text
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    for poor in ("", "12345678", EMAIL):
        again = visitor.post(link, {"password1": poor, "csrfmiddlewaretoken": token})
        assert again.status_code == 200
    assert visitor.post(link, {"password1": PASSWORD}).status_code == 403
    assert not User.objects.filter(email=EMAIL).exists()
    done = visitor.post(link, {"password1": PASSWORD, "csrfmiddlewaretoken": token})
    assert done["Location"] == "/account/login/?next=/admin/"
    user = User.objects.get(email=EMAIL)
    assert (user.is_staff, user.is_superuser, [*user.groups.all()]) == (True, False, [groups["Publisher"]])
    assert user.check_password(PASSWORD)
    assert not Invitation.objects.exists()
    signed = visitor.post(
        "/account/login/?next=/admin/",
        {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/admin/"},
    )
    assert signed["Location"] == "/admin/"


def test_the_same_link_a_second_time_makes_nothing_and_says_so(root, groups):
    link = link_of(invite(root, groups))
    for status in (302, 404):
        answer = Client().post(link, {"password1": PASSWORD})
        assert answer.status_code == status
    assert "This invitation is not open" in answer.text
    assert User.objects.filter(email=EMAIL).count() == 1


def test_somebody_with_an_account_accepts_once_they_are_signed_in_to_it(root, groups):
    user, other, visitor = make_user(email="Asha@Example.org"), make_user(), Client()
    link = link_of(invite(root, groups))
    assert "Sign in to it, then open the link again." in visitor.get(link).text
    assert visitor.post(link, {"password1": PASSWORD}).status_code == 200
    visitor.force_login(other)
    assert f"You are signed in as {other.email}." in visitor.get(link).text
    visitor.post(link)
    assert not User.objects.filter(is_staff=True, email__iexact=EMAIL).exists()
    visitor.force_login(user)
    assert ">Accept</button>" in visitor.get(link).text
    assert visitor.post(link)["Location"] == "/admin/"
    user.refresh_from_db()
    other.refresh_from_db()
    assert (user.is_staff, [*user.groups.all()], other.is_staff) == (True, [groups["Editor"]], False)
    assert visitor.get(link).status_code == 404


def test_a_link_ends_after_seven_days_when_it_is_taken_back_and_when_another_is_given(root, groups):
    first = link_of(invite(root, groups))
    second = link_of(invite(root, groups, email=EMAIL.upper(), group="Publisher"))
    assert [Client().get(link).status_code for link in (first, second)] == [404, 200]
    root.post(REVOKE, {"invitation": Invitation.objects.get().pk})
    assert Client().get(second).status_code == 404
    third = link_of(invite(root, groups))
    Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    assert Client().get(third).status_code == 404
    assert Client().post(third, {"password1": PASSWORD}).status_code == 404
    assert "Nobody is invited at the moment." in root.get(LIST).text
    assert not User.objects.filter(email__iexact=EMAIL).exists()
    invite(root, groups, email="next@example.org")
    assert Invitation.objects.count() == 1, "what has run out goes"


def test_a_mail_takes_the_link_and_a_form_sent_twice_mails_once(root, groups, settings):
    settings.SENDS_EMAIL = True
    for said in ("is invited by mail.", "was invited a moment ago."):
        page = invite(root, groups)
        assert said in page.text
        assert not LINK.search(page.text)
    [sent] = mail.outbox
    assert sent.to == [EMAIL]
    assert sent.subject == "Come to the HR desk"
    assert "as Editor" in sent.body
    assert Client().get(LINK.search(sent.body)[1]).status_code == 200


def test_the_link_is_shown_where_the_mail_server_takes_no_mail(root, groups, settings, monkeypatch):
    def refuses(*args, **kwargs):
        raise OSError("down")

    settings.SENDS_EMAIL = True
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuses)
    page = invite(root, groups)
    assert "The mail could not be sent." in page.text
    assert Client().get(link_of(page)).status_code == 200


@pytest.mark.parametrize(
    ("email", "group"), [("", "Editor"), ("nobody", "Editor"), (EMAIL, "Operators"), (EMAIL, None)]
)
def test_what_is_missing_or_wrong_is_said(root, groups, email, group):
    page = root.post(ADD, {"email": email, "group": groups[group].pk if group else ""})
    assert "to fix" in page.text
    assert not Invitation.objects.exists()


def test_who_is_in_the_group_already_is_not_invited(root, groups):
    make_user(email=EMAIL, is_staff=True).groups.add(groups["Editor"])
    assert "This person is in that group already." in invite(root, groups).text
    assert "Give this link" in invite(root, groups, group="Publisher").text


def test_a_publisher_lets_colleagues_in_without_a_command_line(groups):
    """Also the first one, whom `make run` makes."""
    publisher = client_of("Publisher")
    assert ADD in publisher.get(LIST).text
    assert LIST in publisher.get("/admin/").text
    link = link_of(invite(publisher, groups, group="Publisher"))
    Client().post(link, {"password1": PASSWORD})
    assert [*User.objects.get(email=EMAIL).groups.all()] == [groups["Publisher"]]
    assert "Choose from the list" in invite(publisher, groups, email="b@example.org", group="Operators").text
    assert publisher.get(f"/admin/careers/user/{publisher.user.pk}/change/").status_code == 403


def test_nobody_but_who_publishes_invites_sees_who_is_invited_or_takes_it_back(root, groups):
    invite(root, groups)
    editor = make_user(is_staff=True)
    editor.user_permissions.set(Permission.objects.exclude(codename="publish_role"))
    for user in (editor, make_user(), None):
        client = Client()
        if user:
            client.force_login(user)
        for url in (LIST, ADD, REVOKE):
            for answer in (client.get(url), client.post(url, {"invitation": Invitation.objects.get().pk})):
                assert answer.status_code in (302, 403)
                assert EMAIL.encode() not in answer.content
        assert b"/admin/careers/invitation/" not in client.get("/admin/", follow=True).content
    assert Invitation.objects.count() == 1


PUBLISHING = [code for code in held_by("Publisher") if code.startswith("publish_")]


def somebody_who_may(*codenames):
    client, user = Client(), make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


@pytest.mark.parametrize("held", [["publish_role"], PUBLISHING[1:]])
def test_who_publishes_some_of_the_guide_invites_nobody(root, groups, held):
    invite(root, groups)
    client = somebody_who_may(*held_by("Editor"), *held)
    for url in (LIST, ADD, REVOKE):
        assert client.post(url, {"invitation": Invitation.objects.get().pk}).status_code == 403


def test_nobody_lets_anybody_in_as_more_than_they_are_nor_sees_or_takes_back_that_somebody_is(root, groups):
    """Who publishes all, but deletes nothing, is less than a publisher."""
    invite(root, groups, group="Publisher")
    above = Invitation.objects.get()
    client = somebody_who_may(*held_by("Editor"), *PUBLISHING)
    assert "Choose from the list" in invite(client, groups, email="b@example.org", group="Publisher").text
    assert EMAIL not in client.get(LIST).text
    assert "Open invitations" not in client.get("/admin/").text
    assert client.post(REVOKE, {"invitation": above.pk}).status_code == 403
    assert "is invited as Publisher already" in invite(client, groups).text
    assert [*Invitation.objects.all()] == [above]
    invite(client, groups, email="b@example.org")
    assert Invitation.objects.get(email="b@example.org").group == groups["Editor"]
    assert "b@example.org" in client.get(LIST).text
    assert "1" in client.get("/admin/").text.partition("Open invitations")[2][:200]


def test_an_invitation_goes_with_the_account_of_that_person(root, groups):
    user = make_user(email="Asha@example.org")
    invite(root, groups)
    delete_accounts(users=[user])
    assert not Invitation.objects.exists()
