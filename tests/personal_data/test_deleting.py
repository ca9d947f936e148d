"""Deleting everything: of the person nothing stays anywhere, of everybody else everything."""

import re
import time
from email.message import EmailMessage

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from careers import models
from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.people.services.deleting import delete_accounts, delete_guest
from careers.people.views.requests import GUEST
from careers.personal_data.services.claiming import claim_guest
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.files.models import EvidenceFile
from careers.plans.models import PlanStep
from careers.plans.study.models import StudyEntry
from careers.routes.models import GoalStep
from careers.sharing.models import Share
from tests import factories as make
from tests.house.test_concurrency import at_once
from tests.whole_person import PASSWORD, fill, make_whole_account, models_of_people

DELETE = "data-delete"


@pytest.fixture
def mails(settings, tmp_path):
    """The folder of mails that were written to files, with a `put(to=…)`."""
    settings.MAIL_DIR = tmp_path
    numbers = iter(range(100))

    def put(*, to):
        message = EmailMessage()
        message["To"], message["Subject"] = to, "Confirm"
        message.set_content("https://example.org/confirm")
        path = tmp_path / f"20261122-{next(numbers)}.log"
        path.write_bytes(message.as_bytes() + b"\n" + b"-" * 79 + b"\n")
        return path

    return put


# Words of pages, and what was done with them: they stay without who it was, which `columns_that_name` looks for.
OF_THE_GUIDE = (
    "careers_changeset",
    "careers_deskaction",
    "careers_draft",
    "careers_remark",
    "careers_sheetimport",
    "careers_sheetpage",
    "careers_schedule",
    "careers_version",
)


def whole_database():
    """{table: its rows}, each value as text, what sessions and JSON pack included."""
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = sorted(tuple(text_of(value) for value in row) for row in cursor.fetchall())
    packed = [str(session.get_decoded()) for session in Session.objects.all()]
    return {**tables, "what is in the sessions": sorted((text,) for text in packed)}


def text_of(value):
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def values_in_sessions():
    """Every value in any session, as text: whoever is meant by a key is found by it."""
    return {str(leaf) for session in Session.objects.all() for leaf in leaves(session.get_decoded())}


def leaves(value):
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


def columns_that_name(table):
    """Every (table, column) with a foreign key to `table`."""
    with connection.cursor() as cursor:
        return [
            (other, column)
            for other in connection.introspection.table_names(cursor)
            for column, (_, target) in connection.introspection.get_relations(cursor, other).items()
            if target == table
        ]


def keys_in(pairs):
    """Every value of these columns, as text."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in pairs:
            cursor.execute(f"SELECT {connection.ops.quote_name(column)} FROM {connection.ops.quote_name(table)}")
            found |= {str(value) for (value,) in cursor.fetchall()}
    return found


def traces(before, *words):
    return [(table, row) for table, rows in before.items() for row in rows if any(word in str(row) for word in words)]


@pytest.mark.django_db
class TestCompleteness:
    @pytest.fixture
    def colleague(self):
        return make.make_user(email="colleague@example.org", is_staff=True, is_superuser=True)

    def test_the_whole_person_has_a_row_of_every_model_that_leads_to_one(self, colleague):
        before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in models_of_people()}
        make_whole_account(mark="asha", colleague=colleague)
        assert [
            model._meta.label
            for model in models_of_people()
            if not set(model._default_manager.values_list("pk", flat=True)) - before[model]
        ] == []

    def test_after_it_the_database_is_as_if_the_person_had_never_come(self, client, colleague, mails):
        for _ in range(6):  # what the person will point at; it stays
            make.make_role(), make.make_skill(), make.make_certification()
        make_whole_account(mark="zora", colleague=colleague)
        fill(make.make_profile(), mark="guest")
        person = make_whole_account(mark="asha", colleague=colleague)
        mine = self.rows_of("asha", person)
        assert {str(person.pk), user_pk_to_url_str(person)} <= values_in_sessions()
        assert len(mine) > 20
        others = self.without(whole_database(), mine)

        assert self.deleted_by_hand(client, person)
        after = whole_database()
        assert traces(after, "asha", person.email, *self.tokens) == []
        assert values_in_sessions().isdisjoint({str(person.pk), user_pk_to_url_str(person)})
        assert str(person.pk) not in keys_in(columns_that_name(User._meta.db_table))
        assert keys_in(columns_that_name(Profile._meta.db_table)).isdisjoint({str(self.profile_pk)})
        assert not LogEntry.objects.filter(object_id=str(person.pk), content_type__model="user").exists()
        assert self.without(after, []) == others

    def rows_of(self, mark, person):
        """(table, row's key) of every row that belongs to the person, found through the models."""
        self.profile_pk = person.profile.pk
        self.tokens = [person.profile.shares.get().token, *person.sessions.values_list("pk", flat=True)]
        rows = set()
        for model in models_of_people():
            for row in model._default_manager.all():
                if belongs(row, person):
                    rows.add((model._meta.db_table, str(row.pk)))
        return rows

    def without(self, database, rows):
        """The database without these rows, and without what no person is in."""
        gone = {}
        for table, key in rows:
            gone.setdefault(table, set()).add(key)
        return {
            table: [row for row in found if row[0] not in gone.get(table, ())]
            for table, found in database.items()
            if table not in ("sqlite_sequence", "what is in the sessions", *OF_THE_GUIDE)
        }

    def deleted_by_hand(self, client, person):
        cache.clear()
        client.force_login(person)
        response = client.post(reverse(DELETE), {"password": PASSWORD})
        assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("data-deleted"))
        return not User.objects.filter(pk=person.pk).exists()

    def test_of_a_guest_too(self, client, guest):
        make_whole_account(mark="zora", colleague=make.make_user())
        fill(guest.profile, mark="asha")
        key, pk = guest.session.session_key, guest.profile.pk
        zora = traces(whole_database(), "zora")
        assert guest.post(reverse(DELETE)).url.startswith(reverse("data-deleted"))
        after = whole_database()
        assert traces(after, "asha", key) == []
        assert str(pk) not in keys_in(columns_that_name(Profile._meta.db_table))
        assert not Profile.objects.filter(pk=pk).exists()
        assert traces(after, "zora") == zora

    def test_from_the_hr_desk_too(self, client, colleague, mails, django_capture_on_commit_callbacks):
        path = mails(to="asha-new@example.org")
        people = [make_whole_account(mark=mark, colleague=colleague) for mark in ("asha", "asha2", "asha3")]
        client.force_login(colleague)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("admin:careers_user_delete", args=[people[0].pk]), {"post": "yes"})
            client.post(
                reverse("admin:careers_user_changelist"),
                {"action": "delete_selected", "_selected_action": [p.pk for p in people[1:]], "post": "yes"},
            )
        assert list(User.objects.all()) == [colleague]
        assert traces(whole_database(), "asha") == []
        assert not path.exists()


@pytest.mark.django_db
def test_a_session_whose_second_step_waits_knows_whose_it_is(client):
    user = make.make_user(pk=40)  # allauth writes it in another base
    make_second_factor(user)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert Session.objects.get().user == user


@pytest.mark.django_db
@pytest.mark.parametrize("several", [True, False])
def test_a_second_step_taken_away_on_the_desk_leaves_no_name_behind(client, several):
    user = make.make_user(email="asha@example.org")
    phone = user.authenticator_set.create(type="webauthn", data={"name": "Phone of asha", "credential": {}})
    client.force_login(make.make_user(is_staff=True, is_superuser=True))
    page = reverse("admin:mfa_authenticator_change", args=[phone.pk])
    assert client.post(page, {"_save": "Save"}).status_code == 403
    if several:
        chosen = {"action": "delete_selected", "_selected_action": [phone.pk], "post": "yes"}
        client.post(reverse("admin:mfa_authenticator_changelist"), chosen)
    else:
        client.post(reverse("admin:mfa_authenticator_delete", args=[phone.pk]), {"post": "yes"})
    assert not user.authenticator_set.exists()
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == (user.email, "Took away a second step: WebAuthn.")
    delete_accounts(users=[user])
    assert traces(whole_database(), "asha") == []


OF_A_PLAN = PlanStep, ExamAttempt, ExamItem, StudyEntry, EvidenceFile


def belongs(row, person):
    """Whether the row is the person's, or is about them on the HR desk."""
    if isinstance(row, LogEntry):
        return row.user_id == person.pk or row.object_repr == person.email
    if row._meta.db_table in OF_THE_GUIDE:
        return False
    if isinstance(row, User):
        return row == person
    if isinstance(row, GoalStep):
        return belongs(row.goal, person)
    if isinstance(row, OF_A_PLAN):
        return belongs(row.plan, person)
    for name in ("user", "profile", "email_address"):
        if hasattr(row, f"{name}_id"):
            owner = getattr(row, name)
            return owner == person if name == "user" else owner is not None and owner.user_id == person.pk
    raise AssertionError(f"nobody knows whose {row._meta.label} is")


@pytest.mark.django_db
class TestMails:
    def test_to_the_person_go_and_others_stay(self, mails, django_capture_on_commit_callbacks):
        user = make.make_user(email="Asha@example.org")
        gone = [mails(to="asha@example.org"), mails(to="Asha <ASHA@example.org>")]
        kept = [mails(to="zora@example.org"), mails(to="not-asha@example.org")]
        (kept[0].parent / "broken.log").write_bytes(b"\xff\x00no mail")
        with django_capture_on_commit_callbacks(execute=True):
            delete_accounts(users=[user])
        assert [path.exists() for path in (*gone, *kept)] == [False, False, True, True]
        assert (kept[0].parent / "broken.log").exists()

    def test_without_a_folder_nothing_is_looked_through(
        self, mails, settings, monkeypatch, django_capture_on_commit_callbacks
    ):
        user = make.make_user(email="asha@example.org")
        path = mails(to="asha@example.org")
        monkeypatch.chdir(path.parent)
        settings.MAIL_DIR = ""
        with django_capture_on_commit_callbacks(execute=True):
            delete_accounts(users=[user])
        assert path.exists()

    def test_no_folder_is_no_fault(self, settings, tmp_path, django_capture_on_commit_callbacks):
        settings.MAIL_DIR = tmp_path / "nowhere"
        with django_capture_on_commit_callbacks(execute=True):
            delete_accounts(users=[make.make_user()])


@pytest.mark.django_db
class TestPage:
    def test_says_what_goes_and_offers_the_download(self, person):
        page = person.get(reverse(DELETE)).text
        assert "cannot be undone" in page
        assert reverse("data-download") in page
        assert "Second steps" in page

    def test_reading_it_deletes_nothing(self, guest):
        assert "Delete everything kept for this browser" in guest.get(reverse(DELETE)).text
        assert Profile.objects.count() == 1

    def test_nobody_has_nothing_to_delete(self, client):
        for answer in (client.get(reverse(DELETE)), client.post(reverse(DELETE))):
            assert (answer.status_code, answer.url) == (302, reverse("data-read"))

    def test_a_wrong_password_deletes_nothing_and_says_so(self, person):
        for sent in ({"password": "wrong"}, {"password": ""}, {}, {"password": "x" * 10_000}, {"password": "\0"}):
            response = person.post(reverse(DELETE), sent)
            assert response.status_code == 200
            assert "One thing to fix" in response.text
        assert "That is not your password" in person.post(reverse(DELETE), {"password": "wrong"}).text
        assert User.objects.filter(pk=person.user.pk).exists()

    def test_after_many_wrong_passwords_the_right_one_waits_too(self, person):
        for _ in range(8):
            person.post(reverse(DELETE), {"password": "wrong"})
        assert "Wait a quarter of an hour" in person.post(reverse(DELETE), {"password": PASSWORD}).text
        assert User.objects.filter(pk=person.user.pk).exists()

    def test_an_account_without_a_password_proves_itself_in_another_way(self, person):
        person.user.set_unusable_password()
        person.user.save()
        make_second_factor(person.user)
        person.force_login(person.user)
        for answer in (person.get(reverse(DELETE)), person.post(reverse(DELETE))):
            assert answer.status_code == 302
            assert answer.url.startswith("/account/")
        assert User.objects.filter(pk=person.user.pk).exists()
        session = person.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(person.user.pk)
        session.save()
        assert "Your password" not in person.get(reverse(DELETE)).text
        assert person.post(reverse(DELETE)).url.startswith(reverse("data-deleted"))
        assert not User.objects.exists()

    @pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
    def test_who_edits_the_guide_is_told_whom_to_ask(self, person, power):
        User.objects.update(**{power: True})
        for answer in (person.get(reverse(DELETE)), person.post(reverse(DELETE), {"password": PASSWORD})):
            assert "a superuser takes the desk from your account first" in answer.text
        assert User.objects.filter(pk=person.user.pk).exists()

    def test_nobody_else_is_told_that_something_was_deleted(self, client, person):
        forged = f"{reverse('data-deleted')}?of=account"
        assert Client().get(forged).url == reverse("data-read")
        assert person.get(forged).url == reverse("data-read")

    def test_afterwards_one_is_signed_out_everywhere_and_told(self, person):
        other = Client()
        other.force_login(person.user)
        page = person.post(reverse(DELETE), {"password": PASSWORD}, follow=True)
        assert "Your account is deleted" in page.text
        assert "You are signed out on every device." in page.text
        assert settings.SESSION_COOKIE_NAME not in {name for name, one in person.cookies.items() if one.value}
        assert Client().get(page.wsgi_request.get_full_path()).text.count("Your account is deleted") == 2  # no cookie
        assert not Session.objects.exists()
        for client in (person, other):
            assert not client.get(reverse("me-dashboard")).wsgi_request.user.is_authenticated

    def test_needs_the_token_of_a_form(self, person):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(person.user)
        assert strict.post(reverse(DELETE), {"password": PASSWORD}).status_code == 403
        page = strict.get(reverse(DELETE)).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        assert strict.post(reverse(DELETE), {"password": PASSWORD, "csrfmiddlewaretoken": token}).status_code == 302

    def test_twice_is_once(self, person):
        assert person.post(reverse(DELETE), {"password": PASSWORD}).status_code == 302
        assert person.post(reverse(DELETE), {"password": PASSWORD}).url == reverse("data-read")

    def test_a_guest_that_an_account_has_claimed_meanwhile_stays_with_it(self):
        guest, user = make.make_profile(), make.make_user()
        claim_guest(user=user, guest_pk=guest.pk)
        delete_guest(profile=guest)
        assert Profile.objects.get().user == user


def make_second_factor(user):
    user.authenticator_set.create(type="totp", data={"secret": "x"})


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.parametrize("is_new", [True, False])
    def test_a_session_that_comes_too_late_is_not_written(self, is_new):
        user = make.make_user()
        store = Session.get_session_store_class()()
        if not is_new:
            store.save()
        store[SESSION_KEY] = str(user.pk)
        delete_accounts(users=[user])
        with pytest.raises(UpdateError):
            store.save()
        assert not Session.objects.filter(user=user.pk).exists()

    def test_of_what_is_written_at_the_same_moment_nothing_stays(self):
        user = make.make_user()
        profile = make.make_profile(user=user)
        browsers = [signed_in(user) for _ in range(8)]
        share = {"sections": ["about"], "expires_on": models.Share().created_at.date().replace(year=2027).isoformat()}

        def use(number):
            browser = browsers[number]
            if number == 3:
                return browser.post(reverse(DELETE), {"password": PASSWORD}).status_code
            return [browser.post(reverse("share-add"), share) for _ in range(2)]

        answers = at_once(8, use)
        assert answers[3] == 302
        others = [answer for two in answers[:3] + answers[4:] for answer in two]
        # The link is made, and goes; or nobody is signed in any more, and the list says what is missing; or it says so.
        assert {answer.status_code for answer in others} <= {302, 400}
        assert {answer.url for answer in others if answer.status_code == 302} <= {reverse("share-list")}
        assert all("Nothing was saved" in answer.text for answer in others if answer.status_code == 400)
        assert not Profile.objects.filter(pk=profile.pk).exists()
        assert [model.objects.count() for model in (User, Profile, Share, Session)] == [0, 0, 0, 0]

    def test_a_form_of_the_account_that_comes_too_late_brings_nothing_back(self):
        user = make.make_user()
        late = User.objects.get(pk=user.pk)
        delete_accounts(users=[user])
        late.set_password("another long passphrase")
        with pytest.raises(Exception, match="did not affect"):
            late.save()
        assert not User.objects.exists()

    @pytest.mark.parametrize("gone", [models.User.DoesNotExist, DatabaseError])
    def test_who_meets_the_deleting_in_another_window_reads_a_sentence(self, monkeypatch, gone):
        browser, user = Client(raise_request_exception=False), make.make_user()
        browser.force_login(user)

        def view_that_comes_too_late(*_, **__):
            delete_accounts(users=[user])
            raise gone

        monkeypatch.setattr("careers.personal_data.views.data.lines_kept", view_that_comes_too_late)
        answer = browser.get(reverse("data-read"))
        assert answer.status_code == 400
        assert "Nothing was saved" in answer.text

    def test_of_a_guest_too(self):
        profile, role = make.make_profile(), make.make_role()
        browser = Client()
        session = browser.session
        session[GUEST] = profile.pk
        session.save()
        key = browser.cookies["sessionid"].value
        browsers = [with_cookie(key) for _ in range(8)]

        def use(number):
            if number == 3:
                return browsers[number].post(reverse(DELETE)).status_code
            address = reverse("role-save", args=[role.slug])
            return browsers[number].post(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code

        answers = at_once(8, use)
        assert answers[3] == 302
        # Saved, and gone with the rest; or saved by a guest who begins anew; or the page says that nothing was saved.
        assert set(answers[:3] + answers[4:]) <= {303, 400}
        assert not Profile.objects.filter(pk=profile.pk).exists()
        assert not Session.objects.filter(pk=key).exists()
        begun_anew = {session.get_decoded()[GUEST] for session in Session.objects.all()}
        assert set(Profile.objects.values_list("pk", flat=True)) == begun_anew


def signed_in(user):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def with_cookie(key):
    browser = Client(raise_request_exception=False)
    browser.cookies["sessionid"] = key
    return browser
