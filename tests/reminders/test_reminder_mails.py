"""Digests on their way: handed over at least once, never two at once, tried again, and only while they are wanted."""

import os
import random
import signal
import time as clock_time
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from careers.people.models.profiles import Profile
from careers.reminders.models import Reminder, ReminderMail, ReminderSettings
from careers.reminders.selectors.text import digest_mail
from careers.reminders.services import outbox as reminder_mails
from careers.reminders.services.making import make_reminders, remind
from careers.reminders.services.outbox import LEASE, MOST_TRIES, WAITS, deliver
from tests import factories as make
from tests import mailboxes
from tests.house.test_concurrency import at_once
from tests.queries import queries_of
from tests.reminders.test_reminders import LONG_AGO, NOON, TODAY, booked, choose, due_step, lapsing

pytestmark = pytest.mark.usefixtures("mail_server")
State = ReminderMail.State


def at(moment):
    return lambda: moment


def waiting(profile):
    """A digest that waits, about a certificate that lapses in two weeks."""
    lapsing(profile, certification=make.make_certification(title="COPC"))
    make_reminders(now=NOON)
    return ReminderMail.objects.get(profile=profile)


@pytest.fixture
def refusing(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.mailboxes.Refusing"
    monkeypatch.setattr(mailboxes.Refusing, "taken", [])
    monkeypatch.setattr(mailboxes.Refusing, "AWAY", False)
    monkeypatch.setattr(mailboxes.Refusing, "REFUSED", set())
    return mailboxes.Refusing


@pytest.mark.django_db
class TestDigest:
    def test_says_what_comes_when_and_where_the_most_urgent_first(self, person, settings):
        settings.SITE_URL = "https://careers.example.org"
        lapsing(person.profile, certification=make.make_certification(title="COPC"))
        plan = booked(person.profile, NOON + timedelta(days=1), title="Yellow Belt")
        step = due_step(person.profile)
        assert remind(clock=at(NOON)).sent == 1
        (message,) = outbox.outbox
        assert message.to == [person.user.email]
        assert message.subject == "Yellow Belt has its exam tomorrow, and 2 more"
        first, second, third = [line for line in message.body.splitlines() if line.startswith("- ")]
        assert first == "- Yellow Belt has its exam tomorrow, on Thursday, 11 March 2027."
        assert second == "- “Read the handbook” is due in 7 days, on Wednesday, 17 March 2027."
        assert third == "- COPC lapses in 14 days, on Wednesday, 24 March 2027."
        assert "\n  The guide names no fee and no hours for it.\n" in message.body  # what the lapse would cost
        assert f"https://careers.example.org/me/plans/{plan.pk}/" in message.body
        assert f"https://careers.example.org/me/plans/{step.plan_id}/" in message.body

    def test_names_the_hour_the_zone_and_the_place_of_an_exam(self, person):
        """As the clock there shows it, which is on the next day of the person's."""
        Profile.objects.update(time_zone="America/New_York", answered_at={"time_zone": NOON.isoformat()})
        at_nine = datetime(2027, 3, 12, 9, 30, tzinfo=ZoneInfo("Asia/Manila"))
        place, link = "Test centre\r\nMakati", "https://exam.example.org/?a=1&b=2"
        booked(
            person.profile, at_nine, zone="Asia/Manila", title="Belt", exam_minutes=138, exam_place=place, exam_url=link
        )
        assert remind(clock=at(datetime(2027, 3, 11, 15, tzinfo=UTC))).sent == 1
        assert outbox.outbox[0].body.splitlines()[2:7] == [
            "- Belt has its exam today, on Thursday, 11 March 2027.",
            "  Time: Friday, 12 March 2027, 09:30 to 11:48, Manila time (GMT+8), 20:30 on 11 March 2027 in New York",
            "  Place: Test centre Makati",
            "  Link: https://exam.example.org/?a=1&b=2",
            f"  http://localhost:8000/me/plans/{person.profile.certification_plans.get().pk}/",
        ]

    def test_is_known_by_one_id_and_can_be_ended_in_one_click(self, person):
        mail = waiting(person.profile)
        deliver(clock=at(NOON))
        headers = outbox.outbox[0].message()
        assert headers["Message-ID"] == f"<{mail.key.hex}@localhost>"
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        stop = headers["List-Unsubscribe"].strip("<>")
        assert stop.startswith("http://localhost:8000/reminders/")
        assert stop in outbox.outbox[0].body
        assert Client().post(stop.removeprefix("http://localhost:8000")).status_code == 200
        assert not ReminderSettings.objects.get().by_email

    def test_has_one_subject_whatever_a_title_holds(self, person):
        booked(person.profile, NOON + timedelta(days=1), title="A\r\nBcc: all@example.org\x07" + "🙂" * 80)
        assert remind(clock=at(NOON)).sent == 1
        message = outbox.outbox[0].message()
        assert message["Bcc"] is None
        assert outbox.outbox[0].recipients() == [person.user.email]
        assert len(outbox.outbox[0].subject) <= 120
        assert "\n- A Bcc: all@example.org" in outbox.outbox[0].body

    def test_costs_the_same_for_a_few_lapses_and_for_many(self, person):
        def made_of(number):
            for _ in range(number):
                lapsing(person.profile, certification=make.make_certification())
            make_reminders(now=NOON)
            rows = list(Reminder.objects.with_events())
            mail = ReminderMail.objects.first()
            return queries_of(
                lambda: digest_mail(mail, rows, to="a@example.org", today=TODAY, zone=ZoneInfo("UTC"), connection=None)
            )

        few = made_of(4)
        assert made_of(20) == few


@pytest.mark.django_db
class TestHandOver:
    def test_happens_once(self, person):
        mail = waiting(person.profile)
        assert deliver(clock=at(NOON)) == (1, 0)
        mail.refresh_from_db()
        assert (mail.state, mail.tries, mail.sent_at) == (State.SENT, 1, NOON)
        assert deliver(clock=at(NOON + timedelta(days=1))) == (0, 0)
        assert len(outbox.outbox) == 1

    def test_that_broke_off_happens_again_once_its_claim_ran_out_with_the_same_id(self, person):
        mail = waiting(person.profile)
        ReminderMail.objects.update(state=State.SENDING, tries=1, try_at=NOON + LEASE)
        assert deliver(clock=at(NOON + LEASE - timedelta(seconds=1))) == (0, 0)
        assert deliver(clock=at(NOON + LEASE)) == (1, 0)
        assert mail.key.hex in outbox.outbox[0].message()["Message-ID"]

    def test_that_fails_is_tried_again_later_and_later_and_then_given_up(self, person, refusing):
        mail, now = waiting(person.profile), NOON
        choose(person.profile, quiet_from=time(0), quiet_to=time(0))
        refusing.REFUSED.add(person.user.email)
        for wait in WAITS:
            assert deliver(clock=at(now)) == (0, 1)
            assert deliver(clock=at(now + wait - timedelta(seconds=1))) == (0, 0)
            now += wait
        assert deliver(clock=at(now)) == (0, 1)
        mail.refresh_from_db()
        assert (mail.state, mail.tries) == (State.FAILED, MOST_TRIES)
        assert mail.last_error == "SMTPRecipientsRefused"
        assert deliver(clock=at(now + timedelta(days=9))) == (0, 0)

    def test_that_fails_blocks_no_other(self, refusing):
        people = [make.make_profile(user=make.make_user()) for _ in range(6)]
        for profile in people:
            lapsing(profile)
        make_reminders(now=NOON)
        refusing.REFUSED |= {profile.user.email for profile in people[:5]}
        assert deliver(clock=at(NOON)) == (1, 5)

    def test_waits_where_the_server_is_away_and_keeps_no_secret_of_it(self, refusing):
        for _ in range(6):
            lapsing(make.make_profile(user=make.make_user()))
        make_reminders(now=NOON)
        refusing.AWAY = True
        assert deliver(clock=at(NOON)) == (0, 3)
        assert set(ReminderMail.objects.values_list("last_error", flat=True)) == {"", "SMTPServerDisconnected"}
        refusing.AWAY = False
        assert deliver(clock=at(NOON + WAITS[0])) == (6, 0)

    def test_waits_for_the_end_of_the_quiet_hours(self, person):
        mail = waiting(person.profile)
        night = NOON.replace(hour=23)
        ReminderMail.objects.update(try_at=night)
        assert deliver(clock=at(night)) == (0, 0)
        mail.refresh_from_db()
        assert (mail.state, mail.tries, mail.try_at) == (State.WAITING, 0, NOON.replace(day=11, hour=8))
        assert deliver(clock=at(mail.try_at)) == (1, 0)

    def test_that_broke_off_every_time_is_given_up(self, person):
        mail = waiting(person.profile)
        ReminderMail.objects.update(state=State.SENDING, tries=MOST_TRIES, try_at=NOON)
        assert deliver(clock=at(NOON)) == (0, 0)
        mail.refresh_from_db()
        assert (mail.state, mail.last_error) == (State.FAILED, "Each try broke off.")


def unsubscribe(profile):
    choose(profile, by_email=False)


def close_account(profile):
    type(profile.user).objects.filter(pk=profile.user_id).update(is_active=False)


def move_event(profile):
    profile.certificates.update(expires_on=date(2028, 1, 1))


def remove_event(profile):
    profile.certificates.all().delete()


@pytest.mark.django_db
class TestNoLongerWanted:
    @pytest.mark.parametrize("change", [unsubscribe, close_account, move_event, remove_event])
    def test_is_not_sent(self, person, change):
        waiting(person.profile)
        change(person.profile)
        assert deliver(clock=at(NOON)) == (0, 0)
        assert not outbox.outbox
        assert not ReminderMail.objects.exists()

    def test_lines_are_left_out(self, person):
        step = due_step(person.profile)
        waiting(person.profile)
        type(step).objects.update(done_on=TODAY)
        assert deliver(clock=at(NOON)) == (1, 0)
        assert "Read the handbook" not in outbox.outbox[0].body

    def test_goes_with_the_account(self, person):
        waiting(person.profile)
        Profile.objects.all().delete()
        assert deliver(clock=at(NOON)) == (0, 0)


@pytest.mark.django_db
class TestCommand:
    def test_says_what_it_did(self, person, run_command):
        lapsing(person.profile)
        said = run_command("send_reminders", at=NOON.isoformat())
        assert said == "Reminders made: 1. Mails sent: 1, failed: 0, waiting: 0.\n"
        assert run_command("send_reminders", at=NOON.isoformat()).startswith("Reminders made: 0. Mails sent: 0")

    def test_looks_ahead_and_writes_nothing(self, person, run_command):
        lapsing(person.profile)
        said = run_command("send_reminders", at=NOON.isoformat(), dry_run=True)
        assert said == "Reminders to make: 1, for people: 1. Nothing was written.\n"
        assert not Reminder.objects.exists()

    @pytest.mark.parametrize("wrong", ["soon", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "\x00"])
    def test_says_that_a_moment_is_none(self, wrong):
        with pytest.raises(CommandError, match="is no moment"):
            call_command("send_reminders", at=wrong)


@pytest.mark.django_db(transaction=True)
class TestOneThatIsBroken:
    def test_stops_no_other_reminder_and_no_mail(self, caplog):
        people = [make.make_profile(user=make.make_user(email=f"{number}@example.org")) for number in range(3)]
        for profile in people:
            lapsing(profile)
        choose(people[1], expiry_offsets=["7"])
        booked(people[2], datetime(9999, 12, 31, 23, tzinfo=UTC), "Pacific/Auckland")
        with pytest.raises(CommandError, match="The reminders of 1 person could not be made"):
            call_command("send_reminders", at=NOON.isoformat(), stdout=StringIO())
        assert {to for message in outbox.outbox for to in message.to} == {"0@example.org", "2@example.org"}
        assert f"profile {people[1].pk} " in caplog.text
        assert "@example.org" not in caplog.text

    def test_mail_stops_no_other(self, monkeypatch):
        for _ in range(3):
            lapsing(make.make_profile(user=make.make_user()))
        make_reminders(now=NOON)
        mails = list(ReminderMail.objects.all())
        find = reminder_mails.wanted_by

        def fail_for_one(mail, *, now):
            if mail == mails[0]:
                raise ValueError("secret")
            return find(mail, now=now)

        monkeypatch.setattr(reminder_mails, "wanted_by", fail_for_one)
        assert deliver(clock=at(NOON)) == (2, 1)
        mails[0].refresh_from_db()
        assert (mails[0].state, mails[0].last_error) == (State.WAITING, "ValueError")


@pytest.mark.django_db(transaction=True)
def test_eight_runs_at_once_send_each_mail_once(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.MAILBOX = "tests.mailboxes.Mailbox", tmp_path
    people = crowd(12)
    at_once(8, lambda _: remind(clock=at(NOON)))
    assert Counter(str(message["To"]) for message in mailboxes.mails_in(tmp_path)) == Counter(people)
    assert set(ReminderMail.objects.values_list("state", flat=True)) == {State.SENT}


def crowd(number):
    """Addresses of so many people with a lapse and a due step each, and no quiet hours."""
    certification = make.make_certification(title="COPC")
    found = []
    for _ in range(number):
        profile = make.make_profile(user=make.make_user())
        choose(profile, quiet_from=time(0), quiet_to=time(0))
        lapsing(profile, certification=certification)
        plan = make.make_plan(profile, title=f"Own {profile.pk}", steps=[("Read", 1, None)], day_set_at=LONG_AGO)
        plan.steps.update(due_on=TODAY + timedelta(days=7), day_set_at=LONG_AGO)
        found.append(profile.user.email)
    return found


@pytest.mark.django_db(transaction=True)
def test_killed_fifty_times_nothing_is_lost_and_only_what_was_being_handed_over_comes_twice(settings, tmp_path):
    """At least once: a kill after the hand-over and before its note sends that one mail again, under the same id."""
    settings.EMAIL_BACKEND, settings.MAILBOX = "tests.mailboxes.Mailbox", tmp_path
    people, chance, moment = crowd(60), random.Random(5), datetime(2027, 3, 10, 8, tzinfo=UTC)
    interrupted, longest, sent = 0, 0.06, 0
    for number in range(50):
        if number == 20:  # the first kills hit the making, the others the handing over
            make_reminders(now=moment)
        run_and_kill(moment, after=chance.uniform(0, longest))
        broken_off = ReminderMail.objects.filter(state=State.SENDING, try_at__gt=moment).count()
        assert broken_off <= 1
        interrupted += broken_off
        before, sent = sent, len(mailboxes.mails_in(tmp_path))
        if number >= 20 and before == sent < len(people):  # a busy machine had not come as far as a mail
            longest = min(2, longest * 1.3)
        moment += LEASE + timedelta(minutes=1)
    assert interrupted, "no kill met a mail on its way"
    call_command("send_reminders", at=(moment + timedelta(hours=1)).isoformat(), stdout=StringIO())

    mails = mailboxes.mails_in(tmp_path)
    bodies = {}
    for message in mails:
        bodies.setdefault(message["Message-ID"], set()).add((str(message["To"]), message.get_content()))
    assert all(len(same) == 1 for same in bodies.values())
    lines = Counter(
        (to, line) for ((to, body),) in bodies.values() for line in body.splitlines() if line.startswith("- ")
    )
    said = (
        "- COPC lapses in 14 days, on Wednesday, 24 March 2027.",
        "- “Read” is due in 7 days, on Wednesday, 17 March 2027.",
    )
    assert lines == Counter((to, line) for to in people for line in said)
    assert len(mails) - len(bodies) <= interrupted
    assert set(ReminderMail.objects.values_list("state", flat=True)) == {State.SENT}


def run_and_kill(moment, *, after):
    """The delay begins when the child begins: how long a machine takes to fork is not what is tested."""
    connections.close_all()  # two processes must not share one
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            connection.ensure_connection()
            os.write(writer, b".")
            call_command("send_reminders", at=moment.isoformat(), stdout=StringIO())
        finally:
            os._exit(0)
    os.close(writer)
    os.read(reader, 1)
    clock_time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
