"""What a pass closes is closed in every place that speaks of days, of what is left, or of what is done."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.urls import reverse

from careers.calendars.services import make_feed
from careers.evidence.models.evidence import HeldCertificate
from careers.personal_data.selectors.plans import CERTIFICATE, PLAN, plans_of
from careers.personal_data.services.merging import merge
from careers.plans.certificates.services.held import hold_certificate
from careers.plans.certificates.services.passing import withdraw
from careers.plans.models import PlanStep, is_open
from careers.plans.rules.awaited import StepState
from careers.plans.rules.dates import Kind
from careers.plans.rules.status import Status
from careers.plans.selectors.dates import dates_of
from careers.plans.services.plans import track
from careers.plans.steps.services.guide_changes import steps_changed
from careers.reminders.selectors.text import digest_mail
from careers.reminders.services.making import coming_reminders, open_reminders, remind_one
from tests.factories import make_certification, make_held, make_plan, make_profile, make_skill
from tests.paper import pdf_for

pytestmark = pytest.mark.django_db
MANILA = ZoneInfo("Asia/Manila")
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY, READY = date(2026, 11, 22), date(2026, 12, 3)
STUDY, RENEWAL = ("Practise papers", date(2026, 11, 24)), ("Gather points", date(2026, 11, 25))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def belt(db):
    return make_certification(title="Yellow Belt", skills={make_skill(): 3}, validity_months=36)


@pytest.fixture
def plan(guest, belt):
    """Studied for, with a step for each of the two times; reminded of the one that is open."""
    fields = {"status": "studying", "started_on": date(2026, 11, 2), "target_on": READY}
    plan = make_plan(guest.profile, belt, steps=[("Read", 6, date(2026, 11, 5))], **fields)
    for place, (title, day) in enumerate((STUDY, RENEWAL), start=2):
        dated = {"due_on": day, "day_set_at": datetime(2026, 11, 2, tzinfo=UTC)}
        plan.steps.create(position=place, title=title, hours=3, is_renewal=title == RENEWAL[0], **dated)
    for step in plan.steps.exclude(due_on=None):
        guest.profile.reminders.create(step=step, event_on=step.due_on, offset=7)
    return plan


def page(name, *args):
    return lambda client: client.get(reverse(name, args=args)).text


def files_of_steps(client):
    answers = [client.get(reverse("step-event", args=[step.pk])) for step in PlanStep.objects.exclude(due_on=None)]
    return "".join(answer.text for answer in answers if answer.status_code == 200)


def pdf(client):
    """What is set for it; that a PDF says the same is for tests/dashboard/test_print.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("careers.runtime.pdfs.typeset", lambda html, sheet: html.encode())
        return pdf_for(client).content.decode()


def feed(client):
    token = make_feed(profile=client.profile)[0].token
    return client.get(reverse("calendar-feed", args=[token])).text


def made(client):
    client.profile.reminders.all().delete()
    remind_one(pk=client.profile.pk, now=datetime(2026, 11, 24, 6, tzinfo=UTC))
    return " ".join(row.title for row in client.profile.reminders.all())


def export(client):
    plans = [PLAN.of(row) for row in plans_of(client.profile)]
    return " ".join(step["title"] for plan in plans for step in plan["steps"] if step["state"] == "open")


PLACES = {
    "my plan": page("me-dashboard"),
    "all plans": page("plan-list"),
    "calendar page": page("calendar-read"),
    "calendar feed": feed,
    "files for calendars": files_of_steps,
    "paper": page("me-print"),
    "PDF": pdf,
    "plan": lambda client: page("plan-read", client.profile.certification_plans.get().pk)(client),
    "notes": lambda client: str([said for _, said in open_reminders(client.profile, TODAY, now=NOW)]),
    "reminders to come": lambda client: str(
        [PlanStep.objects.get(pk=event.key).title
         for _, event, _ in coming_reminders(client.profile, now=NOW, zone=MANILA)
         if event.kind == "step"]
    ),
    "reminders made": made,
    "export": export,
}  # fmt: skip
NAMES_ALL_STEPS = ("paper", "PDF", "plan")  # they say of each step what became of it
ONLY_WHAT_IS_NEXT = ("all plans",)


def speaks_of(place, text, title, day):
    if place in NAMES_ALL_STEPS:
        return any(f"{day.day} {form}" in text for form in (f"{day:%B %Y}", f"{day:%b %Y}"))
    return title in text


@pytest.mark.parametrize("place", PLACES)
def test_study_steps_are_gone_from_and_renewals_come_into(place, guest, plan):
    text = PLACES[place](guest)
    assert speaks_of(place, text, *STUDY)
    assert not speaks_of(place, text, *RENEWAL)
    guest.post(reverse("plan-pass", args=[plan.pk]), {"earned_on": "2026-11-20", "expires_on": "2029-11-20"})
    text = PLACES[place](guest)
    assert not speaks_of(place, text, *STUDY)
    assert speaks_of(place, text, *RENEWAL) or place in ONLY_WHAT_IS_NEXT
    assert "percent done" not in text
    assert "% of the hours" not in text
    assert "3 December" not in text  # the day to be ready by
    assert "a week" not in text  # what they need


def test_passed_plan_offers_no_clock_and_no_log_until_a_renewal_is_worked_on(guest, plan):
    plan.steps.filter(is_renewal=True).delete()
    address = reverse("plan-read", args=[plan.pk])
    offers = ("Start the clock", "Log study time", 'id="done-next"')
    assert all(offer in guest.get(address).text for offer in offers)
    guest.post(reverse("plan-pass", args=[plan.pk]), {"earned_on": "2026-11", "expires_on": ""})
    text = guest.get(address).text
    assert not [offer for offer in offers if offer in text]
    assert "Valid" in text
    assert "not needed any more" in text
    answer = guest.post(reverse("plan-clock-start", args=[plan.pk]), follow=True).text
    assert "The clock stays off." in answer
    guest.post(reverse("plan-step-add", args=[plan.pk]), {"title": "Gather points", "due_on": "2027-01-01"})
    text = guest.get(address).text
    assert all(offer in text for offer in offers)
    assert "due 1 January 2027" in text


def test_pass_that_is_taken_back_gives_the_steps_back_as_they_were(guest, plan):
    before = list(plan.steps.values())
    guest.post(reverse("plan-pass", args=[plan.pk]), {"earned_on": "2026-11-20", "expires_on": ""})
    page = guest.get(reverse("plan-withdraw", args=[plan.pk])).text
    assert "“Practise papers” is open again" in page
    assert "“Read” is open again" not in page
    withdraw(plan=guest.profile.certification_plans.get(), now=NOW)
    assert list(plan.steps.values()) == before


@pytest.mark.parametrize("status", Status)
def test_database_and_rule_agree_on_what_is_open(status, belt):
    profile = make_profile()
    fields = {
        Status.PASSED: {"held_certificate": make_held(profile, belt)},
        Status.BOOKED: {"exam_at": NOW, "exam_zone": "UTC"},
        Status.STUDYING: {"started_on": TODAY},
    }
    plan = make_plan(profile, belt, status=status, **fields.get(status, {}))
    for place, (done_on, is_renewal) in enumerate([(None, False), (None, True), (TODAY, False), (TODAY, True)]):
        plan.steps.create(position=place, title=f"{place}", done_on=done_on, is_renewal=is_renewal, due_on=TODAY)
    found = set(PlanStep.objects.filter(is_open()))
    assert found == {step for step in plan.steps.all() if step.state == StepState.OPEN}
    assert found == {one.row for one in dates_of(profile, kinds=[Kind.STEP])}
    assert found == {step for step in plan.steps.all() if step.is_awaited}
    assert found == set(plan.open_steps)


def test_guests_plan_for_what_the_account_holds_is_closed_by_that(belt, plan, guest):
    account = make_profile()
    hold_certificate(profile=account, certification=belt, earned_on=date(2020, 1, 1), expires_on=None, now=NOW)
    merge(guest.profile, account)
    merged = account.certification_plans.get()
    assert merged.status == "passed"
    assert {step.title: step.state for step in merged.steps.all()} == {
        "Read": "done", "Practise papers": "not_needed", "Gather points": "open",
    }  # fmt: skip


class TestHaveIt:
    @pytest.mark.parametrize(
        ("written", "precision", "earned", "lapses"),
        [
            ("12 May 2026", "day", "Earned</dt><dd>12 May 2026", "valid until 12 May 2029"),
            ("May 2026", "month", "Earned</dt><dd>About May 2026", "valid until about May 2029"),
            ("2025", "year", "Earned</dt><dd>About 2025", "valid until about 2028"),
        ],
    )
    def test_month_or_year_is_enough_and_what_comes_of_it_says_about(
        self, client, belt, written, precision, earned, lapses
    ):
        page = client.get(belt.get_absolute_url()).text
        address = reverse("certificate-have", args=[belt.slug])
        assert f'href="{address}"' in page
        form = client.get(address)
        assert "no-store" in form.headers["Cache-Control"]
        page = client.post(address, {"earned_on": written}, follow=True).text
        assert earned in page
        assert lapses in page
        assert "hours done" not in page
        assert client.post(address, {"earned_on": written}, follow=True).status_code == 200  # twice is once
        held = HeldCertificate.objects.get()
        assert (held.earned_precision, held.expires_precision) == (precision, precision)
        assert held.plan.attempts.count() == 0

    def test_who_tracks_it_records_the_pass_and_who_holds_it_sees_it(self, guest, plan, belt):
        address = reverse("certificate-have", args=[belt.slug])
        assert guest.get(address).url == reverse("plan-pass", args=[plan.pk])
        guest.post(address, {"earned_on": "May 2019"})
        page = guest.get(address, follow=True).text
        assert "on your list already, earned about May 2019." in page
        assert guest.profile.certification_plans.get().held_certificate.earned.iso == "2019-05"

    def test_from_the_page_to_track_another(self, guest, belt):
        add = reverse("plan-add")
        assert guest.post(add, {"certification": belt.pk, "then": "have"}).url == reverse(
            "certificate-have", args=[belt.slug]
        )
        answer = guest.post(add, {"title": "Forklift licence", "then": "have"})
        assert answer.url == reverse("plan-pass", args=[guest.profile.certification_plans.get().pk])


def mail(client):
    rows = list(client.profile.reminders.with_events())
    kept = client.profile.reminder_mails.create(created_at=NOW)
    made = digest_mail(kept, rows, to="a@example.org", today=TODAY, zone=ZoneInfo("UTC"), connection=None)
    return f"{made.subject} {made.body}"


def pages_of_certificates(client):
    every = [page("certificate-edit", held.pk)(client) for held in client.profile.certificates.all()]
    plans = client.profile.certification_plans.values_list("pk", flat=True)
    return " ".join([*every, *(page(name, pk)(client) for pk in plans for name in ("plan-certificate", "plan-renew"))])


def shared(client):
    share = client.profile.shares.create(sections=["certificates", "skills", "plan"], expires_on=READY)
    return page("share-read", share.token)(client)


SHOWS_ROUGH_DAYS = {
    **{name: PLACES[name] for name in ("my plan", "all plans", "calendar page", "calendar feed", "paper", "PDF")},
    "plan": PLACES["plan"],
    "notes": PLACES["notes"],
    "share": shared,
    "list": page("profile-certificates"),
    "evidence": page("evidence-list"),
    "reminders": page("reminder-settings"),
    "mail": mail,
    "certificates": pages_of_certificates,
}
FULL_DAYS = re.compile(
    r"\b1 (Jan|May)|(Jan|May)[a-z]* 1\b|20\d\d-0[15]-01|\b[\d,]+ days (since|until|ago)|in (about )?\d+ days"
)


@pytest.mark.parametrize("place", SHOWS_ROUGH_DAYS)
@pytest.mark.parametrize(
    ("precision", "about_earned", "about_lapse"),
    [("month", "bout January 2024", "bout January 2027"), ("year", "bout 2024", "bout 2027")],
)
def test_wherever_a_day_is_shown_that_is_known_roughly_it_says_about(
    place, precision, about_earned, about_lapse, person, belt
):
    def days(earned, expires):
        known = {"earned_on": earned, "expires_on": expires}
        return {**known, "earned_precision": precision, "expires_precision": precision}

    month = 5 if precision == "month" else 1
    coming, lapsed = days(date(2024, 1, 1), date(2027, 1, 1)), days(date(2019, month, 1), date(2022, month, 1))
    held, _ = hold_certificate(profile=person.profile, certification=belt, **coming, now=NOW)
    make_plan(person.profile, belt, status="passed", held_certificate=held)
    make_held(person.profile, title="Forklift licence", **coming)
    make_held(person.profile, title="First aid", **lapsed)
    for one in person.profile.certificates.filter(expires_on__year=2027):
        person.profile.reminders.create(held_certificate=one, event_on=one.expires_on, offset=60)
    text = SHOWS_ROUGH_DAYS[place](person).replace("\r\n ", "")
    assert not FULL_DAYS.search(text)
    assert (about_earned if place == "evidence" else about_lapse) in text
    assert CERTIFICATE.of(held)["earned_precision"] == precision


@pytest.mark.parametrize(
    ("earned", "said"),
    [
        ("2019", "By the guide it lapsed about 2022."),
        ("2023", "By the guide it lapses in 2026 or has lapsed already."),
        ("2025", "By the guide it lapses about 2028."),
        ("12 May 2019", "By the guide it lapsed on 12 May 2022."),
    ],
)
def test_lapse_by_the_guide_is_told_in_its_own_tense(client, belt, earned, said):
    answer = client.post(reverse("certificate-have", args=[belt.slug]), {"earned_on": earned}, follow=True)
    assert said in answer.text


def test_of_a_month_that_has_begun_nobody_says_that_it_has_lapsed(guest):
    held = make_held(
        guest.profile, title="Licence", earned_on=date(2020, 11, 1), expires_on=date(2026, 11, 1),
        expires_precision="month",
    )  # fmt: skip
    assert held.standing_on(TODAY) == "unsure"
    assert held.standing_on(date(2026, 12, 1)) == "lapsed"
    text = page("me-dashboard")(guest)
    assert "May have lapsed" in text
    assert "lapses in November 2026 or has lapsed already" in text


def test_rough_day_moves_no_start_that_may_have_been_before_it(guest, plan):
    guest.post(reverse("plan-pass", args=[plan.pk]), {"earned_on": "2026", "expires_on": ""})
    passed = guest.profile.certification_plans.annotate(earned_on=F("held_certificate__earned_on")).get()
    assert (passed.status, passed.earned_on, passed.started_on) == ("passed", date(2026, 1, 1), date(2026, 11, 2))


def test_guides_own_step_of_the_renewal_waits_for_the_pass_and_stays_open(guest):
    certification = make_certification(steps=[("Read", 6), ("Gather points", 2)])
    certification.steps.filter(title="Gather points").update(is_renewal=True)
    plan, _ = track(profile=guest.profile, certification=certification, now=NOW)
    assert [step.state for step in plan.steps.all()] == ["open", "later"]
    assert (certification.study.known, len(plan.to_prepare), len(plan.open_steps)) == (6, 1, 1)
    assert not steps_changed(plan)
    guest.post(reverse("plan-pass", args=[plan.pk]), {"earned_on": "2026-11-20", "expires_on": ""})
    plan = guest.profile.certification_plans.get()
    assert [step.state for step in plan.steps.all()] == ["not_needed", "open"]


def test_step_that_the_guide_moves_to_the_renewal_is_offered_and_taken(guest):
    certification = make_certification(steps=[("Gather points", 2)])
    plan, _ = track(profile=guest.profile, certification=certification, now=NOW)
    assert plan.seen_steps == [{"title": "Gather points", "hours": "2.0"}]  # as it was stored before, too
    certification.steps.update(is_renewal=True)
    plan = guest.profile.certification_plans.get()
    [change] = steps_changed(plan)
    assert change.kind == "renewal"
    assert "for its renewal" in guest.get(reverse("plan-read", args=[plan.pk])).text
    guest.post(reverse("plan-accept-guide-change", args=[plan.pk]), {"change": change.digest})
    assert plan.steps.get().is_renewal
    assert not steps_changed(guest.profile.certification_plans.get())
