"""Signing in to an account and to the HR desk: who gets in, how often one may guess, what a one-time password is."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.urls import reverse

from careers.accounts.forms.accounts import ip_of
from careers.accounts.models.users import User
from careers.management.commands.serve import make_first_publisher
from careers.people.models.profiles import Profile
from tests.accounts.test_account_pages import PAGES, address
from tests.accounts.test_accounts import most
from tests.factories import make_role, make_user
from tests.house.test_me import OWN

SIGN_IN = "/account/login/"
PASSWORD = "a long passphrase"
WRONG = most("login_failed", per="key")  # as often one may be wrong about one account


def sign_in(client, email="hr@example.org", password=PASSWORD, to="", **headers):
    return client.post(SIGN_IN, {"login": email, "password": password, "next": to}, **headers)


@pytest.mark.django_db
class TestTheDesk:
    def test_sends_a_visitor_to_sign_in_and_back(self, client):
        make_user(email="hr@example.org", password=PASSWORD, is_staff=True)
        target = reverse("admin:careers_searchmiss_changelist")
        response = client.get(target, follow=True)
        assert response.redirect_chain[-1][0] == f"{SIGN_IN}?next={target}"
        assert f'name="next" value="{target}"' in response.text
        assert sign_in(client, to=target).url == target

    def test_is_not_for_somebody_without_a_desk(self, client):
        client.force_login(make_user(email="reader@example.org"))
        response = client.get(reverse("admin:index"), follow=True)
        assert response.status_code == 403
        assert "The HR desk is for editors" in response.text
        assert "reader@example.org" in response.text

    def test_sends_an_editor_nowhere_else(self, client):
        client.force_login(make_user(is_staff=True))
        for target in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
            assert client.get(reverse("admin:login"), {"next": target}).url == reverse("admin:index")

    def test_has_no_form_of_its_own(self, client):
        make_user(email="hr@example.org", password=PASSWORD, is_staff=True)
        client.post("/admin/login/", {"username": "hr@example.org", "password": PASSWORD})
        assert "_auth_user_id" not in client.session


NO_ADDRESSES = ["//[evil.example", "http://[::1", "http://[", "//]", "//ev\u2100l.example", "//[v1.x]/", "\\\\[evil"]


@pytest.mark.django_db
@pytest.mark.parametrize("target", NO_ADDRESSES)
def test_where_to_go_next_may_be_no_address_at_all(client, target):
    """Anybody can write one into a link: it answered 500, with a traceback in the log each time."""
    make_user(email="hr@example.org", password=PASSWORD)
    for name in ("account_login", "account_signup", "account_reset_password", "account_logout", "admin:login"):
        assert client.get(reverse(name), {"next": target}).status_code in (200, 302), name
    assert sign_in(client, to=target).url == reverse("me-dashboard")
    assert client.post(reverse("account_logout"), {"next": target}).status_code == 302


@pytest.mark.django_db
def test_no_other_host_of_the_operator_is_where_to_go_next(client, settings):
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = ["testserver", ".example.org"], ["https://blog.example.com"]
    make_user(email="hr@example.org", password=PASSWORD)
    for target in ("http://blog.example.org/", "https://blog.example.com/", "//blog.example.org/x"):
        assert sign_in(client, to=target).url == reverse("me-dashboard")
        client.logout()


@pytest.mark.django_db
class TestGuessing:
    def tries(self, client, number, email="hr@example.org", password="wrong", **headers):
        for _ in range(number):
            response = sign_in(client, email, password, **headers)
        return response.text

    def test_is_stopped_even_with_the_right_password(self, client):
        make_user(email="hr@example.org", password=PASSWORD)
        assert "Too many wrong tries" not in self.tries(client, WRONG)
        assert "Too many wrong tries" in self.tries(client, 1, password=PASSWORD)
        elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
        assert "Too many" not in self.tries(client, 1, **elsewhere), "the person is not locked out from elsewhere"

    def test_is_stopped_before_a_password_is_hashed(self, client, monkeypatch):
        self.tries(client, WRONG)
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: pytest.fail("hashed"))
        monkeypatch.setattr(hashers, "make_password", lambda *args: pytest.fail("hashed"))
        assert "Too many" in self.tries(client, 1)

    def test_of_many_names_from_one_address_is_stopped(self, client):
        for number in range(most("login_failed", per="ip")):
            self.tries(client, 1, email=f"user{number}@example.org")
        assert "Too many wrong tries" in self.tries(client, 1, email="another@example.org")

    def test_is_not_helped_by_blank_passwords(self, client):
        make_user(email="hr@example.org", password=PASSWORD)
        for _ in range(3):
            self.tries(client, WRONG // 2)
            self.tries(client, 1, password="")
        assert "Too many" in self.tries(client, 1)

    def test_a_flood_of_posts_is_answered_with_when_to_try_again(self, client):
        for _ in range(most("login", per="ip")):
            self.tries(client, 1, password="")
        response = sign_in(client)
        assert response.status_code == 429
        assert "Wait a quarter of an hour" in response.text

    def test_is_counted_for_a_whole_network_of_ipv6(self, client):
        for number in range(WRONG + 1):
            page = self.tries(client, 1, REMOTE_ADDR=f"2001:db8::{number}")
        assert "Too many" in page

    @pytest.mark.parametrize("address", ["fe80::1%eth0", "", "unix:", "not one", "::ffff:192.0.2.1", "1.2.3.4:80"])
    def test_is_counted_whatever_the_address_looks_like(self, client, address):
        assert "Too many" in self.tries(client, WRONG + 1, REMOTE_ADDR=address)

    def test_behind_a_proxy_one_visitor_does_not_lock_out_all(self, client, settings):
        settings.BEHIND_PROXY = True
        for number in range(most("login_failed", per="ip") + 1):
            self.tries(client, 1, email=f"user{number}@example.org", headers={"X-Forwarded-For": "1.1.1.1, 192.0.2.7"})
        assert "Too many" not in self.tries(client, 1, headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8"})

    def test_without_a_proxy_nobody_chooses_an_address(self, client):
        for number in range(WRONG + 1):
            page = self.tries(client, 1, headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert "Too many" in page

    def test_does_not_count_what_was_right(self, client):
        make_user(email="hr@example.org", password=PASSWORD)
        for _ in range(2 * WRONG):
            assert sign_in(client).status_code == 302
            client.post("/account/logout/")
        assert "Too many" not in self.tries(client, 1)


@pytest.mark.django_db
class TestSigningIn:
    def test_says_the_same_to_a_known_and_an_unknown_address(self, client):
        make_user(email="known@example.org")
        pages = [sign_in(client, email, "wrong").text for email in ("known@example.org", "other@example.org")]
        tokens = [client.cookies["csrftoken"].value]
        assert "do not fit together" in pages[0]
        assert plain(pages[0], tokens).replace("known", "other") == plain(pages[1], tokens)

    def test_keeps_what_the_session_holds(self, client):
        make_user(email="hr@example.org", password=PASSWORD)
        session = client.session
        session["guest"] = 7
        session.save()
        before = session.session_key
        sign_in(client)
        assert client.session["guest"] == 7
        assert client.session.session_key != before

    def test_lasts_as_long_as_was_asked_for(self, client):
        make_user(email="hr@example.org", password=PASSWORD)
        sign_in(client)
        assert client.session.get_expire_at_browser_close()
        client.post("/account/logout/")
        client.post(SIGN_IN, {"login": "hr@example.org", "password": PASSWORD, "remember": "on"})
        assert not client.session.get_expire_at_browser_close()

    def test_goes_nowhere_else(self, client):
        make_user(email="hr@example.org", password=PASSWORD)
        assert sign_in(client, to="https://example.com/").url == reverse("me-dashboard")

    def test_takes_the_address_in_any_case(self, client):
        make_user(email="Jane@example.org", password=PASSWORD)
        assert sign_in(client, "jANE@Example.ORG").status_code == 302

    @pytest.mark.parametrize("text", ["\x00", "a" * 10_000, "😀" * 500, "a\x00@example.org", "é@exämple.org"])
    def test_answers_whatever_is_typed(self, client, text):
        for email, password in ((text, "x"), ("hr@example.org", text), (f"{text}@example.org", text)):
            assert sign_in(client, email, password).status_code == 200

    def test_keeps_what_was_typed_but_the_password(self, client):
        page = sign_in(client, "not an address", "my secret").text
        assert 'value="not an address"' in page
        assert "my secret" not in page
        assert "Write an address such as name@example.org." in page

    def test_of_somebody_closed_is_refused(self, client):
        make_user(email="hr@example.org", password=PASSWORD, is_active=False)
        assert "do not fit together" in sign_in(client).text


def plain(page, tokens):
    """A page without the masked tokens, which differ in each."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.django_db
class TestWithMandatoryMail:
    """Who was made by those who run the portal signs in without a mail."""

    @pytest.fixture(autouse=True)
    def _mail(self, with_mail):
        pass

    def test_the_first_publisher_does(self, guide, client):
        password = make_first_publisher()
        assert sign_in(client, "publisher@localhost", password, to="/admin/").url == "/admin/"

    def test_a_superuser_of_the_command_does(self, client, monkeypatch):
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
        call_command("createsuperuser", interactive=False, email="root@localhost", verbosity=0)
        assert sign_in(client, "root@localhost", to="/admin/").url == "/admin/"

    def test_a_colleague_added_at_the_desk_does(self, client, mailoutbox):
        client.force_login(make_user(is_staff=True, is_superuser=True))
        data = {"email": "new@localhost.test", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
        client.post(reverse("admin:careers_user_add"), data)
        client.logout()
        assert sign_in(client, "new@localhost.test").url == reverse("me-dashboard")
        assert not mailoutbox

    def test_an_account_from_before_does(self, client):
        make_user(email="old@example.org", password=PASSWORD)
        assert not EmailAddress.objects.exists()
        assert sign_in(client, "old@example.org").url == reverse("me-dashboard")
        assert EmailAddress.objects.get().verified


def closed_pages():
    """Pages of the desk, all under /me/ and all of the account but those that change the password or sign out."""
    desk = [reverse(f"admin:{name}") for name in ("index", "careers_role_changelist", "careers_role_add")]
    own = [re.sub(r"<[^>]+>", "1", f"/{page.pattern}") for page in OWN]
    account = set(PAGES) - {"account_change_password", "account_set_password", "account_logout"}
    return [*desk, *own, *(address(name) for name in sorted(account))]


@pytest.mark.django_db
class TestOneTimePassword:
    @pytest.fixture
    def desk(self, client):
        user = make_user(email="first@example.org", password="one-time-secret", is_staff=True, is_superuser=True)
        User.objects.filter(pk=user.pk).update(password_is_one_time=True)
        sign_in(client, "FIRST@example.org", "one-time-secret", to="/admin/")
        return client

    @pytest.mark.parametrize(
        ("is_staff", "page"), [(True, "admin:password_change"), (False, "account_change_password")]
    )
    def test_opens_nothing_but_the_form_that_changes_it(self, desk, is_staff, page):
        User.objects.update(is_staff=is_staff)
        for path in closed_pages():
            assert desk.get(path).url == reverse(page), path
            assert desk.post(path).url == reverse(page), path
        assert "Your password was for one use." in desk.get(reverse(page)).text

    def test_lets_nobody_save_a_role(self, desk):
        role = make_role()
        for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}):
            response = desk.post(reverse("role-save", args=[role.slug]), headers=headers)
            assert response.headers.get("Location") or response["HX-Redirect"] == reverse("admin:password_change")
        assert not Profile.objects.exists()

    def test_lets_one_read_the_guide_and_sign_out(self, desk):
        assert desk.get(make_role().get_absolute_url()).status_code == 200
        assert desk.get(reverse("account_logout")).status_code == 200
        assert desk.post(reverse("account_logout")).url == reverse("account_signed_out")

    def test_nobody_guesses_the_old_one(self, desk):
        wrong = {"old_password": "not it", "new_password1": "my own passphrase", "new_password2": "my own passphrase"}
        answers = [desk.post(reverse("admin:password_change"), wrong).status_code for _ in range(11)]
        assert answers == [200] * 10 + [429]

    def test_may_be_changed_on_the_page_of_the_account(self, desk):
        User.objects.update(is_staff=False)
        new = {"oldpassword": "one-time-secret", "password1": "my own passphrase", "password2": "my own passphrase"}
        assert desk.post(reverse("account_change_password"), new).status_code == 302
        assert desk.get(reverse("me-dashboard")).status_code == 200

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


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:5555", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_one_visitor_is_one_address(rf, seen, counted):
    assert ip_of(rf.get("/", REMOTE_ADDR=seen)) == counted
