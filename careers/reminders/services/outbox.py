"""An outbox: delivers digests to the mail server, each at least once, and never two at the same time.

One statement, which only one process can win, claims a mail for ten minutes. Then it is delivered, then marked as sent.
A process that is killed between the last two leaves a claim that runs out: that one mail is sent again under the same
Message-ID, as nobody can know whether the server has it. Marking it first would lose it instead.
"""

import smtplib
from datetime import timedelta

from django.core.mail import get_connection
from django.db import OperationalError, transaction
from django.db.models import F

from careers.people.models.profiles import Profile
from careers.reminders.models import ReminderMail
from careers.reminders.selectors.events import recipients_of
from careers.reminders.selectors.text import digest_mail

State = ReminderMail.State
LEASE = timedelta(minutes=10)  # far longer than one delivery can last (EMAIL_TIMEOUT)
BATCH = 100
WAITS = [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12), timedelta(hours=24)]
MOST_TRIES = len(WAITS) + 1
MOST_UNREACHABLE = 3  # in a row; then the rest waits for the next run instead of ten seconds each


def deliver(*, clock):
    """Deliver every mail that is due. Returns how many were sent and how many tries failed. `clock()` is the time."""
    ReminderMail.objects.put_off_too_far(clock()).update(try_at=clock())
    sent = failed = unreachable = 0
    while batch := list(ReminderMail.objects.due(clock()).order_by("try_at", "pk")[:BATCH]):
        for mail in batch:
            if not claim(mail, now=clock()):
                continue
            fault = send(mail, now=clock())
            sent, failed = sent + (fault == ""), failed + bool(fault)
            unreachable = unreachable + 1 if isinstance(fault, Unreachable) else 0
            if unreachable == MOST_UNREACHABLE:
                return sent, failed
    return sent, failed


class Unreachable(str):
    """A fault of the server, which the next mail would meet as well."""


def claim(mail, *, now):
    """Whether this process has it now: nobody else has changed it since it was read."""
    if mail.tries >= MOST_TRIES:  # each try broke off
        record(mail, state=State.FAILED, last_error=mail.last_error or "Each try broke off.")
        return False
    mine = ReminderMail.objects.filter(pk=mail.pk, state=mail.state, try_at=mail.try_at, tries=mail.tries)
    if not mine.update(state=State.SENDING, try_at=now + LEASE, tries=F("tries") + 1):
        return False
    mail.state, mail.tries, mail.try_at = State.SENDING, mail.tries + 1, now + LEASE
    return True


def record(mail, **fields):
    """Write the outcome, unless another process has claimed the mail meanwhile."""
    ReminderMail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).update(**fields)


def send(mail, *, now):
    """Returns why it failed; "" if it was sent, None if it is not to be sent now."""
    try:
        return send_wanted(mail, now=now)
    except OperationalError:  # of the database; nothing could be noted in it either
        raise
    except (
        Exception
    ) as error:  # whatever the mail server, its library or one row comes up with; it blocks no other mail
        return note_failure(mail, error, now=now)


def send_wanted(mail, *, now):
    recipient = wanted_by(mail, now=now)
    if recipient is None:
        return None
    today, zone = recipient.clock.day(now), recipient.clock.zone
    rows = [row for row in mail.reminders.with_events() if row.stands_on(today, now=now, zone=zone)]
    if not rows:
        ReminderMail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).delete()
        return None
    # A connection of its own: a mail that breaks it breaks no other, and a file has one mail in it.
    to = recipient.profile.user.email
    digest_mail(mail, rows, to=to, today=today, zone=zone, connection=get_connection()).send()
    record(mail, state=State.SENT, sent_at=now, last_error="")
    return ""


@transaction.atomic
def wanted_by(mail, *, now):
    """The Recipient if they still want it and are awake; else None, and the mail is deleted or waits."""
    profile = Profile.objects.select_related("user").filter(pk=mail.profile_id).first()
    recipient = profile and recipients_of([profile])[profile.pk]
    if not recipient or not recipient.mails:
        ReminderMail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).delete()
        return None
    awake_at = recipient.clock.awake_from(now)
    if awake_at > now:
        record(mail, state=State.WAITING, try_at=awake_at, tries=mail.tries - 1)
        return None
    return recipient


def note_failure(mail, error, *, now):
    fault = fault_of(error)
    if mail.tries >= MOST_TRIES:
        record(mail, state=State.FAILED, last_error=fault)
    else:
        record(mail, state=State.WAITING, try_at=now + WAITS[mail.tries - 1], last_error=fault)
    return Unreachable(fault) if is_unreachable(error) else fault


def is_unreachable(error):
    """Whether the server is not to be had, or the answer was about this one mail. Every SMTPException is an OSError."""
    of_server = smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError
    return isinstance(error, of_server) or (isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException))


def fault_of(error):
    """Its kind and the server's number: what the server says may hold an address or a password."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__}{f' {code}' if isinstance(code, int) else ''}"[:300]


def try_again(*, mails, now):
    """Gives failed mails all their tries again. Returns how many."""
    return mails.filter(state=State.FAILED).update(state=State.WAITING, tries=0, try_at=now)


def failed_mails():
    """How many were given up."""
    return ReminderMail.objects.filter(state=State.FAILED).count()
