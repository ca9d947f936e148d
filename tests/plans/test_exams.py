"""The exam of a plan: booked, moved, cancelled, sat, and every status with every action."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db.models import URLField
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from careers.people.services.refusing import Refused
from careers.plans.certificates.services.passing import pass_plan
from careers.plans.exams import services as exams
from careers.plans.exams.models import ExamAttempt
from careers.plans.exams.rules import CHECKLIST
from careers.plans.models import CertificationPlan
from tests.factories import make_certification, make_held, make_plan, make_profile, make_skill
from tests.queries import queries_of_page
from tests.whole_person import models_of_people

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
EXAM = {
    "exam_at": datetime(2026, 12, 12, 1, 30, tzinfo=UTC),
    "exam_zone": "Asia/Manila",
    "exam_minutes": 138,
    "exam_place": "Test centre",
    "exam_url": "",
}
STATUSES = CertificationPlan.Status.values


def plan_in(status, profile=None, **fields):
    """A plan of that status with what has to be there."""
    profile = profile or make_profile()
    certification = make_certification(skills={make_skill(): 3})
    if status == "passed":
        fields["held_certificate"] = make_held(profile, certification)
    if status == "booked":
        fields = EXAM | fields
    if status != "planned":
        fields.setdefault("started_on", date(2026, 1, 2))
    return make_plan(profile, certification, status=status, steps=[("Read", 6, None)], **fields)


def state(plan):
    plan = CertificationPlan.objects.get(pk=plan.pk)
    rows = [list(getattr(plan, name).order_by("pk").values()) for name in ("attempts", "exam_items", "steps")]
    values = {field.attname: getattr(plan, field.attname) for field in plan._meta.fields}
    return values, rows, list(plan.profile.certificates.values()), list(plan.profile.evidence.values())


ACTIONS = {
    "book": (lambda plan: exams.book(plan=plan, **EXAM | {"exam_place": "Other"}, now=NOW), "booked"),
    "unbook": (lambda plan: exams.unbook(plan=plan, now=NOW), "studying"),
    "fail": (lambda plan: exams.fail(plan=plan, taken_on=TODAY, score="", note="", now=NOW), "not_passed"),
    "pass": (
        lambda plan: pass_plan(
            plan=plan,
            earned_on=TODAY,
            expires_on=None,
            credential_number="",
            credential_url="",
            now=NOW,
        ),
        "passed",
    ),
}
# What is not named here is refused, in words; "" is: nothing happens, without a word.
ALLOWED = {
    ("book", "planned"): "booked",
    ("book", "studying"): "booked",
    ("book", "booked"): "booked",
    ("book", "not_passed"): "booked",
    ("unbook", "booked"): "studying",
    **{("unbook", status): "" for status in STATUSES if status != "booked"},
    ("fail", "studying"): "not_passed",
    ("fail", "booked"): "booked",  # of another one: this is to come
    ("fail", "not_passed"): "not_passed",
    ("pass", "planned"): "passed",
    ("pass", "studying"): "passed",
    ("pass", "booked"): "passed",
    ("pass", "not_passed"): "passed",
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_on_each_status_is_done_or_refused_in_words(action, status):
    plan, (act, _) = plan_in(status), ACTIONS[action]
    before, becomes = state(plan), ALLOWED.get((action, status))
    if becomes is None:
        with pytest.raises(Refused) as refused:
            act(plan)
        assert str(refused.value).endswith("Nothing has changed.")
    else:
        act(plan)
    if becomes:
        after = state(plan)
        assert (after[0]["status"], after[0]["version"]) == (becomes, before[0]["version"] + 1)
    else:
        assert state(plan) == before


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    "name", ["plan-book", "plan-unbook", "plan-fail", "plan-pass", "plan-certificate", "plan-renew"]
)
def test_each_page_answers_for_each_status(guest, name, status):
    plan = plan_in(status, guest.profile)
    for method in ("get", "post"):
        response = getattr(guest, method)(reverse(name, args=[plan.pk]), follow=True)
        assert response.status_code == 200


def fields(**given):
    return {"day": "2030-12-12", "clock": "09:30", "zone": "Asia/Manila", **given}


def book(client, plan, **given):
    return client.post(reverse("plan-book", args=[plan.pk]), fields(**given), follow=True)


def test_booked_exam_stands_on_the_plan_with_its_zone_and_the_readers(guest):
    plan = plan_in("studying", guest.profile)
    page = book(guest, plan, minutes="138", place="Room 4", link="https://example.org/exam").text
    assert "Exam booked: Thursday, 12 December 2030, 09:30 to 11:48, Manila time (GMT+8)." in page
    assert "Room 4" in page
    assert 'href="https://example.org/exam"' in page
    plan.refresh_from_db()
    assert plan.exam_at == datetime(2030, 12, 12, 1, 30, tzinfo=UTC)


def test_booking_lays_out_the_list_once_and_moving_keeps_what_they_made_of_it(guest):
    plan = plan_in("studying", guest.profile)
    book(guest, plan)
    assert [item.title for item in plan.exam_items.all()] == list(CHECKLIST)
    plan.exam_items.first().delete()
    guest.post(reverse("item-tick", args=[plan.exam_items.first().pk]), {"done": "yes"})
    book(guest, plan, day="2030-12-13")
    assert list(plan.exam_items.values_list("is_done", flat=True)) == [True, False, False]


def test_booking_twice_is_booking_once(guest):
    plan = plan_in("studying", guest.profile)
    for _ in range(2):
        book(guest, plan)
    plan.refresh_from_db()
    assert (plan.version, plan.exam_items.count()) == (1, len(CHECKLIST))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day": "2020-01-01"}, "This exam would be in the past."),
        ({"day": "0001-01-01"}, "Write a day up to 2100."),
        ({"day": "9999-12-31"}, "Write a day up to 2100."),
        ({"day": "soon"}, "You wrote “soon”."),
        ({"day": ""}, "Write the day of the exam."),
        ({"clock": ""}, "Write the time it begins."),
        ({"clock": "25:00"}, "You wrote “25:00”."),
        ({"clock": "\x00"}, "Write a time like 09:30."),
        ({"zone": ""}, "Choose the time zone of the exam."),
        ({"zone": "Mars/Phobos"}, "Choose a time zone from the list."),
        ({"zone": "../../etc/passwd"}, "Choose a time zone from the list."),
        ({"minutes": "0"}, "Write a whole number from 1 to 1440."),
        ({"minutes": "1e400"}, "You wrote “1e400”."),
        ({"minutes": "NaN"}, "You wrote “NaN”."),
        ({"minutes": "-5"}, "You wrote “-5”."),
        ({"place": "x" * 10_000}, "You wrote 10000."),
        ({"link": "http://example.org/"}, "Write a link that begins with https://."),
        ({"link": "HTTPS://example.org/"}, "Write https:// in small letters."),
        ({"link": "javascript:alert(1)"}, "Write a link that begins with https://."),
        ({"link": "https://bank.example@example.org/"}, "Write a link without a name before its host"),
        ({"link": "https://example.org/\u202egpj"}, "and without signs that nobody sees."),
        ({"link": "https://t\u0441s.com/"}, "with a host in plain letters"),
        ({"link": "https://" + "x" * 10_000}, "You wrote 10008."),
        ({"day": "2027-03-28", "clock": "02:30", "zone": "Europe/Berlin"}, "02:30 does not exist that day."),
    ],
)
def test_what_cannot_be_is_told_and_the_rest_stays(guest, given, words):
    plan = plan_in("studying", guest.profile)
    page = book(guest, plan, **{"place": "Room 4", **given}).text
    assert words in page
    assert "place" in given or "Room 4" in page
    plan.refresh_from_db()
    assert plan.status == "studying"


def test_time_that_comes_twice_is_the_earlier_one_and_says_so(guest):
    plan = plan_in("studying", guest.profile)
    page = book(guest, plan, day="2027-10-31", clock="09:00", zone="Europe/Berlin").text
    assert "Exam booked" in page
    assert "comes twice" not in page
    page = book(guest, plan, day="2027-10-31", clock="02:30", zone="Europe/Berlin").text
    assert "02:30 comes twice that day in Berlin. We took the earlier one." in page
    plan.refresh_from_db()
    assert plan.exam_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def seen(plan):
    """What the page of an exam carries hidden."""
    return {"initial-day": "2030-12-12", "initial-clock": "09:30:00", "initial-": ""}


def test_older_tab_is_told_what_changed_and_saving_again_takes_it(guest):
    plan = plan_in("studying", guest.profile)
    book(guest, plan)
    plan.refresh_from_db()
    old = seen(plan) | {"initial-zone": "Asia/Manila"}
    book(guest, plan, day="2030-12-20", **old)
    response = book(guest, plan, day="2030-12-24", **old)
    assert "“Day” is now 20 December 2030." in response.text
    assert 'value="2030-12-24"' in response.text
    again = dict(response.context["form"].hidden_inputs)
    book(guest, plan, day="2030-12-24", **again)
    plan.refresh_from_db()
    assert plan.exam_at.date() == date(2030, 12, 24)


def test_taking_it_off_asks_first_and_leaves_the_plan_studying(guest):
    plan = plan_in("planned", guest.profile)
    book(guest, plan)
    address = reverse("plan-unbook", args=[plan.pk])
    assert "Take the exam off your plan?" in guest.get(address).text
    for _ in range(2):
        guest.post(address)
    plan.refresh_from_db()
    assert (plan.status, plan.exam_at, plan.started_on) == ("studying", None, localdate())


def test_taking_back_an_exam_of_a_plan_whose_day_is_over_does_not_start_it_after_that_day():
    plan = plan_in("booked", started_on=None, target_on=date(2026, 10, 1))
    exams.unbook(plan=plan, now=NOW)
    assert plan.started_on == date(2026, 10, 1)


def test_exam_that_is_over_asks_how_it_went(guest):
    past = timezone.now() - timedelta(hours=1)
    plan = plan_in("booked", guest.profile)
    CertificationPlan.objects.update(exam_at=past, started_on=None)
    page = guest.get(plan_page(plan)).text
    assert "How did it go?" in page
    assert reverse("plan-fail", args=[plan.pk]) in page


def plan_page(plan):
    return reverse("plan-read", args=[plan.pk])


def fail(client, plan, **given):
    given = {"taken_on": localdate().isoformat(), **given}
    return client.post(reverse("plan-fail", args=[plan.pk]), given, follow=True)


def test_attempt_stays_with_its_day_score_and_note_and_twice_is_once(guest):
    plan = plan_in("studying", guest.profile)
    for _ in range(2):
        page = fail(guest, plan, score="71 of 100", note="Read chapter 4 <again> 🙂").text
    assert "71 of 100" in page
    assert "Read chapter 4 &lt;again&gt; 🙂" in page
    plan.refresh_from_db()
    assert (plan.status, plan.attempts.count(), plan.version) == ("not_passed", 1, 1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"taken_on": ""}, "Write the day you sat the exam."),
        ({"taken_on": "2999-01-01"}, "That day is still to come."),
        ({"taken_on": "0001-01-01"}, "Write a day from 1970 on."),
        ({"score": "x" * 41}, "Write at most 40 characters."),
        ({"note": "x" * 10_000}, "Write at most 500 characters."),
    ],
)
def test_attempt_that_cannot_be_is_told(guest, given, words):
    plan = plan_in("studying", guest.profile)
    assert words in fail(guest, plan, **given).text
    assert not ExamAttempt.objects.exists()


def test_attempt_of_another_day_leaves_the_exam_that_is_to_come(guest):
    plan = plan_in("booked", guest.profile, **{"exam_at": timezone.now() + timedelta(days=9)})
    assert "stays booked." in fail(guest, plan).text
    plan.refresh_from_db()
    assert (plan.status, plan.attempts.count()) == ("booked", 1)
    CertificationPlan.objects.update(exam_at=timezone.now() - timedelta(days=3))
    fail(guest, plan, taken_on=(localdate() - timedelta(days=9)).isoformat())
    plan.refresh_from_db()
    assert plan.status == "booked"
    assert "is off your plan" in fail(guest, plan, taken_on=(localdate() - timedelta(days=1)).isoformat()).text
    plan.refresh_from_db()
    assert (plan.status, plan.attempts.count()) == ("not_passed", 3)


def test_second_attempt_of_a_day_is_refused_in_words(guest):
    plan = plan_in("studying", guest.profile)
    fail(guest, plan, score="71")
    assert "already. Remove that first." in fail(guest, plan, score="72").text
    assert plan.attempts.get().score == "71"


def test_attempt_before_the_start_moves_it(guest):
    plan = plan_in("studying", guest.profile)
    fail(guest, plan, taken_on="2025-12-31")
    plan.refresh_from_db()
    assert (plan.status, plan.started_on) == ("not_passed", date(2025, 12, 31))


def test_attempt_recorded_by_mistake_goes_and_the_plan_is_studied_again(guest):
    plan = plan_in("studying", guest.profile)
    fail(guest, plan)
    address = reverse("attempt-remove", args=[plan.attempts.get().pk])
    assert "Remove this attempt?" in guest.get(address).text
    guest.post(address)
    plan.refresh_from_db()
    assert (plan.status, plan.attempts.count()) == ("studying", 0)
    assert guest.post(address).status_code == 403


def test_list_for_the_day_takes_more_and_each_once(guest):
    plan = plan_in("booked", guest.profile)
    address = reverse("plan-item-add", args=[plan.pk])
    for title in ("Water", "WATER"):
        guest.post(address, {"title": title})
    assert plan.exam_items.get().title == "Water"
    assert "“WATER” is on the list already." in guest.get(plan_page(plan)).text
    assert "Write what to bring or do." in guest.post(address, {"title": " "}).text
    assert "You wrote 10000." in guest.post(address, {"title": "x" * 10_000}).text


def test_list_for_the_day_has_an_end(guest):
    plan = plan_in("booked", guest.profile)
    for number in range(exams.MOST_ITEMS):
        plan.exam_items.create(title=f"Thing {number}")
    page = guest.post(reverse("plan-item-add", args=[plan.pk]), {"title": "More"}, follow=True).text
    assert "The list has 40 lines, the most there can be." in page


def test_ticks_of_the_list_are_said_and_not_switched(guest):
    plan = plan_in("booked", guest.profile)
    item = plan.exam_items.create(title="Water")
    for wanted, is_done in (("yes", True), ("yes", True), ("perhaps", True), ("no", False)):
        guest.post(reverse("item-tick", args=[item.pk]), {"done": wanted})
        item.refresh_from_db()
        assert item.is_done == is_done
    page = guest.post(reverse("item-remove", args=[item.pk]), follow=True).text
    assert not plan.exam_items.exists()
    assert "“Water” is removed." in page
    for _ in range(2):
        guest.post(reverse("plan-item-restore", args=[plan.pk]), {"item": item.pk})
    assert plan.exam_items.get() == item


def test_the_list_for_the_day_keeps_the_place(guest):
    plan = plan_in("booked", guest.profile)
    item = plan.exam_items.create(title="Water")
    assert guest.post(reverse("item-tick", args=[item.pk]), {"done": "yes"}).url.endswith(f"#item-{item.pk}")
    assert guest.post(reverse("plan-item-add", args=[plan.pk]), {"title": "Pen"}).url.endswith("#item-title")
    said = guest.get(reverse("plan-read", args=[plan.pk]), headers={"HX-Request": "true"}).text
    assert "1 of 2 ready for the day" in said


def test_page_costs_the_same_for_1_attempt_and_for_30(guest):
    plan = plan_in("booked", guest.profile)

    def add(numbers):
        for number in numbers:
            plan.attempts.create(taken_on=date(2026, 1, 2) + timedelta(days=number), outcome="not_passed")
            plan.exam_items.create(title=f"Thing {number}")

    add(range(1))
    few = queries_of_page(guest, plan_page(plan))
    add(range(1, 30))
    assert queries_of_page(guest, plan_page(plan)) <= few


def test_form_offers_the_readers_own_zone_first(guest):
    plan = plan_in("studying", guest.profile)
    guest.profile.time_zone = "Asia/Calcutta"  # an older name, which is in no list
    guest.profile.save()
    page = guest.get(reverse("plan-book", args=[plan.pk])).text
    assert '<option value="Asia/Calcutta" selected>Calcutta</option>' in page
    assert "Philippines: Manila" in page


@pytest.mark.parametrize("zone", ["", "Mars/Olympus"])
def test_form_chooses_no_zone_for_who_has_none(guest, zone):
    plan = plan_in("studying", guest.profile)
    guest.profile.time_zone = zone
    guest.profile.save()
    page = guest.get(reverse("plan-book", args=[plan.pk])).text
    assert '<option value="" selected>Choose one</option>' in page or '<option value="">Choose one</option>' in page
    assert '<option value="UTC" selected' not in page
    assert 'data-zone-of="id_zone"' in page
    assert "js/time_zone.js" in page


def test_head_says_where_the_exam_comes_before_the_day_to_be_ready(guest):
    plan = plan_in("booked", guest.profile, target_on=date(2026, 12, 20))
    page = guest.get(plan_page(plan)).text
    assert "comes before the day you wanted to be ready by, 20 December 2026." in page


def test_exam_in_the_form_is_in_its_own_zone(guest):
    plan = plan_in("booked", guest.profile)
    form = guest.get(reverse("plan-book", args=[plan.pk])).context["form"]
    assert (form.initial["day"], form.initial["clock"]) == (date(2026, 12, 12), time(9, 30))


def test_a_link_as_long_as_test_centres_send_is_taken_and_a_longer_one_is_refused_in_words(guest):
    link = "https://example.org/exam?booking=" + "a" * (2000 - 33)
    plan = plan_in("studying", guest.profile)
    assert f'href="{link}"' in book(guest, plan, link=link).text
    assert "You wrote 2001." in book(guest, plan, link=link + "a").text
    plan.refresh_from_db()
    assert plan.exam_url == link
    event = guest.get(reverse("plan-exam-event", args=[plan.pk])).content
    assert max(len(line) for line in event.split(b"\r\n")) <= 75


def test_every_link_that_a_person_writes_may_be_that_long():
    """Those of the guide are HR's, and no row of a person."""
    links = [
        field for model in models_of_people() for field in model._meta.concrete_fields if isinstance(field, URLField)
    ]
    assert {field.name: field.max_length for field in links} == {"exam_url": 2000, "credential_url": 2000}
