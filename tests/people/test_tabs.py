"""Two tabs send a visitor's first forms at once: both are one person's, whichever is answered last."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from careers.people.models.profiles import Profile
from careers.people.views.requests import GUEST
from careers.personal_data.services.claiming import claim_guest
from careers.saved.models import SavedRole
from careers.web.begun_guests import MOST, PREFIX, SECONDS, begun_here, note_begun
from tests.attacks.flooding import Browser
from tests.attacks.test_flood import own_database
from tests.factories import make_certification, make_profile, make_role, make_user
from tests.faults.processes import serving
from tests.house.test_concurrency import OURS, at_once

PASSWORD = "a long passphrase"


def began(role):
    """A browser whose first form saved `role`."""
    client = Client(headers=OURS)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(reverse("role-save", args=[role.slug])).status_code == 303
    return client


def two_tabs(*, day="Day porter", night="Night porter"):
    """(the browser of which two tabs saved a role each, the guest that its session leads to, the other guest)."""
    first, last = began(make_role(title=night)), began(make_role(title=day))
    other, own = Profile.objects.guests().order_by("pk")
    browser = Client(headers=OURS)
    for tab in (first, last):
        browser.cookies.update(tab.cookies)
    return browser, own, other


def titles(profile):
    return sorted(profile.saved_roles.values_list("role__title", flat=True))


def begun_cookies(client):
    return {name for name, cookie in client.cookies.items() if name.startswith(PREFIX) and cookie.value}


def sent_at_once(server, forms):
    """What cookies each of the tabs has got that sent these forms."""
    start = Barrier(len(forms))

    def send(form):
        with Browser(server.url) as tab:
            start.wait()
            status, _ = tab.send(form[0], **form[1])
        assert status in (302, 303)
        return tab.cookies

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


@pytest.mark.django_db(transaction=True)
def test_what_two_tabs_of_a_real_browser_sent_at_once_is_there_in_either_order(tmp_path):
    roles = [make_role(title=f"Porter {number}") for number in range(2)]
    certifications = [make_certification(title=f"Keys {number}") for number in range(2)]
    with serving(tmp_path, **own_database(tmp_path)) as server:
        for number in range(2):
            save = reverse("role-save", args=[roles[number].slug]), {}
            add = reverse("plan-add"), {"certification": certifications[number].pk}
            jars = sent_at_once(server, [save, add])
            jar = {name: value for tab in (jars if number else reversed(jars)) for name, value in tab.items()}
            cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
            for page, shown in (("saved-list", roles[number].title), ("me-dashboard", certifications[number].title)):
                assert shown in server.get(reverse(page), Cookie=cookies).text
        assert "Traceback" not in server.log.read_text()
    if connection.vendor != "sqlite":
        assert Profile.objects.guests().count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_pages_asked_for_at_once_bring_it_together_once():
    browser, own, _ = two_tabs()

    def look(_):
        tab = Client()
        tab.cookies = browser.cookies.copy()
        return tab.get(reverse("saved-list")).status_code

    assert at_once(6, look) == [200] * 6
    assert Profile.objects.get() == own
    assert titles(own) == ["Day porter", "Night porter"]


@pytest.mark.django_db
class TestTwoTabs:
    def test_are_one_person_from_the_next_request_on_also_where_it_writes(self):
        browser, own, _ = two_tabs()
        browser.post(reverse("role-save", args=[make_role(title="Lift boy").slug]))
        assert Profile.objects.get() == own
        assert titles(own) == ["Day porter", "Lift boy", "Night porter"]
        assert begun_cookies(browser) == {f"{PREFIX}{own.pk}"}

    def test_are_together_before_somebody_signs_in_or_deletes_it_all(self):
        browser, _, _ = two_tabs()
        browser.post(reverse("account_signup"), {"email": "asha@example.org", "password1": PASSWORD})
        browser.post(reverse("account_login"), {"login": "asha@example.org", "password": PASSWORD})
        assert titles(Profile.objects.get(user__email="asha@example.org")) == ["Day porter", "Night porter"]
        again, _, _ = two_tabs(day="Cook", night="Lift boy")
        again.post(reverse("data-delete"), {"sure": "on"})
        assert not Profile.objects.guests().exists()
        assert begun_cookies(again) == set()

    def test_of_which_one_is_an_accounts_by_now_take_nothing_of_it(self):
        browser, own, other = two_tabs()
        claim_guest(user=make_user(), guest_pk=other.pk)
        browser.get("/me/")
        assert (titles(own), SavedRole.objects.count()) == (["Day porter"], 2)
        assert begun_cookies(browser) == {f"{PREFIX}{own.pk}"}

    def test_wait_where_it_cannot_be_done_just_now(self, monkeypatch):
        browser, own, _ = two_tabs()
        with monkeypatch.context() as patched:
            patched.setattr("careers.personal_data.services.claiming.merge", lambda *_: broken())
            assert browser.get(reverse("saved-list")).status_code == 200
        assert titles(own) == ["Day porter"]
        browser.get("/me/")
        assert titles(own) == ["Day porter", "Night porter"]


def broken():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


@pytest.mark.django_db
class TestSomebodyElse:
    def test_whose_cookie_is_planted_gives_their_work_away_and_gets_none(self):
        attacker, victim = began(make_role(title="Trap")), began(make_role(title="Own"))
        [planted] = begun_cookies(attacker)
        victim.cookies[planted] = attacker.cookies[planted].value
        victim.get("/me/")
        assert titles(Profile.objects.get()) == ["Own", "Trap"]
        attacker.get("/me/")
        assert "Own" not in attacker.get(reverse("saved-list")).text
        assert attacker.session.get(GUEST) != victim.session[GUEST]

    @pytest.mark.parametrize("value", ["7", "7:abc:def", "", '"\\000"', "x" * 5000])
    def test_cannot_make_one_up(self, value):
        victim, attacker = began(make_role(title="Own")), began(make_role(title="Other"))
        attacker.cookies[f"{PREFIX}{victim.session[GUEST]}"] = value
        attacker.get("/me/")
        assert Profile.objects.count() == 2

    def test_has_an_hour_and_no_crowd_of_them(self, rf, monkeypatch):
        answer = HttpResponse()
        for key in range(MOST + 5):
            note_begun(answer, key)
        request = rf.get("/")
        request.COOKIES = {name: cookie.value for name, cookie in answer.cookies.items()}
        assert len(begun_here(request)) == MOST
        later = time.time() + SECONDS + 1
        monkeypatch.setattr("django.core.signing.time.time", lambda: later)
        assert begun_here(request) == {}

    def test_who_only_reads_gets_none(self):
        make_profile()
        reader = Client()
        for page in ("/", "/me/", "/account/login/"):
            reader.get(page)
        assert begun_cookies(reader) == set()
