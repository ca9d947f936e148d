"""A clock that was wrong for a while: what it dated ahead is not believed when it is right again."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from careers.accounts.models.sessions import Session
from careers.calendars.services import make_feed, note_fetched
from careers.people.models.profiles import Profile
from careers.people.models.removals import Removal
from careers.people.models.submissions import Submission
from careers.people.services.guests import note_presence, prune_guests
from careers.people.services.removals import keep_removed, prune_removals
from careers.people.services.submissions import claim, first_answer, note_answer, prune_submissions
from careers.plans.files.services import private_storage, prune_files
from careers.plans.study.services.clock import start_clock, stop_clock
from careers.reminders.models import ReminderMail
from careers.reminders.services.outbox import LEASE, deliver
from careers.reminders.services.runs import EVERY, book_next, forget_former, is_booked
from careers.sharing.services import make_share, note_opened
from tests import factories as make

AHEAD = timedelta(days=500)


@pytest.fixture
def now(db):
    return timezone.now()


def waiting_runs():
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


class TestRuns:
    def test_booked_for_a_far_day_are_booked_anew(self, now):
        book_next(now=now + AHEAD, after=EVERY)
        assert not is_booked(now=now)
        book_next(now=now)
        assert [row.run_after for row in waiting_runs()] == [now]
        assert is_booked(now=now)

    def test_booked_for_the_next_quarter_of_an_hour_stay(self, now):
        book_next(now=now, after=EVERY)
        book_next(now=now)
        assert [row.run_after for row in waiting_runs()] == [now + EVERY]

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("days", [-3, 500])
    def test_that_waited_for_days_do_not_delete_themselves(self, days):
        book_next(now=timezone.now() - timedelta(seconds=1))
        DBTaskResult.objects.update(enqueued_at=timezone.now() + timedelta(days=days))
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
        assert DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).count() == 1

    def test_of_a_wrong_clock_are_forgotten(self, now):
        book_next(now=now)
        DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, enqueued_at=now + AHEAD)
        forget_former(now=now)
        assert not DBTaskResult.objects.exists()


class TestMails:
    @pytest.fixture
    def person(self, now):
        return make.make_profile(user=make.make_user())

    @pytest.mark.parametrize("state", [ReminderMail.State.WAITING, ReminderMail.State.SENDING])
    def test_put_off_to_a_far_day_are_due(self, person, now, state):
        person.reminder_mails.create(state=state, created_at=now, try_at=now + AHEAD)
        deliver(clock=lambda: now)
        assert not person.reminder_mails.filter(try_at__gt=now).exists()

    def test_that_somebody_hands_over_now_or_that_wait_their_time_are_left(self, person, now):
        for state, wait in (("sending", LEASE), ("waiting", timedelta(days=2))):
            person.reminder_mails.create(state=state, created_at=now, try_at=now + wait)
        deliver(clock=lambda: now)
        assert person.reminder_mails.filter(try_at__gt=now).count() == 2


def test_time_studied_is_never_logged_ahead(now):
    clock, _ = start_clock(plan=make.make_plan(), now=now + AHEAD)
    assert stop_clock(clock=clock, now=now).studied_on == timezone.localdate(now)


def test_links_and_calendars_opened_by_a_wrong_clock_are_opened_now(now):
    profile = make.make_profile()
    share = make_share(
        profile=profile, today=now.date(), expires_on=now.date() + timedelta(days=30), sections=["skills"]
    )
    note_opened(share=share, now=now + AHEAD)
    share.refresh_from_db()
    note_opened(share=share, now=now)
    feed, _ = make_feed(profile=profile)
    note_fetched(feed=feed, now=now + AHEAD)
    note_fetched(feed=feed, now=now)
    for row in (share, feed):
        row.refresh_from_db()
        assert row.opened_at == now


def test_guests_and_sessions_of_a_wrong_clock_are_kept_as_long_as_others(now, client):
    profile = make.make_profile()
    today = timezone.localdate(now)
    note_presence(profile=profile, today=today + AHEAD)
    client.session.save()
    Session.objects.update(expire_date=now + AHEAD)
    prune_guests(idle_since=today - timedelta(days=90), now=now)
    assert Profile.objects.get().active_on == today
    later = now + timedelta(days=92)
    prune_guests(idle_since=timezone.localdate(later) - timedelta(days=90), now=later)
    assert not Profile.objects.exists()
    assert not Session.objects.exists()


def test_who_was_here_by_a_wrong_clock_is_here_today(now):
    profile, today = make.make_profile(), timezone.localdate(now)
    note_presence(profile=profile, today=today + AHEAD)
    profile.refresh_from_db()
    assert note_presence(profile=profile, today=today)
    profile.refresh_from_db()
    assert profile.active_on == today
    assert not note_presence(profile=profile, today=today)


def test_a_form_that_was_answered_by_a_wrong_clock_is_done_anew_and_forgotten(now):
    profile = make.make_profile()
    sent = claim(key="k", profile=profile, now=now + AHEAD)
    note_answer(sent, made="", response=Answered(), messages=[])
    assert first_answer(key="k", profile=profile, now=now + AHEAD)
    assert not first_answer(key="k", profile=profile, now=now)
    prune_submissions(now=now)
    assert not Submission.objects.exists()


def test_what_was_removed_by_a_wrong_clock_does_not_stay_for_years(now):
    keep_removed(profile=make.make_profile(), kind="role", key=1, was={}, now=now + AHEAD)
    assert not Removal.objects.fresh_at(now).exists()
    prune_removals(now=now)
    assert not Removal.objects.exists()


class Answered:
    status_code, headers = 302, {"Location": "/"}


def test_a_file_without_an_owner_is_pruned_though_it_is_dated_ahead(now):
    storage = private_storage()
    folder = os.path.join(storage.location, "wrong-clock")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "left.pdf")
    for moment, pruned in ((now + AHEAD, True), (now, False)):
        with open(path, "w") as file:
            file.write("left")
        os.utime(path, (moment.timestamp(), moment.timestamp()))
        prune_files(now=now)
        assert os.path.exists(path) is not pruned
    os.unlink(path)
