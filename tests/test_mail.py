"""Mails without a server: files for the operator only, and one line on the console."""

import os
import stat
import subprocess
import sys

import pytest
from django.core.mail import EmailMessage

from bpo_portal.env import BASE_DIR
from careers.mail import MailFiles, line


@pytest.fixture
def folder(tmp_path, settings):
    settings.EMAIL_BACKEND = "careers.mail.MailFiles"
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
    settings.EMAIL_BACKEND = "careers.mail.MailFiles"
    (tmp_path / "file").touch()
    settings.MAIL_DIR = tmp_path / "file"
    response = client.post("/account/password/reset/", {"email": "jane@example.org"})
    assert response.status_code == 503
    assert "The mail could not be sent" in response.text
