"""Mails without a server: files for the operator only, and one line on the console."""

import os
import re
import stat
import subprocess
import sys

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.mail import EmailMessage
from django.utils import timezone

from bpo_portal.env import BASE_DIR
from careers.accounts.mail import MailFiles, line
from tests import factories as make


@pytest.fixture
def folder(tmp_path, settings):
    settings.EMAIL_BACKEND = "careers.accounts.mail.MailFiles"
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def test_a_mail_is_a_file_that_only_its_owner_reads(folder):
    EmailMessage("Subject", "Look: http://localhost/x/", to=["../../jane@example.org"]).send()
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "http://localhost/x/" in file.read_text()


def test_the_console_says_to_whom_about_what_and_the_link(folder, capsys):
    EmailMessage("Confirm", "Here:\n\nhttp://localhost/x/\n\nThanks.", to=["jane@example.org"]).send()
    assert capsys.readouterr().out == "Mail to jane@example.org: Confirm: http://localhost/x/\n"


def test_nothing_in_a_mail_steers_the_terminal():
    assert line(EmailMessage("A\x1b[2J\nB", "none", to=["x\x07@example.org"])).isprintable()


def test_a_folder_that_was_there_keeps_its_rights(folder):
    folder.mkdir(mode=0o750)
    MailFiles()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_the_folder_stays_known_when_there_is_a_server():
    """Mails of the time before are still deleted with their people."""
    ask = "from bpo_portal import settings; print(settings.MAIL_DIR, settings.EMAIL_BACKEND)"
    known = {**os.environ, "EMAIL_URL": "smtp://localhost:25", "MAIL_DIR": "/some/folder"}
    said = subprocess.run([sys.executable, "-c", ask], env=known, cwd=BASE_DIR, capture_output=True, check=True).stdout
    assert said.split() == [b"/some/folder", b"django.core.mail.backends.smtp.EmailBackend"]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_explained(client, settings, tmp_path):
    settings.EMAIL_BACKEND = "careers.accounts.mail.MailFiles"
    (tmp_path / "file").touch()
    settings.MAIL_DIR = tmp_path / "file"
    response = client.post("/account/password/reset/", {"email": "jane@example.org"})
    assert response.status_code == 503
    assert "The mail could not be sent" in response.text


def mails_of_accounts():
    """Every mail that signing up, in, and changing an account may send: each has its template here."""
    ending = "_message.txt"
    folders = [BASE_DIR / "templates" / name for name in ("account/email", "mfa/email")]
    paths = [path for folder in folders for path in folder.glob(f"*{ending}")]
    assert len(paths) > 10
    return sorted(str(path.relative_to(BASE_DIR / "templates")).removesuffix(ending) for path in paths)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", mails_of_accounts())
def test_every_mail_of_an_account_is_marked_as_a_machines_and_has_an_id_of_the_portal(prefix, rf, settings, mailoutbox):
    settings.SITE_URL = "https://careers.example.org"
    known = {"user": make.make_user(), "key": "k", "timestamp": timezone.now(), "ip": "127.0.0.1"}
    with context.request_context(rf.get("/")):
        for _ in range(2):
            get_adapter().send_mail(prefix, "jane@example.org", known)
    one, other = [message.message() for message in mailoutbox]
    assert one["Auto-Submitted"] == other["Auto-Submitted"] == "auto-generated"
    assert one["Message-ID"].endswith("@careers.example.org>")
    assert one["Message-ID"] != other["Message-ID"]


def test_no_mail_is_made_elsewhere():
    """Reminders and what allauth's adapter sends, invitations too: both take their headers from one place."""
    makers = re.compile(r"EmailMessage\(|EmailMultiAlternatives\(|send_mail\(|send_mass_mail|email_user|mail_admins")
    found = {
        str(path.relative_to(BASE_DIR))
        for folder in ("careers", "bpo_portal")
        for path in (BASE_DIR / folder).rglob("*.py")
        if makers.search(path.read_text())
    }
    of_the_desk = {"careers/desk/admin/invitations.py", "careers/desk/services/fault_mails.py"}
    assert found == {"careers/reminders/selectors/text.py", "careers/adapters.py", *of_the_desk}
