"""Signing in on a browser that holds a guest's work: nothing goes into an account that was there without an answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from careers.people.models.profiles import Profile
from careers.people.models.removals import Removal
from careers.people.services.guests import prune_guests
from careers.people.views.requests import GUEST
from careers.personal_data.selectors import room
from careers.personal_data.selectors.guest_work import work_of
from careers.personal_data.services import claiming
from careers.personal_data.services.claiming import BOOKKEEPING, has_work
from careers.saved.models import SavedRole
from careers.web.guest_cookie import COOKIE
from tests import factories as make
from tests.queries import queries_of_page
from tests.whole_person import fill

PASSWORD = "a long passphrase"
QUESTION = "/me/data/guest/"
WAITS = "Somebody worked on this browser without an account."
COMES_ALONG = "If the account is new, this comes along when you sign in."
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def browser(guest):
    """A guest who saved a role, rated nothing, and is called Asha; and an account that was there before."""
    Profile.objects.filter(pk=guest.profile.pk).update(display_name="Asha")
    guest.role = make.make_role(title="Night porter")
    guest.profile.saved_roles.create(role=guest.role)
    guest.user = make.make_user(email="old@example.org", password=PASSWORD)
    make.make_profile(user=guest.user, display_name="Ravi")
    return guest


def sign_in(client, email="old@example.org", to=""):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD, "next": to})


def sign_out(client):
    return client.post(reverse("account_logout"))


def answer(client, what, *, guest=None, to="/roles/", **more):
    sent = {"guest": (guest or client.profile).pk, "next": to}
    return client.post(reverse(f"data-guest-{what}"), sent, follow=True, **more)


def titles(profile):
    return sorted(profile.saved_roles.values_list("role__title", flat=True))


@pytest.mark.django_db
class TestTheQuestion:
    @pytest.mark.parametrize(
        ("written", "reached"),
        [({"name": "Asha Rao"}, False), ({"headline": "Clerk"}, False), ({"phone": "12345"}, True)],
    )
    def test_a_cv_is_called_by_its_name_and_promises_no_more_than_stands_on_it(self, browser, written, reached):
        browser.profile.cvs.create(**written)
        [line] = [one for one in work_of(browser.profile, today=localdate()) if one.name == "Your CV"]
        assert (line.count, line.more) == (1, "with how to reach you" if reached else "")
        assert line.names == ([] if reached else list(written.values()))
        sign_in(browser)
        assert ("with how to reach you" in browser.get(QUESTION).text) == reached

    def test_comes_after_the_sign_in_and_leads_on_to_where_they_were_going(self, browser):
        response = sign_in(browser, to="/roles/?level=lead")
        assert response.url == f"{QUESTION}?next=%2Froles%2F%3Flevel%3Dlead"
        page = browser.get(response.url)
        for said in ("old@example.org", "Night porter", "Asha", "Saved roles"):
            assert said in page.text
        assert not SavedRole.objects.filter(profile=browser.user.profile).exists()
        assert titles(browser.profile) == ["Night porter"]
        assert answer(browser, "claim", to="/roles/?level=lead").redirect_chain == [("/roles/?level=lead", 302)]

    def test_waits_on_every_own_page_while_the_account_shows_its_own(self, browser):
        sign_in(browser)
        page = browser.get(reverse("profile-read"))
        assert WAITS in page.text
        assert page.wsgi_request.profile == browser.user.profile
        assert "Night porter" not in browser.get(reverse("saved-list")).text
        assert WAITS not in browser.get("/roles/").text
        browser.post(reverse("role-save", args=[make.make_role(title="Agent").slug]), headers=OURS)
        assert (titles(browser.user.profile), titles(browser.profile)) == (["Agent"], ["Night porter"])

    def test_is_asked_however_the_sign_in_came_about(self, browser):
        browser.force_login(browser.user)
        assert WAITS in browser.get("/me/").text
        assert GUEST not in browser.session

    def test_is_not_asked_about_a_guest_who_did_nothing(self, browser):
        browser.profile.saved_roles.all().delete()
        zone_only = {
            "display_name": "",
            "time_zone": "Asia/Manila",
            "answered_at": {"time_zone": "2026-11-01T00:00+00"},
        }
        Profile.objects.filter(pk=browser.profile.pk).update(**zone_only)
        assert sign_in(browser).url == "/me/"
        assert not Profile.objects.guests().exists()
        assert WAITS not in browser.get("/me/").text

    def test_is_not_asked_about_what_the_portal_noted_by_itself(self, browser):
        """Every kind of row is work or bookkeeping; saved and removed again, a role leaves bookkeeping alone."""
        work = {"languages", "saved_roles", "saved_groups", "evidence", "certificates", "goals", "shares"}
        work |= {"certification_plans", "study_clocks", "reminder_settings", "calendar_feeds", "cvs", "jobs"}
        work |= {"schoolings", "ready_papers", "timed_results", "interview_cards", "written_answers", "call_scores"}
        lists = {relation.get_accessor_name() for relation in Profile._meta.related_objects}
        assert (work | BOOKKEEPING, work & BOOKKEEPING) == (lists, set())
        fill(browser.profile, mark="x")
        lines = {line.name: line for line in work_of(browser.profile, today=localdate())}
        assert not [line for line in ("Forms you sent", "Reminders", "Reminder mails") if line in lines]
        assert not [line for line in lines if "can still come back" in line]
        assert lines["Answers about yourself"].count == len(Profile.ANSWERS) - 1
        guest = make.make_profile(time_zone="Asia/Manila", answered_at={"time_zone": "2026-11-01T00:00+00"})
        guest.submissions.create(key="x", location="/me/")
        guest.calendar_events.create(uid=f"exam-{uuid4()}", sequence=1, digest="0" * 64, changed_at=now())
        guest.reminder_mails.create(state="sent", sent_at=now())
        assert work_of(guest, today=localdate()) == []
        assert not has_work(guest)
        guest.languages.create(name="Hindi", level="C1")
        assert [line.name for line in work_of(guest, today=localdate())] == ["Languages"]
        assert has_work(guest)

    def test_is_not_asked_where_a_role_was_saved_and_removed_again(self, client):
        role = make.make_role()
        for verb in ("save", "unsave"):
            client.post(reverse(f"role-{verb}", args=[role.slug]), headers=OURS)
        assert Profile.objects.guests().get().submissions.exists()
        make.make_user(email="old@example.org", password=PASSWORD)
        assert sign_in(client).url == "/me/"
        assert not Profile.objects.guests().exists()

    def test_leaves_nothing_behind_that_could_come_back_in_the_account(self, browser):
        browser.post(reverse("role-unsave", args=[browser.role.slug]), headers=OURS)
        Profile.objects.filter(pk=browser.profile.pk).update(display_name="")
        sign_in(browser)
        assert not Removal.objects.exists()

    @pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\x00"])
    def test_leads_nowhere_else(self, browser, target):
        sign_in(browser)
        assert answer(browser, "leave", to=target).redirect_chain[0][0] in ("/me/", "/%00")

    def test_costs_the_same_for_much_work_as_for_little(self, browser):
        def add(number):
            for _ in range(number):
                make.make_plan(browser.profile, steps=[("Read", 1, None)])
                make.make_held(browser.profile)
                browser.profile.saved_roles.create(role=make.make_role())
                make.rate(browser.profile, make.make_skill(), 2)

        sign_in(browser)
        add(1)
        few = queries_of_page(browser, QUESTION)
        add(20)
        assert queries_of_page(browser, QUESTION) <= few
        assert "and 16 more" in browser.get(QUESTION).text

    def test_takes_only_posts_with_the_token(self, browser):
        sign_in(browser)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        for what in ("claim", "leave", "delete"):
            assert strict.post(reverse(f"data-guest-{what}"), {"guest": browser.profile.pk}).status_code == 403
            browser.get(reverse(f"data-guest-{what}"))
        assert titles(browser.profile) == ["Night porter"]
        assert WAITS in browser.get("/me/").text


@pytest.mark.django_db
class TestBringingIn:
    def test_is_done_once(self, browser):
        sign_in(browser)
        assert "What you did on this browser before is in your account now." in answer(browser, "claim").text
        assert titles(browser.user.profile) == ["Night porter"]
        assert not Profile.objects.guests().exists()
        assert "That was answered already." in answer(browser, "claim").text
        sign_out(browser)
        assert not browser.get("/me/").wsgi_request.profile

    def test_brings_what_can_still_come_back(self, browser):
        browser.post(reverse("role-unsave", args=[browser.role.slug]), headers=OURS)
        sign_in(browser)
        assert not browser.user.profile.removals.exists()
        answer(browser, "claim")
        assert browser.user.profile.removals.get().key == browser.role.pk

    def test_that_fails_changes_nothing_and_is_tried_again(self, browser, monkeypatch):
        sign_in(browser)

        def refuse(guest, profile):
            raise IntegrityError("something new")

        with monkeypatch.context() as patch:
            patch.setattr(claiming, "merge", refuse)
            assert "It could not be brought in just now." in answer(browser, "claim").text
        assert titles(browser.profile) == ["Night porter"]
        answer(browser, "claim")
        assert titles(browser.user.profile) == ["Night porter"]

    def test_waits_where_an_account_has_more_than_one_can_add_by_then(self, browser, monkeypatch):
        """Guest after guest into one account made it grow without an end, and others wait for each merge."""
        most = [(rows, owner, 1, name) for rows, owner, _, name in room.KINDS]
        monkeypatch.setattr(room, "KINDS", most)
        account = browser.user.profile
        for profile in (account, account, browser.profile):
            make.make_plan(profile, title=f"Plan {profile.certification_plans.count()} of {profile.pk}")
        sign_in(browser)
        assert "2 certification plans already" in answer(browser, "claim").text
        assert (account.certification_plans.count(), titles(account)) == (2, [])
        assert WAITS in browser.get("/me/").text
        account.certification_plans.first().delete()
        answer(browser, "claim")
        assert (account.certification_plans.count(), titles(account)) == (2, ["Night porter"])

    def test_is_about_this_browsers_guest_alone(self, browser):
        sign_in(browser)
        other = make.make_profile()
        other.saved_roles.create(role=make.make_role())
        answer(browser, "claim", guest=other)
        forged = signing.dumps([other.pk, 0], salt="another")
        stranger = Client()
        stranger.force_login(make.make_user())
        for cookie in (forged, f"[{other.pk}, 0]", "x" * 5000, signing.dumps([1, 2, 3], salt=COOKIE)):
            stranger.cookies[COOKIE] = cookie
            answer(stranger, "claim", guest=other)
        assert not Profile.objects.exclude(user=None).filter(saved_roles__isnull=False).exists()

    def test_never_takes_an_accounts_profile(self, browser):
        sign_in(browser)
        Profile.objects.filter(pk=browser.profile.pk).update(user=make.make_user())
        assert browser.get(QUESTION).status_code == 302
        answer(browser, "claim")
        assert not browser.user.profile.saved_roles.exists()

    def test_of_two_accounts_on_one_browser_the_first_to_say_so_has_it(self, browser):
        other = Client()
        other.cookies = browser.cookies.copy()
        make.make_user(email="other@example.org", password=PASSWORD)
        sign_in(browser)
        sign_in(other, "other@example.org")
        answer(browser, "claim")
        assert "That was answered already." in answer(other, "claim", guest=browser.profile).text
        assert titles(browser.user.profile) == ["Night porter"]
        assert SavedRole.objects.count() == 1


@pytest.mark.django_db
class TestLeavingIt:
    def test_it_is_there_again_after_signing_out_and_is_not_asked_about_at_every_page(self, browser):
        sign_in(browser)
        assert "It stays on this browser." in answer(browser, "leave").text
        assert WAITS not in browser.get("/me/").text
        assert QUESTION in browser.get("/me/data/").text
        sign_out(browser)
        assert "Night porter" in browser.get("/me/saved/").text
        assert sign_in(browser).url == "/me/", "they have said so"

    def test_they_are_asked_again_when_the_guest_did_more(self, browser):
        sign_in(browser)
        answer(browser, "leave")
        sign_out(browser)
        browser.post(reverse("role-save", args=[make.make_role(title="Agent").slug]), headers=OURS)
        assert titles(browser.profile) == ["Agent", "Night porter"]
        assert COOKIE not in {name for name, morsel in browser.cookies.items() if morsel.value}
        assert sign_in(browser).url.startswith(QUESTION)

    def test_another_account_is_asked_too(self, browser):
        make.make_user(email="other@example.org", password=PASSWORD)
        sign_in(browser)
        answer(browser, "leave")
        sign_out(browser)
        assert sign_in(browser, "other@example.org").url.startswith(QUESTION)

    @pytest.mark.parametrize("end", ["signing out", "the password was changed elsewhere", "the browser was closed"])
    def test_it_stays_however_the_session_ends(self, browser, end):
        sign_in(browser)
        if end == "signing out":
            sign_out(browser)
        elif end == "the browser was closed":
            del browser.cookies["sessionid"]
        else:
            browser.user.set_password("another passphrase")
            browser.user.save()
        assert "Night porter" in browser.get("/me/saved/").text

    @pytest.mark.parametrize("is_signed_in", [True, False])
    @pytest.mark.parametrize("end", ["pruned", "claimed", "unreadable"])
    def test_its_cookie_is_forgotten_once_it_leads_nowhere(self, browser, end, is_signed_in):
        sign_in(browser)
        if not is_signed_in:
            del browser.cookies["sessionid"]
        if end == "pruned":
            browser.profile.delete()
        elif end == "claimed":
            Profile.objects.filter(pk=browser.profile.pk).update(user=make.make_user())
        else:
            browser.cookies[COOKIE] = "x"
        answer = browser.get("/me/" if is_signed_in else "/roles/")
        assert (answer.cookies[COOKIE].value, answer.cookies[COOKIE]["max-age"]) == ("", 0)
        if not is_signed_in:
            del browser.cookies[COOKIE]
            assert "public" in browser.get("/roles/")["Cache-Control"]

    def test_it_is_pruned_as_every_guest_is(self, browser):
        sign_in(browser)
        answer(browser, "leave")
        today = localdate()
        Profile.objects.filter(pk=browser.profile.pk).update(active_on=today - timedelta(days=91))
        prune_guests(idle_since=today - timedelta(days=90), now=browser.user.joined_at)
        assert QUESTION not in browser.get("/me/data/").text
        sign_out(browser)
        assert not browser.get("/me/").wsgi_request.profile


@pytest.mark.django_db
class TestDeletingIt:
    def test_asks_once_more_and_leaves_the_account_alone(self, browser):
        sign_in(browser)
        page = browser.get(reverse("data-guest-delete"))
        assert "cannot be undone" in page.text
        assert "Night porter" in page.text
        assert Profile.objects.guests().exists()
        assert "is deleted" in answer(browser, "delete").text
        assert Profile.objects.get() == browser.user.profile
        assert "That was answered already." in answer(browser, "delete").text


@pytest.mark.django_db
class TestSigningUp:
    def sign_up(self, client, email="new@example.org"):
        return client.post(reverse("account_signup"), {"email": email, "password1": PASSWORD})

    def test_brings_the_work_along_at_once(self, browser):
        self.sign_up(browser)
        assert COMES_ALONG in browser.get(reverse("account_login")).text
        response = sign_in(browser, "new@example.org")
        assert response.url == "/me/"
        assert "is in your account now" in browser.get("/me/").text
        assert titles(Profile.objects.get(user__email="new@example.org")) == ["Night porter"]
        assert not Profile.objects.guests().exists()

    def test_with_mail_brings_it_along_when_the_address_is_confirmed(self, browser, with_mail, mailoutbox):
        self.sign_up(browser)
        link = next(word for word in mailoutbox[0].body.split() if "/confirm-email/" in word)
        assert browser.post(link).url == "/me/"
        assert titles(Profile.objects.get(user__email="new@example.org")) == ["Night porter"]

    def test_with_an_address_that_has_an_account_is_no_way_around_the_question(self, browser):
        cookies = [self.sign_up(Client(), email).cookies.keys() for email in ("old@example.org", "new@example.org")]
        assert cookies[0] == cookies[1]
        answers = [self.sign_up(browser, email) for email in ("first@example.org", "old@example.org")]
        assert answers[0].cookies.keys() == answers[1].cookies.keys()
        assert COMES_ALONG in browser.get(reverse("account_login")).text  # which tells nobody whose address it is
        assert sign_in(browser).url.startswith(QUESTION)


@pytest.mark.django_db
def test_signing_in_to_the_desk_asks_too_and_goes_on_there(browser):
    browser.user.is_staff = browser.user.is_superuser = True
    browser.user.save()
    asked = browser.get("/admin/", follow=True)
    target = sign_in(browser, to=asked.context["redirect_field_value"]).url
    assert target == f"{QUESTION}?next=%2Fadmin%2F"


def test_the_sign_in_pages_promise_nothing_else(browser):
    assert "we ask whether it is yours" in browser.get(reverse("account_login")).text
    assert "moves there" in browser.get(reverse("account_signup")).text


def said_when_signed_out(client):
    page = client.get(reverse("account_logout"), follow=True).text  # at once, where nobody is signed in
    assert "You are signed out" in page
    return "is still on this browser" in page, "nothing of it on this browser" in page


def test_the_page_after_signing_out_says_what_stays_on_the_browser(browser):
    assert said_when_signed_out(Client()) == (False, True)
    assert said_when_signed_out(browser) == (True, False)
    sign_in(browser)
    answer(browser, "leave")
    sign_out(browser)
    assert said_when_signed_out(browser) == (True, False)
    sign_in(browser)
    assert WAITS not in browser.get("/me/").text
    answer(browser, "claim")
    sign_out(browser)
    assert said_when_signed_out(browser) == (False, True)
