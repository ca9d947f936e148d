"""A plan that is passed: its certificate, what that shows, its renewal, and taking it back."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from careers.cv.selectors.json_resume import whole_resume
from careers.evidence.models.evidence import Evidence, HeldCertificate
from careers.evidence.selectors.levels import levels_of
from careers.guide.models.certifications import Certification
from careers.people.selectors.steps import answers_in_words
from careers.people.services.refusing import Refused
from careers.plans.certificates.selectors.lapses import lapse_cost
from careers.plans.certificates.services.held import hold_certificate
from careers.plans.certificates.services.passing import pass_plan, renew
from careers.plans.models import CertificationPlan
from tests.factories import make_certification, make_held, make_plan, make_role, make_skill, rate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
PASSED = {"credential_number": "", "credential_url": "", "now": NOW}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def skill(db):
    return make_skill(name="Problem solving")


@pytest.fixture
def belt(skill):
    return make_certification(title="Yellow Belt", skills={skill: 3}, validity_months=36)


@pytest.fixture
def plan(guest, belt):
    steps = [("Read", 6, date(2026, 1, 5)), ("Practise", 3, None)]
    return make_plan(guest.profile, belt, status="studying", started_on=date(2026, 1, 2), steps=steps)


def send(client, plan, **given):
    given = {"earned_on": "2026-05-12", "expires_on": "2029-05-12", **given}
    return client.post(reverse("plan-pass", args=[plan.pk]), given, follow=True)


def fresh(plan):
    return CertificationPlan.objects.select_related("held_certificate").get(pk=plan.pk)


def level(profile, skill):
    row = levels_of(profile).get(skill)
    return row.proficiency if row else None


def test_passing_shows_the_skill_in_the_gap_of_a_role(guest, plan, skill):
    rate(guest.profile, skill, 1)
    role = make_role(skills={skill: 3})
    assert "from 1 to 3" in guest.get(role.get_absolute_url()).text
    page = send(guest, plan).text
    assert "Passed: Yellow Belt is on your list of certificates. It shows 1 skill, on every role page." in page
    role_page = guest.get(role.get_absolute_url()).text
    assert "3, from your Yellow Belt, 12 May 2026" in role_page
    assert "from 1 to 3" not in role_page
    assert level(guest.profile, skill) == 3


def test_plan_page_says_what_it_will_give_and_then_what_it_gave(guest, plan, skill):
    rate(guest.profile, skill, 1)
    page = guest.get(reverse("plan-read", args=[plan.pk])).text
    assert "What it will give you" in page
    assert "from 1 to 3" in page
    send(guest, plan, credential_number="YB-12 <b>", credential_url="https://example.org/check/12")
    page = guest.get(reverse("plan-read", args=[plan.pk])).text
    assert "Your certificate" in page
    assert "YB-12 &lt;b&gt;" in page
    assert 'href="https://example.org/check/12" rel="noopener noreferrer nofollow external"' in page


def test_passing_twice_credits_once(guest, plan):
    for _ in range(2):
        send(guest, plan)
    assert (HeldCertificate.objects.count(), Evidence.objects.count(), plan.attempts.count()) == (1, 1, 1)
    assert fresh(plan).version == 1


def test_passing_with_other_words_from_an_older_tab_changes_nothing_and_says_so(guest, plan):
    send(guest, plan)
    page = send(guest, plan, credential_number="8").text
    assert "You have recorded this certificate already. Nothing has changed." in page
    assert fresh(plan).held_certificate.credential_number == ""


def test_passing_ticks_no_step_and_tells_no_hour_as_done(guest, plan):
    before = list(plan.steps.values())
    page = send(guest, plan, earned_on="2019").text
    assert list(plan.steps.values()) == before
    assert "1 step done, 1 not needed any more" in page
    assert "hours done" not in page
    assert "percent done" not in page


def test_suggested_last_day_moves_with_the_day_it_was_earned(guest, plan):
    form = guest.get(reverse("plan-pass", args=[plan.pk])).context["form"]
    hidden = dict(form.hidden_inputs)
    send(guest, plan, **hidden, earned_on="2024-02-29", expires_on=hidden["suggested-expires_on"])
    assert fresh(plan).held_certificate.expires_on == date(2027, 2, 28)


@pytest.mark.parametrize(("given", "stored"), [("", None), ("2027-01-01", date(2027, 1, 1))])
def test_suggested_last_day_may_be_emptied_or_another(guest, plan, given, stored):
    hidden = dict(guest.get(reverse("plan-pass", args=[plan.pk])).context["form"].hidden_inputs)
    send(guest, plan, **hidden, expires_on=given)
    assert fresh(plan).held_certificate.expires_on == stored


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"earned_on": ""}, "Write when you earned it."),
        ({"earned_on": "2999-01-01"}, "Write a day from 1970 to 2100."),
        ({"earned_on": "2099-01-01", "expires_on": ""}, "You cannot have earned it on a day that is still to come."),
        ({"earned_on": "0001-01-01"}, "Write a day from 1970 to 2100."),
        ({"started_on": "2026-05-13"}, "You started on 13 May 2026, so you cannot have earned it before."),
        ({"started_on": "1969-12-31"}, "Write a day from 1970 on."),
        ({"expires_on": "2026-05-12"}, "It cannot lapse on that day or before."),
        ({"expires_on": "2020-05-12"}, "You earned it on 12 May 2026."),
        ({"expires_on": "9999-12-31"}, "Write a day from 1970 to 2100."),
        ({"expires_on": "nan"}, "You wrote “nan”."),
        ({"credential_number": "x" * 81}, "Write at most 80 characters."),
        ({"credential_url": "ftp://example.org"}, "Write a link that begins with https://."),
        ({"credential_url": "https://example.org/\x00"}, "Null characters are not allowed."),
        (
            {"suggested-earned_on": "9999-12-31", "suggested-expires_on": "9999-12-31", "earned_on": "x"},
            "x",
        ),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_recorded(guest, plan, given, words):
    assert words in send(guest, plan, **given).text
    assert not HeldCertificate.objects.exists()
    assert fresh(plan).version == 0


def test_start_that_they_left_as_it_is_moves_with_an_earlier_day(guest, plan):
    hidden = dict(guest.get(reverse("plan-pass", args=[plan.pk])).context["form"].hidden_inputs)
    send(guest, plan, **hidden, started_on="2026-01-02", earned_on="2025-05-12", expires_on="")
    assert (fresh(plan).status, fresh(plan).started_on) == ("passed", date(2025, 5, 12))
    page = certificate(guest, plan, earned_on="2025-05-11", expires_on="").text
    assert "The certificate is saved." in page
    assert fresh(plan).started_on == date(2025, 5, 11)


def test_certificate_recorded_in_the_profile_for_an_earlier_day_can_be_changed_from_its_plan(guest, plan, belt):
    guest.post(reverse("profile-certificates"), {"certification": belt.pk, "earned_on": "2025-05-12"})
    assert fresh(plan).started_on == date(2025, 5, 12)
    page = certificate(guest, plan, earned_on="2025-05-12", credential_number="7").text
    assert "The certificate is saved." in page


def test_start_that_they_write_has_to_come_before_the_day_to_be_ready_by(guest, plan):
    CertificationPlan.objects.update(target_on=date(2026, 2, 1))
    page = send(guest, plan, started_on="2026-03-01").text
    assert "You wanted to be ready by 1 February 2026. Write that day or an earlier one." in page
    send(guest, plan, started_on="2026-01-03")
    assert fresh(plan).started_on == date(2026, 1, 3)


def test_certificate_taken_back_can_be_recorded_again_for_the_same_day(guest, belt):
    plan = make_plan(guest.profile, belt)
    for _ in range(2):
        send(guest, plan)
        guest.post(reverse("plan-withdraw", args=[plan.pk]))
    send(guest, plan)
    assert fresh(plan).held_certificate.earned_on == date(2026, 5, 12)


@pytest.mark.parametrize(
    "days",
    [
        {"earned_on": date(2026, 11, 23), "expires_on": None},
        {"earned_on": date(2026, 1, 1), "expires_on": None, "started_on": date(2026, 1, 2)},
        {"earned_on": date(2026, 5, 12), "expires_on": date(2026, 5, 12)},
    ],
)
def test_impossible_days_are_refused_whoever_asks(plan, days):
    with pytest.raises(Refused):
        pass_plan(plan=plan, **days, **PASSED)
    assert not HeldCertificate.objects.exists()


def test_exam_that_was_booked_is_the_one_they_passed(plan):
    CertificationPlan.objects.update(
        status="booked", exam_at=datetime(2026, 11, 20, 20, tzinfo=UTC), exam_zone="Pacific/Auckland"
    )
    pass_plan(plan=fresh(plan), earned_on=date(2026, 11, 22), expires_on=None, **PASSED)
    attempt = plan.attempts.get()
    assert (attempt.taken_on, attempt.outcome) == (date(2026, 11, 21), "passed")


def test_pass_on_the_day_of_an_attempt_that_was_not_passed_asks_and_turns_it_where_they_say_so(guest, plan):
    plan.attempts.create(taken_on=date(2026, 5, 12), outcome="not_passed", score="71")
    page = send(guest, plan).text
    assert "You recorded that you did not pass on 12 May 2026." in page
    assert "This was that exam: it counts as passed" in page
    assert fresh(plan).status == "studying"
    send(guest, plan, was_that_exam="on")
    attempt = plan.attempts.get()
    assert (fresh(plan).status, attempt.outcome, attempt.score) == ("passed", "passed", "71")


@pytest.mark.parametrize("name", ["plan-pass", "plan-fail"])
def test_exam_that_is_over_in_a_zone_ahead_keeps_its_own_day(guest, plan, name):
    guest.profile.time_zone = "Pacific/Honolulu"  # where it is 21 November
    guest.profile.save()
    exam = {"exam_at": NOW - timedelta(hours=2), "exam_zone": "Pacific/Auckland"}
    CertificationPlan.objects.update(status="booked", **exam)
    page = guest.get(reverse(name, args=[plan.pk]))
    assert "The exam of 22 November 2026 leaves your plan and your calendar" in page.text
    day = "earned_on" if name == "plan-pass" else "taken_on"
    assert 'value="22 November 2026"' in page.text or 'value="2026-11-22"' in page.text
    change(guest, plan, name, **{day: "2026-11-22"})
    assert plan.attempts.get().taken_on == date(2026, 11, 22)


def test_attempts_before_stay_when_it_is_passed_and_when_it_is_taken_back(guest, plan):
    plan.attempts.create(taken_on=date(2026, 3, 1), outcome="not_passed")
    send(guest, plan)
    assert list(plan.attempts.values_list("outcome", flat=True)) == ["not_passed", "passed"]
    guest.post(reverse("plan-withdraw", args=[plan.pk]))
    assert plan.attempts.get().outcome == "not_passed"


def test_course_without_an_exam_has_no_attempt(guest, skill):
    course = make_certification(kind=Certification.Kind.COMPLETION, skills={skill: 2})
    plan = make_plan(guest.profile, course)
    assert "No exam at the end" in guest.get(reverse("plan-read", args=[plan.pk])).text
    send(guest, plan)
    assert (fresh(plan).status, plan.attempts.count()) == ("passed", 0)


def test_taking_it_back_says_what_falls_and_does_it_once(guest, plan, skill):
    rate(guest.profile, skill, 2)
    other = make_skill(name="Excel")
    plan.certification.credits.create(skill=other, proficiency=2)
    send(guest, plan)
    address = reverse("plan-withdraw", args=[plan.pk])
    page = guest.get(address).text
    assert "Problem solving: 3 now, then 2" in page
    assert "Excel: 2 now, then not known" in page
    for _ in range(2):
        assert guest.post(address, follow=True).status_code == 200
    plan = fresh(plan)
    assert (plan.status, plan.held_certificate, plan.version) == ("studying", None, 2)
    assert not HeldCertificate.objects.exists()
    assert (level(guest.profile, skill), level(guest.profile, other)) == (2, None)


def test_steps_that_passing_closed_are_open_again_when_it_is_taken_back(guest, plan):
    plan.steps.create(position=3, title="By hand")
    send(guest, plan)
    for done in ("no", "yes"):
        guest.post(reverse("step-tick", args=[plan.steps.get(title="By hand").pk]), {"done": done})
    address = reverse("plan-withdraw", args=[plan.pk])
    page = guest.get(address).text
    assert "“Practise” is open again" in page
    assert "“Read” is open again" not in page
    guest.post(address)
    assert [step.title for step in plan.steps.all() if not step.is_done] == ["Practise"]


def test_certificate_that_was_tracked_and_taken_back_leaves_the_guides_steps(guest, belt):
    belt.steps.create(position=1, title="Read", hours=39)
    held = make_held(guest.profile, belt)
    guest.post(reverse("certificate-track", args=[held.pk]))
    plan = guest.profile.certification_plans.get()
    assert not plan.steps.exists()
    guest.post(reverse("plan-withdraw", args=[plan.pk]))
    assert plan.steps.get().title == "Read"
    guest.post(reverse("step-remove", args=[plan.steps.get().pk]))
    page = guest.get(reverse("plan-read", args=[plan.pk])).text
    assert "You took the guide's steps out." in unescape(page)
    assert "The guide names no steps for it." not in page


def test_own_certificate_is_held_with_its_names_and_shows_no_skill(guest):
    plan = make_plan(guest.profile, title="Forklift licence", issuer="City of Pune")
    send(guest, plan)
    held = guest.profile.certificates.get()
    assert (held.name, held.issued_by, held.evidence.count()) == ("Forklift licence", "City of Pune", 0)
    assert fresh(plan).held_certificate == held
    for name in ("profile-certificates", "profile-read", "me-dashboard", "data-read"):
        assert guest.get(reverse(name)).status_code == 200
    page = guest.get(reverse("profile-certificates")).text
    assert "The guide does not list it, so it shows no skill." in page
    assert reverse("plan-read", args=[plan.pk]) in page


def test_own_certificate_stands_on_a_page_that_is_shared_and_in_the_resume(person, client):
    make_held(person.profile, title="Forklift licence", issuer="City of Pune")
    share = person.profile.shares.create(sections=["certificates"], expires_on=localdate() + timedelta(days=9))
    page = client.get(reverse("share-read", args=[share.token])).text
    assert "Forklift licence" in page
    assert "City of Pune" in page
    assert whole_resume(person.profile)["certificates"] == [
        {"name": "Forklift licence", "issuer": "City of Pune", "date": "2026-05-12"}
    ]
    assert "Forklift licence" in str(answers_in_words(person.profile, "certificates"))


def test_own_certificate_hides_no_certification_of_the_guide(guest, belt):
    make_held(guest.profile, title="Forklift licence")
    assert belt in Certification.objects.not_held_on(localdate(), profile=guest.profile)


def test_certificate_recorded_in_the_profile_passes_the_plan(guest, plan, belt):
    guest.post(reverse("profile-certificates"), {"certification": belt.pk, "earned_on": "2026-05-12"})
    plan = fresh(plan)
    assert (plan.status, plan.held_certificate) == ("passed", guest.profile.certificates.get())


@pytest.mark.parametrize("status", ["planned", "studying", "not_passed", "dropped"])
def test_whatever_the_plan_was_the_certificate_passes_it(guest, plan, belt, status):
    CertificationPlan.objects.update(status=status)
    hold_certificate(profile=guest.profile, certification=belt, earned_on=date(2026, 5, 12), expires_on=None, now=NOW)
    assert fresh(plan).status == "passed"


def test_other_days_in_the_profile_raise_the_version_and_the_same_do_not(guest, plan):
    send(guest, plan)
    address = reverse("certificate-edit", args=[fresh(plan).held_certificate_id])
    for _ in range(2):
        guest.post(address, {"earned_on": "2026-05-13", "expires_on": "2029-05-12"})
    assert fresh(plan).held_certificate.version == 1


def test_certificate_removed_in_the_profile_takes_the_plan_back(guest, plan):
    send(guest, plan)
    address = reverse("certificate-remove", args=[fresh(plan).held_certificate_id])
    assert "goes back to studying" in guest.get(address).text
    assert guest.post(address).status_code == 302
    assert (fresh(plan).status, HeldCertificate.objects.count()) == ("studying", 0)


def test_certificate_that_was_on_the_list_takes_the_newer_days(plan, belt):
    held = make_held(plan.profile, belt, earned_on=date(2020, 1, 1))
    pass_plan(plan=plan, earned_on=date(2026, 5, 12), expires_on=None, **PASSED)
    held.refresh_from_db()
    assert (held.earned_on, fresh(plan).held_certificate, held.version) == (date(2026, 5, 12), held, 1)


def test_certificate_of_the_list_gets_a_plan_for_its_renewal_once(guest, belt):
    held = make_held(guest.profile, belt, expires_on=date(2029, 5, 12))
    own = make_held(guest.profile, title="Forklift licence")
    for row in (held, held, own):
        address = reverse("certificate-track", args=[row.pk])
        assert "Your certificate" in guest.post(address, follow=True).text
    assert [plan.held_certificate for plan in guest.profile.certification_plans.order_by("pk")] == [held, own]


def change(client, plan, name, **given):
    return client.post(reverse(name, args=[plan.pk]), given, follow=True)


def test_renewal_sets_the_day_by_the_guide_and_keeps_the_day_it_was_earned(guest, plan):
    send(guest, plan, earned_on="2026-01-12", expires_on="2026-02-12")
    today, page = localdate(), guest.get(reverse("plan-renew", args=[plan.pk]))
    assert "It lapsed on 12 February 2026." in page.text
    hidden = dict(page.context["form"].hidden_inputs)
    given = {"renewed_on": "2026-02-10", "expires_on": hidden["suggested-expires_on"]}
    assert "It is valid until 10 February 2029." in change(guest, plan, "plan-renew", **hidden, **given).text
    held = fresh(plan).held_certificate
    assert (held.earned_on, held.renewed_on) == (date(2026, 1, 12), date(2026, 2, 10))
    assert held.standing_on(today) == "valid"
    again = {"renewed_on": "2026-02-11", "expires_on": "2029-02-11"}
    page = change(guest, plan, "plan-renew", **hidden, **again).text
    assert "“When you renewed it” is now 10 February 2026, “When it lapses now” is now 10 February 2029." in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"renewed_on": ""}, "Write when you renewed it."),
        ({"renewed_on": "2090-01-01", "expires_on": ""}, "You cannot have renewed it on a day that is still to come."),
        ({"renewed_on": "2026-01-01"}, "so you cannot have renewed it before."),
        ({"expires_on": "2026-06-01", "renewed_on": "2026-06-02"}, "Write that day or a later one."),
        ({"renewed_on": "0001-01-01"}, "Write a day from 1970 to 2100."),
        ({"expires_on": "9999-12-31"}, "Write a day from 1970 to 2100."),
    ],
)
def test_renewal_that_cannot_be_is_told(guest, plan, given, words):
    send(guest, plan)
    given = {"renewed_on": "2026-06-01", "expires_on": "2030-06-01", **given}
    assert words in change(guest, plan, "plan-renew", **given).text
    assert fresh(plan).held_certificate.version == 0


def test_renewal_without_a_known_validity_suggests_as_long_as_before_and_loses_no_day_unsaid(guest):
    plan = make_plan(guest.profile, title="Forklift licence")
    send(guest, plan, earned_on="2025-05-12", expires_on="2026-05-12")
    hidden = dict(guest.get(reverse("plan-renew", args=[plan.pk])).context["form"].hidden_inputs)
    page = change(guest, plan, "plan-renew", **hidden, renewed_on="2026-06-01").text
    assert "Write the day, or tick below that it does not lapse or is not known." in page
    assert fresh(plan).held_certificate.expires_on == date(2026, 5, 12)
    change(guest, plan, "plan-renew", **hidden, renewed_on="2026-06-01", expires_on=hidden["suggested-expires_on"])
    assert fresh(plan).held_certificate.expires_on == date(2027, 6, 1)
    change(guest, plan, "plan-renew", renewed_on="2026-06-02", lapses_never="on")
    assert fresh(plan).held_certificate.expires_on is None


def test_renewal_of_what_is_not_there_is_refused(plan):
    with pytest.raises(Refused):
        renew(plan=plan, renewed_on=date(2026, 5, 12), expires_on=None, now=NOW)


def certificate(client, plan, **given):
    given = {"earned_on": "2026-05-12", "expires_on": "2029-05-12", **given}
    return change(client, plan, "plan-certificate", **given)


def test_changing_the_certificate_moves_its_evidence_and_its_version(guest, plan):
    send(guest, plan)
    assert "The certificate is saved." in certificate(guest, plan, earned_on="2026-05-20", credential_number="7").text
    held = fresh(plan).held_certificate
    assert (held.version, held.credential_number, held.evidence.get().shown_on) == (1, "7", date(2026, 5, 20))


def test_certificate_from_before_the_plan_can_still_be_changed(guest, plan, belt):
    guest.post(reverse("profile-certificates"), {"certification": belt.pk, "earned_on": "2025-05-12"})
    certificate(guest, plan, earned_on="2025-05-12", expires_on="2028-05-12", credential_number="7")
    assert fresh(plan).held_certificate.credential_number == "7"


def test_older_tab_is_told_what_changed_of_the_certificate(guest, plan):
    send(guest, plan)
    hidden = dict(guest.get(reverse("plan-certificate", args=[plan.pk])).context["form"].hidden_inputs)
    certificate(guest, plan, credential_number="7", **hidden)
    response = certificate(guest, plan, credential_number="8", **hidden)
    assert "“Credential number” is now 7." in response.text
    again = dict(response.context["form"].hidden_inputs)
    certificate(guest, plan, credential_number="8", **again)
    assert fresh(plan).held_certificate.credential_number == "8"


def test_lapse_says_only_what_is_known(guest, plan, belt, skill):
    Certification.objects.update(
        fee_amount=422, fee_currency="USD", fee_as_of="2024", renewal_rule="Collect 20 points a year"
    )
    belt.steps.create(position=1, title="Read", hours=39)
    role = make_role(title="Quality Analyst")
    role.role_certifications.create(certification=belt)
    guest.profile.target_role = role
    guest.profile.save()
    goal = guest.profile.goals.create(role=role, criterion="fastest")
    goal.steps.create(kind="certification", leg=1, position=1, title=belt.title, certification=belt)
    send(guest, plan)
    assert lapse_cost(fresh(plan).held_certificate) == (
        "Sitting the exam again costs US$422 (2024).",
        "Preparing again takes about 39 h by the guide.",
        "The step of your goal, Quality Analyst, that asks for it is open again.",
        "Quality Analyst, the role you want to reach, recommends it.",
        "What the guide says of renewing: Collect 20 points a year.",
        "The skill that it showed stays as learnt.",
    )
    assert "What a lapse would cost" in guest.get(reverse("plan-read", args=[plan.pk])).text


def test_lapse_of_what_nobody_knows_says_so(guest):
    held = make_held(guest.profile, title="Forklift licence", expires_on=localdate() - timedelta(days=1))
    assert lapse_cost(held) == ("The guide does not list it: ask the issuer what renewing costs.",)
