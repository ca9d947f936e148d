"""Accounts: signing up, confirming, forgotten passwords, another address. Nobody learns which addresses have one."""

import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from careers.accounts.forms.accounts import NEW_EMAIL
from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from tests.factories import make_user

PASSWORD = "a long passphrase"
SIGN_UP = "/account/signup/"
FORGOTTEN = "/account/password/reset/"
EMAIL = "/account/email/"


def sign_up(client, email="new@example.org", password=PASSWORD, **options):
    return client.post(SIGN_UP, {"email": email, "password1": password}, **options)


def sign_in(client, email="new@example.org", password=PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def signed_in(client, **fields):
    return known_again(client, make_user(password=PASSWORD, **fields))


def known_again(client, user):
    """Signed in, and asked for the password a moment ago."""
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return user


def most(action, *, per):
    """How often the settings allow it, before a wait."""
    rates = {**settings.ACCOUNT_RATE_LIMITS, **settings.MFA_RATE_LIMITS}[action].split(",")
    return next(int(rate.partition("/")[0]) for rate in rates if rate.endswith(f"/{per}"))


def link(number=-1):
    return re.search(r"https?://testserver(\S+)", mail.outbox[number].body)[1]


@pytest.mark.django_db
class TestUser:
    def test_signs_in_with_the_address_in_any_case(self):
        user = make_user(email="Jane@Example.org", password="a long passphrase")
        assert authenticate(username="jane@example.ORG", password="a long passphrase") == user

    def test_cannot_be_made_without_an_address(self):
        with pytest.raises(ValueError, match="e-mail"):
            User.objects.create_user("")

    def test_a_second_account_for_an_address_is_refused_in_words(self):
        make_user(email="jane@example.org")
        with pytest.raises(ValidationError, match="an account with this e-mail address"):
            User(email="JANE@example.org", password="x").full_clean()

    def test_a_new_password_is_no_longer_one_time(self):
        user = make_user(password_is_one_time=True)
        user.password_is_one_time = True
        user.set_password("my own passphrase")
        assert not user.password_is_one_time


@pytest.fixture(params=["without a server", "with a server"])
def either(request):
    """Both ways of the portal: mails are sent, or they are not."""
    if request.param == "with a server":
        request.getfixturevalue("with_mail")
    return request.param


def answer(path, data, email, setup=None):
    """All that a stranger can see of an answer, and of the page it leads to; tokens and the address itself left out."""
    client = Client()
    if setup:
        setup(client)
    response = client.post(path, {key: value.format(email=email) for key, value in data.items()})
    pages = [response, client.get(response.url)] if response.status_code == 302 else [response]
    return [(page.status_code, headers(page), cookies(page, email), body(page, email)) for page in pages]


def headers(page):
    moving = ("Expires", "Content-Length")
    return sorted((name, value) for name, value in page.items() if name not in moving)


def cookies(page, email):
    """What is kept in a session is no stranger's to see; its cookie, and how long it lasts, is."""
    return sorted(
        (name, value_of(cookie, email), cookie["max-age"], cookie["path"]) for name, cookie in page.cookies.items()
    )


def value_of(cookie, email):
    """Without what is a token, or (after a colon) when it was signed and the signature."""
    if cookie.key == NEW_EMAIL and cookie.value:
        return signing.loads(cookie.value, salt=NEW_EMAIL).replace(email, "the address")
    return "" if cookie.key in ("sessionid", "csrftoken") else cookie.value.partition(":")[0]


def body(page, email):
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return page.replace(email, "the address")


@pytest.mark.django_db
class TestNobodyLearnsWhoHasAnAccount:
    @pytest.fixture(autouse=True)
    def _known(self):
        sign_up(Client(), "known@example.org")
        make_user(email="Older@example.org")

    def assert_same(self, path, data, setup=None):
        answers = [answer(path, data, email, setup) for email in ("known@example.org", "other@example.org")]
        older = answer(path, data, "older@example.org", setup)
        assert answers[0] == answers[1] == older
        return answers[0]

    def test_from_signing_up(self, either):
        self.assert_same(SIGN_UP, {"email": "{email}", "password1": PASSWORD})

    def test_from_signing_up_twice_at_once(self, either, monkeypatch):
        before = answer(SIGN_UP, {"email": "{email}", "password1": PASSWORD}, "known@example.org")
        monkeypatch.setattr("careers.accounts.forms.accounts.is_taken", lambda email: False)
        assert answer(SIGN_UP, {"email": "{email}", "password1": PASSWORD}, "known@example.org") == before

    def test_from_signing_up_wrongly(self, either):
        self.assert_same(SIGN_UP, {"email": "{email}", "password1": "12345"})

    def test_from_signing_in(self, either):
        self.assert_same("/account/login/", {"login": "{email}", "password": "wrong"})

    def test_from_forgetting(self, either):
        self.assert_same(FORGOTTEN, {"email": "{email}"})

    def test_from_another_address(self, either):
        asker = make_user(email="asker@example.org", password=PASSWORD)
        self.assert_same(EMAIL, {"email": "{email}", "action_add": ""}, lambda client: known_again(client, asker))

    def test_from_the_time_it_takes_to_sign_up(self, either, monkeypatch):
        hashed = []
        encode = MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
        counts = []
        for email in ("known@example.org", "other@example.org"):
            hashed.clear()
            sign_up(Client(), email)
            counts.append(len(hashed))
        assert counts == [1, 1]


@pytest.mark.django_db
class TestSigningUpWithoutMail:
    def test_leads_to_signing_in_with_the_address_filled_in(self, client):
        response = sign_up(client, follow=True)
        assert response.redirect_chain == [("/account/login/", 302)]
        assert "If this address was new here, your account is ready." in response.text
        assert 'value="new@example.org"' in response.text
        assert 'value="new@example.org"' not in client.get("/account/login/").text
        assert sign_in(client).url == reverse("me-dashboard")

    def test_leaves_no_session_and_no_address_in_the_url(self, client):
        assert "new@example.org" not in sign_up(client).url
        assert not Session.objects.exists()

    def test_fills_in_nothing_that_it_has_not_signed(self, client):
        for value in ("", "x", "new@example.org", signing.dumps("new@example.org")):
            client.cookies[NEW_EMAIL] = value
            response = client.get("/account/login/")
            assert response.status_code == 200
            assert "new@example.org" not in response.text

    def test_twice_in_a_row_works(self, client):
        for _ in range(2):
            assert sign_up(client).status_code == 302
        assert User.objects.count() == 1
        assert sign_in(client).status_code == 302

    def test_of_a_taken_address_changes_nothing(self, client):
        make_user(email="new@example.org", password=PASSWORD)
        sign_up(client, password="another passphrase")
        assert User.objects.get().check_password(PASSWORD)

    def test_remembers_where_the_reader_was_going(self, client):
        data = {"email": "new@example.org", "password1": PASSWORD, "next": "/roles/"}
        assert client.post(SIGN_UP, data).url == "/account/login/?next=%2Froles%2F"

    @pytest.mark.parametrize("path", [SIGN_UP, FORGOTTEN])
    def test_the_pages_say_that_no_mail_is_sent(self, client, path):
        assert "This site sends no e-mail." in client.get(path).text

    def test_the_page_of_the_address_says_so_too(self, client):
        signed_in(client)
        assert "This site sends no e-mail." in client.get(EMAIL).text

    @pytest.mark.parametrize(
        "text", ["\x00", "a" * 10_000, "😀@example.org", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"]
    )
    def test_odd_addresses_are_refused_in_words_and_kept(self, client, text):
        response = sign_up(client, text)
        assert response.status_code == 200
        assert 'aria-invalid="true"' in response.text
        assert not User.objects.exists()

    @pytest.mark.parametrize("password", ["a" * 10_000, "😀" * 300, " lead and trail  "])
    def test_a_password_may_be_anything(self, client, password):
        sign_up(client, password=password)
        assert sign_in(client, password=password).status_code == 302

    def test_each_field_says_what_is_wrong(self, client):
        page = sign_up(client, "not one", "short").text
        assert "2 things to fix" in page
        assert "Write an address such as name@example.org." in page
        assert "This password is too short." in page
        assert 'value="not one"' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("with_mail")
class TestSigningUpWithMail:
    def test_asks_to_confirm_by_a_button(self, client):
        assert sign_up(client, follow=True).redirect_chain == [("/account/confirm-email/", 302)]
        assert "Confirm this address" in Client().get(link()).text
        assert not EmailAddress.objects.get().verified, "a scanner of mails that opens every link confirms nothing"
        assert Client().post(link()).url == "/account/login/"
        assert EmailAddress.objects.get().verified
        assert sign_in(Client()).url == reverse("me-dashboard")

    def test_signs_in_where_it_was_begun(self, client):
        sign_up(client)
        assert client.post(link()).url == reverse("me-dashboard")
        assert "_auth_user_id" in client.session

    def test_signing_in_unconfirmed_says_where_to_look(self, client):
        sign_up(client)
        assert sign_in(Client()).url == "/account/confirm-email/"

    def test_a_taken_address_is_told_by_mail(self, client):
        make_user(email="new@example.org", password=PASSWORD)
        sign_up(client)
        assert mail.outbox[0].subject == "You have an account already"
        assert User.objects.count() == 1

    def test_a_second_click_on_the_button_is_no_missing_page(self, client):
        sign_up(client)
        address = link()
        client.post(address)
        page = Client().post(address, follow=True)
        assert page.status_code == 200
        assert "If you have used it" in page.text

    def test_a_link_is_good_for_one_time(self, client):
        sign_up(client)
        address = link()
        client.post(address)
        assert "This link does not work any more" in Client().get(address).text

    def test_without_an_answering_server_nothing_is_lost(self, client, monkeypatch):
        def refuse(*args, **options):
            raise smtplib.SMTPServerDisconnected("gone")

        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
            response = sign_up(client)
            assert response.status_code == 503
            assert "The mail could not be sent" in response.text
            make_user(email="taken@example.org")
            assert sign_up(Client(), "taken@example.org").text == response.text
            assert Client().post(FORGOTTEN, {"email": "taken@example.org"}).status_code == 503
        assert sign_up(client).status_code == 302
        assert client.post(link()).url == reverse("me-dashboard")


@pytest.mark.django_db
class TestForgottenPassword:
    @pytest.fixture
    def ask(self, client, either):
        make_user(email="Jane@example.org", password=PASSWORD)
        client.post(FORGOTTEN, {"email": "jane@example.org"})
        return link()

    def test_is_replaced_by_the_link(self, client, ask):
        page = client.get(ask, follow=True)
        assert "Choose a new password" in page.text
        form = page.redirect_chain[-1][0]
        new = {"password1": "another passphrase", "password2": "another passphrase"}
        assert client.post(form, new).url == "/account/password/reset/key/done/"
        assert User.objects.get().check_password("another passphrase")
        assert "This link does not work any more" in Client().get(ask, follow=True).text

    def test_an_account_from_before_signs_in_with_the_new_one(self, client, ask, either):
        form = client.get(ask).url
        client.post(form, {"password1": "another passphrase", "password2": "another passphrase"})
        response = sign_in(client, "jane@example.org", "another passphrase")
        assert response.url == reverse("me-dashboard")

    @pytest.mark.parametrize("key", ["1-x", "zzzzzzzzzzzzzzzzzzzz-x", "1-😀", "1-%00"])
    def test_an_invented_link_is_refused_in_words(self, client, key):
        assert "This link does not work any more" in client.get(f"{FORGOTTEN}key/{key}/").text


@pytest.mark.django_db
class TestAnotherAddress:
    def change(self, client, email="next@example.org", **data):
        return client.post(EMAIL, {"email": email, "action_add": "", **data})

    def test_takes_the_place_of_the_old_one_once_confirmed(self, client, either):
        user = signed_in(client, email="old@example.org")
        self.change(client)
        user.refresh_from_db()
        assert user.email == "old@example.org"
        assert "next@example.org waits to be confirmed" in client.get(EMAIL).text
        client.post(link(0))
        user.refresh_from_db()
        assert user.email == "next@example.org"
        assert list(EmailAddress.objects.values_list("email", "verified")) == [("next@example.org", True)]
        assert sign_in(Client(), "next@example.org").url == reverse("me-dashboard")

    def test_may_be_thought_better_of(self, client, either):
        user = signed_in(client, email="old@example.org")
        self.change(client)
        client.post(EMAIL, {"email": "next@example.org", "action_remove": ""})
        user.refresh_from_db()
        assert user.email == "old@example.org"
        assert "waits to be confirmed" not in client.get(EMAIL).text

    def test_is_not_taken_from_another_account(self, client, either):
        other = make_user(email="next@example.org")
        user = signed_in(client, email="old@example.org")
        self.change(client)
        assert mail.outbox[0].subject == "Somebody named your address"
        client.post(EMAIL, {"email": "next@example.org", "action_primary": ""})
        for person in (user, other):
            person.refresh_from_db()
        assert (user.email, other.email) == ("old@example.org", "next@example.org")

    def test_goes_to_who_signs_up_with_it_meanwhile(self, client, either):
        signed_in(client, email="old@example.org")
        self.change(client)
        waiting = link(0)
        sign_up(Client(), "next@example.org")
        assert client.post(waiting).status_code == 302
        assert "belongs to another account" in client.get(EMAIL).text
        assert User.objects.filter(email="old@example.org").exists()

    def test_that_waits_does_not_confirm_it_for_who_signs_up(self, client, with_mail):
        signed_in(client, email="old@example.org")
        self.change(client)
        stranger = Client()
        sign_up(stranger, "next@example.org")
        assert sign_in(Client(), "next@example.org").url == "/account/confirm-email/"
        assert not EmailAddress.objects.filter(verified=True, email="next@example.org").exists()

    @pytest.mark.parametrize("text", ["\x00", "a" * 10_000, "old@example.org", "", "😀"])
    def test_is_refused_in_words(self, client, text):
        signed_in(client, email="old@example.org")
        response = self.change(client, text)
        assert response.status_code == 200
        assert "to fix" in response.text

    def test_the_own_address_cannot_be_taken_off(self, client, either):
        user = signed_in(client, email="old@example.org")
        client.get(EMAIL)
        self.change(client)
        client.post(EMAIL, {"email": "old@example.org", "action_remove": ""})
        user.refresh_from_db()
        assert user.email == "old@example.org"

    def test_an_account_from_before_needs_no_mail_to_stay(self, client, with_mail):
        signed_in(client, email="publisher@localhost")
        client.get(EMAIL)
        assert sign_in(Client(), "publisher@localhost").url == reverse("me-dashboard")

    def test_asks_who_is_there_first(self, client):
        client.force_login(make_user(email="old@example.org", password=PASSWORD))
        assert self.change(client).url.startswith("/account/reauthenticate/")


@pytest.mark.django_db
class TestPassword:
    def test_is_changed_and_the_change_is_told(self, client, with_mail):
        user = signed_in(client, email="old@example.org")
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        new = {"oldpassword": PASSWORD, "password1": "another passphrase", "password2": "another passphrase"}
        assert client.post("/account/password/change/", new).status_code == 302
        assert "_auth_user_id" in client.session
        assert mail.outbox[0].subject == "Your password was changed"
        assert "from the network address 127.0.0.1" in mail.outbox[0].body

    def test_the_old_one_has_to_be_right(self, client):
        signed_in(client)
        new = {"oldpassword": "wrong", "password1": "another passphrase", "password2": "another passphrase"}
        assert "That is not your present password." in client.post("/account/password/change/", new).text

    def test_of_one_time_cannot_be_kept(self, client):
        user = signed_in(client)
        User.objects.update(password_is_one_time=True)
        same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
        assert "That is the old one." in client.post("/account/password/change/", same).text
        user.refresh_from_db()
        assert user.password_is_one_time

    def test_may_be_set_where_there_is_none(self, client):
        user = signed_in(client)
        user.set_unusable_password()
        user.save()
        client.force_login(user)
        new = {"password1": "another passphrase", "password2": "another passphrase"}
        assert client.post("/account/password/set/", new).status_code == 302
        user.refresh_from_db()
        assert user.check_password("another passphrase")


@pytest.mark.django_db
class TestLimits:
    @pytest.mark.parametrize(
        ("action", "per", "path", "data"),
        [
            ("signup", "ip", SIGN_UP, {"email": "", "password1": ""}),
            ("reset_password", "key", FORGOTTEN, {"email": "jane@example.org"}),
            ("webauthn_login", "ip", "/account/2fa/webauthn/login/", {"credential": ""}),
        ],
    )
    def test_end_a_flood_with_our_page(self, client, action, per, path, data):
        for _ in range(most(action, per=per)):
            assert client.post(path, data).status_code != 429
        response = client.post(path, data)
        assert response.status_code == 429
        assert "Wait a quarter of an hour" in response.text
        assert "no-store" in response["Cache-Control"]
        elsewhere = client.post(path, data | {"email": "other@example.org"}, REMOTE_ADDR="192.0.2.7")
        assert elsewhere.status_code != 429

    def test_count_a_network_of_ipv6_as_one(self, client):
        for number in range(most("signup", per="ip") + 1):
            response = sign_up(client, "", REMOTE_ADDR=f"2001:db8::{number}")
        assert response.status_code == 429

    def test_hold_for_one_account_whatever_the_address(self, client):
        signed_in(client)
        for number in range(most("reauthenticate", per="user") + 1):
            data = {"password": "wrong"}
            response = client.post("/account/reauthenticate/", data, REMOTE_ADDR=f"192.0.2.{number}")
        assert response.status_code == 429


@pytest.mark.django_db
def test_a_form_out_of_date_is_explained():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/login/", {"login": "jane@example.org", "password": "x"})
    assert response.status_code == 403
    assert "The form was out of date" in response.text


@pytest.mark.django_db
def test_signing_out_asks_first(client):
    signed_in(client)
    assert "Sign out?" in client.get("/account/logout/").text
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/").url == reverse("account_signed_out")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email", ["victim@gma\u0131l.com", "v\u0131ctim@gmail.com", "victim@\u017fite.org", "\u212aim@site.org"]
)
@pytest.mark.parametrize(
    ("address", "field"),
    [("/account/password/reset/", "email"), ("/account/login/", "login"), ("/account/signup/", "email")],
)
def test_an_address_that_only_looks_like_another_is_refused(client, with_mail, mailoutbox, email, address, field):
    for known in ("victim@gmail.com", "victim@site.org", "kim@site.org"):
        make_user(email=known)
    page = client.post(
        address, {field: email, "password": "correct horse battery", "password1": "correct horse battery"}
    )
    assert "Write it with the letters a to z only." in page.text
    assert not mailoutbox


@pytest.mark.django_db
class TestAfterSigningIn:
    def sign_in(self, client, **data):
        user = make_user(password="correct horse battery")
        client.post("/account/login/", {"login": user.email, "password": "correct horse battery", **data})
        return user

    def test_nobody_is_asked_again_at_once(self, client):
        self.sign_in(client)
        assert client.get("/account/2fa/totp/activate/").status_code == 200

    def test_somebody_is_asked_again_after_a_while(self, client):
        self.sign_in(client)
        session = client.session
        session["account_authentication_methods"][0]["at"] -= 301
        session.save()
        assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")

    @pytest.mark.parametrize(("ticked", "lasts"), [({}, ""), ({"remember": "on"}, 90 * 24 * 3600)])
    def test_the_cookie_lasts_as_the_box_says(self, client, ticked, lasts):
        self.sign_in(client, **ticked)
        assert client.cookies["sessionid"]["max-age"] == lasts

    def test_a_guest_is_told_before_that_their_work_comes_along(self, guest):
        for address in ("/account/login/", "/account/signup/"):
            assert "on this browser" in guest.get(address).text
        guest.cookies.clear()
        assert "on this browser" not in guest.get("/account/login/").text


@pytest.mark.django_db
class TestForPasswordManagers:
    """Each page that asks for a password says whose it is, in a field that a manager knows; new ones can be shown."""

    def outside(self, client):
        client.post(FORGOTTEN, {"email": "me@example.org"})
        return [client.get(client.get(link()).url), client.get("/account/login/"), client.get(SIGN_UP)]

    def inside(self, client, user):
        client.force_login(user)
        own = ("/account/password/change/", "/account/reauthenticate/", "/me/data/delete/")
        pages = [client.get(address) for address in own]
        User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
        desk = [reverse("admin:password_change"), reverse("admin:auth_user_password_change", args=[user.pk])]
        return [*pages, *map(client.get, desk)]

    def test_the_account_stands_beside_the_password(self, client):
        user = make_user(email="me@example.org", password=PASSWORD)
        reset, login, signup = self.outside(client)
        for page in (reset, login, signup, *self.inside(client, user)):
            asked = page.request["PATH_INFO"]
            form = next((form for form in page.text.split("<form") if 'type="password"' in form), "")
            assert form, (asked, page.status_code, page.headers.get("Location"))
            account = re.search(r'<input[^>]*autocomplete="username"[^>]*>', form)
            assert account, asked
            assert ("me@example.org" in account[0]) == (page not in (login, signup)), asked
            assert ("js/password.js" in page.text) == ("new-password" in form), asked
            assert "Show password" not in page.text, "a button that needs a script comes with it"

    def test_also_where_there_is_no_password_yet(self, client):
        client.force_login(make_user(email="me@example.org"))
        User.objects.update(password="!")
        client.force_login(User.objects.get())
        page = client.get("/account/password/set/").text
        assert 'autocomplete="username" value="me@example.org"' in page
        assert "js/password.js" in page
