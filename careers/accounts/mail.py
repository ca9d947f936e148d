"""What every mail carries; and mails of a portal without a mail server: files, and the link on the console."""

import os
import re
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend

LINK = re.compile(r"https?://\S+")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def automatic_headers(key=None):
    """That no person wrote it, so that no absence note answers; and an ID of the portal's domain, not the machine's.

    The same `key`, a UUID, makes the same ID: a mailbox that has the mail already can tell.
    """
    domain = urlsplit(settings.SITE_URL).hostname
    return {"Message-ID": f"<{(key or uuid.uuid4()).hex}@{domain}>", "Auto-Submitted": "auto-generated"}


class MailFiles(EmailBackend):
    """One file for each sending. Files and folder are the operator's alone, as a link in a mail opens an account."""

    def __init__(self, *args, file_path=None, **kwargs):
        file_path = file_path or settings.MAIL_DIR
        os.makedirs(file_path, mode=0o700, exist_ok=True)
        super().__init__(*args, file_path=file_path, **kwargs)

    def open(self):
        if self.stream is not None:
            return False
        self.stream = os.fdopen(os.open(self._get_filename(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
        return True

    def write_message(self, message):
        super().write_message(message)
        print(line(message), flush=True)


def line(message):
    """To whom, subject and link in one line; nothing in it can steer a terminal."""
    link = LINK.search(message.body)
    text = f"Mail to {', '.join(message.to)}: {message.subject}: {link[0] if link else 'no link in it'}"
    return CONTROLS.sub("", text)
