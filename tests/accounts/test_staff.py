"""People of the HR desk are asked for more than readers are: a second step where a setting says so, and to sign in
again after a day.
"""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils import timezone

from careers.accounts.models.invitations import Invitation
from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.guide.models.roles import Role
from careers.saved.models import SavedRole
from tests.accounts.test_second_factors import ACTIVATE, code
from tests.accounts.test_signing_in import PASSWORD, SIGN_IN, sign_in
from tests.factories import make_role, make_user
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
STEPS = "/account/2fa/"
INDEX = "/admin/"


@pytest.fixture
def needed(settings):
    settings.STAFF_SECOND_FACTOR = True


def addresses(patterns=None, prefix=INDEX):
    """Every address of the desk, with 1 for whatever it is about."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        path = f"{prefix}{re.sub(r'<[^>]+>', '1', str(pattern.pattern))}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif "^" not in path and "(?" not in path:
            yield path


def set_up_app(client):
    """Set up an app with codes; returns the page that follows."""
    assert client.get(ACTIVATE).status_code == 200
    sent = {"code": code(client.session["mfa.totp.secret"])}
    return client.post(ACTIVATE, sent, follow=True)


@pytest.mark.usefixtures("needed")
class TestSecondFactor:
    def test_shuts_every_address_of_the_desk_until_there_is_one(self, client):
        client.force_login(make_user(is_staff=True, is_superuser=True))
        role, wrong = make_role(), []
        paths = set(addresses()) - {reverse("admin:logout"), reverse("admin:login")}
        assert len(paths) > 150
        for path in sorted(paths):
            address = path.replace("/1/", f"/{role.pk}/")
            sent = client.post(address, {"title": "Mine", "post": "yes"}, headers={"HX-Request": "true"})
            if (client.get(address).get("Location"), sent.get("HX-Redirect")) != (STEPS, STEPS):
                wrong.append(address)
        assert wrong == []
        assert Role.objects.get().title == role.title
        assert client.session["wanted_at_desk"].startswith(INDEX)

    def test_leads_from_signing_in_over_an_app_and_its_recovery_codes_to_where_one_wanted(self, guide, client):
        user = make_user(email="hr@example.org", password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name="Editor"))
        wanted = reverse("admin:careers_role_changelist") + "?q=team"
        assert sign_in(client, to=wanted).url == wanted
        page = client.get(wanted, follow=True)
        assert page.redirect_chain == [(STEPS, 302)]
        assert "The HR desk asks for a second step." in page.text
        assert "Go on to the HR desk" not in page.text
        codes = set_up_app(client)
        assert codes.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
        assert codes.text.count("<code>") == 10
        assert f'href="{wanted}"' in codes.text
        assert client.get(wanted).status_code == 200
        assert "Go on to the HR desk" not in client.get(STEPS).text
        Authenticator.objects.filter(type="totp").delete()  # recovery codes alone are none
        assert client.get(wanted).url == STEPS

    def test_leaves_readers_pages_and_readers_alone(self, client):
        client.force_login(make_user(is_staff=True))
        role = make_role()
        for page in (role.get_absolute_url(), reverse("me-dashboard"), reverse("home")):
            assert client.get(page).status_code == 200
        client.post(reverse("role-save", args=[role.slug]), headers={"Sec-Fetch-Site": "same-origin"})
        assert SavedRole.objects.get().role == role
        client.force_login(make_user())
        assert "The HR desk is for editors" in client.get(INDEX, follow=True).text

    def test_shows_a_form_that_was_sent_to_be_sent_again(self, client):
        client.force_login(make_user(is_staff=True, is_superuser=True))
        role = make_role()
        page = client.post(reverse("admin:careers_role_change", args=[role.pk]), {"summary": "What I wrote"})
        assert page.status_code == 403
        assert "Nothing was saved: the HR desk opens with a second step only" in page.text
        assert "What I wrote" in page.text
        assert f'href="{STEPS}"' in page.text
        assert "Send it again" in page.text

    def test_asks_whoever_was_invited_and_a_superuser_of_the_command(self, client, monkeypatch):
        group = Group.objects.create(name="Editors")
        user = make_user(email="new@example.org")
        token = Invitation.objects.invite(email=user.email, group=group, now=timezone.now())
        client.force_login(user)
        assert client.post(reverse("invitation-accept", args=[token]), follow=True).redirect_chain[-1][0] == STEPS
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
        call_command("createsuperuser", interactive=False, email="root@example.org", verbosity=0)
        other = Client()
        sign_in(other, "root@example.org")
        assert other.get(INDEX).url == STEPS
        set_up_app(other)
        assert other.get(INDEX).status_code == 200

    def test_and_a_one_time_password_do_not_lead_to_one_another_for_ever(self, client):
        user = make_user(email="first@example.org", password=PASSWORD, is_staff=True, is_superuser=True)
        User.objects.filter(pk=user.pk).update(password_is_one_time=True)
        sign_in(client, user.email, to=INDEX)
        assert client.get(INDEX, follow=True).redirect_chain[-1][0] == reverse("account_change_password")
        new = {"oldpassword": PASSWORD, "password1": "my own passphrase", "password2": "my own passphrase"}
        client.post(reverse("account_change_password"), new)
        assert client.get(INDEX).url == STEPS
        set_up_app(client)
        assert client.get(INDEX).status_code == 200

    def test_lets_one_sign_out(self, client):
        client.force_login(make_user(is_staff=True))
        assert client.post(reverse("admin:logout")).status_code == 302
        assert "_auth_user_id" not in client.session

    def test_that_is_there_costs_one_query(self, client, settings):
        user = make_user(is_staff=True, is_superuser=True)
        Authenticator.objects.create(user=user, type="totp", data={})
        client.force_login(user)
        client.get(INDEX)
        asked = queries_of(lambda: client.get(INDEX))
        settings.STAFF_SECOND_FACTOR = False
        assert asked == queries_of(lambda: client.get(INDEX)) + 1


def test_without_the_setting_the_desk_opens_with_a_password(client):
    client.force_login(make_user(is_staff=True))
    assert client.get(INDEX).status_code == 200


class TestSession:
    def unused(self, client, **time):
        """As if it was used last so long ago."""
        Session.objects.update(expire_date=timezone.now() + timedelta(days=90) - timedelta(**time))

    def signed_in(self, client, *, is_staff=True):
        user = make_user(email="hr@example.org", password=PASSWORD, is_staff=is_staff)
        client.post(SIGN_IN, {"login": user.email, "password": PASSWORD, "remember": "on"})
        return user

    def test_of_staff_ends_after_a_night_and_the_browser_forgets_it(self, client):
        self.signed_in(client)
        self.unused(client, hours=12)
        response = client.get(INDEX)
        assert response.status_code == 302
        assert client.get(INDEX, follow=True).redirect_chain[-1][0] == f"{SIGN_IN}?next={INDEX}"
        assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value

    def test_of_staff_lasts_as_long_as_it_is_used_and_a_use_is_noted_seldom(self, client):
        self.signed_in(client)
        for _ in range(3):
            self.unused(client, hours=11, minutes=59)
            assert client.get(INDEX).status_code == 200
        used = Session.objects.get().expire_date
        assert client.get(INDEX).status_code == 200
        assert Session.objects.get().expire_date == used

    def test_of_a_reader_lasts_until_they_become_staff(self, client):
        user = self.signed_in(client, is_staff=False)
        self.unused(client, days=80)
        assert client.get(STEPS).status_code == 200
        self.unused(client, days=80)
        user.is_staff = True
        user.save()
        assert client.get(STEPS).status_code == 302
