"""What a guest did with certification plans is there after signing in: nothing lost, nothing doubled."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.services.plans import track
from careers.plans.study.models import StudyEntry
from careers.reminders.models import Reminder
from tests import factories as make

OLD = datetime(2026, 5, 12, 12, tzinfo=UTC)
NEW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 5, 12)


@pytest.fixture
def account(db):
    return make.make_profile(user=make.make_user())


@pytest.fixture
def guest(db):
    return make.make_profile()


def claim(account, guest):
    claim_guest(user=account.user, guest_pk=guest.pk)
    assert not Profile.objects.filter(pk=guest.pk).exists()


def titles(plan):
    return list(plan.steps.values_list("title", flat=True))


def test_a_plan_comes_along_with_all_that_hangs_on_it(account, guest):
    plan = make.make_plan(guest, steps=[("Read", 4, DAY)], status="studying", started_on=DAY)
    step = plan.steps.get()
    plan.entries.create(minutes=30, studied_on=DAY, step=step)
    plan.attempts.create(taken_on=DAY, outcome="not_passed")
    plan.exam_items.create(title="Photo ID", is_done=True)
    plan.files.create(file="ab/cd", name="proof.pdf", kind="application/pdf", size=9, digest="d")
    guest.study_clocks.create(plan=plan, step=step)
    guest.reminders.create(step=step, event_on=DAY, offset=7)
    guest.reminder_settings.create(by_email=False)
    feed = guest.calendar_feeds.create()
    told = guest.calendar_events.create(uid="exam-1", sequence=7, digest="", changed_at=NEW)
    claim(account, guest)
    merged = account.certification_plans.get()
    assert merged == plan
    for rows in (merged.steps, merged.entries, merged.attempts, merged.exam_items, merged.files, merged.clocks):
        assert rows.count() == 1
    assert account.reminders.get().step == step
    assert account.study_clocks.get().plan == plan
    assert not account.reminder_settings.get().by_email
    assert account.calendar_feeds.get() == feed
    assert account.calendar_events.get() == told


@pytest.mark.parametrize("own", [False, True])
def test_two_plans_for_one_certification_become_one(account, guest, own):
    certification = None if own else make.make_certification()
    names = [{"title": "Typing", "issuer": "A school"}, {"title": "TYPING", "issuer": "a School"}] if own else [{}, {}]
    mine = make.make_plan(account, certification, changed_at=OLD, status="studying", started_on=DAY, **names[0])
    theirs = make.make_plan(guest, certification, changed_at=NEW, version=1, target_on=date(2026, 12, 1), **names[1])
    for plan, minutes in ((mine, 20), (theirs, 40)):
        plan.entries.create(minutes=minutes, studied_on=DAY)
        plan.exam_items.create(title="Photo ID", is_done=plan == theirs)
        plan.attempts.create(taken_on=DAY, outcome="not_passed")
    claim(account, guest)
    plan = CertificationPlan.objects.get()
    assert (plan, plan.profile) == (mine, account)
    assert (plan.status, plan.started_on, plan.target_on) == ("studying", DAY, date(2026, 12, 1))
    assert sorted(plan.entries.values_list("minutes", flat=True)) == [20, 40]
    assert plan.exam_items.get().is_done
    assert plan.attempts.count() == 1


def test_steps_of_both_are_kept_once_and_done_where_either_is(account, guest):
    certification = make.make_certification(steps=[("Read", 4), ("Practise", 2)])
    mine = make.make_plan(account, certification, changed_at=OLD)
    seen = [{"title": title, "hours": None} for title in ("Read", "Practise")]
    theirs = make.make_plan(guest, certification, changed_at=NEW, version=1, seen_steps=seen)
    for plan, rows in (
        (mine, [("Read", "Read", DAY), ("Practise", "Practise", None), ("Ask Joan", "", None)]),
        (theirs, [("Read it twice", "Read", None), ("Learn the words", "", None)]),
    ):
        for place, (title, guide_title, done_on) in enumerate(rows, start=1):
            plan.steps.create(position=place, title=title, guide_title=guide_title, done_on=done_on, changed_at=NEW)
    mine.entries.create(minutes=20, studied_on=DAY, step=mine.steps.first())
    claim(account, guest)
    assert titles(mine) == ["Read it twice", "Learn the words", "Ask Joan"]  # “Practise” was taken out later
    assert mine.steps.get(title="Read it twice").done_on == DAY
    assert StudyEntry.objects.get().step.title == "Read it twice"
    assert PlanStep.objects.count() == 3


@pytest.mark.parametrize("holder", ["guest", "account"])
def test_what_either_holds_is_passed(account, guest, holder):
    certification = make.make_certification()
    make.make_held(guest if holder == "guest" else account, certification)
    make.make_plan(account, certification, status="studying", started_on=DAY, changed_at=NEW)
    claim(account, guest)
    plan = account.certification_plans.get()
    assert (plan.status, plan.held_certificate) == ("passed", account.certificates.get())


def test_passed_on_both_sides_is_one_certificate_with_what_each_knew(account, guest):
    certification = make.make_certification()
    for profile, fields in (
        (account, {"credential_number": "42", "answered_at": OLD, "expires_on": date(2029, 1, 1)}),
        (guest, {"credential_url": "https://example.org/42", "answered_at": NEW, "renewed_on": DAY}),
    ):
        held = make.make_held(profile, certification, **fields)
        make.make_plan(profile, certification, status="passed", held_certificate=held, changed_at=fields["answered_at"])
    claim(account, guest)
    held = account.certificates.get()
    assert (held.credential_number, held.credential_url) == ("42", "https://example.org/42")
    assert (held.renewed_on, held.expires_on) == (DAY, None)
    assert account.certification_plans.get().held_certificate == held


def test_an_exam_that_was_booked_later_stays_booked(account, guest):
    certification = make.make_certification()
    make.make_plan(account, certification, changed_at=OLD)
    make.make_plan(
        guest, certification, changed_at=NEW, status="booked", exam_at=NEW + timedelta(days=9), exam_zone="Asia/Manila"
    )
    claim(account, guest)
    plan = account.certification_plans.get()
    assert (plan.status, plan.exam_at, plan.exam_zone) == ("booked", NEW + timedelta(days=9), "Asia/Manila")


def test_of_two_running_clocks_the_later_runs_on_and_the_other_is_logged(account, guest):
    first, second = make.make_plan(account), make.make_plan(guest)
    account.study_clocks.create(plan=first, started_at=OLD)
    guest.study_clocks.create(plan=second, started_at=OLD + timedelta(minutes=45))
    claim(account, guest)
    assert account.study_clocks.get().plan == second
    assert [(entry.plan, entry.minutes) for entry in StudyEntry.objects.all()] == [(first, 45)]


@pytest.mark.parametrize(("opened", "wins"), [(None, "account"), (NEW, "guest")])
def test_one_calendar_address_stays(account, guest, opened, wins):
    mine = account.calendar_feeds.create(opened_at=OLD)
    theirs = guest.calendar_feeds.create(opened_at=opened)
    claim(account, guest)
    assert account.calendar_feeds.get() == {"account": mine, "guest": theirs}[wins]


@pytest.mark.parametrize(("said_at", "wins"), [(OLD, True), (NEW, False)])
def test_how_to_be_reminded_is_what_was_said_last(account, guest, said_at, wins):
    account.reminder_settings.create(by_email=True, answered_at=datetime(2026, 8, 1, tzinfo=UTC))
    guest.reminder_settings.create(by_email=False, answered_at=said_at)
    claim(account, guest)
    assert account.reminder_settings.get().by_email == wins


def test_reminders_of_a_certificate_come_along(account, guest):
    held = make.make_held(guest, expires_on=date(2027, 5, 12))
    guest.reminders.create(held_certificate=held, event_on=held.expires_on, offset=60)
    claim(account, guest)
    assert Reminder.objects.get().profile == account


def booked(profile, certification, **fields):
    exam = {"exam_at": NEW + timedelta(days=9), "exam_zone": "Asia/Manila", "exam_place": "Hall 3"}
    return make.make_plan(profile, certification, status="booked", changed_at=OLD, version=3, **exam, **fields)


def test_a_plan_that_was_only_begun_takes_nothing_from_the_other(account, guest):
    certification = make.make_certification(steps=[("Read", 4)])
    plan = booked(account, certification, target_on=date(2026, 12, 1))
    plan.steps.create(position=1, title="Read chapters 1 to 9 with Joan", hours=12, guide_title="Read", version=1)
    track(profile=guest, certification=certification, now=NEW)
    claim(account, guest)
    plan = account.certification_plans.get()
    assert (plan.status, plan.exam_at, plan.exam_zone) == ("booked", NEW + timedelta(days=9), "Asia/Manila")
    assert (plan.exam_place, plan.target_on) == ("Hall 3", date(2026, 12, 1))
    assert list(plan.steps.values_list("title", "hours")) == [("Read chapters 1 to 9 with Joan", 12)]


@pytest.mark.parametrize("booker", ["guest", "account"])
def test_an_exam_that_either_booked_stays_booked(account, guest, booker):
    certification = make.make_certification()
    mine, theirs = (account, guest) if booker == "account" else (guest, account)
    booked(mine, certification)
    make.make_plan(theirs, certification, status="studying", started_on=DAY, changed_at=NEW, version=1)
    claim(account, guest)
    plan = account.certification_plans.get()
    assert (plan.status, plan.exam_zone, plan.started_on) == ("booked", "Asia/Manila", DAY)


def test_a_plan_that_only_the_guest_passed_is_passed(account, guest):
    certification = make.make_certification()
    make.make_plan(account, certification, status="studying", started_on=DAY, changed_at=NEW, version=1)
    make.make_plan(
        guest, certification, status="passed", held_certificate=make.make_held(guest, certification), changed_at=OLD
    )
    claim(account, guest)
    plan = account.certification_plans.get()
    assert (plan.status, plan.held_certificate) == ("passed", account.certificates.get())


def test_steps_of_one_name_are_each_kept(account, guest):
    certification = make.make_certification(steps=[("Read", 4)])
    plan = make.make_plan(account, certification, changed_at=OLD, version=1)
    for place in (1, 2):
        plan.steps.create(position=place, title="Practice test", done_on=DAY)
    track(profile=guest, certification=certification, now=NEW)
    claim(account, guest)
    assert plan.steps.filter(title="Practice test", done_on=DAY).count() == 2


def test_an_open_step_with_a_day_or_with_time_stays_when_the_guide_has_it_no_more(account, guest):
    certification = make.make_certification(steps=[("Read the new edition", 4)])
    plan = make.make_plan(account, certification, changed_at=OLD)
    step = plan.steps.create(position=1, title="Read", guide_title="Read", due_on=DAY)
    plan.entries.create(minutes=500, studied_on=DAY, step=step)
    guests, _ = track(profile=guest, certification=certification, now=NEW)
    guests.entries.create(minutes=5, studied_on=DAY)
    claim(account, guest)
    assert titles(plan) == ["Read the new edition", "Read"]
    assert StudyEntry.objects.get(minutes=500).step == step


def test_a_note_that_was_put_away_stays_away(account, guest):
    certification = make.make_certification()
    mine = make.make_plan(account, certification, steps=[("Read", 4, None)], changed_at=OLD)
    theirs = make.make_plan(guest, certification, steps=[("Read", 4, None)], changed_at=NEW, version=1)
    account.reminders.create(step=mine.steps.get(), event_on=DAY, offset=7, seen_at=NEW)
    guest.reminders.create(step=theirs.steps.get(), event_on=DAY, offset=7)
    claim(account, guest)
    assert Reminder.objects.get().seen_at == NEW


def test_a_renamed_plan_is_followed_by_its_certificate(account, guest):
    held = make.make_held(account, title="Alpha", issuer="A school")
    make.make_plan(account, title="Beta", issuer="A school", status="passed", held_certificate=held)
    make.make_plan(guest, title="Alpha", issuer="A school", changed_at=NEW, version=1)
    claim(account, guest)
    plan = account.certification_plans.get()
    assert (plan.status, plan.held_certificate) == ("passed", held)


def test_a_clock_counts_for_the_day_where_the_person_is(account, guest):
    Profile.objects.filter(pk=account.pk).update(time_zone="Pacific/Auckland")
    account.study_clocks.create(plan=make.make_plan(account), started_at=datetime(2026, 11, 21, 20, tzinfo=UTC))
    guest.study_clocks.create(plan=make.make_plan(guest), started_at=datetime(2026, 11, 21, 21, tzinfo=UTC))
    claim(account, guest)
    assert StudyEntry.objects.get().studied_on == date(2026, 11, 22)


KEYS = ["Read", "Practise", "Ask"]
STATES = ["none", "planned", "studying", "booked", "not_passed", "dropped", "passed", "held"]
sides = st.fixed_dictionaries(
    {
        "state": st.sampled_from(STATES),
        "version": st.integers(0, 1),
        "moment": st.sampled_from([OLD, NEW]),
        "steps": st.lists(st.tuples(st.sampled_from(KEYS), st.booleans(), st.booleans()), max_size=5),
        "minutes": st.integers(0, 60),
    }
)


def make_side(profile, certification, *, state, version, moment, steps, minutes):
    held = make.make_held(profile, certification) if state in ("passed", "held") else None
    if state in ("none", "held"):
        return
    fields = {"started_on": DAY} if state == "studying" else {}
    fields |= {"exam_at": NEW, "exam_zone": "UTC"} if state == "booked" else {}
    fields |= {"held_certificate": held} if held else {}
    plan = make.make_plan(profile, certification, status=state, version=version, changed_at=moment, **fields)
    for place, (title, is_own, is_done) in enumerate(steps, start=1):
        guide_title = "" if is_own else title
        plan.steps.create(position=place, title=title, guide_title=guide_title, done_on=DAY if is_done else None)
    if minutes:
        plan.entries.create(minutes=minutes, studied_on=DAY)


def done_of(side):
    return Counter(title for title, _, is_done in side["steps"] if is_done and side["state"] not in ("none", "held"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(mine=sides, theirs=sides)
def test_whatever_two_plans_are_nothing_done_or_logged_is_lost(db, mine, theirs):
    account, guest = make.make_profile(user=make.make_user()), make.make_profile()
    certification = make.make_certification()
    make_side(account, certification, **mine)
    make_side(guest, certification, **theirs)
    claim(account, guest)
    plan = account.certification_plans.first()
    is_held = any(side["state"] in ("passed", "held") for side in (mine, theirs))
    assert account.certificates.exists() == is_held
    if plan is None:
        assert {mine["state"], theirs["state"]} <= {"none", "held"}
        return
    assert (plan.status == "passed") == is_held
    states = {side["state"] for side in (mine, theirs)}
    if "booked" in states and not states - {"booked", "planned", "studying", "none"}:
        assert plan.status == "booked"
    done = Counter(plan.steps.exclude(done_on=None).values_list("title", flat=True))
    assert all(done[title] >= max(done_of(mine)[title], done_of(theirs)[title]) for title in KEYS)
    logged = sum(side["minutes"] for side in (mine, theirs) if side["state"] not in ("none", "held"))
    assert sum(plan.entries.values_list("minutes", flat=True)) == logged
