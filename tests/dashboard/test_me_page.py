""" "My plan": what is next of certification plans, the list, what comes up, and what it costs to show them."""

import re
from datetime import date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.plans.study.models import StudyEntry
from tests import factories as make
from tests.queries import queries_of_page

TODAY = timezone.localdate()
MANILA = "Asia/Manila"


def on(days):
    return TODAY + timedelta(days=days)


def exam(days):
    """The fields of a booked exam."""
    at = timezone.now() + timedelta(days=days)
    return {"status": "booked", "exam_at": at, "exam_zone": "UTC"}


def studying(**fields):
    return {"status": "studying", "started_on": on(-30), **fields}


def passed(profile, *, expires_on, **fields):
    certification = make.make_certification(**fields)
    held = make.make_held(profile, certification, earned_on=on(-800), expires_on=expires_on)
    return make.make_plan(profile, certification, status="passed", held_certificate=held)


def next_of(client):
    return client.get("/me/").context["next"]


def titles(page):
    return re.findall(r'<h3 class="row-title"><a href="[^"]*">([^<]*)</a>', page.text)


@pytest.mark.django_db
class TestNext:
    def test_says_to_whom_the_exam_is_over_that_the_result_is_missing(self, guest):
        plan = make.make_plan(guest.profile, **exam(-1))
        said = next_of(guest)
        assert said["title"] == "Say how your exam went"
        assert said["url"].startswith(reverse("plan-read", args=[plan.pk]))

    def test_is_the_step_that_is_due_with_its_hours_and_day(self, guest):
        plan = make.make_plan(
            guest.profile, title="Yellow Belt", steps=[("Read", 6, None), ("Do one paper", 3, None)], **studying()
        )
        step = plan.steps.get(title="Do one paper")
        step.due_on = on(6)
        step.save()
        said = next_of(guest)
        assert said["title"] == "Do one paper"
        assert said["text"].startswith("Yellow Belt · about 3 h · due ")
        assert said["url"].endswith(f"#step-{step.pk}")

    def test_is_the_step_before_an_exam_that_is_near(self, guest):
        make.make_plan(guest.profile, title="Far", steps=[("Other", 1, None)], **studying(target_on=on(1)))
        make.make_plan(guest.profile, title="Near", steps=[("Pack", 1, None)], **exam(9))
        said = next_of(guest)
        assert said["title"] == "Pack"
        assert "in 9 days" in said["text"]

    def test_gets_ready_for_a_near_exam_when_every_step_is_done(self, guest):
        make.make_plan(guest.profile, title="Near", **exam(9))
        assert next_of(guest)["title"] == "Get ready for Near"

    def test_finishes_a_plan_whose_steps_are_done(self, guest):
        make.make_plan(guest.profile, title="Belt", steps=[("Read", 1, TODAY)], **studying())
        assert next_of(guest)["title"] == "Finish Belt"

    def test_speaks_of_no_exam_where_there_is_none(self, guest):
        course = make.make_certification(kind="completion")
        make.make_plan(guest.profile, course, steps=[("Read", 1, TODAY)], **studying())
        assert next_of(guest)["text"] == "No step is open. Record the certificate when you have it."

    def test_asks_for_the_steps_of_a_plan_without_any(self, guest):
        make.make_plan(guest.profile, title="My own")
        assert next_of(guest)["title"] == "Say what My own takes"

    @pytest.mark.parametrize(("days", "text"), [(9, "It lapses in 9 days"), (-9, "It lapsed 9 days ago")])
    def test_plans_a_renewal_that_presses(self, guest, days, text):
        plan = passed(guest.profile, expires_on=on(days), title="ITIL")
        make.make_plan(guest.profile, steps=[("Other", 1, None)], **studying())
        said = next_of(guest)
        assert said["title"] == "Plan the renewal of ITIL"
        assert said["text"].startswith(text)
        assert said["url"].startswith(reverse("plan-read", args=[plan.pk]))

    def test_tracks_a_certificate_that_is_held_without_a_plan(self, guest):
        held = make.make_held(guest.profile, expires_on=on(9))
        said = next_of(guest)
        assert said["is_post"]
        assert said["url"] == reverse("plan-track", args=[held.certification.slug])

    def test_leads_to_ones_own_certificate_on_the_list(self, guest):
        held = make.make_held(guest.profile, title="My own", expires_on=on(9))
        assert next_of(guest)["url"] == reverse("certificate-edit", args=[held.pk])

    def test_asks_nothing_for_a_plan_that_was_dropped(self, guest):
        make.make_plan(guest.profile, title="Gone", status="dropped", steps=[("Read", 1, None)])
        page = guest.get("/me/")
        assert page.context["next"]["title"] == "Find a role to aim for"
        assert "1 dropped" in page.text


@pytest.mark.django_db
class TestNotThisWeek:
    def put_off(self, client, what):
        return client.post(reverse("me-put-off"), {"what": what}, follow=True)

    def test_asks_for_the_plan_after_it_until_monday(self, guest):
        make.make_plan(guest.profile, steps=[("First", 1, None)], **studying(target_on=on(9)))
        make.make_plan(guest.profile, steps=[("Second", 1, None)], **studying(target_on=on(99)))
        page = self.put_off(guest, next_of(guest)["put_off"])
        assert page.context["next"]["title"] == "Second"
        assert "Put off until Monday" in page.text or re.search(r"Put off until \d+ January", page.text)
        session = guest.session
        session["put_off"] = dict.fromkeys(session["put_off"], TODAY.isoformat())
        session.save()
        assert next_of(guest)["title"] == "First"

    def test_leaves_room_for_all_the_rest(self, guest):
        make.make_plan(guest.profile, steps=[("Only", 1, None)], **studying())
        page = self.put_off(guest, next_of(guest)["put_off"])
        assert page.context["next"]["title"] == "Find a role to aim for"
        assert "Not this week" not in page.text

    @pytest.mark.parametrize("what", ["", "step-plan-", "step-plan-1\n", "x" * 10_000, "\0", "step-plan-٣", "goal"])
    def test_takes_nothing_that_it_did_not_offer(self, guest, what):
        self.put_off(guest, what)
        assert "put_off" not in guest.session

    def test_keeps_no_endless_list(self, guest):
        for number in range(60):
            guest.post(reverse("me-put-off"), {"what": f"step-plan-{number}"})
        assert len(guest.session["put_off"]) == 50

    def test_makes_nothing_of_a_visitor(self, client):
        assert client.post(reverse("me-put-off"), {"what": "step-plan-1"}).status_code == 302
        assert set(client.cookies) == {"time_zone"}


@pytest.mark.django_db
class TestCertificates:
    def test_are_listed_by_urgency_with_their_countdowns(self, guest):
        profile = guest.profile
        make.make_plan(profile, title="No day", steps=[("Read", 1, None)], **studying())
        passed(profile, expires_on=None, title="Valid")
        passed(profile, expires_on=on(51), title="Due")
        make.make_plan(profile, title="Booked", **exam(20))
        make.make_plan(profile, title="Wanted", **studying(target_on=on(30)))
        page = guest.get("/me/")
        assert titles(page)[:5] == ["Booked", "Wanted", "No day", "Due", "Valid"]
        for text in ("20 days", "51 days", "30 days", "No date set.", "Next: Read", "Renewal due", "Exam booked"):
            assert text in page.text

    def test_say_when_the_next_step_is_due(self, guest):
        plan = make.make_plan(guest.profile, steps=[("Read", 1, None)], **studying())
        plan.steps.update(due_on=on(1))
        page = guest.get("/me/").text
        assert "Next: Read, due tomorrow" in page
        assert "until a step is due" in page

    def test_held_without_a_plan_are_named_with_a_way_to_track_them(self, guest):
        held = make.make_held(guest.profile, expires_on=on(400))
        page = guest.get("/me/").text
        assert "Certificates held, not tracked" in page
        assert reverse("certificate-track", args=[held.pk]) in page
        assert reverse("certificate-edit", args=[held.pk]) in page

    def test_of_ones_own_can_be_tracked_too(self, guest):
        make.make_held(guest.profile, title="My own", issuer="Somebody")
        make.make_held(guest.profile, make.make_certification(title="Hidden now", status="draft"))
        page = guest.get("/me/").text
        assert "My own" in page
        assert "Hidden now" not in page
        assert page.count("Track its renewal") == 2

    @pytest.mark.parametrize(("days", "is_noted"), [(91, False), (90, True), (0, True), (-30, True), (-31, False)])
    def test_are_noted_while_their_renewal_is_due(self, guest, days, is_noted):
        for name in ("Other", "ITIL"):
            make.make_held(guest.profile, title=name, earned_on=on(-800), expires_on=on(days))
        page = guest.get("/me/")
        assert len(page.context["plans"].notes) == is_noted
        assert ('class="note-title"' in page.text) == is_noted

    def test_have_one_note_also_where_a_reminder_stands_and_none_once_it_was_put_away(self, guest):
        make.make_held(guest.profile, title="First", expires_on=on(20))
        held = make.make_held(guest.profile, title="ITIL", expires_on=on(51))
        reminder = guest.profile.reminders.create(held_certificate=held, event_on=on(51), offset=60)
        page = guest.get("/me/")
        assert self.notes(page) == (["ITIL"], [])
        assert reverse("reminder-dismiss", args=[reminder.pk]) in page.text
        reminder.seen_at = timezone.now()
        reminder.save()
        assert self.notes(guest.get("/me/")) == ([], [])
        guest.profile.reminders.create(held_certificate=held, event_on=on(51), offset=59)
        assert self.notes(guest.get("/me/")) == (["ITIL"], [])

    def test_reminded_of_before_it_is_due_leads_to_what_is_held(self, guest):
        held = make.make_held(guest.profile, title="ITIL", earned_on=on(-800), expires_on=on(120))
        guest.profile.reminders.create(held_certificate=held, event_on=on(120), offset=120)
        page = guest.get("/me/")
        assert [reminder.title for reminder, _ in page.context["reminders"]] == ["ITIL"]
        assert f'href="{reverse("certificate-edit", args=[held.pk])}"' in page.text.partition("Put away")[0]

    def notes(self, page):
        return [note.row.name for note in page.context["plans"].notes], page.context["reminders"]

    def test_with_many_reminders_show_some_and_say_how_many_wait(self, guest):
        for number in range(9):
            plan = make.make_plan(guest.profile, title=f"Plan {number}", **exam(7))
            day = plan.exam_at.date()
            guest.profile.reminders.create(plan=plan, event_on=day, offset=7)
        page = guest.get("/me/")
        assert len(page.context["reminders"]) == 5
        assert "4 more reminders wait under these." in page.text

    def test_first_twenty_are_shown_and_all_have_a_page(self, guest):
        for number in range(60):
            make.make_plan(guest.profile, title=f"Plan {number}", **studying(target_on=on(number)))
        page = guest.get("/me/")
        assert titles(page) == [f"Plan {number}" for number in range(20)]
        assert "All 60 plans" in page.text
        listed = [titles(guest.get(reverse("plan-list"), {"page": number})) for number in (1, 2)]
        assert [len(part) for part in listed] == [50, 10]
        assert listed[0] + listed[1] == [f"Plan {number}" for number in range(60)]

    @pytest.mark.parametrize("page", ["0", "-1", "9" * 400, "NaN", "\0", ""])
    def test_a_page_of_plans_that_is_not_there_is_the_nearest(self, guest, page):
        make.make_plan(guest.profile)
        assert guest.get(reverse("plan-list"), {"page": page}).status_code == 200

    def test_none_is_said_calmly(self, client):
        assert "None tracked yet." in client.get("/me/").text
        assert "You track nothing now." in client.get(reverse("plan-list")).text

    def test_titles_are_text(self, guest):
        make.make_plan(guest.profile, title="<script>alert(1)</script>", steps=[("<b>x</b>", 1, None)], **studying())
        for path in ("/me/", reverse("plan-list"), reverse("me-print")):
            page = guest.get(path).text
            assert "&lt;script&gt;alert" in page
            assert "<script>alert" not in page

    def test_an_exam_is_counted_by_the_clock_of_the_person(self, guest):
        at = datetime.combine(on(20), datetime.min.time(), ZoneInfo(MANILA))
        make.make_plan(guest.profile, title="Belt", status="booked", exam_at=at, exam_zone=MANILA)
        assert "19 days" in guest.get("/me/").text
        type(guest.profile).objects.update(time_zone=MANILA)
        there = timezone.now().astimezone(ZoneInfo(MANILA)).date()
        assert f"{(at.date() - there).days} days" in guest.get("/me/").text

    def test_an_exam_elsewhere_is_to_come_until_its_moment(self, guest):
        at = timezone.now() + timedelta(minutes=10)
        type(guest.profile).objects.update(time_zone="Pacific/Auckland")
        make.make_plan(guest.profile, title="Belt", status="booked", exam_at=at, exam_zone="Pacific/Honolulu")
        page = guest.get("/me/")
        assert [event.name for event in page.context["coming"]] == ["Belt"]
        assert "yesterday" not in page.text
        assert "-1 day" not in page.text


@pytest.mark.django_db
class TestDays:
    def test_next_five_come_up_and_what_is_over_does_not(self, guest):
        for days in (-3, 1, 2, 3, 4, 5, 6):
            make.make_plan(guest.profile, title=f"In {days}", **studying(target_on=on(days)))
        coming = guest.get("/me/").context["coming"]
        assert [event.day for event in coming] == [on(days) for days in (1, 2, 3, 4, 5)]

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_absurd_days_are_shown_like_all_others(self, guest, day):
        plan = make.make_plan(guest.profile, target_on=day, steps=[("Read", 1, None)])
        plan.steps.update(due_on=day)
        make.make_held(guest.profile, title="Held", earned_on=date.min, expires_on=date.max)
        for name in ("me-dashboard", "plan-list", "me-print"):
            assert guest.get(reverse(name)).status_code == 200

    def test_every_day_of_the_year_has_a_mark_and_the_list_counts_what_it_does_not_name(self, guest):
        plan = make.make_plan(guest.profile, **studying(), steps=[(f"Read {n}", 1, None) for n in range(30)])
        for number, step in enumerate(plan.steps.all()):
            plan.steps.filter(pk=step.pk).update(due_on=on(10 * number))
        answer = guest.get("/me/")
        year = answer.context["year"]
        assert sum(len(mark.events) for mark in year.marks) == year.count == 30
        assert answer.text.count('class="timeline-stop') == len(year.marks)
        assert year.unnamed == 6
        assert "See every day on one page" in answer.text

    def test_hours_and_year_stand_there_once_there_are_any(self, guest):
        plan = make.make_plan(guest.profile, **studying())
        page = guest.get("/me/").text
        assert "Hours a week" not in page
        assert "Your year" not in page
        plan.entries.create(minutes=90, studied_on=TODAY)
        plan.target_on = on(40)
        plan.save()
        page = guest.get("/me/").text
        assert "Hours a week" in page
        assert "Your year" in page

    def test_streak_is_shown_to_whoever_asked_for_it(self, guest):
        plan = make.make_plan(guest.profile, **studying())
        plan.entries.create(minutes=90, studied_on=TODAY)
        assert guest.get("/me/").context["study"].streak is None
        guest.profile.shows_streak = True
        guest.profile.save()
        assert guest.get("/me/").context["study"].streak


def fill(profile, number, *, entries):
    """Plans of every status but passed, with eight steps each, and a study log."""
    plans = []
    for place in range(number):
        steps = [(f"Step {step}", 4, TODAY if step < place % 8 else None) for step in range(8)]
        plan = make.make_plan(profile, title=f"Plan {place} of {number}", steps=steps, **kind(place))
        plan.steps.filter(position=8).update(due_on=on(place + 1))
        plans.append(plan)
    spread = ((plans[place % number], on(-(place % 700))) for place in range(entries))
    rows = [StudyEntry(plan=plan, minutes=30, studied_on=day) for plan, day in spread]
    StudyEntry.objects.bulk_create(rows)


def kind(place):
    return (studying(target_on=on(place)), exam(place + 1), {"status": "planned"}, {"status": "dropped"})[place % 4]


@pytest.fixture
def filled(person):
    def more(number, *, entries):
        fill(person.profile, number, entries=entries)
        for place in range(number):
            passed(person.profile, expires_on=on(place), title=f"Passed {place} of {number}")
            make.make_held(person.profile, title=f"Held {place} of {number}", expires_on=on(place + 30))

    return more


@pytest.mark.django_db
class TestCost:
    @pytest.mark.parametrize("name", ["me-dashboard", "plan-list", "me-print"])
    def test_queries_do_not_grow_from_one_plan_to_a_hundred(self, person, filled, name):
        filled(4, entries=10)
        few = queries_of_page(person, reverse(name))
        filled(25, entries=500)
        assert queries_of_page(person, reverse(name)) <= few

    def test_time_of_a_hundred_plans_and_5000_entries_is_within_five_of_one(self, person):
        fill(person.profile, 1, entries=1)
        one = seconds_of(person)
        fill(person.profile, 99, entries=5000)
        assert seconds_of(person) <= 5 * one


def seconds_of(client, times=7):
    """Of this process, the least of several: other programs take the processor at times."""
    client.get("/me/")
    return min(timed(client) for _ in range(times))


def timed(client):
    begun = process_time()
    assert client.get("/me/").status_code == 200
    return process_time() - begun
