"""What somebody leaves in a browser, in the log or in the database is not there for the next one."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core import signing
from django.core.signing import get_cookie_signer
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from bpo_portal.env import BASE_DIR, env
from bpo_portal.logs import LONGEST, Line
from careers.accounts.models.sessions import GUEST, Session, SessionStore
from careers.people.models.profiles import Profile
from careers.people.views.once import Messages, person_of
from careers.web.ways_back import SECRETS
from tests.factories import make_plan, make_user


@pytest.mark.django_db
class TestMessages:
    def leave_unread(self, client):
        """Somebody's form is sent, and its next page is not opened."""
        plan = make_plan(client.profile)
        answer = client.post(reverse("plan-drop", args=[plan.pk]))
        assert answer.status_code == 302
        assert client.cookies["messages"].value

    def shown(self, client, page="account_signed_out"):
        return [str(message) for message in client.get(reverse(page)).context["messages"]]

    def test_wait_for_who_they_speak_to(self, person):
        self.leave_unread(person)
        assert "messages" in person.cookies
        assert self.shown(person, "plan-list")

    @pytest.mark.parametrize("way", ["signs out", "session is gone", "cookie is gone", "another signs in"])
    def test_greet_nobody_after_them(self, person, way):
        self.leave_unread(person)
        if way == "signs out":
            person.post(reverse("account_logout"))
        elif way == "session is gone":
            Session.objects.all().delete()
        elif way == "cookie is gone":
            del person.cookies["sessionid"]
        else:
            stored = person.cookies["messages"].value
            person.force_login(make_user())
            person.cookies["messages"] = stored
        page = "me-dashboard" if way == "another signs in" else "account_signed_out"
        assert self.shown(person, page) == []
        assert not person.cookies["messages"].value

    def test_of_a_guest_greet_no_account(self, guest):
        self.leave_unread(guest)
        stored = guest.cookies["messages"].value
        guest.cookies.clear()
        guest.cookies["messages"], guest.cookies["time_zone"] = stored, "UTC"
        guest.force_login(make_user())
        assert self.shown(guest, "me-dashboard") == []

    def test_said_to_nobody_wait_for_who_signs_in(self, rf):
        request = request_of(rf, None)
        said, response = Messages(request), HttpResponse()
        said.add(messages.INFO, "The link is sent.")
        said.update(response)
        later = request_of(rf, make_user())
        later.COOKIES["messages"] = response.cookies["messages"].value
        assert [str(message) for message in Messages(later)] == ["The link is sent."]

    def test_that_were_not_shown_are_not_kept_on_for_who_signed_out(self, rf):
        user = make_user()
        said, response = Messages(request_of(rf, user)), HttpResponse()
        said.add(messages.INFO, "Private.")
        said.update(response)
        request = request_of(rf, user)
        request.COOKIES["messages"] = response.cookies["messages"].value
        waiting, answer = Messages(request), HttpResponse()
        assert waiting._loaded_messages  # somebody looked, and showed nothing
        request.user = request_of(rf, None).user
        waiting.add(messages.INFO, "You are signed out.")
        waiting.update(answer)
        later = request_of(rf, None)
        later.COOKIES["messages"] = answer.cookies["messages"].value
        assert [str(message) for message in Messages(later)] == ["You are signed out."]

    def test_signed_as_before_are_not_taken(self, rf):
        """Those of Django itself speak to anybody."""
        request = request_of(rf, None)
        storage = Messages(request).storages[0]
        storage.signer = get_cookie_signer(salt=storage.key_salt)
        request.COOKIES["messages"] = storage._encode([Message(messages.INFO, "For anybody.")])
        assert list(Messages(request)) == []


def request_of(rf, user):
    request = rf.get("/")
    request.session = SessionStore()
    request.user = user or type("Nobody", (), {"is_authenticated": False, "pk": None})()
    assert GUEST not in request.session
    assert person_of(request) == (f"account {user.pk}" if user else "")
    return request


def secret_addresses(patterns=None, prefix=""):
    """Every address that holds a secret, from the list of all addresses."""
    for entry in patterns or get_resolver().url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from secret_addresses(entry.url_patterns, prefix + str(entry.pattern))
        elif SECRETS & set(entry.pattern.converters) | SECRETS & set(entry.pattern.regex.groupindex):
            yield prefix + str(entry.pattern)


SECRET = "s3cretWord_-42"


def with_secret(pattern):
    address = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", SECRET, pattern)
    return "/" + address.replace("^", "").replace("$", "").replace("\\", "")


def written(record):
    return Line("{levelname} {name}: {message}", style="{").format(record)


@pytest.mark.django_db
def test_a_long_address_makes_no_long_line_in_the_log(caplog):
    Client().get(f"/{'a' * 50_000}")
    Client().generic("A" * 50_000, "/roles/")
    lines = [written(record) for record in caplog.records]
    assert len(lines) >= 2
    assert max(map(len, lines)) < LONGEST + 50


def test_a_fault_of_ours_keeps_its_whole_traceback():
    record = logging.makeLogRecord(
        {"msg": "x" * 2 * LONGEST, "levelname": "ERROR", "name": "x", "exc_text": "y" * 5000}
    )
    assert "y" * 5000 in written(record)


@pytest.mark.django_db
def test_no_address_that_opens_anything_stands_in_the_log(caplog):
    addresses = [with_secret(pattern) for pattern in secret_addresses()]
    assert len(addresses) >= 5
    for address in addresses:
        client = Client(raise_request_exception=False)
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"):
            client.generic(method, address)
        client.get(address + "x/y/../z")
    assert len(caplog.records) >= 10
    assert any(SECRET in record.getMessage() for record in caplog.records)
    assert not [line for record in caplog.records if SECRET in (line := written(record))]


def test_a_secret_is_masked_within_another_address_too():
    for text in (f"/account/login/?next=/shared/{SECRET}/", f"next=%2Fcalendar%2F{SECRET}.ics&a"):
        record = logging.makeLogRecord({"msg": "%s", "args": (text,), "levelname": "INFO", "name": "x"})
        assert SECRET not in written(record)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/roles/", "/search/", "/me/", "/account/login/", "/admin/login/", "/healthz"])
def test_thousands_of_parameters_are_a_bad_request_in_one_line(caplog, page):
    many = "&".join(f"a{number}=" for number in range(6000))
    sent = {"data": many, "content_type": "application/x-www-form-urlencoded"}
    for response in (Client().get(f"{page}?{many}"), Client().post(page, **sent)):
        assert response.status_code in (200, 302, 400, 403, 405)
    assert not [record for record in caplog.records if "Traceback" in written(record)]


@pytest.mark.django_db
def test_what_a_visitor_does_wrong_leaves_no_traceback(caplog):
    login = reverse("account_login")
    for body, kind in (
        (b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b"--b\r\n" * 3000, "multipart/form-data; boundary=b"),
    ):
        assert Client().post(login, body, content_type=kind).status_code in (200, 400)
    assert not [record for record in caplog.records if "Traceback" in written(record)]


def test_a_fault_of_ours_keeps_its_traceback():
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        facts = {"msg": "Internal Server Error: /", "exc_info": sys.exc_info(), "status_code": 500}
    assert "ZeroDivisionError" in written(logging.makeLogRecord({**facts, "levelname": "ERROR", "name": "x"}))


# As a browser may send them: octal within quotation marks becomes any byte.
COOKIES = st.one_of(
    st.sampled_from(['"\\000abcdefgh"', "\x00" * 32, "x" * 5000, "🙂" * 8, "\udcff" * 9, "abcdefgh\\", "%00", "'--"]),
    st.text(max_size=40),
)


@given(value=COOKIES)
def test_what_is_no_key_of_a_session_is_none(value):
    key = SessionStore(value).session_key
    assert key is None or re.fullmatch("[a-z0-9]{8,40}", key)


@pytest.mark.django_db
class TestCookies:
    @pytest.mark.parametrize(
        "value", ['"\\000abcdefghijklmnop"', '"abcdefgh\\000"', "x" * 5000, '"\\377\\377abcdefgh"']
    )
    @pytest.mark.parametrize(
        "name", ["sessionid", "csrftoken", "messages", "guest_work", "guest_begun_1", "time_zone", "signed_up_email"]
    )
    def test_of_any_content_fail_nothing(self, name, value):
        for page in ("/", "/me/", "/account/login/", "/admin/login/"):
            assert Client().get(page, HTTP_COOKIE=f"{name}={value}").status_code in (200, 302)

    def test_of_a_session_are_taken(self):
        session = SessionStore()
        session.create()
        assert SessionStore(session.session_key).session_key == session.session_key


@pytest.mark.parametrize("name", [name for name, (kind, _) in env.scheme.items() if kind is bool])
@pytest.mark.parametrize("word", ["maybe", "2", "ture"])
def test_a_yes_or_no_that_is_neither_is_one_line_at_start(name, word):
    said = start({name: word})
    assert said == (1, f"{name}={word} is not understood. Write 1 for yes or 0 for no.\n")


@pytest.mark.parametrize(
    ("name", "word"), [("LOG_LEVEL", "LOUD"), ("TIME_ZONE", "Manila"), ("SITE_URL", "careers.example.org")]
)
def test_a_word_that_is_not_understood_is_one_line_at_start(name, word):
    status, line = start({name: word})
    assert status == 1
    assert line.startswith(f"{name}={word} is ")
    assert line.count("\n") == 1


def start(variables):
    known = {
        **os.environ,
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "x" * 60,
        "DJANGO_SETTINGS_MODULE": "bpo_portal.settings",
    }
    process = subprocess.run(
        [sys.executable, "manage.py", "serve"], env={**known, **variables}, cwd=BASE_DIR, capture_output=True, text=True
    )
    return process.returncode, process.stdout + process.stderr


@pytest.mark.django_db
class TestLooking:
    def test_at_the_sign_in_by_passkey_writes_nothing(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            for _ in range(3):
                answer = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
                assert answer.json()["request_options"]
        assert "sessionid" not in client.cookies
        assert client.cookies["passkey_challenge"]["httponly"]

    def test_as_a_script_or_a_person_makes_no_session_anywhere(self, client):
        for address in plain_addresses():
            for headers in ({}, {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}):
                Client(headers=headers).get(address)
        assert (Session.objects.count(), Profile.objects.count()) == (0, 0)

    def test_writes_no_row_of_a_session_that_is_there(self, guest):
        before = Session.objects.get().session_data
        guest.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        assert Session.objects.get().session_data == before

    def test_a_challenge_is_good_for_one_answer(self, client, monkeypatch):
        seen = []
        monkeypatch.setattr(
            "careers.accounts.views.login_webauthn",
            lambda request: seen.append(request.session.get("mfa.webauthn.state")) or HttpResponse(),
        )
        from_allauth = {"challenge": "abc", "user_verification": "required"}
        kept = signed_challenge(from_allauth)
        for _ in range(2):
            client.cookies["passkey_challenge"] = kept
            client.post(reverse("mfa_login_webauthn"))
        client.cookies["passkey_challenge"] = kept[:-2]
        client.post(reverse("mfa_login_webauthn"))
        assert seen == [from_allauth, None, None]
        assert Session.objects.count() == 0


def signed_challenge(challenge):
    return signing.dumps(challenge, salt="passkey_challenge")


def plain_addresses(patterns=None, prefix="/"):
    """Every address without a part that has to be known."""
    for entry in patterns or get_resolver().url_patterns:
        text = str(entry.pattern).replace("^", "").replace("$", "").replace("\\", "")
        if hasattr(entry, "url_patterns"):
            yield from plain_addresses(entry.url_patterns, prefix + text)
        elif not re.search(r"[<(]", text):
            yield prefix + text


def test_addresses_are_found():
    assert {"/account/2fa/webauthn/login/", "/me/", "/admin/login/"} <= set(plain_addresses())
