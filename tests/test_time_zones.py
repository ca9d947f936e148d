"""A person's day is that of their own time zone, on their own pages only."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from careers.models import Profile
from careers.urls import urlpatterns
from careers.views.people import own_page
from tests import factories as make

EVENING = datetime(2027, 3, 10, 20, 30, tzinfo=UTC)  # in Manila it is 11 March


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

    def test_of_the_next_person_are_not_those_of_the_last(self, client, guest):
        Profile.objects.update(time_zone="Asia/Manila")
        guest.get("/me/")
        guest.cookies.clear()
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
            ("Mars/Olympus", "Wednesday, 10 March 2027"),
            ("../../etc/passwd", "Wednesday, 10 March 2027"),
            ("x" * 5000, "Wednesday, 10 March 2027"),
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
