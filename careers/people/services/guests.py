"""Guests and accounts: whose profile it is, when they were last here, and when an idle guest goes."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.runtime.lock_timeout import short_lock_timeout
from careers.runtime.outages import is_busy

BATCH = 1000


def profile_of_user(*, user):
    """The account's own profile, made at the first need; safe when two requests need it at once."""
    profile = Profile.objects.filter(user=user).first()
    if profile is None:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            profile, _ = Profile.objects.get_or_create(user=user)
    return profile


class Pruned(NamedTuple):
    guests: int
    sessions: int


def prune_guests(*, idle_since, now):
    """Delete guests who were last here before the day `idle_since`, and sessions that ran out before `now`.

    An account is never touched. A guest who comes back at this moment either is seen and stays, or begins anew.
    """
    guests = 0
    # Some at a time: a flood of guests must not fill the memory, nor lock the table for long.
    while batch := list(Profile.objects.guests().idle_since(idle_since).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = Profile.objects.guests().idle_since(idle_since).select_for_update().filter(pk__in=batch)
            _, deleted = Profile.objects.filter(pk__in=[row.pk for row in rows]).delete()
        guests += deleted.get(Profile._meta.label, 0)
    bring_back(now=now)
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return Pruned(guests, sessions)


def bring_back(*, now):
    """Date back to now what a wrong clock has dated ahead, or it would be kept for years."""
    lasts, a_day = timedelta(seconds=settings.SESSION_COOKIE_AGE), timedelta(days=1)
    Session.objects.filter(expire_date__gt=now + lasts + a_day).update(expire_date=now + lasts)
    today = timezone.localdate(now)
    Profile.objects.guests().filter(active_on__gt=today + a_day).update(active_on=today)


def note_presence(*, profile, today=None):
    """That they were here today; one write a day, and back in time only from a far day. True when it was written.

    No page waits for it long.
    """
    today = today or timezone.localdate()
    tomorrow = today + timedelta(days=1)  # to others at the same moment it may be that already
    if today <= profile.active_on <= tomorrow:
        return False
    due = Q(active_on__lt=today) | Q(active_on__gt=tomorrow)
    try:
        with short_lock_timeout():
            is_written = bool(Profile.objects.filter(due, pk=profile.pk).update(active_on=today))
    except OperationalError as error:
        if not is_busy(error):
            raise
        return False
    profile.active_on = today  # whoever saves it whole says the same
    return is_written
