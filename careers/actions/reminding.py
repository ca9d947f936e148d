"""Reminders are made here; `careers.actions.reminder_mails` hands over the mails that go with them.

First step: for each person in one short transaction what is due becomes rows, and one mail that waits. Second step:
each mail is claimed, handed over and marked. Whoever dies between loses nothing: the rows say where it stood.
"""

from dataclasses import dataclass
from itertools import groupby

from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.actions.reminder_events import due_of, events_of, habits_of, people_with_events, zone_of
from careers.actions.reminder_mails import hand_over
from careers.models import Profile, Reminder, ReminderMail
from careers.planning.reminders import coming

BATCH = 500  # people


@dataclass(frozen=True)
class Report:
    made: int
    sent: int
    failed: int
    waiting: int


def remind(*, clock=timezone.now):
    """Make what is due and hand over what waits. `clock` says the time: a run may last, and a claim must not be old."""
    made = make_reminders(now=clock())
    sent, failed = hand_over(clock=clock)
    return Report(made, sent, failed, ReminderMail.objects.waiting().count())


def make_reminders(*, now):
    made = 0
    for due in due_in_batches(now=now):
        made += sum(remind_if_there(pk=pk, now=now) for pk in due)
    return made


def remind_if_there(*, pk, now):
    """What is deleted at this very moment must not stop the others; the next run sees what is left."""
    try:
        return remind_one(pk=pk, now=now)
    except IntegrityError:
        return 0


def due_in_batches(*, now):
    """What is due, {profile's key: Due}, so many people at a time; who has nothing due costs no query of their own."""
    last = 0
    while people := list(people_with_events(now=now, after=last)[:BATCH]):
        last = people[-1].pk
        yield due_of(habits_of(people), now=now)


@transaction.atomic
def remind_one(*, pk, now):
    """How many were made. Looked at again with the person's row locked: another run may have been here."""
    person = Profile.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk)
    habits = habits_of(person)
    due = due_of(habits, now=now).get(pk, [])
    if due:
        profile = habits[pk].profile
        mail = profile.reminder_mails.create(created_at=now, try_at=now) if habits[pk].mails else None
        rows = [
            Reminder(
                profile=profile,
                event_on=one.event.on,
                offset=one.offset,
                mail=mail,
                made_at=now,
                **{f"{one.event.kind}_id": one.event.key},
            )
            for one in due
        ]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(due)


def open_reminders(profile, today, *, now=None):
    """The notes of a person, as (reminder, sentence): of each event the nearest that they have not put away.

    At most two queries. Nothing where they want none on this site.
    """
    rows = list(profile.reminders.filter(seen_at=None).with_events().order_by("event_on", "pk"))
    rows = [row for row in rows if row.stands_on(today, now=now or timezone.now())]
    if not rows or not wishes_of(profile).in_portal:
        return []
    by_event = groupby(sorted(rows, key=lambda row: (row.event_on, *row.event[:2])), key=lambda row: row.event)
    nearest = [min(group, key=lambda row: row.offset) for _, group in by_event]
    return [(row, row.said_on(today)) for row in nearest]


def wishes_of(profile):
    """How they want to be reminded, also where they never said."""
    return profile.reminder_settings.first() or profile.reminder_settings.model()


@transaction.atomic
def put_away(*, profile, reminder, now):
    """With the earlier ones of the same event, which would only come out from under it."""
    kind, key, on = reminder.event
    profile.reminders.filter(event_on=on, seen_at=None, **{kind: key}).update(seen_at=now)


def coming_reminders(profile, *, now, most=5):
    """The next ones as (day, kind, key, event's day, offset), in a constant number of queries."""
    habits = habits_of([profile])[profile.pk]
    events = events_of({profile.pk: habits}, now=now)[profile.pk]
    return coming(events, today=now.astimezone(zone_of(profile)).date(), now=now)[:most]
