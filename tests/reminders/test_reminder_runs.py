"""The work beside the server: one run waits whatever happens; and what the operator sees of mails."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bpo_portal.env import BASE_DIR
from careers.accounts.models.users import User
from careers.management.supervise import Keeper
from careers.reminders.models import ReminderMail
from careers.reminders.services import runs as reminder_runs
from careers.reminders.services.runs import EVERY, book_next
from tests import factories as make
from tests.house.test_concurrency import at_once

READY = TaskResultStatus.READY


def work_once():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
class TestRuns:
    def test_each_books_the_next(self):
        book_next(now=timezone.now())
        work_once()
        done, waiting = DBTaskResult.objects.order_by("enqueued_at")
        assert done.status == TaskResultStatus.SUCCESSFUL
        assert done.return_value == {"made": 0, "sent": 0, "failed": 0, "waiting": 0, "broken": 0}
        assert done.args_kwargs == {"args": [], "kwargs": {}}
        assert waiting.status == READY
        assert timedelta() < waiting.run_after - timezone.now() <= EVERY

    def test_that_fail_are_followed_by_another(self, monkeypatch):
        def fail():
            raise RuntimeError

        monkeypatch.setattr(reminder_runs, "remind", fail)
        book_next(now=timezone.now())
        work_once()
        assert {row.status for row in DBTaskResult.objects.all()} == {TaskResultStatus.FAILED, READY}

    def test_that_were_killed_are_followed_by_another_and_forgotten_after_a_day(self):
        now = timezone.now()
        book_next(now=now)
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, enqueued_at=now - timedelta(days=2))
        book_next(now=now)
        work_once()
        assert DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count() == 0
        assert DBTaskResult.objects.filter(status=READY).count() == 1

    def test_forget_what_was_told_more_than_a_year_ago(self):
        now = timezone.now()
        person = make.make_profile(user=make.make_user())
        for days in (400, 300):
            day = now - timedelta(days=days)
            mail = person.reminder_mails.create(state="sent", sent_at=day, created_at=day - timedelta(days=14))
            held = make.make_held(person, earned_on=date(2024, 1, 1), expires_on=day.date())
            person.reminders.create(held_certificate=held, event_on=day.date(), offset=14, mail=mail)
        reminder_runs.forget_former(now=now)
        assert [mail.reminders.count() for mail in ReminderMail.objects.all()] == [1]

    def test_are_not_doubled_by_starts_at_once(self):
        at_once(8, lambda _: book_next(now=timezone.now()))
        assert DBTaskResult.objects.count() == 1


class TestKeeper:
    @pytest.fixture
    def keeper(self, monkeypatch):
        monkeypatch.setattr("careers.management.supervise.FIRST", 0)
        monkeypatch.setattr("careers.management.supervise.AGAIN", 0.05)
        keeper = Keeper("nothing")
        keeper.command = [sys.executable, "-c", "import time; time.sleep(60)"]
        keeper.start()
        yield keeper
        keeper.end()

    def running(self, keeper, other_than=None):
        for _ in range(200):
            if keeper.process and keeper.process is not other_than:
                return keeper.process
            time.sleep(0.02)
        raise AssertionError("nothing was started")

    def test_starts_again_what_died_and_ends_it(self, keeper):
        first = self.running(keeper)
        first.kill()
        second = self.running(keeper, other_than=first)
        keeper.end()
        assert second.wait(5) == -signal.SIGTERM
        keeper.join(5)
        assert not keeper.is_alive()

    def test_what_it_runs_is_asked_to_end_once(self, keeper, tmp_path):
        ended = tmp_path / "ended"
        script = (
            "import signal, sys, time; asked = []\n"
            "signal.signal(signal.SIGTERM, lambda *_: asked.append(1)); print(flush=True)\n"
            "while not asked: time.sleep(0.05)\n"
            f"time.sleep(0.5); open({str(ended)!r}, 'w').write(str(len(asked)))"
        )
        first = self.running(keeper)
        keeper.command = [sys.executable, "-c", script]
        first.kill()
        self.running(keeper, other_than=first)
        time.sleep(1)
        keeper.ask_to_end()
        keeper.end()
        assert ended.read_text() == "1"

    def test_what_it_runs_ends_with_a_parent_that_was_killed(self, tmp_path):
        child = tmp_path / "child.py"
        child.write_text(
            "import os, time\nfrom careers.management.supervise import end_with\n"
            "end_with(os.getppid())\ntime.sleep(60)\n"
        )
        start = f"print(subprocess.Popen([sys.executable, {str(child)!r}]).pid, flush=True)"
        parent = subprocess.Popen(
            [sys.executable, "-c", f"import subprocess, sys, time; {start}; time.sleep(60)"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(BASE_DIR)},
        )
        pid = int(parent.stdout.readline())
        time.sleep(0.5)
        parent.kill()
        parent.communicate()
        for _ in range(100):
            if not is_alive(pid):
                break
            time.sleep(0.1)
        assert not is_alive(pid)


def is_alive(pid):
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(re.match(r"[^Z\s]", done.stdout))


@pytest.mark.django_db
class TestDesk:
    @pytest.fixture
    def mail(self):
        person = make.make_profile(user=make.make_user(email="asha@example.org"))
        return person.reminder_mails.create(state="failed", tries=6, last_error="SMTPRecipientsRefused 550")

    @pytest.fixture
    def operator(self, client):
        client.force_login(make.make_user(is_staff=True, is_superuser=True))
        return client

    def test_names_failed_mails_on_its_first_page_and_their_reason_in_the_list(self, operator, mail):
        assert "1 reminder mail could not be sent." in operator.get(reverse("admin:index")).text
        page = operator.get(reverse("admin:careers_remindermail_changelist")).text
        assert "SMTPRecipientsRefused 550" in page
        assert "asha@example.org" not in page
        assert "asha@example.org" not in operator.get(reverse("admin:careers_remindermail_change", args=[mail.pk])).text

    def test_tries_again_what_was_given_up(self, operator, mail):
        chosen = {"action": "try_again", "_selected_action": [mail.pk]}
        operator.post(reverse("admin:careers_remindermail_changelist"), chosen)
        mail.refresh_from_db()
        assert (mail.state, mail.tries) == (ReminderMail.State.WAITING, 0)

    @pytest.mark.parametrize("group", ["editor", "publisher"])
    def test_shows_hr_nothing_of_it(self, request, mail, group):
        client = request.getfixturevalue(group)
        user = User.objects.get(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(content_type__model="remindermail"))
        assert "reminder mail" not in client.get(reverse("admin:index")).text.lower()
        for name, args in (("changelist", []), ("change", [mail.pk]), ("delete", [mail.pk])):
            assert client.get(reverse(f"admin:careers_remindermail_{name}", args=args)).status_code == 403

    def test_says_nothing_where_all_is_well(self, operator):
        page = operator.get(reverse("admin:index")).text
        assert "HR desk" in page
        assert "could not be sent" not in page
