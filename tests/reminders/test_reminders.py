"""Reminders of certificates, exams and steps: made once each, shown, put away, chosen, ended."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from careers.calendars.services import entries_of
from careers.lib.zones import zone_of
from careers.people.models.profiles import Profile
from careers.plans.models import PlanStep
from careers.plans.rules.dates import Kind
from careers.plans.steps.services.steps import remove_step, restore_step
from careers.reminders.models import Reminder, ReminderMail, ReminderSettings
from careers.reminders.selectors.text import token_of
from careers.reminders.services import making as reminding
from careers.reminders.services.choices import settings_page
from careers.reminders.services.making import make_reminders, open_reminders
from tests import factories as make
from tests.house.test_concurrency import at_once
from tests.queries import queries_of

pytestmark = pytest.mark.usefixtures("mail_server")
NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)
TODAY = NOON.date()
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def lapsing(profile, days=14, **fields):
    fields = {"day_set_at": LONG_AGO, "expires_on": TODAY + timedelta(days=days), **fields}
    return make.make_held(profile, **fields)


def booked(profile, at, zone="UTC", **fields):
    return make.make_plan(profile, status="booked", exam_at=at, exam_zone=zone, day_set_at=LONG_AGO, **fields)


def due_step(profile, days=7, **fields):
    plan = make.make_plan(profile, steps=[("Read the handbook", 6, None)])
    plan.steps.update(due_on=TODAY + timedelta(days=days), day_set_at=LONG_AGO, **fields)
    return plan.steps.get()


def choose(profile, **fields):
    return ReminderSettings.objects.create(profile=profile, **fields)


def made(now=NOON):
    return make_reminders(now=now)


@pytest.mark.django_db
class TestMaking:
    def test_tells_of_a_lapse_an_exam_and_a_step_in_one_mail(self, person):
        held = lapsing(person.profile)
        plan = booked(person.profile, NOON + timedelta(days=1))
        step = due_step(person.profile)
        assert made() == 3
        rows = Reminder.objects.order_by("event_on")
        assert [(row.event, row.offset) for row in rows] == [
            ((Kind.EXAM, plan.pk, date(2027, 3, 11)), 1),
            ((Kind.STEP, step.pk, date(2027, 3, 17)), 7),
            ((Kind.LAPSE, held.pk, date(2027, 3, 24)), 14),
        ]
        assert {row.mail for row in rows} == {ReminderMail.objects.get()}
        assert made() == 0
        assert made(NOON + timedelta(hours=3)) == 0

    def test_after_days_without_a_run_tells_only_the_nearest(self, person):
        lapsing(person.profile, days=1)
        booked(person.profile, NOON + timedelta(hours=5))
        assert made() == 2
        assert set(Reminder.objects.values_list("offset", flat=True)) == {1}

    def test_tells_of_a_lapse_that_no_run_saw_once(self, person):
        lapsing(person.profile, days=-3)
        assert made() == 1
        assert Reminder.objects.get().offset == -1
        assert made(NOON + timedelta(days=1)) == 0

    @pytest.mark.parametrize("fields", [{"status": "dropped"}, {"status": "passed"}])
    def test_does_not_tell_of_a_step_of_a_plan_that_is_over(self, person, fields):
        step = due_step(person.profile)
        held = make.make_held(person.profile, step.plan.certification, earned_on=step.due_on)
        held = held if fields["status"] == "passed" else None
        type(step.plan).objects.update(held_certificate=held, **fields)
        assert made() == 0

    def test_tells_of_a_step_that_keeps_a_passed_one_valid(self, person):
        step = due_step(person.profile)
        held = make.make_held(person.profile, step.plan.certification, earned_on=TODAY)
        type(step.plan).objects.update(held_certificate=held, status="passed")
        type(step).objects.update(is_renewal=True)
        assert made() == 1
        assert [row.is_awaited for row in PlanStep.objects.all()] == [True]
        assert open_reminders(person.profile, TODAY, now=NOON)
        assert len(entries_of(person.profile, site="", now=NOON)) == 1

    def test_does_not_tell_of_a_step_that_is_done(self, person):
        due_step(person.profile, done_on=TODAY)
        assert made() == 0

    def test_a_step_that_was_removed_and_came_back_is_not_told_again(self, person):
        step = due_step(person.profile)
        assert made() == 1
        told = Reminder.objects.values("event_on", "offset", "made_at", "seen_at", "mail").get()
        was = json.loads(json.dumps(remove_step(step=step, now=NOON)))
        back = restore_step(plan=step.plan, was=was, now=NOON)
        assert made() == 0
        assert back.reminders.values(*told).get() == told
        assert made(NOON + timedelta(days=6)) == 1

    def test_a_moved_exam_is_told_anew_and_its_old_note_goes(self, person):
        plan = booked(person.profile, NOON + timedelta(days=7))
        assert made() == 1
        plan.exam_at += timedelta(days=3)
        plan.save()
        assert open_reminders(person.profile, TODAY, now=NOON) == []
        assert made(NOON + timedelta(days=3)) == 1

    def test_of_an_exam_booked_three_days_ahead_the_week_is_not_told(self, person):
        plan = booked(person.profile, NOON + timedelta(days=3))
        type(plan).objects.update(day_set_at=NOON - timedelta(hours=1))
        assert made() == 0
        assert made(NOON + timedelta(days=2)) == 1

    @pytest.mark.parametrize(("own", "exam_on"), [("Asia/Manila", date(2027, 3, 12)), ("", date(2027, 3, 11))])
    def test_the_day_of_an_exam_is_that_of_the_person_wherever_it_is_sat(self, person, own, exam_on):
        type(person.profile).objects.update(time_zone=own)
        choose(person.profile, exam_offsets=[1], quiet_from=time(0), quiet_to=time(0))
        booked(person.profile, datetime(2027, 3, 11, 16, 30, tzinfo=UTC), "Pacific/Auckland")
        before = datetime.combine(exam_on - timedelta(days=1), time(0), zone_of(own))
        assert made(before - timedelta(minutes=1)) == 0
        assert made(before) == 1
        assert Reminder.objects.get().event_on == exam_on

    def test_the_day_of_an_early_exam_is_told_the_evening_before_and_the_page_says_so(self, person):
        choose(person.profile, exam_offsets=[0])
        booked(person.profile, NOON.replace(day=12, hour=7), title="Yellow Belt")
        (said,) = settings_page(person.profile, now=NOON).coming
        assert said == (date(2027, 3, 11), "The evening before the exam of Yellow Belt on 12 March 2027")
        assert made(NOON.replace(day=11, hour=18)) == 0
        assert made(NOON.replace(day=11, hour=19)) == 1
        assert open_reminders(person.profile, date(2027, 3, 11), now=NOON.replace(day=11, hour=19))[0][1] == (
            "Yellow Belt has its exam tomorrow"
        )

    @pytest.mark.parametrize(
        ("zone", "hours"), [("Pacific/Auckland", 7), ("Pacific/Honolulu", 6), ("Asia/Manila", 0), ("UTC", 0)]
    )
    def test_keeps_mails_for_the_end_of_the_quiet_hours_of_the_person(self, person, zone, hours):
        type(person.profile).objects.update(time_zone=zone)
        lapsing(person.profile)
        assert made() == 1
        assert ReminderMail.objects.get().try_at == NOON + timedelta(hours=hours)

    def test_keeps_no_hours_that_leave_hardly_a_minute(self, person):
        choose(person.profile, quiet_from=time(9), quiet_to=time(8, 55))
        lapsing(person.profile)
        assert made() == 1
        assert ReminderMail.objects.get().try_at == NOON

    def test_adds_to_the_mail_that_waits_for_the_morning(self, person):
        lapsing(person.profile)
        made(NOON.replace(hour=1))
        due_step(person.profile)
        made(NOON.replace(hour=7))
        assert ReminderMail.objects.get().reminders.count() == 2

    def test_days_begin_by_the_clock_of_the_person(self, person):
        type(person.profile).objects.update(time_zone="Pacific/Auckland")
        choose(person.profile, quiet_from=time(0), quiet_to=time(0))
        lapsing(person.profile, days=15)
        assert made(NOON) == 1  # in Auckland it is 11 March already

    def test_who_chose_no_way_is_told_nothing(self, person):
        choose(person.profile, by_email=False, in_portal=False)
        lapsing(person.profile)
        assert made() == 0

    def test_a_guest_gets_a_note_and_no_mail(self, guest):
        lapsing(guest.profile)
        assert made() == 1
        assert not ReminderMail.objects.exists()
        assert open_reminders(guest.profile, TODAY, now=NOON)

    def test_an_address_that_is_not_confirmed_gets_no_mail(self, person):
        EmailAddress.objects.update(verified=False)
        lapsing(person.profile)
        assert made() == 1
        assert not ReminderMail.objects.exists()

    def test_costs_the_same_for_one_person_and_for_fifty_with_nothing_due(self):
        def add(number):
            for _ in range(number):
                profile = make.make_profile(user=make.make_user())
                lapsing(profile, days=100, day_set_at=NOON)
                booked(profile, NOON + timedelta(days=40))
                due_step(profile, days=30)

        add(1)
        few = queries_of(made)
        add(49)
        assert queries_of(made) == few


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_at_the_same_moment_stops_nobody(monkeypatch):
    gone, other = [make.make_profile(user=make.make_user()) for _ in range(2)]
    lapsing(gone), lapsing(other)
    found = reminding.due_of

    def and_delete(recipients, *, now):
        due = found(recipients, now=now)
        if set(recipients) == {gone.pk}:
            due[gone.pk] = [replace(one, event=replace(one.event, key=2**40)) for one in due[gone.pk]]
        return due

    monkeypatch.setattr(reminding, "due_of", and_delete)
    assert made() == 1
    assert Reminder.objects.get().profile == other
    assert ReminderMail.objects.get().profile == other


@pytest.mark.django_db(transaction=True)
def test_eight_runs_at_once_make_each_reminder_once():
    people = [make.make_profile(user=make.make_user()) for _ in range(5)]
    for profile in people:
        lapsing(profile)
        due_step(profile)
    assert sum(at_once(8, lambda _: make_reminders(now=NOON))) == 10
    assert Reminder.objects.count() == 10
    assert ReminderMail.objects.count() == 5


@pytest.mark.django_db
def test_of_very_many_notes_the_nearest_are_told(guest, monkeypatch):
    monkeypatch.setattr("careers.reminders.services.making.MOST_OPEN", 2)
    plan = make.make_plan(guest.profile)
    for number, days in enumerate((3, 1, 2, -3, -40), start=1):
        step = plan.steps.create(position=number, title=f"Step {number}", due_on=TODAY + timedelta(days=days))
        guest.profile.reminders.create(step=step, event_on=step.due_on, offset=7)
    told = [row.event_on for row, _ in open_reminders(guest.profile, TODAY, now=NOON)]
    assert told == [TODAY + timedelta(days=1), TODAY + timedelta(days=2)]


@pytest.mark.django_db
class TestNotes:
    def note(self, profile, **fields):
        held = fields.pop("held_certificate", None) or lapsing(profile)
        return profile.reminders.create(held_certificate=held, event_on=held.expires_on, **{"offset": 14, **fields})

    def test_say_the_nearest_of_each_event_in_words(self, guest):
        certification = make.make_certification(title="COPC")
        near = self.note(guest.profile, held_certificate=lapsing(guest.profile, certification=certification))
        self.note(guest.profile, held_certificate=near.held_certificate, offset=60)
        assert open_reminders(guest.profile, TODAY, now=NOON) == [(near, "COPC lapses in 14 days")]

    def test_that_are_put_away_stay_away_until_the_next_is_near(self, guest):
        near = self.note(guest.profile)
        self.note(guest.profile, held_certificate=near.held_certificate, offset=60)
        other = self.note(guest.profile)
        answer = guest.post(reverse("reminder-dismiss", args=[near.pk]))
        assert answer.url == reverse("me-dashboard")
        assert [row for row, _ in open_reminders(guest.profile, TODAY, now=NOON)] == [other]
        last = self.note(guest.profile, held_certificate=near.held_certificate, offset=1)
        assert {row for row, _ in open_reminders(guest.profile, TODAY, now=NOON)} == {other, last}

    def test_are_not_there_for_who_wants_none(self, guest):
        self.note(guest.profile)
        choose(guest.profile, in_portal=False)
        assert open_reminders(guest.profile, TODAY, now=NOON) == []

    def test_go_a_month_after_a_lapse(self, guest):
        held = lapsing(guest.profile, days=-30)
        self.note(guest.profile, held_certificate=held, offset=-1)
        assert open_reminders(guest.profile, TODAY, now=NOON)
        assert not open_reminders(guest.profile, TODAY + timedelta(days=1), now=NOON)

    def test_cost_the_same_for_one_and_for_fifty(self, guest):
        self.note(guest.profile)
        few = queries_of(lambda: open_reminders(guest.profile, TODAY, now=NOON))
        for _ in range(49):
            self.note(guest.profile)
            step = due_step(guest.profile)
            guest.profile.reminders.create(step=step, event_on=step.due_on, offset=7)
        assert queries_of(lambda: open_reminders(guest.profile, TODAY, now=NOON)) == few


SETTINGS = {
    "expiry_offsets": "90 30",
    "exam_offsets": "3",
    "step_offsets": "",
    "by_email": "on",
    "quiet_from": "22:00",
    "quiet_to": "7:30",
    "time_zone": "Asia/Manila",
}


@pytest.mark.django_db
class TestSettings:
    address = "/me/reminders/"

    def test_that_another_tab_changed_are_told_before_they_are_written_over(self, person):
        page = {"initial-": "", "initial-exam_offsets": "7, 1", "quiet_from": "21:00", "quiet_to": "8:00"}
        page |= {"initial-quiet_from": "21:00", "initial-quiet_to": "8:00"}
        assert person.post(self.address, {**page, "exam_offsets": "3"}).status_code == 302
        assert "“Before an exam” is now 3" in person.post(self.address, {**page, "exam_offsets": "2"}).text
        assert ReminderSettings.objects.get().exam_offsets == [3]

    def test_a_guest_keeps_mails_for_when_they_have_an_account(self, guest):
        page = guest.get(self.address).text
        assert "By e-mail, once you have an account" in page
        saved = {
            "initial-": "",
            "initial-by_email": "on",
            "initial-exam_offsets": "7, 1",
            "exam_offsets": "3",
            "quiet_from": "21:00",
            "quiet_to": "8:00",
        }
        guest.post(self.address, saved)
        row = ReminderSettings.objects.get()
        assert (row.by_email, row.exam_offsets) == (True, [3])

    def post(self, client, **changed):
        return client.post(self.address, {**SETTINGS, **changed})

    def test_show_what_holds_for_who_never_chose(self, guest):
        page = guest.get(self.address).text
        assert 'value="180, 60, 14, 1"' in page
        assert 'value="21:00"' in page
        assert "E-mail needs an account." in page

    def test_of_who_has_nothing_here_are_asked_for_after_signing_in(self, client):
        """They come from a mail, and what they chose would be a new guest's."""
        for answer in (client.get(self.address), self.post(client)):
            assert answer.status_code == 403
            assert "ign in" in answer.text
        assert not ReminderSettings.objects.exists()
        assert not Profile.objects.exists()

    def test_of_a_guest_say_whose_they_are(self, guest):
        assert "what you choose below is for this browser only" in guest.get(self.address).text
        assert self.post(guest).status_code == 302
        assert ReminderSettings.objects.get().exam_offsets == [3]

    def test_are_kept(self, person):
        assert self.post(person).url == self.address
        row = ReminderSettings.objects.get()
        assert (row.expiry_offsets, row.exam_offsets, row.step_offsets) == ([90, 30], [3], [])
        assert (row.by_email, row.in_portal) == (True, False)
        assert (row.quiet_from, row.quiet_to) == (time(22), time(7, 30))
        person.profile.refresh_from_db()
        assert person.profile.time_zone == "Asia/Manila"
        assert "time_zone" in person.profile.answered_at
        assert self.post(person, exam_offsets="5").status_code == 302
        assert ReminderSettings.objects.get().exam_offsets == [5]

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("expiry_offsets", "soon", "You wrote “soon”."),
            ("expiry_offsets", "731", "numbers from 0 to 730"),
            ("expiry_offsets", "-1", "numbers from 0 to 730"),
            ("expiry_offsets", "1e400", "numbers from 0 to 730"),
            ("expiry_offsets", "²", "numbers from 0 to 730"),
            ("expiry_offsets", "9" * 10_000, "numbers at most"),
            ("exam_offsets", "1 2 3 4 5 6 7 8 9", "Write 8 numbers at most. You wrote 9."),
            ("quiet_from", "25:00", "Write a time like 21:30."),
            ("quiet_from", "", "Write a time like 21:00."),
            ("quiet_to", "9" * 10_000, "Write a time like 21:30."),
            ("quiet_to", "21:59", "Leave at least an hour of the day in which a mail may come."),
            ("quiet_to", "21:01", "Leave at least an hour of the day in which a mail may come."),
            ("time_zone", "Mars/Olympus", "Choose from the list."),
            ("time_zone", "\x00", "Choose from the list."),
        ],
    )
    def test_say_what_is_wrong_and_keep_the_rest(self, guest, field, value, said):
        answer = self.post(guest, **{field: value})
        assert answer.status_code == 200
        assert said in answer.text
        assert "22:00" in answer.text or field == "quiet_from"
        assert not ReminderSettings.objects.exists()

    def test_a_page_left_open_takes_nothing_back(self, guest):
        self.post(guest, in_portal="on", step_offsets="4")
        form = guest.get(self.address).context["form"]
        shown = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in shown.items() if value is not False} | dict(form.hidden_inputs)
        self.post(guest, in_portal="on", step_offsets="4", exam_offsets="5", expiry_offsets="", quiet_from="23:00")
        guest.post(self.address, {**sent, "step_offsets": "2"})
        row = ReminderSettings.objects.get()
        assert (row.exam_offsets, row.step_offsets, row.expiry_offsets) == ([5], [2], [])
        assert row.quiet_from == time(23)

    def test_are_counted_beside_my_plan_alone_in_the_bar_of_a_phone(self, guest):
        make.make_held(guest.profile, day_set_at=LONG_AGO, expires_on=localdate() + timedelta(days=14))
        make_reminders(now=timezone.now())
        bar = guest.get(reverse("me-dashboard")).text.split('aria-label="Shortcuts"')[1].split("</nav>")[0]
        assert bar.count('class="count"') == 1
        assert bar.index('class="count"') > bar.index("My plan")

    def test_show_the_next_reminders_and_the_last_mails(self, person):
        certification = make.make_certification(title="COPC")
        make.make_held(person.profile, certification, expires_on=localdate() + timedelta(days=70))
        person.profile.reminder_mails.create(state="failed")
        page = person.get(self.address).text
        assert "60 days before COPC lapses on" in page
        assert "Could not be sent" in page


@pytest.mark.django_db
class TestStopping:
    @pytest.fixture
    def profile(self):
        return make.make_profile(user=make.make_user())

    def wants(self, profile):
        return not profile.reminder_settings.filter(by_email=False).exists()

    def test_happens_by_a_post_without_sign_in_session_or_token(self, profile):
        client, address = Client(enforce_csrf_checks=True), reverse("reminder-stop", args=[token_of(profile.pk)])
        for method in (client.get, client.head):
            assert method(address).status_code == 200
            assert self.wants(profile)
        for _ in range(2):
            answer = client.post(address, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert "No more of these mails" in answer.text
            assert not self.wants(profile)
        assert set(client.cookies) == {"time_zone"}

    def test_is_all_that_the_link_of_a_mail_can_do(self, profile):
        """Whoever has an old mail cannot switch them on again: whatever is sent to the address, or to one beside it."""
        address = reverse("reminder-stop", args=[token_of(profile.pk)])
        Client().post(address)
        for other in (address, address.replace("/stop/", "/start/"), f"{address}start/"):
            for method in ("get", "post", "put", "delete"):
                page = getattr(Client(), method)(other, {"wanted": "1", "start": "1", "by_email": "on"})
                assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
        assert not self.wants(profile)

    def test_keeps_what_else_was_chosen(self, profile):
        choose(profile, exam_offsets=[3])
        Client().post(reverse("reminder-stop", args=[token_of(profile.pk)]))
        assert profile.reminder_settings.get().exam_offsets == [3]

    @pytest.mark.parametrize("wrong", ["", "x", "1", "1:x", "nobody", "\x00", "🙂", "x" * 5000])
    def test_finds_nothing_with_a_word_that_was_not_signed(self, profile, wrong):
        token = token_of(profile.pk)
        forged = {"": token[:-1], "x": f"{profile.pk + 1}:{token.partition(':')[2]}"}.get(wrong, wrong)
        forged = token_of(profile.pk + 1) if wrong == "nobody" else forged
        assert Client().post(reverse("reminder-stop", args=[forged])).status_code == 404
        assert self.wants(profile)

    def test_is_kept_by_no_cache_and_no_search_engine(self, profile):
        answer = Client().get(reverse("reminder-stop", args=[token_of(profile.pk)]))
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.django_db
class TestWhenADayWasSet:
    def test_moves_with_the_day_alone(self):
        plan = booked(make.make_profile(), NOON + timedelta(days=20))
        plan = type(plan).objects.get()
        plan.exam_place = "Another hall"
        plan.bump_version(now=NOON)
        assert plan.day_set_at == LONG_AGO
        plan.exam_at += timedelta(hours=1)
        plan.bump_version(now=NOON)
        assert plan.day_set_at == NOON
