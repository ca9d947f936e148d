"""Pages that a person shares: who may make them, what stands on them, and that they open no longer than they should."""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.sharing.models import Share
from careers.sharing.services import MOST_OPEN, note_opened, revoke
from tests import factories as make
from tests.house.test_concurrency import at_once
from tests.queries import queries_of, queries_of_page
from tests.whole_person import make_whole_account

EVERYTHING = list(Share.Section.values)
TODAY = timezone.localdate


def make_share(profile, *, sections=("about",), days=30, **fields):
    return profile.shares.create(sections=list(sections), expires_on=TODAY() + timedelta(days=days), **fields)


def form(*, sections=("about",), days=30, **fields):
    return {"sections": list(sections), "expires_on": TODAY() + timedelta(days=days), **fields}


def read(share, client=None):
    return (client or Client()).get(share.get_absolute_url())


@pytest.mark.django_db
class TestMaking:
    def test_a_guest_is_told_why_it_needs_an_account_and_makes_nothing(self, guest):
        page = guest.get(reverse("share-list")).text
        assert "It needs an account" in page
        assert f"{reverse('account_signup')}?next={reverse('share-list')}" in page
        assert guest.post(reverse("share-add"), form()).url == reverse("share-list")
        assert not Share.objects.exists()

    def test_nobody_is_told_the_same_and_gets_no_cookie(self, client):
        page = client.get(reverse("share-list"))
        assert "It needs an account" in page.text
        assert not page.cookies

    def test_where_mails_are_sent_the_address_is_confirmed_first(self, person, settings):
        settings.SENDS_EMAIL = True
        assert "Confirm your e-mail address first" in person.get(reverse("share-list")).text
        assert person.post(reverse("share-add"), form()).url == reverse("share-list")
        assert not Share.objects.exists()
        EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
        person.post(reverse("share-add"), form())
        assert Share.objects.exists()

    def test_is_a_link_with_the_sections_in_their_order_until_the_day(self, person):
        sent = form(sections=["skills", "about", "about"], days=7, label="  Recruiter\nat Acme ")
        page = person.post(reverse("share-add"), sent, follow=True)
        share = Share.objects.get()
        assert (share.profile, share.sections, share.label) == (
            person.profile,
            ["about", "skills"],
            "Recruiter at Acme",
        )
        assert share.expires_on == TODAY() + timedelta(days=7)
        assert f'value="http://testserver{share.get_absolute_url()}"' in page.text
        assert len(share.token) == 43

    def test_lasts_30_days_unless_told(self, person):
        assert f'value="{TODAY() + timedelta(days=30)}"' in person.get(reverse("share-add")).text

    def test_each_section_says_what_it_shows_now(self, person):
        Profile.objects.update(display_name="Asha <b>")
        page = person.get(reverse("share-add")).text
        assert "Now: Asha &lt;b&gt;" in page
        assert "Now: nothing yet" in page

    def test_without_a_name_it_says_what_heads_the_page(self, person):
        assert "No name yet" in person.get(reverse("share-add")).text
        Profile.objects.update(display_name="Asha")
        assert "No name yet" not in person.get(reverse("share-add")).text

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"sections": []}, "Choose at least one."),
            ({"sections": ["nonsense"]}, "Choose from the list."),
            ({"sections": ["\0"]}, "Choose from the list."),
            ({"days": 0}, "Choose a day from"),
            ({"days": 366}, "Choose a day from"),
            ({"days": -90_000}, "Choose a day from"),
            ({"expires_on": ""}, "Choose a day."),
            ({"expires_on": "soon \0"}, "Write a day like"),
            ({"expires_on": "9" * 10_000}, "Write a day like"),
            ({"label": "x" * 81}, "Write at most 80 characters."),
        ],
    )
    def test_what_does_not_fit_is_said_and_makes_nothing(self, person, sent, sentence):
        response = person.post(reverse("share-add"), form(**{key: sent[key] for key in sent}))
        assert response.status_code == 200
        assert sentence in response.text.replace("&#x27;", "'")
        assert not Share.objects.exists()

    def test_what_was_typed_stays(self, person):
        page = person.post(reverse("share-add"), form(sections=["skills"], days=0, label="Recruiter")).text
        assert 'value="Recruiter"' in page
        assert f'value="{TODAY()}"' in page
        assert [box for box in re.findall(r'<input type="checkbox"[^>]*>', page) if "checked" in box] == [
            box for box in re.findall(r'<input type="checkbox"[^>]*>', page) if 'value="skills"' in box
        ]

    def test_of_open_ones_there_are_20_at_the_most(self, person):
        for _ in range(MOST_OPEN):
            make_share(person.profile)
        make_share(person.profile, days=-1)
        assert "20 open links" in person.post(reverse("share-add"), form()).text
        Share.objects.filter(pk=Share.objects.first().pk).delete()
        person.post(reverse("share-revoke", args=[Share.objects.open_on(TODAY()).first().pk]))
        assert person.post(reverse("share-add"), form()).status_code == 302

    def test_closed_ones_do_not_pile_up(self, person):
        for _ in range(60):
            make_share(person.profile, revoked_at=timezone.now())
        person.post(reverse("share-add"), form())
        assert person.profile.shares.count() == 51

    def test_the_last_day_may_be_a_year_ahead(self, person):
        assert person.post(reverse("share-add"), form(days=365)).status_code == 302


@pytest.mark.django_db
class TestList:
    def test_says_in_words_how_each_stands(self, person):
        make_share(person.profile, label="First")
        make_share(person.profile, label="Second", days=-1)
        make_share(person.profile, label="Third", revoked_at=timezone.now())
        page = person.get(reverse("share-list")).text
        assert "Open until" in page
        assert "Expired after" in page
        assert "Closed on" in page
        assert page.count("readonly") == 1

    def test_shows_nothing_of_anybody_else(self, person):
        make_share(person.profile, label="My own")
        make_share(make.make_profile(user=make.make_user()), label="Theirs")
        page = person.get(reverse("share-list")).text
        assert "My own" in page
        assert "Theirs" not in page

    @pytest.mark.parametrize("name", ["share-revoke", "share-delete"])
    def test_what_is_somebody_elses_is_not_found(self, person, name):
        share = make_share(make.make_profile(user=make.make_user()))
        for pk in (share.pk, 10**30):
            assert person.post(reverse(name, args=[pk])).status_code == 404
        assert read(share).status_code == 200

    @pytest.mark.parametrize("name", ["share-revoke", "share-delete"])
    def test_changes_are_posts(self, person, name):
        share = make_share(person.profile)
        assert person.get(reverse(name, args=[share.pk])).status_code == 405
        assert Client(enforce_csrf_checks=True).post(reverse(name, args=[share.pk])).status_code == 403
        assert read(share).status_code == 200

    def test_a_closed_link_stays_closed_and_keeps_its_day(self, person):
        share = make_share(person.profile)
        page = person.post(reverse("share-revoke", args=[share.pk]), follow=True)
        assert "is closed" in page.text
        closed = Share.objects.get().revoked_at
        person.post(reverse("share-revoke", args=[share.pk]))
        assert Share.objects.get().revoked_at == closed
        assert read(share).status_code == 404

    def test_a_deleted_link_is_gone(self, person):
        share = make_share(person.profile)
        person.post(reverse("share-delete", args=[share.pk]))
        assert not Share.objects.exists()
        assert read(share).status_code == 404

    def test_the_cost_does_not_grow_with_the_links(self, person):
        make_share(person.profile)
        person.get(reverse("share-list"))
        few = queries_of_page(person, reverse("share-list"))
        for _ in range(50):
            make_share(person.profile)
        assert queries_of_page(person, reverse("share-list")) == few


@pytest.fixture
def asha(db):
    """The profile of somebody with everything, whose words hold “asha”."""
    return make_whole_account(mark="asha", colleague=make.make_user()).profile


class TestPage:
    def test_shows_everything_that_was_chosen(self, asha):
        page = read(make_share(asha, sections=EVERYTHING)).text
        for text in ("Name asha", "Language asha B2", "Test: Test asha", asha.target_role.title, "3 years"):
            assert text in page
        assert all(held.name in page for held in asha.certificates.all())

    @pytest.mark.parametrize("section", EVERYTHING)
    def test_shows_only_what_was_chosen(self, asha, section):
        marks = {
            "about": "Name asha",
            "working_life": "Language asha",
            "skills": "Test: Test asha",
            "certificates": "Own certificate asha",
            "target": asha.target_role.title,
        }
        page = read(make_share(asha, sections=[section])).text
        assert [name for name, mark in marks.items() if mark in page] == [section]

    def test_never_shows_an_address_saved_roles_notes_or_the_label(self, asha):
        page = read(make_share(asha, sections=EVERYTHING, label="For Acme")).text
        assert "Name asha" in page
        for text in ("@", "Note asha", "Group asha", "For Acme", "Certificate asha"):
            assert text not in page

    def test_without_a_name_it_is_somebody(self, person):
        share = make_share(person.profile, sections=EVERYTHING)
        assert "<h1>Somebody who uses this portal</h1>" in read(share).text

    def test_the_name_is_a_part_of_about(self, asha):
        assert "<h1>Somebody who uses this portal</h1>" in read(make_share(asha, sections=["skills"])).text

    def test_is_always_what_the_person_has_now(self, asha):
        share = make_share(asha, sections=["skills"])
        skill = make.make_skill(name="Juggling")
        assert "Juggling" not in read(share).text
        make.rate(asha, skill, 2)
        assert "Own rating, 22 November 2026" in read(share).text
        asha.evidence.filter(skill=skill).update(withdrawn_at=timezone.now())
        assert "Juggling" not in read(share).text

    def test_says_until_when_and_that_the_person_chose(self, asha):
        page = read(asha.shares.create(sections=["about"], expires_on=date(2099, 12, 24))).text
        assert "They chose what this page shows" in page
        assert "until 24 December 2099" in page

    @pytest.mark.parametrize(("days", "words"), [(-1, "Lapsed on"), (0, "Valid until"), (1, "Valid until")])
    def test_a_certificate_is_valid_up_to_its_day(self, asha, days, words):
        day = TODAY() + timedelta(days=days)
        asha.certificates.update(earned_on=date(2020, 1, 1), renewed_on=None, expires_on=day)
        page = read(make_share(asha, sections=["certificates"])).text
        assert f"{words} {day.day} {day:%B %Y}" in page
        assert set(re.findall("Lapsed on|Valid until", page)) == {words}

    def test_says_that_nobody_checked_what_they_state(self, asha):
        assert "what they state themselves: this site has not checked them" in read(make_share(asha)).text

    def test_only_who_shares_it_is_told_that_others_see_it_so(self, person):
        share = make_share(person.profile)
        own = read(share, person).text
        assert "This is what others see." in own
        assert f'href="{reverse("share-list")}"' in own
        assert "This is what others see." not in read(share).text

    def test_is_found_by_no_search_engine_and_kept_nowhere(self, asha):
        response = read(make_share(asha))
        assert '<meta name="robots" content="noindex, nofollow">' in response.text
        assert "canonical" not in response.text
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]
        assert response["Referrer-Policy"] == "no-referrer"

    def test_sets_no_cookie_and_makes_no_session(self, asha):
        sessions = Session.objects.count()
        assert not read(make_share(asha)).cookies
        assert Session.objects.count() == sessions

    def test_is_only_read(self, asha):
        assert Client().post(make_share(asha).get_absolute_url()).status_code == 405

    def test_a_role_that_left_the_guide_is_named_without_a_link(self, asha):
        type(asha.target_role).objects.filter(pk=asha.target_role.pk).update(status="archived")
        page = read(make_share(asha, sections=["target"])).text
        assert asha.target_role.title in page
        assert asha.target_role.get_absolute_url() not in page

    def test_the_cost_does_not_grow_with_the_rows(self, asha):
        share = make_share(asha, sections=EVERYTHING, opened_at=timezone.now())
        few = queries_of(lambda: read(share))
        for _ in range(50):
            held = asha.certificates.create(certification=make.make_certification(), earned_on=date(2026, 1, 1))
            asha.evidence.create(
                skill=make.make_skill(), kind="certificate", certificate=held, proficiency=2,
                shown_on=held.earned_on, source="x",
            )  # fmt: skip
            asha.languages.create(name=held.certification.title, level="A1")
        assert queries_of(lambda: read(share)) == few

    def test_machines_stay_away_from_own_pages_and_may_read_on_a_shared_one_that_it_is_not_to_be_listed(self, client):
        rules = client.get("/robots.txt").text
        assert "/shared/" not in rules
        assert "Disallow: /me/\n" in rules
        assert "Disallow: /account/\n" in rules


class TestClosed:
    def test_whatever_the_reason_the_answer_is_the_same(self, asha, client):
        open_one = make_share(asha)
        tokens = [
            make_share(asha, revoked_at=timezone.now()).token,
            make_share(asha, days=-1).token,
            "A" * 43,
            open_one.token[:-1],
            open_one.token + "x",
            open_one.token.swapcase(),
            "a/b/c",
            "%00" * 43,
            "é" * 43,
            "x" * 5000,
            " ",
        ]
        answers = set()
        for token in tokens:
            response = client.get(reverse("share-read", args=["TOKEN"]).replace("TOKEN", token))
            assert response.status_code == 404
            address = response.wsgi_request.build_absolute_uri(response.wsgi_request.path)
            body = response.text.replace(address, "").replace(response.wsgi_request.path, "")
            headers = tuple(sorted(response.headers.items()))
            answers.add((body.replace(response.wsgi_request.get_host(), ""), headers))
        assert len({headers[0] for _, headers in answers}) == 1
        assert all("This link does not open" in body for body, _ in answers)
        assert len({body[body.index("<body") :] for body, _ in answers}) == 1
        assert "Ask the person who gave it to you" in next(iter(answers))[0]

    def test_it_opens_on_its_last_day_and_not_after(self, asha):
        assert read(make_share(asha, days=0)).status_code == 200
        assert read(make_share(asha, days=-1)).status_code == 404

    def test_what_is_open_is_the_same_to_the_database_as_to_a_link(self, asha):
        for days in (-1, 0, 1):
            for revoked_at in (None, timezone.now()):
                make_share(asha, days=days, revoked_at=revoked_at)
        shares = list(asha.shares.all())
        assert set(asha.shares.open_on(TODAY())) == {share for share in shares if share.is_open_on(TODAY())}
        assert sum(share.is_open_on(TODAY()) for share in shares) == 2

    def test_it_is_closed_while_the_account_is_shut(self, asha):
        share = make_share(asha)
        User.objects.update(is_active=False)
        assert read(share).status_code == 404

    def test_it_is_gone_with_the_account(self, asha):
        share = make_share(asha)
        asha.user.delete()
        assert read(share).status_code == 404


class TestOpened:
    def test_is_noted_when_somebody_else_looks(self, asha):
        share = make_share(asha)
        read(share)
        assert Share.objects.get(pk=share.pk).opened_at is not None

    def test_not_when_the_owner_looks(self, asha, client):
        share = make_share(asha)
        client.force_login(asha.user)
        assert read(share, client).status_code == 200
        assert Share.objects.get(pk=share.pk).opened_at is None

    def test_not_when_a_machine_only_asks_for_the_head(self, asha, client):
        share = make_share(asha)
        assert client.head(share.get_absolute_url()).status_code == 200
        assert Share.objects.get(pk=share.pk).opened_at is None

    def test_undoes_no_closing_that_came_between(self, asha):
        share = make_share(asha)
        revoke(share=Share.objects.get(pk=share.pk), now=timezone.now())
        note_opened(share=share, now=timezone.now())
        assert Share.objects.get(pk=share.pk).revoked_at is not None

    def test_never_goes_back_in_time_nor_writes_each_second(self, asha):
        now = timezone.now()
        share = make_share(asha, opened_at=now)
        for moment in (now - timedelta(days=1), now + timedelta(seconds=5)):
            note_opened(share=share, now=moment)
            assert Share.objects.get(pk=share.pk).opened_at == now
        note_opened(share=share, now=now + timedelta(hours=1))
        assert Share.objects.get(pk=share.pk).opened_at == now + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_a_link_closed_while_others_open_it_stays_closed():
    share = make_share(make.make_profile(user=make.make_user()))

    def use(number):
        if number == 4:
            return revoke(share=share, now=timezone.now())
        return read(share).status_code

    answers = at_once(8, use)
    assert set(answers) <= {True, 200, 404}
    assert Share.objects.get().revoked_at is not None
    assert read(share).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_no_more_than_20_are_open_also_when_made_at_once():
    user = make.make_user()
    profile = make.make_profile(user=user)
    for _ in range(MOST_OPEN - 1):
        make_share(profile)
    browsers = [Client() for _ in range(6)]
    for browser in browsers:
        browser.force_login(user)
    at_once(6, lambda number: browsers[number].post(reverse("share-add"), form()).status_code)
    assert Share.objects.count() == MOST_OPEN
