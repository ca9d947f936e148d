"""Two tabs that each sent a visitor's first form at once began two guests: they become one with the next request."""

import logging

from django.db import DatabaseError

from careers.people.views.requests import GUEST
from careers.personal_data.services.claiming import join_guests
from careers.runtime.lock_timeout import short_lock_timeout
from careers.runtime.outages import is_outage
from careers.web.begun_guests import begun_here, forget_begun, note_begun

log = logging.getLogger(__name__)


def join_tabs(request):
    """Bring what this browser's other tabs began to the session's guest. Where that cannot be done now, next time."""
    request.tabs = begun_here(request)
    own = request.session.get(GUEST) if request.tabs else None
    others = request.tabs.keys() - {own}
    if own and others and not joined(own, others):
        request.tabs = {}  # their cookies stay


def joined(own, others):
    try:
        with short_lock_timeout():
            return join_guests(guest_pk=own, others=others)
    except DatabaseError as error:
        if not is_outage(error):
            log.exception("What two tabs began could not be brought together.")
        return False


def note_tabs(request, response):
    """The cookie of a guest that was begun just now. Those of guests who are this browser's no more go."""
    own = request.session.get(GUEST) if getattr(request, "tabs", {}) else None
    for key, name in getattr(request, "tabs", {}).items():
        if key != own:
            forget_begun(response, name)
    if getattr(request, "begun", None) is not None:
        note_begun(response, request.begun.pk)
