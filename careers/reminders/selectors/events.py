"""What people are to be reminded of, read for many of them at once: the queries do not grow with people or events."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, Max, OuterRef

from careers.lib import zones
from careers.people.models.profiles import Profile
from careers.plans.rules.dates import Kind
from careers.plans.selectors.dates import days_of, having, owned_between, owned_by
from careers.reminders.models import MOST_DAYS, Reminder, ReminderSettings
from careers.reminders.rules import AFTERWARDS_DAYS, COLUMN, Clock, ReminderEvent, due_reminders


@dataclass(frozen=True)
class Recipient:
    """How a person is reminded. `mails` says whether an e-mail may go to them at all."""

    profile: Profile
    preferences: ReminderSettings
    clock: Clock
    mails: bool

    @property
    def has_channel(self):
        return self.mails or self.preferences.in_portal

    def offsets(self, kind):
        lists = {
            Kind.LAPSE: self.preferences.expiry_offsets,
            Kind.EXAM: self.preferences.exam_offsets,
            Kind.STEP: self.preferences.step_offsets,
        }
        return tuple(lists[kind])


def zone_of_person(profile):
    return zones.zone_of(profile.time_zone, settings.TIME_ZONE)


def recipients_of(profiles):
    """{profile's key: Recipient}; profiles come with their `user`."""
    profiles = list(profiles)
    preferences = {row.profile_id: row for row in ReminderSettings.objects.filter(profile__in=profiles)}
    confirmed = confirmed_emails(profiles)
    found = {}
    for profile in profiles:
        chosen = preferences.get(profile.pk) or ReminderSettings(profile=profile)
        mails = chosen.by_email and can_be_mailed(profile, confirmed)
        found[profile.pk] = Recipient(
            profile, chosen, Clock(zone_of_person(profile), chosen.quiet_from, chosen.quiet_to), mails
        )
    return found


def confirmed_emails(profiles):
    """Pairs of account and address; none without a mail server, where no mail can come."""
    users = [profile.user_id for profile in profiles if profile.user_id]
    if not (users and settings.SENDS_EMAIL):
        return set()
    rows = EmailAddress.objects.filter(user__in=users, verified=True).values_list("user_id", "email")
    return {(user, email.casefold()) for user, email in rows}


def can_be_mailed(profile, confirmed):
    user = profile.user
    if user is None or not user.is_active or not user.email:
        return False
    return (user.pk, user.email.casefold()) in confirmed


def span(now):
    """The days in which an event can have a reminder, wherever on earth it is."""
    today = now.date()
    return today - timedelta(days=AFTERWARDS_DAYS + 2), today + timedelta(days=MOST_DAYS + 2)


def span_of(kind, now):
    """An exam is over with its moment: nothing is told of it afterwards."""
    return (now, now + timedelta(days=MOST_DAYS + 2)) if kind == Kind.EXAM else span(now)


def end_of_part(*, after, most):
    """The last key of the `most` people who follow the one with key `after`; None where nobody does."""
    return Profile.objects.filter(pk__gt=after).order_by("pk")[:most].aggregate(last=Max("pk"))["last"]


def people_with_events(*, now, after, upto):
    """Those with anything to be reminded of, by key, from the one after `after` to `upto`.

    What they have is looked for by these keys as well, or PostgreSQL reads everybody's for each part of them.
    """
    dated = {kind: having(kind, *span_of(kind, now)).filter(owned_between(kind, after, upto)) for kind in COLUMN}
    has_any = reduce(or_, (Exists(rows.filter(owned_by(kind, OuterRef("pk")))) for kind, rows in dated.items()))
    return Profile.objects.filter(has_any, pk__gt=after, pk__lte=upto).select_related("user").order_by("pk")


def reminder_events_of(recipients, *, now):
    """{profile's key: its events}, in three queries."""
    found = defaultdict(list)
    for kind in COLUMN:
        for owner, key, at, set_at in days_of(recipients, kind, *span_of(kind, now)):
            clock, offsets = recipients[owner].clock, recipients[owner].offsets(kind)
            on, ends_at = (clock.day(at), at) if kind == Kind.EXAM else (at, None)
            found[owner].append(ReminderEvent(kind, key, on, clock.day(set_at), offsets, ends_at))
    return found


def given_to(recipients, *, now):
    """{profile's key: {event: offsets told}}."""
    rows = Reminder.objects.filter(profile__in=recipients, event_on__gte=span(now)[0])
    found = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row.profile_id][row.event].add(row.offset)
    return found


def due_of(recipients, *, now):
    """{profile's key: what is due}, without those who chose no way to be told."""
    told = {pk: one for pk, one in recipients.items() if one.has_channel}
    events, given = reminder_events_of(told, now=now), given_to(told, now=now)
    found = {pk: list(due_reminders(events[pk], now=now, clock=one.clock, given=given[pk])) for pk, one in told.items()}
    return {pk: due for pk, due in found.items() if due}
