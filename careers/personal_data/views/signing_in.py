"""What becomes of a guest's work when somebody signs in on its browser.

Who has just signed up here takes it along. Into an account that was there before nothing goes without an answer: the
work waits beside the account (`careers.web.guest_cookie`), and a page asks whose it is
(`careers.personal_data.views.guests`).
"""

import logging
from urllib.parse import urlencode

from django.contrib import messages
from django.db import DatabaseError
from django.urls import reverse

from careers.accounts.forms.accounts import SIGNED_UP
from careers.dashboard.views.put_off import PUT_OFF
from careers.people.models.profiles import Profile
from careers.people.views.requests import GUEST, is_asked, parked_guest
from careers.personal_data.services.claiming import claim_guest, drop_empty_guest
from careers.web.guest_cookie import Parked, park, parked

log = logging.getLogger(__name__)
CLAIMED = "What you did on this browser before is in your account now."
SET_ASIDE = "guest_session"  # in the session: what it held of the guest, who may be somebody else


def settle_guest(request, *, signed_up=False):
    """Called with everything that signs in. Changes nothing where the session knows no guest."""
    if GUEST not in request.session or not request.user.is_authenticated:
        return
    guest_pk = request.session.pop(GUEST)
    is_new = request.session.pop(SIGNED_UP, None) == request.user.pk or signed_up
    if is_new and not Profile.objects.filter(user=request.user).exists() and claimed(request.user, guest_pk):
        messages.info(request, CLAIMED)
    else:
        aside = {PUT_OFF: request.session.pop(PUT_OFF)} if request.session.get(PUT_OFF) else {}
        if not drop_empty_guest(guest_pk=guest_pk):
            park(request, Parked(guest_pk))
            request.session[SET_ASIDE] = aside


def claimed(user, guest_pk):
    """Whether the guest's work is in the account now. Where that fails the account stays usable, and the work waits."""
    try:
        return claim_guest(user=user, guest_pk=guest_pk)
    except DatabaseError:
        log.exception("A guest's work could not be claimed.")
        return False


def bring_back(request):
    """Give the account what was set aside of the guest's session. What it has there itself stays."""
    for key, theirs in request.session.pop(SET_ASIDE, {}).items():
        request.session[key] = {**theirs, **request.session.get(key, {})}


def forget_guest(request):
    park(request, None)
    request.session.pop(SET_ASIDE, None)


def leave_guest(request):
    park(request, Parked(parked(request).guest, left_by=request.user.pk))


def question_first(request, target):
    """Where to go after a sign-in: to the page that asks whose the guest's work is, and from there to `target`."""
    if request.user.password_is_one_time or not (is_asked(request) and parked_guest(request)):
        return target
    return f"{reverse('data-guest')}?{urlencode({'next': target})}"
