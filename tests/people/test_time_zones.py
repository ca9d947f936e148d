"""A person's day is that of their own time zone, on their own pages only."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from careers.people.models.profiles import Profile
from careers.people.views.requests import GUEST, own_page
from careers.urls import urlpatterns
from tests import factories as make
from tests.own_pages import own_addresses, pages_of
from tests.whole_person import fill

EVENING = datetime(2027, 3, 10, 20, 30, tzinfo=UTC)  # in Manila it is 11 March
OURS = {"Sec-Fetch-Site": "same-origin"}
QUESTION = "Which time zone are you in?"
DAY_IN_WORDS = re.compile(
    r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(today|tomorrow|yesterday|overdue|days ago|in \d+ days)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def evening(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: EVENING)


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.django_db
class TestOwnPages:
    @pytest.mark.parametrize(
        ("zone", "said"),
        [
            ("Asia/Manila", "Thursday, 11 March 2027"),
            ("Pacific/Honolulu", "Wednesday, 10 March 2027"),
            ("", "Wednesday, 10 March 2027"),
            ("Mars/Olympus", "Wednesday, 10 March 2027"),  # what an import or an older list left there
        ],
    )
    def test_say_the_day_of_the_person(self, guest, zone, said):
        Profile.objects.update(time_zone=zone)
        assert said in guest.get("/me/").text

    def test_say_of_every_moment_the_day_on_which_it_was_there(self, guest):
        Profile.objects.update(time_zone="Asia/Manila", answered_at={"time_zone": EVENING.isoformat()})
        profile = Profile.objects.get()
        profile.shares.create(sections=["about"], expires_on=date(2027, 4, 1), created_at=EVENING)
        profile.calendar_feeds.create(created_at=EVENING, opened_at=EVENING)
        assert "Link of 11 March 2027" in guest.get("/me/shares/").text
        assert "last fetched on 11 March 2027" in guest.get("/me/data/").text

    def test_of_the_next_person_are_not_those_of_the_last(self, client, guest):
        Profile.objects.update(time_zone="Asia/Manila")
        guest.get("/me/")
        Profile.objects.update(time_zone="")
        assert "Wednesday, 10 March 2027" in guest.get("/me/").text

    def test_that_fail_leave_no_time_zone_behind(self, guest, monkeypatch):
        Profile.objects.update(time_zone="Asia/Manila")

        @own_page
        def failing(request):
            assert timezone.get_current_timezone_name() == "Asia/Manila"
            raise RuntimeError

        guest.raise_request_exception = False
        pattern = next(one for one in urlpatterns if one.name == "evidence-list")
        monkeypatch.setattr(pattern, "callback", failing)
        assert guest.get("/me/evidence/").status_code == 500


@pytest.mark.django_db
def test_public_pages_are_the_same_for_everybody(guest):
    role = make.make_role()
    before = guest.get(role.get_absolute_url()).text
    Profile.objects.update(time_zone="Asia/Manila")
    assert guest.get(role.get_absolute_url()).text.count("10 March") == before.count("10 March")


@pytest.mark.django_db
class TestOfTheBrowser:
    @pytest.mark.parametrize(
        ("said", "day"),
        [
            ("Asia/Manila", "Thursday, 11 March 2027"),
            ("Mars/Olympus", QUESTION),
            ("../../etc/passwd", QUESTION),
            ("x" * 5000, QUESTION),
        ],
    )
    def test_counts_while_nobody_has_chosen_one(self, guest, said, day):
        guest.cookies["time_zone"] = said
        assert day in guest.get("/me/").text

    def test_becomes_the_persons_with_what_they_write_first(self, guest):
        guest.cookies["time_zone"] = "Asia/Manila"
        plan = make.make_plan(Profile.objects.get())
        log = {"minutes": "20", "studied_on": "2027-03-11"}
        assert guest.post(f"/me/plans/{plan.pk}/log/", log).status_code == 302
        assert str(plan.entries.get().studied_on) == "2027-03-11"
        assert Profile.objects.get().time_zone == "Asia/Manila"

    @pytest.mark.parametrize("chosen", ["Europe/London", ""])
    def test_is_not_asked_once_somebody_chose(self, guest, chosen):
        Profile.objects.update(time_zone=chosen, answered_at={"time_zone": EVENING.isoformat()})
        guest.cookies["time_zone"] = "Pacific/Auckland"
        plan = make.make_plan(Profile.objects.get())
        guest.post(f"/me/plans/{plan.pk}/log/", {"minutes": "20", "studied_on": "2027-03-10"})
        assert Profile.objects.get().time_zone == chosen
        assert "Wednesday, 10 March 2027" in guest.get("/me/").text


@pytest.fixture(params=["guest", "account"])
def unknown(request, client):
    """Somebody with every kind of row, whose zone nobody knows yet."""
    user = make.make_user() if request.param == "account" else None
    client.profile = fill(make.make_profile(user=user), mark="x")
    Profile.objects.update(time_zone="", answered_at={})
    if user:
        client.force_login(user)
    else:
        session = client.session
        session[GUEST] = client.profile.pk
        session.save()
    del client.cookies["time_zone"]
    return client


@pytest.mark.django_db
class TestWhoseZoneIsNotKnown:
    """On a telephone in Manila it is tomorrow already: no page says which day it is before it knows."""

    def test_is_asked_before_any_page_whatever_kind_it_is(self, unknown, monkeypatch):
        few = [("Asia", [("Asia/Manila", "Manila")])]  # all four hundred, on every page, take most of the time
        monkeypatch.setattr("careers.lib.zones.zone_groups", lambda: few)
        for address in dict(own_addresses(unknown.profile)).values():  # it is asked before any row is looked for
            answer = unknown.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8"), address
            assert QUESTION in answer.text, address
            assert not DAY_IN_WORDS.search(without_tags(answer.text)), address

    @pytest.mark.parametrize("headers", [OURS, {"Referer": "http://testserver/me/"}])
    def test_is_told_the_right_day_once_they_chose_without_scripts(self, unknown, headers):
        page = unknown.get("/me/plans/?page=1&time_zone=Mars", headers=headers).text
        assert QUESTION in page
        assert '<input type="hidden" name="page" value="1">' in page
        assert '<option value="UTC" selected>' in page
        answer = unknown.get("/me/", {"time_zone": "Asia/Manila"}, headers=headers)
        assert "Thursday, 11 March 2027" in answer.text
        assert answer.cookies["time_zone"].value == "Asia/Manila"
        assert "Thursday, 11 March 2027" in unknown.get("/me/").text
        assert not Profile.objects.get().time_zone, "reading writes nothing"

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Sec-Fetch-Site": "none"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/me/"},
            {"Referer": "https://evil.example/"},
            {"Referer": "http://testserver.evil.example/me/"},
        ],
    )
    def test_has_none_chosen_by_a_link_of_another_site(self, unknown, headers):
        for _ in range(2):
            answer = unknown.get("/me/", {"time_zone": "Asia/Manila"}, headers=headers)
            assert QUESTION in answer.text
            assert "time_zone" not in answer.cookies

    def test_reads_a_message_on_the_page_that_was_meant(self, unknown):
        slug = make.make_certification(title="Belt").slug
        sent = {"headers": {"Sec-Fetch-Site": "same-origin"}, "follow": True}
        page = unknown.post(f"/certifications/{slug}/track/", **sent)
        assert QUESTION in page.text
        assert "You track Belt now." not in page.text
        unknown.cookies["time_zone"] = "Asia/Manila"
        assert "You track Belt now." in unknown.get(page.redirect_chain[-1][0]).text

    def test_is_not_asked_within_a_page_that_is_there(self, unknown):
        for headers in ({"HX-Request": "true"}, {"Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Dest": "empty"}):
            assert QUESTION not in unknown.get("/me/", headers=headers).text

    def test_has_the_same_day_on_every_page_once_the_browser_said_it(self, unknown):
        """The page about reminders and the number in the header too, before anything was written."""
        make.make_held(unknown.profile, title="Lapsing", expires_on=date(2027, 3, 10))
        unknown.cookies["time_zone"] = "Asia/Manila"
        assert "lapsed on Wednesday 10 March, yesterday" in unknown.get("/me/").text
        assert "Lapsing" not in unknown.get("/me/reminders/").text


@pytest.mark.django_db
def test_who_has_written_nothing_is_not_asked_and_told_no_day(client):
    del client.cookies["time_zone"]
    read = list(pages_of(client, own_addresses(make.make_profile())))
    assert len(read) > 10
    for _, address, page in read:
        assert QUESTION not in page.text, address
        assert not re.search(r"\b1[01] March", without_tags(page.text)), address


def without_tags(page):
    """What is read, without the names in lists to choose from."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<[^>]*>", " ", re.sub(r"<option\b.*?</option>", " ", main, flags=re.DOTALL))
