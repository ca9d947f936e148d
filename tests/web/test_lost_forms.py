"""A form sent after the session ended or changed: nothing is saved, nothing typed is lost, no other site gains."""

import re
from html import unescape

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from careers.accounts.models.sessions import Session
from careers.guide.models.books import Book
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.people.views.lost_forms import MOST_CHARACTERS, asks_to_sign_in, is_secret, name_in_words
from careers.people.views.requests import GUEST, AnonymousProfile
from tests import factories as make

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
PASSWORD = "correct horse battery"
ABOUT = "/me/profile/about/"


def token_of(page):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]


def main_of(page):
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def send(client, address, headers=OURS, **fields):
    return client.post(address, fields, headers=headers)


def press(client, page, address):
    """What a browser sends for the button of the page."""
    return client.post(address, {name: unescape(value) for name, value in FIELD.findall(page.text)}, headers=OURS)


def signed_in(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def sign_in(client, user):
    """By the page, so that the token changes."""
    page = client.get("/account/login/")
    fields = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token_of(page)}
    assert client.post("/account/login/?next=/account/signed-in/", fields).url == "/account/signed-in/"


@pytest.fixture
def asha(db):
    user = make.make_user(email="asha@example.org")
    make.make_profile(user=user)
    return user


@pytest.fixture
def client(asha):
    return signed_in(asha)


def ended_by_signing_out(client, asha):
    token = token_of(client.get("/account/logout/"))
    assert send(client, "/account/logout/", csrfmiddlewaretoken=token).url == "/account/signed-out/"


def ended_elsewhere(client, asha):
    Session.objects.all().delete()


def ended_and_seen_elsewhere(client, asha):
    """Another tab asks for a page, and the browser forgets the session's cookie."""
    Session.objects.all().delete()
    client.get("/me/saved/")
    assert not client.cookies[settings.SESSION_COOKIE_NAME].value


def ended_by_a_new_password(client, asha):
    """The same words, so that the test can sign in with them; their hash is another."""
    asha.set_password(PASSWORD)
    asha.save()


ENDS = [ended_by_signing_out, ended_elsewhere, ended_and_seen_elsewhere, ended_by_a_new_password]


@pytest.mark.django_db
class TestAfterTheSession:
    @pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
    def test_nothing_is_saved_and_what_was_typed_comes_back_with_one_press(self, client, asha, end):
        token = token_of(client.get(ABOUT))
        end(client, asha)
        page = send(client, ABOUT, csrfmiddlewaretoken=token, display_name='Asha "A"', situation="new")
        assert page.status_code == 403
        assert "Nothing was saved" in page.text
        assert "You are not signed in." in page.text
        assert "Asha &quot;A&quot;" in page.text
        assert page["Cache-Control"] == "private, no-store"
        assert not Profile.objects.exclude(display_name="").exists()
        assert not Profile.objects.guests().exists()
        # As the page says: signed in in another tab, then sent, it asks once more as whom, then it is saved.
        sign_in(client, asha)
        assert "asha@example.org" in client.get("/account/signed-in/").text
        again = press(client, page, ABOUT)
        assert "asha@example.org" in again.text
        assert "You are signed in. Send it now?" in again.text
        assert not Profile.objects.exclude(display_name="").exists()
        assert press(client, again, ABOUT).status_code == 302
        assert Profile.objects.get().display_name == 'Asha "A"'

    def test_who_signs_in_as_somebody_else_reads_as_whom_it_would_be_sent(self, client, asha):
        token = token_of(client.get(ABOUT))
        ended_by_signing_out(client, asha)
        sign_in(client, make.make_user(email="ravi@example.org"))
        page = send(client, ABOUT, csrfmiddlewaretoken=token, display_name="Asha")
        assert "You are signed in as <strong" in page.text
        assert "ravi@example.org" in page.text
        assert not Profile.objects.exclude(display_name="").exists()

    def test_a_guests_thing_too_asks_to_sign_in_and_shows_what_was_typed(self, db):
        plan, client = make.make_plan(make.make_profile(user=make.make_user())), Client()
        page = send(client, f"/me/plans/{plan.pk}/steps/add/", title="Ask for leave")
        assert page.status_code == 403
        assert "Sign in to send it" in page.text
        assert "Ask for leave" in page.text
        assert not plan.steps.exists()

    def test_a_form_of_an_account_page_is_not_lost_by_the_way_to_sign_in(self, db):
        page = send(Client(), "/account/email/", email="new@example.org", action_add="")
        assert page.status_code == 403
        assert "new@example.org" in page.text

    @pytest.mark.parametrize("end", [ended_elsewhere, ended_and_seen_elsewhere], ids=lambda end: end.__name__)
    def test_the_desk_loses_nothing_either(self, guide, end):
        editor = make.make_user(is_staff=True, is_superuser=True)
        client, role = signed_in(editor), Role.objects.first()
        address = reverse("admin:careers_role_change", args=[role.pk])
        token = token_of(client.get(address))
        end(client, editor)
        page = send(client, address, csrfmiddlewaretoken=token, summary="You lead.", onet_code="43-4051.00", _save="")
        assert page.status_code == 403
        assert {"summary": "You lead.", "onet_code": "43-4051.00", "_save": ""}.items() <= dict(
            FIELD.findall(page.text)
        ).items()

    def test_the_desk_asks_to_sign_in_where_the_token_holds(self, db):
        client = Client()  # the check of the token is off
        page = send(client, reverse("admin:careers_book_add"), title="A book")
        assert page.status_code == 403
        assert "A book" in page.text
        assert client.get(reverse("admin:careers_book_add")).status_code == 302
        assert send(client, reverse("admin:logout")).status_code == 302

    def test_a_saved_role_in_place_gets_the_page_too(self, client, asha):
        """The script sends the form as a page where the answer is a refusal."""
        role = make.make_role()
        token = token_of(client.get("/roles/"))
        ended_elsewhere(client, asha)
        page = send(client, f"/roles/{role.slug}/save/", {**OURS, "HX-Request": "true"}, csrfmiddlewaretoken=token)
        assert page.status_code == 403


@pytest.mark.django_db
class TestWhoGainsNothing:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        ],
    )
    def test_another_site_is_refused_and_shown_nothing(self, client, headers):
        page = send(client, ABOUT, headers, display_name="Planted")
        assert page.status_code == 403
        assert "another site" in page.text
        assert "Planted" not in page.text
        assert "csrfmiddlewaretoken" not in page.text

    @pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Referer": "http://testserver/hr/"}])
    @pytest.mark.parametrize("has_session", [True, False])
    def test_where_the_browser_does_not_vouch_nothing_can_be_sent_on(self, asha, headers, has_session):
        client = signed_in(asha) if has_session else Client(enforce_csrf_checks=True)
        planted = {"display_name": "Planted", "_save": "Save", "back": "/hr/?q=planted", "note": ""}
        page = send(client, f"{ABOUT}?display_name=Planted", headers, **planted)
        assert page.status_code == 403
        assert "does not say which page sent this" in page.text
        main = main_of(page)
        assert not re.search(r"<(form|button|input)\b|csrfmiddlewaretoken", main)
        for name, value in (("What should we call you\\?", "Planted"), ("Save", "Save"), ("Back", "/hr/?q=planted")):
            assert re.search(rf">{name}</label>\s*<textarea[^>]*>\n{re.escape(value)}</textarea>", main)
        assert "Note" in main
        assert re.search(rf'href="({ABOUT}|http://testserver/hr/)">Open the form anew', main)

    def test_nothing_that_decides_is_hidden_from_who_sends_it_again(self, asha):
        fields = {"_selected_action": "7", "action": "publish", "select_across": "1", "languages-0-id": "3"}
        fields |= {"action_remove": "", "_popup": "1", "sent": "x", "unheard_of": "on", "languages-0-DELETE": "on"}
        carried = {"languages-TOTAL_FORMS": "1", "initial-level": "B2", "suggested-earned_on": "2026"}
        main = main_of(send(signed_in(asha), ABOUT, **fields, **carried))
        names = re.findall(r"<dt[^>]*>([^<]*)</dt>", main)
        names += re.search(r'Left empty:</span> <span class="break">([^<]*)<', main)[1].split(", ")
        assert sorted(names) == sorted(map(name_in_words, fields))

    def test_the_desks_question_is_asked_again_and_never_answered_from_here(self, guide):
        editor = make.make_user(is_staff=True, is_superuser=True)
        client, book = signed_in(editor), Book.objects.first()
        many = {"action": "delete_selected", "_selected_action": str(book.pk), "post": "yes"}
        rows = reverse("admin:careers_book_changelist")
        page = send(client, rows, **many)
        assert "post" not in dict(FIELD.findall(page.text))
        assert "is asked again" in page.text
        assert "Delete pages" in press(client, page, rows).text
        one = reverse("admin:careers_book_delete", args=[book.pk])
        for fields in ({"post": "yes"}, {"anything": "1"}):
            page = send(client, f"{one}?x=1", **fields)
            assert "Send it again" not in page.text
            assert f'href="{one}">Go back to the question' in page.text
        assert Book.objects.filter(pk=book.pk).exists()

    def test_a_form_without_the_check_is_sent_again_only_where_the_browser_vouches(self, asha):
        """Of a page that is the same for everybody; its own check comes first, and this is the second."""
        answers = {
            "": "Open the form anew",
            "https://evil.example": "That came from another site",
            "http://testserver": "Send it again",
        }
        for origin, said in answers.items():
            request = RequestFactory().post(ABOUT, {"display_name": "Planted"}, headers={"Origin": origin})
            request.user, request.session, request.profile = AnonymousUser(), {}, AnonymousProfile()
            page = asks_to_sign_in(request).text
            assert [one for one in answers.values() if one in page] == [said]

    def test_the_form_goes_to_the_same_address_only_and_passes_djangos_check(self, client):
        page = send(client, f"{ABOUT}?next=https://evil.example", display_name="A")
        assert f'action="{ABOUT}?next=https://evil.example"' in page.text
        fields = dict(FIELD.findall(page.text))
        assert client.post(ABOUT, {**fields, "csrfmiddlewaretoken": "a" * 64}, headers=OURS).status_code == 403
        assert not Profile.objects.exclude(display_name="").exists()

    def test_no_password_and_no_file_is_written_into_the_page(self, client):
        page = send(client, "/account/login/", login="asha@example.org", password="hunter2 hunter2")
        assert "hunter2" not in page.text
        assert "asha@example.org" in page.text
        assert "asked for yours again" in page.text
        files = send(client, ABOUT, file=SimpleUploadedFile("my-cv.pdf", b"%PDF hunter2")).text
        assert "my-cv.pdf" in files
        assert "hunter2" not in files

    def test_what_is_too_long_is_shown_but_not_sent(self, client):
        page = send(client, ABOUT, note="x" * (MOST_CHARACTERS + 1))
        assert "Send it again" not in page.text
        assert "too long" in page.text

    def test_a_browser_that_keeps_no_cookie_is_told_so_at_the_second_press(self, asha):
        client = Client(enforce_csrf_checks=True)
        client.cookies.clear()
        page = send(client, ABOUT, csrfmiddlewaretoken="a" * 64, display_name="Asha")
        assert "Your browser sent no cookie." in page.text
        client.cookies.clear()
        assert "Your browser refused the cookie" in press(client, page, ABOUT).text

    def test_a_browser_in_plain_http_vouches_by_its_origin(self, client):
        """It sends no `Sec-Fetch-Site` there, but the true origin of our own pages."""
        assert "Send it again" in send(client, ABOUT, {"Origin": "http://testserver"}, display_name="Asha").text


def every_form(form=forms.BaseForm):
    """Of every package that is loaded: ours, Django's, allauth's."""
    return {form}.union(*[every_form(one) for one in form.__subclasses__()])


def test_a_secret_is_known_by_its_name_in_every_form():
    get_resolver().url_patterns  # noqa: B018, loads every view and its forms
    fields = [pair for form in every_form() for pair in getattr(form, "base_fields", {}).items()]
    secrets = {name for name, field in fields if isinstance(field.widget, forms.PasswordInput)}
    assert {"password", "oldpassword", "new_password1"} <= secrets
    assert [name for name in secrets if not is_secret(name)] == []
    for name in ("code", "credential", "recovery_codes", "password1", "0-code", "form-0-password"):
        assert is_secret(name), name


def test_what_the_guide_and_people_write_is_no_secret():
    for model in [Role, *[relation.related_model for relation in Profile._meta.related_objects], Profile]:
        assert not [field.name for field in model._meta.get_fields() if is_secret(field.name)], model


@pytest.mark.django_db
def test_a_page_for_everybody_keeps_its_token_while_a_guest_is_known(client):
    """Only the end of a session takes its forms with it."""
    guest = Client(enforce_csrf_checks=True)
    session = guest.session
    session[GUEST] = make.make_profile().pk
    session.save()
    token = token_of(guest.get(ABOUT))
    guest.get("/roles/")
    assert send(guest, ABOUT, csrfmiddlewaretoken=token, display_name="Guest", situation="new").status_code == 302
