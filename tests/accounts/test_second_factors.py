"""Second steps at sign-in: an app, recovery codes, passkeys. Their secrets are not readable in the database."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from careers.adapters import SecondFactorAdapter
from tests.accounts.test_account_pages import is_ours
from tests.accounts.test_accounts import PASSWORD, signed_in
from tests.factories import make_user

ACTIVATE = "/account/2fa/totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret, *, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def protected(client):
    """Signed in, with an app and recovery codes."""
    user = signed_in(client, email="jane@example.org")
    client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]
    client.post(ACTIVATE, {"code": code(secret)})
    user.secret = secret
    return user


@pytest.fixture
def passkey(protected):
    return Authenticator.objects.create(user=protected, type="webauthn", data={"name": "My phone", "credential": {}})


@pytest.mark.django_db
class TestSecrets:
    def test_are_encrypted_in_the_database(self, protected):
        rows = {row.type: row for row in Authenticator.objects.all()}
        assert protected.secret not in json.dumps(rows["totp"].data)
        assert SecondFactorAdapter().decrypt(rows["totp"].data["secret"]) == protected.secret
        assert len(SecondFactorAdapter().decrypt(rows["recovery_codes"].data["seed"])) == 80

    def test_under_another_key_fail_clearly(self, protected, settings):
        settings.SECRET_KEY = "another-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz"
        with pytest.raises(ImproperlyConfigured, match="another SECRET_KEY"):
            Authenticator.objects.get(type="totp").wrap().validate_code("123456")

    def test_under_a_former_key_are_read(self, protected, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz"
        assert Authenticator.objects.get(type="totp").wrap().validate_code(code(protected.secret, later=1))

    def test_leave_the_session_once_the_app_is_set_up(self, protected, client):
        assert protected.secret not in json.dumps(dict(client.session))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
     "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
     "mfa_reauthenticate", "account_reauthenticate"],
)  # fmt: skip
def test_a_protected_person_meets_our_pages_only(client, passkey, name):
    response = client.get(
        reverse(name, args=[passkey.pk] if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else [])
    )
    assert response.status_code == 200
    assert is_ours(response)


@pytest.mark.django_db
class TestSigningIn:
    @pytest.fixture
    def half(self, client, protected):
        """The password is said, the second step waits."""
        client.post("/account/logout/")
        data = {"login": "jane@example.org", "password": PASSWORD, "next": "/roles/"}
        assert client.post("/account/login/", data).url == "/account/2fa/authenticate/"
        assert is_ours(client.get("/account/2fa/authenticate/"))
        return protected

    def say(self, client, text):
        return client.post("/account/2fa/authenticate/", {"code": text})

    def test_wants_the_code_of_the_app(self, client, half):
        assert "_auth_user_id" not in client.session
        assert self.say(client, code(half.secret, later=1)).url == "/roles/"
        assert "_auth_user_id" in client.session

    def test_takes_each_code_once_even_when_allauth_has_forgotten_it(self, client, half):
        right = code(half.secret, later=1)
        self.say(client, right)
        client.post("/account/logout/")
        client.post("/account/login/", {"login": "jane@example.org", "password": PASSWORD})
        cache.delete(f"allauth.mfa.totp.used?user={half.pk}&code={right}")
        assert "was used before" in self.say(client, right).text
        assert "_auth_user_id" not in client.session

    def test_takes_each_recovery_code_once(self, client, half):
        one = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
        assert self.say(client, one).status_code == 302
        client.post("/account/logout/")
        client.post("/account/login/", {"login": "jane@example.org", "password": PASSWORD})
        assert "That code is not right" in self.say(client, one).text

    @pytest.mark.parametrize("text", ["", "000000", "\x00", "a" * 10_000, "😀", "１２３４５６"])
    def test_refuses_the_rest_in_words(self, client, half, text):
        response = self.say(client, text)
        assert response.status_code == 200
        assert 'class="note note-bad"' in response.text

    def test_stops_guessing(self, client, half):
        for _ in range(8):
            self.say(client, "000000")
        assert "Too many wrong tries" in self.say(client, code(half.secret, later=1)).text

    def test_protects_the_desk_too(self, client, protected):
        client.post("/account/logout/")
        make_user(email="other@example.org")
        type(protected).objects.filter(pk=protected.pk).update(is_staff=True)
        data = {"login": "jane@example.org", "password": PASSWORD, "next": "/admin/"}
        client.post("/account/login/", data)
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"
        assert self.say(client, code(protected.secret, later=1)).url == "/admin/"


ODD = [
    "",
    "null",
    "[]",
    "1",
    '"text"',
    "{}",
    "not json",
    "[" * 15_000,
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": 1, "rawId": [], "type": null, "response": "x"}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "\\u0000"}}',
    json.dumps({
        "id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {},
        "response": {"clientDataJSON": "AA", "attestationObject": "AA", "authenticatorData": "AA", "signature": "AA",
                     "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"},
    }),
    json.dumps({
        "id": "AA", "rawId": "AA", "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "oA", "signature": "AA",
                     "userHandle": "MQ"},
    }),
    "9" * 5000,
    '{"id": ' + "9" * 5000 + "}",
]  # fmt: skip


@pytest.mark.django_db
class TestWhatAPasskeySends:
    """Whatever it is: refused in words, never an error."""

    @pytest.mark.parametrize("credential", ODD)
    def test_at_sign_in(self, client, credential):
        make_user()
        client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
        assert client.post("/account/2fa/webauthn/login/", {"credential": credential}).url == "/account/login/"
        assert 'class="note note-bad"' in client.get("/account/login/").text

    @pytest.mark.parametrize("credential", ODD)
    def test_when_added(self, client, credential):
        signed_in(client)
        client.get("/account/2fa/webauthn/add/")
        response = client.post("/account/2fa/webauthn/add/", {"name": "My 😀 phone", "credential": credential})
        assert response.status_code == 200
        assert "This passkey was not accepted." in response.text or "That code is not right" in response.text
        assert 'value="My 😀 phone"' in response.text

    @pytest.mark.parametrize("credential", ODD)
    def test_as_a_second_step(self, client, protected, credential):
        client.post("/account/logout/")
        client.post("/account/login/", {"login": "jane@example.org", "password": PASSWORD})
        response = client.post("/account/2fa/authenticate/", {"credential": credential})
        assert response.status_code == 200
        assert 'class="note note-bad"' in response.text

    @pytest.mark.parametrize("name", ["\x00", "a" * 10_000, ""])
    def test_as_a_name(self, client, passkey, name):
        response = client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": name})
        assert response.status_code == 200
        assert "One thing to fix" in response.text


@pytest.mark.django_db
class TestTakingAway:
    def test_is_for_the_own_passkeys_only(self, client, passkey):
        other = make_user()
        theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs", "credential": {}})
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            assert client.post(reverse(name, args=[theirs.pk]), {"name": "Mine"}).status_code == 404
        client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
        assert not Authenticator.objects.filter(pk=passkey.pk).exists()

    def test_asks_who_is_there(self, client):
        user = make_user(password=PASSWORD)
        TOTP.activate(user, SECRET)
        client.force_login(user)
        assert client.post("/account/2fa/totp/deactivate/").url.startswith("/account/reauthenticate/")
        assert Authenticator.objects.exists()

    def test_helps_somebody_who_lost_the_phone(self, client, protected):
        client.force_login(make_user(is_staff=True, is_superuser=True))
        row = Authenticator.objects.get(type="totp")
        page = client.get(reverse("admin:mfa_authenticator_change", args=[row.pk]))
        assert page.status_code == 200
        assert row.data["secret"] not in page.text
        client.post(reverse("admin:mfa_authenticator_delete", args=[row.pk]), {"post": "yes"})
        assert not Authenticator.objects.filter(type="totp").exists()
