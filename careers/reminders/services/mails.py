"""Hands digests over to the mail server: at least once each, never two at once.

A mail is claimed by one statement that only one process can win, for ten minutes. Then it is handed over, then marked
as sent. Who is killed between the last two leaves a claim that runs out: that one mail goes again, under the same
Message-ID, as nobody can know whether the server has it. Marking it first would lose it instead.
"""

import smtplib
from datetime import timedelta

from django.core.mail import get_connection
from django.db import OperationalError, transaction
from django.db.models import F

from careers.people.models.profiles import Profile
from careers.reminders.models import ReminderMail
from careers.reminders.selectors.events import habits_of
from careers.reminders.selectors.text import digest

State = ReminderMail.State
LEASE = timedelta(minutes=10)  # far longer than one hand-over can last (EMAIL_TIMEOUT)
BATCH = 100
WAITS = [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12), timedelta(hours=24)]
MOST_TRIES = len(WAITS) + 1
MOST_AWAY = 3  # in a row; then the rest waits for the next run instead of ten seconds each


def hand_over(*, clock):
    """Everything whose time has come; returns how many were sent and how many tries failed."""
    ReminderMail.objects.put_off_too_far(clock()).update(try_at=clock())
    sent = failed = away = 0
    while batch := list(ReminderMail.objects.due(clock()).order_by("try_at", "pk")[:BATCH]):
        for mail in batch:
            if not claim(mail, now=clock()):
                continue
            fault = send(mail, now=clock())
            sent, failed = sent + (fault == ""), failed + bool(fault)
            away = away + 1 if isinstance(fault, Away) else 0
            if away == MOST_AWAY:
                return sent, failed
    return sent, failed


class Away(str):
    """A fault of the server, which the next mail would meet as well."""


def claim(mail, *, now):
    """True for the one who has it now. Nobody else has touched it since it was read."""
    if mail.tries >= MOST_TRIES:  # each try broke off
        settle(mail, state=State.FAILED, last_error=mail.last_error or "Each try broke off.")
        return False
    mine = ReminderMail.objects.filter(pk=mail.pk, state=mail.state, try_at=mail.try_at, tries=mail.tries)
    if not mine.update(state=State.SENDING, try_at=now + LEASE, tries=F("tries") + 1):
        return False
    mail.state, mail.tries, mail.try_at = State.SENDING, mail.tries + 1, now + LEASE
    return True


def settle(mail, **fields):
    """Unless somebody else claimed it meanwhile."""
    ReminderMail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).update(**fields)


def send(mail, *, now):
    """Why it failed; empty where it was sent, None where it is not to be sent now."""
    try:
        return send_wanted(mail, now=now)
    except OperationalError:  # of the database; nothing could be noted in it either
        raise
    except (
        Exception
    ) as error:  # whatever the mail server, its library or one row comes up with; it blocks no other mail
        return note_failure(mail, error, now=now)


def send_wanted(mail, *, now):
    habits = wanted_by(mail, now=now)
    if habits is None:
        return None
    today, zone = habits.clock.day(now), habits.clock.zone
    rows = [row for row in mail.reminders.with_events() if row.stands_on(today, now=now, zone=zone)]
    if not rows:
        ReminderMail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).delete()
        return None
    # A connection of its own: a mail that breaks it breaks no other, and a file has one mail in it.
    to = habits.profile.user.email
    digest(mail, rows, to=to, today=today, zone=zone, connection=get_connection()).send()
    settle(mail, state=State.SENT, sent_at=now, last_error="")
    return ""


@transaction.atomic
def wanted_by(mail, *, now):
    """The person's Habits where they still want it and are awake; else None, and the mail goes or waits."""
    profile = Profile.objects.select_related("user").filter(pk=mail.profile_id).first()
    habits = profile and habits_of([profile])[profile.pk]
    if not habits or not habits.mails:
        ReminderMail.objects.filter(pk=mail.pk, state=mail.state, tries=mail.tries).delete()
        return None
    awake_at = habits.clock.awake_from(now)
    if awake_at > now:
        settle(mail, state=State.WAITING, try_at=awake_at, tries=mail.tries - 1)
        return None
    return habits


def note_failure(mail, error, *, now):
    fault = fault_of(error)
    if mail.tries >= MOST_TRIES:
        settle(mail, state=State.FAILED, last_error=fault)
    else:
        settle(mail, state=State.WAITING, try_at=now + WAITS[mail.tries - 1], last_error=fault)
    return Away(fault) if is_away(error) else fault


def is_away(error):
    """Whether the server is not to be had, or the answer was about this one mail. Every SMTPException is an OSError."""
    of_server = smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError
    return isinstance(error, of_server) or (isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException))


def fault_of(error):
    """Its kind and the server's number: what the server says may hold an address or a password."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__}{f' {code}' if isinstance(code, int) else ''}"[:300]


def try_again(*, mails, now):
    """Mails that were given up get all their tries again; how many."""
    return mails.filter(state=State.FAILED).update(state=State.WAITING, tries=0, try_at=now)


def failed_mails():
    """How many were given up."""
    return ReminderMail.objects.filter(state=State.FAILED).count()
