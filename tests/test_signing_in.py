"""Signing in to the HR desk: who gets in, how often one may guess, what a one-time password is for."""

import pytest
from django.urls import reverse

from careers.models import User
from tests.factories import make_user


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("admin:careers_role_changelist")).url.startswith("/admin/login/")


@pytest.mark.django_db
def test_somebody_without_a_desk_does_not_get_in(client):
    make_user(email="reader@example.org", password="a long passphrase")
    response = client.post("/admin/login/", {"username": "reader@example.org", "password": "a long passphrase"})
    assert response.status_code == 200


@pytest.mark.django_db
class TestGuessing:
    def tries(self, client, number, email="hr@example.org", password="wrong", **headers):
        for _ in range(number):
            response = client.post("/admin/login/", {"username": email, "password": password}, **headers)
        return response.text

    def test_is_stopped_even_with_the_right_password(self, client):
        make_user(email="hr@example.org", password="a long passphrase", is_staff=True)
        assert "Too many wrong passwords" not in self.tries(client, 8)
        assert "Too many wrong passwords" in self.tries(client, 1, password="a long passphrase")
        elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
        assert "Too many" not in self.tries(client, 1, **elsewhere), "the person is not locked out from elsewhere"

    def test_of_many_names_from_one_address_is_stopped(self, client):
        for number in range(40):
            self.tries(client, 1, email=f"user{number}@example.org")
        assert "Too many wrong passwords" in self.tries(client, 1, email="another@example.org")

    def test_is_not_helped_by_blank_passwords(self, client):
        make_user(email="hr@example.org", password="a long passphrase", is_staff=True)
        for _ in range(3):
            self.tries(client, 4)
            self.tries(client, 1, password="")
        assert "Too many" in self.tries(client, 1)

    def test_is_counted_for_a_whole_network_of_ipv6(self, client):
        for number in range(9):
            page = self.tries(client, 1, REMOTE_ADDR=f"2001:db8::{number}")
        assert "Too many" in page

    @pytest.mark.parametrize("address", ["fe80::1%eth0", "", "unix:", "not one", "::ffff:192.0.2.1", "1.2.3.4:80"])
    def test_is_counted_whatever_the_address_looks_like(self, client, address):
        assert "Too many" in self.tries(client, 9, REMOTE_ADDR=address)

    def test_behind_a_proxy_one_visitor_does_not_lock_out_all(self, client, settings):
        settings.BEHIND_PROXY = True
        for number in range(41):
            self.tries(client, 1, email=f"user{number}@example.org", headers={"X-Forwarded-For": "1.1.1.1, 192.0.2.7"})
        assert "Too many" not in self.tries(client, 1, headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8"})

    def test_without_a_proxy_nobody_chooses_an_address(self, client):
        for number in range(9):
            page = self.tries(client, 1, headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert "Too many" in page

    def test_a_person_who_signs_in_begins_anew(self, client):
        make_user(email="hr@example.org", password="a long passphrase", is_staff=True)
        for _ in range(3):
            self.tries(client, 7)
            client.post("/admin/login/", {"username": "hr@example.org", "password": "a long passphrase"})
            client.post("/admin/logout/")
        assert "Too many" not in self.tries(client, 1)


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

    def test_cannot_be_kept(self, desk):
        same = {
            "old_password": "one-time-secret",
            "new_password1": "one-time-secret",
            "new_password2": "one-time-secret",
        }
        response = desk.post(reverse("admin:password_change"), same)
        assert "That is the old one." in response.text
        assert User.objects.get().password_is_one_time

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
