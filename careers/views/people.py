"""The person behind a request: `request.profile`.

Reading makes nothing: a visitor without a profile is `NOBODY`, whose lists are all empty. The first write makes a guest
profile, tied to the session. With an account signed in, what the guest did is claimed at the first need of a profile,
however the sign-in came about.
"""

import hashlib
import logging
from contextlib import contextmanager, suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from careers.actions.guests import claim_guest, note_presence, profile_of_user
from careers.forms.accounts import address_of
from careers.models import Evidence, HeldCertificate, Language, Profile, SavedGroup, SavedRole, Session, Share, User

log = logging.getLogger(__name__)
CLAIMED = "What you did on this browser before is in your account now."
GUEST = "guest_profile"  # in the session: the key of the guest's profile
MOST_GUESTS = 1000  # from one network address an hour: a carrier puts many phones behind one, a flood is more
HOUR = 3600  # seconds


class Nobody:
    """A reader who has not written anything: like a profile, empty, and never saved."""

    pk = None
    is_guest = True
    user = None

    def __init__(self):
        self.answers = Profile()

    def __getattr__(self, name):
        if name in EMPTY:
            return EMPTY[name].objects.none()
        return getattr(self.answers, name)

    def __bool__(self):
        return False


EMPTY = {
    "saved_roles": SavedRole,
    "saved_groups": SavedGroup,
    "evidence": Evidence,
    "certificates": HeldCertificate,
    "languages": Language,
    "shares": Share,
}


class TooManyGuests(Exception):
    """One network address has begun so many guests that it looks like a machine. Nothing was written."""


class ProfileMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.profile = SimpleLazyObject(lambda: profile_to_read(request))
        response = self.get_response(request)
        claim_after_sign_in(request)
        if request.path_info.startswith(reverse("me-dashboard")):
            keep_private(response)
        elif is_personal(request) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"  # a page that is not found shows how much they saved, too
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, TooManyGuests):
            return keep_private(render(request, "careers/too_many.html", status=429))
        if isinstance(exception, ObjectDoesNotExist | DatabaseError) and is_deleted(request.user):
            raise SessionInterrupted("The account was deleted in another window.") from exception
        return None


def claim_after_sign_in(request):
    """At once, not at the first page that asks: a desk does not, and signing out there would lose the guest's work."""
    if is_personal(request) and GUEST in request.session and request.user.is_authenticated:
        with suppress(ObjectDoesNotExist):  # the account was deleted in another window
            own_profile(request)


def is_deleted(user):
    return user.is_authenticated and not User.objects.filter(pk=user.pk).exists()


def person(request):
    """For every template: which roles are saved (keys), and the token for forms, empty for visitors without a session.

    Their pages are the same for everybody, so their forms carry no token (see `careers.views.same_origin`).
    """
    profile = getattr(request, "profile", Nobody())  # an answer may be needed before the middleware has run
    return {
        "saved_roles": SimpleLazyObject(lambda: set(profile.saved_roles.values_list("role_id", flat=True))),
        "form_token": SimpleLazyObject(lambda: get_token(request) if is_personal(request) else ""),
    }


def is_personal(request):
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def profile_to_read(request):
    """The request's profile, or a falsy Nobody."""
    if request.user.is_authenticated:
        try:
            profile = own_profile(request)
        except ObjectDoesNotExist:  # the account was deleted in another window
            profile = None
    else:
        profile = find_guest(request)
    if profile and note_presence(profile=profile):
        request.session.modified = True  # its cookie lasts as long again
    return profile or Nobody()


def find_guest(request):
    guest_pk = request.session.get(GUEST)
    return guest_pk and Profile.objects.guests().filter(pk=guest_pk).first()


def own_profile(request):
    """The profile of who is signed in, with what they did on this browser before."""
    guest_pk = request.session.get(GUEST)
    if guest_pk is None:
        return profile_of_user(user=request.user)
    try:
        profile = claim_guest(user=request.user, guest_pk=guest_pk)
    except DatabaseError:
        # The account stays usable and the guest's work where it is: it is claimed at a later request.
        log.exception("A guest's work could not be claimed.")
        return profile_of_user(user=request.user)
    request.session.pop(GUEST, None)
    messages.info(request, CLAIMED)
    return profile


@contextmanager
def writing(request):
    """`with writing(request) as profile:` one transaction in which this person's other writes wait.

    Makes the guest profile, or the account's, where there is none yet. Where the account was deleted at this moment,
    the answer is 400 and nothing is written.
    """
    with transaction.atomic():
        try:
            profile = Profile.objects.select_for_update().get(pk=profile_to_write(request).pk)
        except (ObjectDoesNotExist, UpdateError) as gone:
            raise SessionInterrupted("The account was deleted in another window.") from gone
        request.profile = profile
        yield profile


def profile_to_write(request):
    if request.user.is_authenticated:
        return own_profile(request)
    # Locked, or a sign-in elsewhere could claim and delete it before the caller has it.
    return lock_guest(request) or hold_session(request) or begin_guest(request)


def lock_guest(request):
    guest_pk = request.session.get(GUEST)
    return guest_pk and Profile.objects.guests().select_for_update().filter(pk=guest_pk).first()


def hold_session(request):
    """Two first writes of one session at once make one guest: the second waits here, and finds what the first made."""
    key = request.session.session_key
    if key and Session.objects.select_for_update().filter(pk=key).exists():
        request.session.update(request.session.load())
        return lock_guest(request)
    return None


def begin_guest(request):
    count_guest(request)
    guest = Profile.objects.create()
    request.session[GUEST] = guest.pk
    request.session.save()  # inside the transaction, so that whoever waits for the session finds the guest in it
    return guest


def count_guest(request):
    key = "guests:" + hashlib.sha256(address_of(request).encode("utf-8", "surrogatepass")).hexdigest()
    cache.add(key, 0, HOUR)
    try:
        begun = cache.incr(key)
    except ValueError:  # it ran out between the two
        begun = 1
    if begun > MOST_GUESTS:
        raise TooManyGuests


def own_page(view):
    """A page or form under /me/, for this person only. The middleware keeps what comes of it from all caches."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def keep_private(response):
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response
