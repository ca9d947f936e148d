"""Calls to play: cards that each have a page on paper, and score sheets that are kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.practice.calls.rules.scoring import CRITERIA
from careers.practice.calls.rules.scripts import SCRIPTS
from careers.practice.calls.services import MOST_OF_ONE, add_score
from tests import factories as make

PAGE = "score-add"
POINTS = {f"score_{name}": "1" for name in CRITERIA}


def keep(client, **fields):
    data = {"call": "no-internet", "played_on": localdate().isoformat(), **POINTS, **fields}
    return client.post(reverse(PAGE), {name: value for name, value in data.items() if value is not None}, follow=True)


@pytest.mark.django_db
class TestReading:
    @pytest.mark.parametrize("key", SCRIPTS)
    def test_each_call_has_both_cards_and_the_sheet(self, client, key):
        page = client.get(reverse("call-read", args=[key]))
        assert "public" in page["Cache-Control"]
        assert page.text.count('class="fold call-page"') == 3
        assert page.text.count('class="tick-box"') == 3 * len(CRITERIA)
        assert not page.cookies

    def test_all_are_listed_and_another_is_not_found(self, client):
        page = client.get(reverse("call-list")).text
        assert all(reverse("call-read", args=[key]) in page for key in SCRIPTS)
        assert client.get(reverse("call-read", args=["no-such-call"])).status_code == 404


@pytest.mark.django_db
class TestScoring:
    def test_the_first_sheet_makes_a_guest(self, client):
        page = keep(client, score_closing="0", note="Say the day.")
        row = Profile.objects.get().call_scores.get()
        assert (row.points["closing"], row.note, row.played_on) == (0, "Say the day.", localdate())
        assert "8 of 18 points" in page.text
        assert "To work on: Closing" in page.text

    @pytest.mark.parametrize(
        "fields",
        [
            {"score_opening": None},
            {"score_opening": "3"},
            {"score_opening": "-1"},
            {"played_on": "2999-01-01"},
            {"played_on": "0001-01-01"},
            {"played_on": ""},
            {"note": "x" * 1001},
        ],
    )
    def test_what_cannot_be_taken_is_told_and_begins_no_guest(self, client, fields):
        assert "One thing to fix" in keep(client, **fields).text
        assert not Profile.objects.exists()

    def test_sheets_have_an_end_and_the_oldest_goes(self, guest):
        script = SCRIPTS["no-internet"]
        for number in range(MOST_OF_ONE + 1):
            add_score(
                profile=guest.profile, script=script, points={}, note=str(number), played_on=localdate(), now=now()
            )
        notes = set(guest.profile.call_scores.values_list("note", flat=True))
        assert (len(notes), "0" in notes) == (MOST_OF_ONE, False)

    def test_one_can_be_deleted_after_a_question(self, guest):
        keep(guest)
        address = reverse("score-delete", args=[guest.profile.call_scores.get().pk])
        assert "It cannot come back." in guest.get(address).text
        guest.post(address)
        assert not guest.profile.call_scores.exists()

    def test_one_of_a_call_that_is_gone_is_shown_and_can_be_deleted(self, guest):
        row = guest.profile.call_scores.create(call="of-old", points={"gone": 2}, played_on=localdate())
        assert "0 of 18 points" in guest.get(reverse(PAGE)).text
        assert guest.post(reverse("score-delete", args=[row.pk]), follow=True).status_code == 200

    def test_a_guests_sheets_come_along_once(self):
        guest, user = make.make_profile(), make.make_user()
        profile = make.make_profile(user=user)
        yesterday = localdate() - timedelta(days=1)
        for owner, note in ((guest, "Both"), (profile, "Both"), (guest, "Guest’s")):
            values = {"points": {"opening": 1}, "note": note, "played_on": yesterday}
            add_score(profile=owner, script=SCRIPTS["no-internet"], now=now(), **values)
        claim_guest(user=user, guest_pk=guest.pk)
        assert sorted(profile.call_scores.values_list("note", flat=True)) == ["Both", "Guest’s"]
