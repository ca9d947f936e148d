"""Makes reminders; `careers.reminders.services.outbox` delivers the mails that go with them.

First step: for each person in one short transaction what is due becomes rows, and one mail that waits. Second step:
each mail is claimed, delivered and marked as sent. A process that dies in between loses nothing.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from careers.people.models.profiles import Profile
from careers.reminders.models import Reminder, ReminderMail
from careers.reminders.rules import AFTERWARDS_DAYS, COLUMN, coming
from careers.reminders.selectors.events import (
    due_of,
    end_of_part,
    people_with_events,
    recipients_of,
    reminder_events_of,
    zone_of_person,
)
from careers.reminders.services.outbox import deliver

log = logging.getLogger(__name__)
BATCH = 1000  # people
MOST_OPEN = 500  # notes of one person that a page looks through, the nearest ones


@dataclass(frozen=True)
class Report:
    """`broken` are people with whom something went wrong that nobody foresaw."""

    made: int
    sent: int
    failed: int
    waiting: int
    broken: int


def remind(*, clock=timezone.now):
    """Make what is due and deliver what waits. `clock()` is the time: a run may last, and a claim must not be old."""
    broken = set()
    made = make_reminders(now=clock(), broken=broken)
    sent, failed = deliver(clock=clock)
    return Report(made, sent, failed, ReminderMail.objects.waiting().count(), len(broken))


def make_reminders(*, now, broken=None):
    """How many were made. Keys of people whose reminders could not be made are added to `broken`."""
    broken = set() if broken is None else broken
    made = 0
    for due in due_in_batches(now=now, broken=broken):
        made += sum(remind_if_there(pk=pk, now=now, broken=broken) for pk in due)
    return made


def remind_if_there(*, pk, now, broken):
    """Return the number of reminders made; 0 if the person is deleted meanwhile, or if it fails, which is noted."""
    try:
        return remind_one(pk=pk, now=now)
    except IntegrityError:
        return 0
    except OperationalError:  # of the database, not of this person
        raise
    except Exception as error:
        note_broken(pk, error, broken)
        return 0


def note_broken(pk, error, broken):
    """The key only: what an error says may hold what the person wrote."""
    log.error("The reminders of profile %s could not be made: %s", pk, type(error).__name__)
    broken.add(pk)


def due_in_batches(*, now, broken):
    """Yield {profile's key: Due}, so many people at a time, whatever they have. One with nothing due costs no query of
    their own.

    A batch that fails is looked at person by person, so that one row that cannot be stops nobody else.
    """
    last = 0
    while (end := end_of_part(after=last, most=BATCH)) is not None:
        people = list(people_with_events(now=now, after=last, upto=end))
        last = end
        try:
            yield due_of(recipients_of(people), now=now)
        except OperationalError:
            raise
        except Exception:
            yield from (due_of_one(person, now=now, broken=broken) for person in people)


def due_of_one(person, *, now, broken):
    try:
        return due_of(recipients_of([person]), now=now)
    except OperationalError:
        raise
    except Exception as error:
        note_broken(person.pk, error, broken)
        return {}


@transaction.atomic
def remind_one(*, pk, now):
    """How many were made. Looked at again with the person's row locked: another run may have been here."""
    person = Profile.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk)
    recipients = recipients_of(person)
    due = due_of(recipients, now=now).get(pk, [])
    if due:
        profile = recipients[pk].profile
        mail = mail_for(recipients[pk], now=now) if recipients[pk].mails else None
        rows = [
            Reminder(
                profile=profile,
                event_on=one.event.on,
                offset=one.offset,
                mail=mail,
                made_at=now,
                **{f"{COLUMN[one.event.kind]}_id": one.event.key},
            )
            for one in due
        ]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(due)


def mail_for(recipient, *, now):
    """The one that waits for the end of their quiet hours, else a new one. Locked, or it could be sent meanwhile."""
    mails, awake_at = recipient.profile.reminder_mails, recipient.clock.awake_from(now)
    if awake_at > now:
        waiting = mails.select_for_update().filter(state=ReminderMail.State.WAITING, tries=0, try_at__gt=now).first()
        if waiting:
            return waiting
    return mails.create(created_at=now, try_at=awake_at)


def open_reminders(profile, today, *, now=None, zone=None):
    """The notes of a person, as (reminder, sentence): of each event the nearest that they have not dismissed.

    One small query where there is none, as every page of theirs asks; else at most three. Nothing where they want none
    on this site. `zone` is that of `today`.
    """
    # What is over by these days stands no more; the days are wide, as a zone may differ by one.
    ahead = Q(event_on__gte=today - timedelta(days=2))
    lapsed = Q(event_on__gte=today - timedelta(days=AFTERWARDS_DAYS), held_certificate__isnull=False)
    rows = profile.reminders.filter(ahead | lapsed, seen_at=None, step__done_on=None)
    if not rows.exists():
        return []
    rows = rows.with_events().order_by("event_on", "pk")[:MOST_OPEN]
    now, zone = now or timezone.now(), zone or zone_of_person(profile)
    rows = [row for row in rows if row.stands_on(today, now=now, zone=zone)]
    if not rows or not preferences_of(profile).in_portal:
        return []
    rows.sort(key=lambda row: (row.event_on, COLUMN[row.kind], row.event))
    by_event = groupby(rows, key=lambda row: row.event)
    nearest = [min(group, key=lambda row: row.offset) for _, group in by_event]
    return [(row, row.sentence_on(today)) for row in nearest]


def preferences_of(profile):
    """Their ReminderSettings; the defaults, unsaved, where they never chose."""
    return profile.reminder_settings.first() or profile.reminder_settings.model()


@transaction.atomic
def dismiss(*, profile, reminder, now):
    """With the earlier ones of the same event, which would only come out from under it."""
    kind, key, on = reminder.event
    profile.reminders.filter(event_on=on, seen_at=None, **{COLUMN[kind]: key}).update(seen_at=now)


def coming_reminders(profile, *, now, zone, most=5):
    """The next ones as (day, kind, key, event's day, offset), in a constant number of queries."""
    recipient = recipients_of([profile])[profile.pk]
    recipient = replace(recipient, clock=replace(recipient.clock, zone=zone))
    events = reminder_events_of({profile.pk: recipient}, now=now)[profile.pk]
    return coming(events, now=now, clock=recipient.clock)[:most]
