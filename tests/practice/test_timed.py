"""Typing and data-entry tests from their page to evidence that counts: what is kept, what is refused, whose it is."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.evidence.models.evidence import Evidence
from careers.evidence.rules.matching import Band
from careers.evidence.selectors.levels import levels_of
from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.practice.timed import services
from careers.practice.timed.forms import SALT, START_GONE, start_of
from careers.practice.timed.models import TimedResult
from careers.practice.timed.rules.passages import PASSAGES
from careers.practice.timed.selectors import practice_week
from tests import factories as make
from tests.practice.typed import a_test, as_sent, begun, log_of

pytestmark = pytest.mark.django_db
ADD, BEGIN = "result-add", "result-begin"


def page_of(client, **query):
    return client.get(reverse(BEGIN), query)


def send(client, data):
    return client.post(reverse(ADD), data)


def sentence_of(response):
    assert response.status_code == 200
    assert "This test does not count" in response.text
    return re.search(r'<p class="lead">(.*?)</p>', response.text)[1]


# The page of a test


def test_reading_a_test_keeps_nothing_and_the_first_result_begins_a_guest(client):
    assert page_of(client, kind="typing", minutes="3").status_code == 200
    assert not Profile.objects.exists()
    response = send(client, a_test())
    result = TimedResult.objects.get()
    assert response.url == result.get_absolute_url()
    assert Profile.objects.get() == result.profile
    assert "40 net words a minute" in client.get(response.url).text
    assert "40 net words a minute" in client.get(reverse("result-list")).text


def test_no_test_begins_with_the_text_of_the_last_one(client):
    firsts = [start_of(page_of(client).context["signed"]).texts[0] for _ in range(40)]
    assert all(one != other for one, other in pairwise(firsts))
    assert len(set(firsts)) > 5
    assert set(firsts) <= set(PASSAGES)


def test_each_data_entry_test_has_other_data(client):
    given = {tuple(start_of(page_of(client, kind="forms").context["signed"]).given) for _ in range(5)}
    assert len(given) == 5


@pytest.mark.parametrize("query", [{"kind": "x", "minutes": "2"}, {"minutes": "9" * 5000}, {"kind": "\x00"}])
def test_an_address_that_asks_for_no_test_gets_the_usual_one(client, query):
    start = page_of(client, **query).context["start"]
    assert (start.kind, start.minutes) == ("typing", 3)


def test_without_a_script_it_says_what_is_right_and_keeps_nothing(client):
    start = begun("forms", 1)
    typed = [*start.given[:9], "wrong"]
    page = client.post(reverse("result-check"), {**as_sent(start, []), "typed": typed, "log": ""})
    assert "90 % of what you typed is right." in page.text
    assert "it is not kept" in page.text
    assert not Profile.objects.exists()
    assert "net" not in page.text


def test_lines_that_a_browser_broke_are_no_mistakes_without_a_script(client):
    start = begun("typing", 1)
    broken = start.given[0][:300].rstrip().replace(" ", "\r\n")
    assert "100 % of what" in client.post(reverse("result-check"), {**as_sent(start, []), "typed": broken}).text


# What is refused


def test_nobodys_start_is_refused_and_an_old_one_too(client):
    data = a_test()
    for start in ("", "x", data["start"][:-1], signing.dumps(["x"], salt="other"), "\x00" * 9000):
        assert sentence_of(send(client, {**data, "start": start})) == START_GONE
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() - 2 * 24 * 3600)
        old = a_test()
    assert sentence_of(send(client, old)) == START_GONE
    gone = signing.dumps(["0" * 32, "typing", 1, ["no-such-text"], 0], salt=SALT)
    assert sentence_of(send(client, {**data, "start": gone})) == START_GONE
    assert not Profile.objects.exists()


LOGS = {
    "below zero": ([[-1, 0, 0, 0, "a"]], "The log has a number below zero."),
    "out of order": ([[5000, 0, 0, 0, "a"], [4000, 0, 1, 0, "b"]], "The keys are not in the order of time."),
    "after the end": (
        [[0, 0, 0, 0, "a"], [60_001, 0, 1, 0, "b"]],
        "There are keys after the end of the test.",
    ),
    "pasted": (
        [[0, 0, 0, 0, "abc"]],
        "Several characters came at once, as when a text is pasted. Only typing counts.",
    ),
    "of another alphabet": ([[0, 0, 0, 0, "क"]], "The text has characters that no English keyboard types."),
    "combining": ([[0, 0, 0, 0, "é"]], "The text has characters that no English keyboard types."),
    "of a field that is not there": (
        [[0, 1, 0, 0, "a"]],
        "The log speaks of a field that the test does not have.",
    ),
    "where no text is": ([[0, 0, 5, 0, "a"]], "The log changes text that is not there."),
    "taking away too much": ([[0, 0, 0, 0, "a"], [9, 0, 0, 2, ""]], "The log changes text that is not there."),
    "of another text": ([[0, 0, 0, 0, "b"]], "The log of the keys does not give the text that was sent."),
    "in a burst": (
        [[place, 0, place, 0, "a"] for place in range(20)],
        "Keys followed each other faster than hands can move.",
    ),
    "faster than anybody": (
        [[place * 30, 0, place, 0, "a"] for place in range(1501)],
        "That is faster than anybody can type.",
    ),
    "of fractions": ([[0.5, 0, 0, 0, "a"]], "The log of the keys cannot be read."),
    "of true and false": ([[True, 0, 0, 0, "a"]], "The log of the keys cannot be read."),
    "of half a row": ([[0, 0, 0]], "The log of the keys cannot be read."),
    "of nothing": ([], "The log of the keys cannot be read."),
    "no list": ({"a": 1}, "The log of the keys cannot be read."),
    "no JSON": ("[[", "The log of the keys cannot be read."),
    "deep": ("[" * 100_000, "The log of the keys cannot be read."),
    "of endless digits": (f"[[{'9' * 10_000}, 0, 0, 0, 1]]", "The log of the keys cannot be read."),
    "not a number": ('[[NaN, 0, 0, 0, "a"]]', "The log of the keys cannot be read."),
    "too long": (
        json.dumps([[place, 0, 0, 0, ""] for place in range(20_001)]),
        "The log of the keys is longer than any test makes it.",
    ),
    "much too long": (" " * 400_001, "The log of the keys is longer than any test makes it."),
}


@pytest.mark.parametrize("name", LOGS)
def test_a_log_that_nobody_can_have_typed_is_refused_in_a_sentence(client, name):
    changes, sentence = LOGS[name]
    assert sentence_of(send(client, as_sent(begun(), ["a"], changes=changes))) == sentence
    assert not Profile.objects.exists()


def test_a_test_that_comes_back_before_its_time_is_over_is_refused(client):
    early = begun("typing", 5, ago=timedelta(minutes=4))
    sent = as_sent(early, [early.given[0][:100]])
    assert sentence_of(send(client, sent)) == "The test came back before its time was over."


def test_ten_megabytes_are_refused_before_they_are_read(client):
    response = send(client, {**a_test(), "log": "x" * 10_000_000})
    assert response.status_code in (400, 413)
    assert not Profile.objects.exists()


def test_text_that_was_sent_beside_the_log_counts_for_nothing(client):
    start = begun()
    sent = as_sent(start, [start.given[0][:100]])
    sent["typed"] = [start.given[0][:300]]
    assert sentence_of(send(client, sent)) == "The log of the keys does not give the text that was sent."


# Once, and one at a time


def test_one_start_counts_once_however_often_it_is_sent(guest):
    data = a_test()
    first = send(guest, data)
    assert send(guest, data).url == first.url
    assert guest.profile.timed_results.count() == 1


def test_a_start_that_somebody_else_sent_is_refused(guest):
    data = a_test()
    send(guest, data)
    other = Client()
    assert sentence_of(send(other, data)) == services.ANOTHERS
    assert Profile.objects.count() == 1


def test_two_tabs_at_the_same_time_count_once(guest):
    send(guest, a_test())
    assert sentence_of(send(guest, a_test())) == services.AT_ONCE
    later = begun(ago=timedelta(minutes=3))
    assert send(guest, as_sent(later, [later.given[0][:50]])).status_code == 302


def test_the_oldest_result_goes_and_evidence_goes_last(guest, monkeypatch):
    monkeypatch.setattr(services, "MOST_RESULTS", 2)
    skill = make.make_skill(slug="typing")
    counted = make.make_timed_result(guest.profile)
    services.count_result(result=counted, skill=skill, now=timezone.now())
    make.make_timed_result(guest.profile, ended_at=make.ENDED + timedelta(days=1))
    send(guest, a_test())
    kept = list(guest.profile.timed_results.order_by("ended_at"))
    assert [row == counted for row in kept] == [True, False]
    later = begun(ago=timedelta(minutes=3))
    send(guest, as_sent(later, [later.given[0][:50]]))
    assert counted in guest.profile.timed_results.all()


# What it means, and evidence


def test_a_result_becomes_evidence_on_wish_and_counts_until_it_is_withdrawn(guest):
    skill = make.make_skill(slug="typing", name="Typing")
    make.rate(guest.profile, skill, 5)
    result = make.make_timed_result(guest.profile)
    assert levels_of(guest.profile)[skill].proficiency == 5
    for _ in range(2):
        guest.post(reverse("result-count", args=[result.pk]))
    counts = levels_of(guest.profile)[skill]
    assert (counts.proficiency, counts.kind, str(counts.shown_on)) == (3, "practice", "2026-05-12")
    assert guest.profile.evidence.filter(kind="practice").count() == 1
    page = guest.get(result.get_absolute_url()).text
    assert "It counts as evidence." in page
    assert "from the practice test “Typing test”" in guest.get(reverse("evidence-list")).text
    guest.post(reverse("result-withdraw", args=[result.pk]))
    assert levels_of(guest.profile)[skill].proficiency == 5
    guest.post(reverse("result-count", args=[result.pk]))
    assert levels_of(guest.profile)[skill].proficiency == 3
    guest.post(reverse("evidence-withdraw", args=[counts.pk]))
    assert "Let it count as evidence" in guest.get(result.get_absolute_url()).text


def bands_of(client):
    return [shown["band"] for shown in client.get(reverse("match-list")).context["bands"]]


def test_evidence_of_a_test_counts_in_the_match_at_once(guest):
    typing, other = make.make_skill(slug="typing"), make.make_skill()
    make.make_role(title="Data Entry Operator", skills={typing: 3, other: 1})
    make.rate(guest.profile, other, 1)
    assert bands_of(guest) != [Band.FITS_NOW]
    result = make.make_timed_result(guest.profile)
    guest.post(reverse("result-count", args=[result.pk]))
    assert bands_of(guest) == [Band.FITS_NOW]


def test_a_result_that_shows_no_level_cannot_count(guest):
    make.make_skill(slug="typing")
    result = make.make_timed_result(guest.profile, minutes=1, characters=300, counted=300, compared=300)
    assert "Let it count" not in guest.get(result.get_absolute_url()).text
    page = guest.post(reverse("result-count", args=[result.pk]), follow=True)
    assert services.NO_LEVEL in page.text
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("kind", "minutes", "leads_on"), [("typing", 1, True), ("numbers", 1, False), ("forms", 3, False)]
)
def test_a_test_that_is_too_short_for_a_level_leads_to_a_longer_one(guest, kind, minutes, leads_on):
    result = make.make_timed_result(guest.profile, kind=kind, minutes=minutes)
    page = guest.get(result.get_absolute_url()).text
    assert (f"kind={kind}&amp;minutes=3" in page and "Take one of 3 minutes" in page) == leads_on


def test_without_a_page_about_typing_a_result_is_kept_and_cannot_count(guest):
    result = make.make_timed_result(guest.profile)
    assert guest.get(result.get_absolute_url()).status_code == 200
    page = guest.post(reverse("result-count", args=[result.pk]), follow=True)
    assert services.NO_SKILL in page.text


def test_a_deleted_result_takes_its_evidence_along(guest):
    make.make_skill(slug="typing")
    result = make.make_timed_result(guest.profile)
    guest.post(reverse("result-count", args=[result.pk]))
    asked = guest.get(reverse("result-delete", args=[result.pk])).text
    assert "It counts as evidence now." in asked
    assert "It cannot come back." in asked
    assert TimedResult.objects.exists(), "one tap deletes nothing"
    page = guest.post(reverse("result-delete", args=[result.pk]), follow=True)
    assert "Deleted: Typing test, 3 minutes, 12 May 2026." in page.text
    assert not Evidence.objects.exists()
    assert not TimedResult.objects.exists()


def test_a_guests_results_come_along_and_what_counts_goes_on_counting(person):
    skill = make.make_skill(slug="typing")
    guest = make.make_profile()
    for profile in (guest, person.profile):
        services.count_result(result=make.make_timed_result(profile), skill=skill, now=timezone.now())
    claim_guest(user=person.user, guest_pk=guest.pk)
    results = person.profile.timed_results.for_list()
    assert [row.counts for row in results] == [True, True]
    services.delete_result(result=results[0])
    assert levels_of(person.profile)[skill].proficiency == 3


def test_however_many_guests_come_along_no_more_results_stay_than_there_can_be(person, monkeypatch):
    monkeypatch.setattr(services, "MOST_RESULTS", 3)
    skill, counted = make.make_skill(slug="typing"), make.make_timed_result(person.profile)
    services.count_result(result=counted, skill=skill, now=timezone.now())
    for month in range(2):
        guest = make.make_profile()
        for day in range(1, 4):
            make.make_timed_result(guest, ended_at=make.ENDED + timedelta(days=30 * month + day))
        claim_guest(user=person.user, guest_pk=guest.pk)
    kept = person.profile.timed_results.all()
    assert counted in kept
    assert [row.ended_at - make.ENDED for row in kept] == [timedelta(days=33), timedelta(days=32), timedelta(0)]


def test_the_cost_of_the_list_does_not_grow_with_the_results(guest, django_assert_max_num_queries):
    for day in range(30):
        make.make_timed_result(guest.profile, ended_at=make.ENDED + timedelta(days=day))
    with django_assert_max_num_queries(12):
        page = guest.get(reverse("result-list"))
    assert page.text.count("curve-point") == 20
    assert page.text.count("<tr ") == 20


# The ways to it


def test_the_page_of_the_skill_leads_to_the_test_whatever_it_is_called(client):
    make.make_skill(slug="other")
    skill = make.make_skill(slug="typing")
    test = f'href="{reverse("practice-typing")}"'
    assert test in client.get(skill.get_absolute_url()).text
    assert test not in client.get(reverse("skill-detail", args=["other"])).text


@pytest.mark.parametrize("name", ["practice-typing", "practice-entry"])
def test_the_public_pages_say_how_it_is_counted_and_from_where(client, name):
    make.make_skill(slug="typing", name="Typing")
    page = client.get(reverse(name))
    assert not page.cookies
    assert "http://www.yorku.ca/mack/chi03.html" in page.text
    assert "8,000 net keystrokes an hour" in page.text


def test_a_log_of_corrections_gives_what_stands_at_the_end(guest):
    start = begun()
    text = start.given[0][:10]
    slip = [[100, 0, 0, 0, "#"], [300, 0, 0, 1, ""]]
    changes = [*slip, *([moment + 1000, *rest] for moment, *rest in log_of([text]))]
    send(guest, as_sent(start, [text], changes=changes))
    result = guest.profile.timed_results.get()
    assert (result.characters, result.errors) == (10, 0)


# A goal a week


def plan_page(client):
    return " ".join(client.get(reverse("me-dashboard")).text.split())


def test_a_weekly_goal_stands_on_my_plan_with_what_is_done_of_it(guest):
    assert 'id="practice"' not in plan_page(guest)
    send(guest, a_test())
    assert "1 practice test this week." in plan_page(guest)
    hostile = ("x", "9", "-1", "3.5", "٣", "1e9", "9" * 10_000, "\0", "")
    for sent, goal in (("3", 3), *((text, 3) for text in hostile), ("0", None)):
        page = guest.post(reverse("result-goal"), {"tests": sent}, follow=True).text
        assert Profile.objects.get().practice_goal == goal
        assert ("Choose a goal from 0 to 7 tests a week." in page) == (sent in hostile)
    guest.post(reverse("result-goal"), {"tests": "2"})
    assert "1 of 2 practice tests this week." in plan_page(guest)


def test_a_week_begins_on_monday_where_the_person_is(guest):
    monday = datetime(2026, 5, 11, tzinfo=UTC)
    for ended in (monday - timedelta(minutes=1), monday, monday + timedelta(days=6, hours=23)):
        make.make_timed_result(guest.profile, ended_at=ended)
    assert practice_week(guest.profile, date(2026, 5, 17)).done == 2
    with timezone.override("Asia/Manila"):  # eight hours ahead
        assert practice_week(guest.profile, date(2026, 5, 17)).done == 3
