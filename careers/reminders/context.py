"""What a person is reminded of, for every page of theirs: the header counts it."""

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from careers.lib import zones
from careers.people.views.time_zones import browser_zone, chosen_zone
from careers.reminders.services.making import open_reminders


def reminders(request):
    """`open_reminders`, asked for when a template needs it."""
    return {"open_reminders": SimpleLazyObject(lambda: reminders_now(request))}


def reminders_now(request):
    """`open_reminders` of whoever asks, looked for once a request."""
    if not hasattr(request, "open_reminders"):
        request.open_reminders = reminders_of(request)
    return request.open_reminders


def reminders_of(request):
    profile = getattr(request, "profile", None)  # an answer may be needed before the middleware has run
    if not profile:
        return []
    now, zone = timezone.now(), zones.zone_of(chosen_zone(profile), browser_zone(request), settings.TIME_ZONE)
    return open_reminders(profile, zones.day_in(now, zone), now=now, zone=zone)
