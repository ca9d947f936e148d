"""Mail servers for tests: one that keeps each mail whole in a file of its own, and one that fails as it is told."""

import os
import smtplib
import time
import uuid
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class Mailbox(BaseEmailBackend):
    """Slow on purpose, before and after it has the mail, so that a kill hits every place."""

    def send_messages(self, messages):
        for message in messages:
            folder = Path(settings.MAILBOX)
            time.sleep(0.002)
            part = folder / f"{uuid.uuid4()}.part"
            part.write_bytes(message.message().as_bytes())
            os.rename(part, part.with_suffix(".mail"))
            time.sleep(0.002)
        return len(messages)


class Refusing(BaseEmailBackend):
    """Refuses the addresses in REFUSED, and everything while AWAY is set."""

    REFUSED: set[str] = set()
    AWAY = False
    taken: list = []

    def send_messages(self, messages):
        for message in messages:
            if self.AWAY:
                raise smtplib.SMTPServerDisconnected("Connection lost to user:password@mail.example.org")
            if refused := self.REFUSED & set(message.to):
                raise smtplib.SMTPRecipientsRefused(dict.fromkeys(refused, (550, b"no such user")))
            self.taken.append(message)
        return len(messages)


def mails_in(folder):
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in Path(folder).glob("*.mail")]
