"""Study time: the log counts once, the clock runs on, sums are made by the database."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from careers.people.models.profiles import Profile
from careers.people.views.requests import AnonymousProfile
from careers.plans.models import PlanStep
from careers.plans.study.models import StudyClock, StudyEntry
from careers.plans.study.rules.weeks import monday_of
from careers.plans.study.selectors import study_overview
from careers.plans.study.services.clock import minutes_on, stop_clock
from careers.plans.study.services.log import log_study
from tests import factories as make
from tests.queries import queries_of, queries_of_page

pytestmark = pytest.mark.django_db
STEPS = [("Read the handbook", 6, None), ("Sit the exam", 2, None)]


@pytest.fixture
def plan(person):
    return make.make_plan(person.profile, title="Yellow Belt", steps=STEPS)


def address(name, pk):
    return reverse(name, args=[pk])


def log(client, plan, **fields):
    values = {"minutes": "45", "studied_on": localdate().isoformat(), **fields}
    return client.post(address("plan-log", plan.pk), values)


def clock_of(plan, *, ago, **fields):
    return plan.clocks.create(profile=plan.profile, started_at=timezone.now() - ago, **fields)


class TestLog:
    def test_adds_minutes_of_a_day(self, person, plan):
        step = plan.steps.first()
        response = log(person, plan, step=step.pk, note="Chapter 3")
        assert response.status_code == 302
        entry = plan.entries.get()
        assert (entry.minutes, entry.studied_on, entry.step, entry.note) == (45, localdate(), step, "Chapter 3")
        page = person.get(f"/me/plans/{plan.pk}/").text
        assert "45 min on" in page
        assert "This week you did <strong>45 min</strong> so far." in page

    def test_makes_a_planned_plan_one_that_is_studied(self, person, plan):
        log(person, plan)
        plan.refresh_from_db()
        assert (plan.status, plan.started_on) == ("studying", localdate())

    def test_of_an_earlier_day_moves_the_start(self, person, plan):
        day = localdate() - timedelta(days=9)
        log(person, plan, studied_on=day.isoformat())
        plan.refresh_from_db()
        assert (plan.status, plan.started_on) == ("studying", day)
        earlier = {"minutes": "30", "studied_on": (day - timedelta(days=1)).isoformat()}
        person.post(reverse("entry-edit", args=[plan.entries.get().pk]), earlier)
        plan.refresh_from_db()
        assert plan.started_on == day - timedelta(days=1)

    def test_leaves_a_plan_whose_day_is_over_as_it_is(self, person, plan):
        plan.target_on = localdate() - timedelta(days=1)
        plan.save()
        assert log(person, plan).status_code == 302
        plan.refresh_from_db()
        assert plan.status == "planned"

    @pytest.mark.parametrize(
        "minutes", ["", "0", "-5", "1441", "1e400", "NaN", "Infinity", "1.5", "x\x00", "9" * 10_000, "🙂", "１２x"]
    )
    def test_asks_again_for_minutes_that_cannot_be(self, person, plan, minutes):
        page = log(person, plan, minutes=minutes, note="Stays")
        assert page.status_code == 200
        assert "Write a whole number" in page.text
        assert 'value="Stays"' in page.text
        assert page.text.count("One thing to fix") == 1
        assert not plan.entries.exists()

    @pytest.mark.parametrize("day", ["", "tomorrow", "0001-01-01", "9999-12-31", "2027-02-29", "1969-12-31", "\x00"])
    def test_asks_again_for_a_day_that_cannot_be(self, person, plan, day):
        page = log(person, plan, studied_on=day)
        assert page.status_code == 200
        assert 'aria-invalid="true"' in page.text
        assert not plan.entries.exists()

    @pytest.mark.parametrize("note", ["x" * 10_000, "🙂" * 501])
    def test_asks_again_for_a_note_that_is_too_long(self, person, plan, note):
        assert "Write at most 500 characters." in log(person, plan, note=note).text

    @pytest.mark.parametrize("step", ["0", "x", str(2**70), "\x00"])
    def test_asks_again_for_a_step_of_another_plan(self, person, plan, step):
        assert log(person, plan, step=step).status_code == 200
        assert log(person, plan, step=make.make_plan(steps=STEPS).steps.first().pk).status_code == 200
        assert not plan.entries.exists()

    def test_refuses_a_day_longer_than_24_hours_over_all_plans(self, person, plan):
        other = make.make_plan(person.profile)
        other.entries.create(minutes=1400, studied_on=localdate())
        page = log(person, plan, minutes="41")
        assert "You have logged 23 h 20 min on this day already" in page.text
        assert "Write at most 40 minutes." in page.text
        assert log(person, plan, minutes="40").status_code == 302
        assert "You have logged 24 h on this day already." in log(person, plan, minutes="1").text

    def test_refuses_what_is_for_a_plan_that_is_dropped(self, person, plan):
        plan.status = "dropped"
        plan.save()
        assert "Take it up again" in log(person, plan).text
        assert 'name="minutes"' not in person.get(f"/me/plans/{plan.pk}/").text

    def test_for_a_step_that_another_tab_removes_at_that_moment_is_kept_without_it(self, person, plan):
        step = plan.steps.first()
        PlanStep.objects.filter(pk=step.pk).delete()
        log_study(plan=plan, minutes=45, studied_on=localdate(), step=step, now=timezone.now())
        entry = plan.entries.get()
        assert (entry.minutes, entry.step) == (45, None)


class TestEntries:
    def test_of_a_day_that_is_too_full_can_be_lowered(self, person, plan):
        one, _ = [plan.entries.create(minutes=1000, studied_on=date(2026, 1, 2)) for _ in range(2)]
        values = {"studied_on": "2026-01-02"}
        assert person.post(address("entry-edit", one.pk), values | {"minutes": "900"}).status_code == 302
        assert "Write at most" in person.post(address("entry-edit", one.pk), values | {"minutes": "901"}).text
        one.refresh_from_db()
        assert one.minutes == 900

    def test_are_listed_the_newest_first_and_in_pages(self, person, plan):
        for number in range(25):
            plan.entries.create(minutes=number + 1, studied_on=localdate() - timedelta(days=number))
        first = person.get(address("plan-entries", plan.pk)).text
        assert "25 entries" in first
        assert first.index(">1 min<") < first.index(">20 min<")
        assert ">21 min<" in person.get(address("plan-entries", plan.pk), {"page": 2}).text
        for page in ("0", "x", "999", "-1", "\x00"):
            assert person.get(address("plan-entries", plan.pk), {"page": page}).status_code == 200
        assert "All entries" in person.get(f"/me/plans/{plan.pk}/").text

    def test_can_be_changed(self, person, plan):
        entry = plan.entries.create(minutes=30, studied_on=localdate(), note="Old")
        values = {"minutes": "60", "studied_on": "2026-01-02", "note": "New", "step": plan.steps.first().pk}
        assert person.post(address("entry-edit", entry.pk), values).status_code == 302
        entry.refresh_from_db()
        assert (entry.minutes, entry.studied_on, entry.note) == (60, date(2026, 1, 2), "New")
        assert entry.step == plan.steps.first()

    def test_changed_in_two_tabs_at_once_lose_nothing(self, person, plan):
        entry = plan.entries.create(minutes=30, studied_on=date(2026, 1, 2), note="Old")
        seen = {"initial-": "", "initial-minutes": "30", "initial-studied_on": "2026-01-02", "initial-note": "Old"}
        for minutes, note in (("60", "Old"), ("30", "New")):
            values = {"minutes": minutes, "studied_on": "2026-01-02", "note": note}
            person.post(address("entry-edit", entry.pk), seen | values)
        entry.refresh_from_db()
        assert (entry.minutes, entry.note) == (60, "New")

    def test_changed_to_what_cannot_be_keep_what_was_typed(self, person, plan):
        plan.entries.create(minutes=1400, studied_on=date(2026, 1, 2))
        entry = plan.entries.create(minutes=30, studied_on=date(2026, 1, 2))
        page = person.post(address("entry-edit", entry.pk), {"minutes": "90", "studied_on": "2026-01-02"})
        assert 'value="90"' in page.text
        assert "Write at most 40 minutes." in page.text
        entry.refresh_from_db()
        assert entry.minutes == 30

    def test_removed_can_come_back_once(self, person, plan):
        entry = plan.entries.create(minutes=30, studied_on=date(2026, 1, 2), note="Mine", step=plan.steps.first())
        page = person.post(address("entry-remove", entry.pk), follow=True).text
        assert "Removed 30 min on 2 January 2026." in page
        assert not plan.entries.exists()
        for _ in range(2):
            person.post(address("plan-entry-restore", plan.pk), {"entry": entry.pk})
        back = plan.entries.get()
        assert (back.minutes, back.studied_on, back.note, back.key) == (30, date(2026, 1, 2), "Mine", entry.key)
        assert back.step == plan.steps.first()

    def test_of_another_plan_do_not_come_back_to_this_one(self, person, plan):
        other = make.make_plan(person.profile)
        entry = other.entries.create(minutes=30, studied_on=localdate())
        person.post(address("entry-remove", entry.pk))
        person.post(address("plan-entry-restore", plan.pk), {"entry": entry.pk})
        assert not StudyEntry.objects.exists()

    def test_stay_when_their_step_goes(self, person, plan):
        entry = plan.entries.create(minutes=30, studied_on=localdate(), step=plan.steps.first())
        plan.steps.first().delete()
        assert person.get(address("entry-edit", entry.pk)).status_code == 200


class TestClock:
    def test_runs_on_whatever_becomes_of_the_page(self, person, plan):
        step = plan.steps.first()
        person.post(address("plan-clock-start", plan.pk), {"step": step.pk})
        clock = StudyClock.objects.get()
        assert (clock.plan, clock.step) == (plan, step)
        for _ in range(2):
            page = person.get(f"/me/plans/{plan.pk}/").text
            assert "The clock is running" in page
            assert f"since {timezone.localtime(clock.started_at):%H:%M}" in page
            assert 'data-clock="' in page
        plan.refresh_from_db()
        assert plan.status == "studying"

    def test_started_twice_runs_on_from_the_first_start(self, person, plan):
        clock = clock_of(plan, ago=timedelta(minutes=24))
        person.post(address("plan-clock-start", plan.pk))
        assert StudyClock.objects.get() == clock

    @pytest.mark.parametrize("step", ["", "x", "0", str(2**70), "\x00"])
    def test_starts_without_a_step_that_is_not_there(self, person, plan, step):
        person.post(address("plan-clock-start", plan.pk), {"step": step})
        assert StudyClock.objects.get().step is None

    def test_stopped_becomes_an_entry_once(self, person, plan):
        clock_of(plan, ago=timedelta(minutes=24, seconds=20), step=plan.steps.first())
        page = person.post(reverse("clock-stop"), follow=True).text
        assert "Logged 24 min for Yellow Belt." in page
        assert "No clock is running." in person.post(reverse("clock-stop"), follow=True).text
        entry = plan.entries.get()
        assert (entry.minutes, entry.step) == (24, plan.steps.first())
        assert not StudyClock.objects.exists()

    def test_stopped_in_an_old_tab_leaves_the_next_one_running(self, person, plan):
        old = clock_of(plan, ago=timedelta(minutes=24))
        person.post(reverse("clock-stop"), {"clock": old.pk})
        clock_of(plan, ago=timedelta(minutes=1))
        person.post(reverse("clock-stop"), {"clock": old.pk})
        person.post(reverse("clock-discard"), {"clock": old.pk})
        assert StudyClock.objects.count() == plan.entries.count() == 1

    def test_of_another_plan_has_to_be_stopped_first(self, person, plan):
        other = make.make_plan(person.profile, title="ITIL 4", steps=STEPS)
        clock_of(other, ago=timedelta(minutes=24))
        assert "Your clock is running for" in person.get(f"/me/plans/{plan.pk}/").text
        response = person.post(address("plan-clock-start", plan.pk), follow=True)
        assert "Your clock runs for ITIL 4. Stop that one first." in response.text
        assert StudyClock.objects.get().plan == other
        response = person.post(reverse("clock-stop"), {"minutes": "20", "for": plan.pk})
        assert response.url == f"/me/plans/{plan.pk}/#study"
        assert other.entries.get().minutes == 20

    def test_that_ran_long_asks_first_how_long_it_really_was(self, person, plan):
        clock_of(plan, ago=timedelta(hours=9))
        page = person.post(reverse("clock-stop"))
        assert "How long was it really?" in page.text
        assert 'value="540"' in page.text
        assert StudyClock.objects.exists()
        for minutes in ("", "x", "0", "1441", "NaN"):
            page = person.post(reverse("clock-stop"), {"minutes": minutes})
            assert "Write a whole number" in page.text
        assert not plan.entries.exists()
        person.post(reverse("clock-stop"), {"minutes": "100"})
        assert plan.entries.get().minutes == 100

    def test_that_would_make_a_day_too_long_asks_as_well(self, person, plan):
        clock = clock_of(plan, ago=timedelta(hours=1))
        plan.entries.create(minutes=1410, studied_on=localdate(clock.started_at))
        page = person.post(reverse("clock-stop"))
        assert "Write at most 30 minutes." in page.text
        assert StudyClock.objects.exists()

    def test_can_be_thrown_away(self, person, plan):
        clock_of(plan, ago=timedelta(hours=1))
        person.post(reverse("clock-discard"))
        assert not StudyClock.objects.exists()
        assert not plan.entries.exists()

    def test_that_was_turned_off_by_mistake_runs_on_from_its_start(self, person, plan):
        started_at = clock_of(plan, ago=timedelta(hours=1), step=plan.steps.first()).started_at
        page = person.post(reverse("clock-discard"), follow=True).text
        assert "The clock is off, and nothing is logged." in page
        key = re.search(r'name="clock" value="(\d+)"', page).group(1)
        for _ in range(2):
            person.post(address("plan-clock-restore", plan.pk), {"clock": key})
        clock = StudyClock.objects.get()
        assert (clock.started_at, clock.step) == (started_at, plan.steps.first())

    def test_is_stopped_where_it_was_started(self, person, plan):
        step = plan.steps.first()
        response = person.post(address("plan-clock-start", plan.pk), {"step": step.pk})
        assert response.url == f"/me/plans/{plan.pk}/#step-{step.pk}"
        page = person.get(f"/me/plans/{plan.pk}/").text
        assert page.count("data-clock=") == 2  # at the step and under “Study time”
        assert "Start the clock" not in page
        assert person.post(reverse("clock-stop")).url == f"/me/plans/{plan.pk}/#study"

    def test_of_a_plan_that_was_dropped_meanwhile_still_counts(self, person, plan):
        clock_of(plan, ago=timedelta(hours=1))
        plan.status = "dropped"
        plan.save()
        person.post(reverse("clock-stop"))
        assert plan.entries.get().minutes == 60
        assert "Take it up again" in person.post(address("plan-clock-start", plan.pk), follow=True).text
        assert not StudyClock.objects.exists()

    def test_is_nobody_elses_to_stop(self, person):
        plan = make.make_plan()
        clock = clock_of(plan, ago=timedelta(hours=1))
        person.post(reverse("clock-stop"), {"clock": clock.pk})
        person.post(reverse("clock-discard"), {"clock": clock.pk})
        assert StudyClock.objects.exists()

    @pytest.mark.parametrize(
        ("zone", "day"), [("Pacific/Auckland", 28), ("Europe/London", 27), ("Pacific/Honolulu", 27)]
    )
    def test_counts_for_the_day_it_was_started_past_midnight_and_summer_time(self, zone, day):
        """Clocks in Europe go back in that night, and three hours are three hours."""
        plan = make.make_plan()
        start = datetime(2027, 10, 27 if zone != "Europe/London" else 30, 22, 30, tzinfo=UTC)
        clock = plan.clocks.create(profile=plan.profile, started_at=start)
        with timezone.override(zone):
            entry = stop_clock(clock=clock, now=start + timedelta(hours=3))
        assert entry.minutes == 180
        assert entry.studied_on == timezone.localdate(start, timezone=timezone.zoneinfo.ZoneInfo(zone))

    @pytest.mark.parametrize(
        ("ran", "minutes"), [(timedelta(seconds=-90), 1), (timedelta(seconds=5), 1), (timedelta(days=40), 1440)]
    )
    def test_has_run_at_least_a_minute_and_at_most_a_day(self, ran, minutes):
        clock = clock_of(make.make_plan(), ago=timedelta())
        assert minutes_on(clock, clock.started_at + ran) == minutes


class TestSection:
    def test_says_what_is_needed_and_what_was_done(self, person, plan):
        plan.target_on = localdate() + timedelta(days=21)
        plan.save()
        monday = monday_of(localdate())
        plan.entries.create(minutes=120, studied_on=monday - timedelta(days=7), step=plan.steps.first())
        plan.entries.create(minutes=120, studied_on=monday - timedelta(days=14))
        page = person.get(f"/me/plans/{plan.pk}/").text
        assert "You need <strong>2 h a week</strong> to be ready by" in page
        assert "In the last four weeks you did <strong>1 h a week</strong>." in page
        assert page.count("Show the figures") == 1

    def test_leads_to_the_day_to_be_ready_by_where_there_is_none(self, person, plan):
        assert f'href="/me/plans/{plan.pk}/target/">Choose a day' in person.get(f"/me/plans/{plan.pk}/").text

    def test_needs_nothing_of_what_is_passed(self, person):
        held = make.make_held(person.profile, title="Belt")
        plan = make.make_plan(person.profile, title="Belt", status="passed", held_certificate=held, steps=STEPS)
        page = person.get(f"/me/plans/{plan.pk}/").text
        assert "of your steps are left" not in page
        assert "Start the clock" not in page

    def test_queries_do_not_grow_with_the_log(self, person, plan):
        def add(number):
            day = date(2026, 11, 20)
            StudyEntry.objects.bulk_create(
                StudyEntry(plan=plan, minutes=5, studied_on=day - timedelta(days=n), step=plan.steps.first())
                for n in range(number)
            )

        add(1)
        few = queries_of_page(person, f"/me/plans/{plan.pk}/")
        list_few = queries_of_page(person, address("plan-entries", plan.pk))
        add(500)
        assert queries_of_page(person, f"/me/plans/{plan.pk}/") <= few
        assert queries_of_page(person, address("plan-entries", plan.pk)) <= list_few


class TestOverview:
    def test_sums_all_plans_of_this_person_only(self):
        profile, today = make.make_profile(), date(2026, 11, 22)
        for plan in (make.make_plan(profile), make.make_plan(profile), make.make_plan()):
            plan.entries.create(minutes=30, studied_on=today)
        assert [week.minutes for week in study_overview(profile, today).weeks] == [0] * 7 + [60]

    def test_says_what_plans_with_a_day_need_together(self):
        profile, today = make.make_profile(), date(2026, 11, 22)
        for _ in range(2):
            make.make_plan(profile, target_on=date(2026, 12, 13), steps=[("Read", 9, None)])
        make.make_plan(profile, status="dropped", target_on=date(2026, 12, 13), steps=[("Read", 9, None)])
        study = study_overview(profile, today)
        assert str(study.need) == "You need 6 h a week for 2 plans to be ready in time."
        assert study.upright.need == "6 h"

    def test_counts_until_the_exam_where_that_comes_first(self):
        profile, today = make.make_profile(), date(2026, 11, 22)
        exam = {"status": "booked", "exam_at": datetime(2026, 12, 12, 18, tzinfo=UTC), "exam_zone": "Asia/Manila"}
        make.make_plan(profile, target_on=date(2026, 12, 20), steps=[("Read", 9, None)], **exam)
        with timezone.override("Asia/Manila"):
            assert "by 13 December." in str(study_overview(profile, today).need)

    def test_counts_weeks_in_a_row_only_where_they_want_it(self):
        profile, today = make.make_profile(), date(2026, 11, 22)
        plan = make.make_plan(profile)
        for weeks in range(4):
            plan.entries.create(minutes=30, studied_on=today - timedelta(days=7 * weeks))
        assert study_overview(profile, today).streak is None
        profile.shows_streak = True
        assert study_overview(profile, today).streak == "4 weeks in a row with study"

    def test_of_a_visitor_is_empty(self):
        study = study_overview(AnonymousProfile(), date(2026, 11, 22))
        assert (study.need, study.has_any) == (None, False)

    def test_costs_the_same_queries_for_one_and_for_many(self):
        profile, today = make.make_profile(), date(2026, 11, 22)

        def add(plans, entries):
            for _ in range(plans):
                plan = make.make_plan(profile, steps=STEPS)
                StudyEntry.objects.bulk_create(
                    StudyEntry(plan=plan, minutes=5, studied_on=today - timedelta(days=n)) for n in range(entries)
                )

        add(1, 1)
        few = queries_of(lambda: study_overview(profile, today))
        add(20, 50)
        assert queries_of(lambda: study_overview(profile, today)) == few <= 4

    def test_sums_are_made_by_the_database(self):
        profile, today = make.make_profile(), date(2026, 11, 22)
        plan = make.make_plan(profile)
        StudyEntry.objects.bulk_create(
            StudyEntry(plan=plan, minutes=1, studied_on=today - timedelta(days=n % 700)) for n in range(5000)
        )
        by_week = StudyEntry.objects.minutes_by_week()
        assert sum(by_week.values()) == 5000
        assert {day.weekday() for day in by_week} == {0}
        assert len(by_week) == 100


class TestStreak:
    def test_is_said_on_and_off(self, person):
        for said, kept in (("yes", True), ("yes", True), ("x", True), ("no", False)):
            assert person.post(reverse("streak-switch"), {"on": said}).status_code == 302
            assert Profile.objects.get(pk=person.profile.pk).shows_streak is kept
        assert Profile.objects.get(pk=person.profile.pk).answered("shows_streak")


@pytest.mark.django_db
def test_an_entry_that_another_tab_changed_is_told_before_it_is_written_over(person):
    entry = make.make_plan(person.profile).entries.create(minutes=30, studied_on=date(2026, 5, 12))
    address = reverse("entry-edit", args=[entry.pk])
    page = {"initial-": "", "initial-minutes": "30", "initial-studied_on": "2026-05-12", "studied_on": "2026-05-12"}
    assert person.post(address, {**page, "minutes": "40"}).status_code == 302
    told = person.post(address, {**page, "minutes": "50"})
    assert "“Minutes” is now 40" in told.text
    assert 'name="initial-minutes" value="40"' in told.text
    assert entry.plan.entries.get().minutes == 40
    assert person.post(address, {**page, "initial-minutes": "40", "minutes": "50"}).status_code == 302
    assert entry.plan.entries.get().minutes == 50
