"""Writes of a person, one after the other. The first one makes a guest profile, tied to the session."""

import hashlib
from contextlib import ExitStack, contextmanager, nullcontext
from functools import wraps

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from careers.accounts.forms.accounts import ip_of
from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.fields.models.rows import AskedByKey
from careers.people.models.profiles import Profile
from careers.people.services.answers import save_answers
from careers.people.views.requests import GUEST, guest_key, note_visit, own_profile
from careers.people.views.time_zones import ZONE, browser_zone, chosen_zone
from careers.web.guest_cookie import park, parked

MOST_GUESTS = 1000  # from one network address an hour: a carrier puts many phones behind one, a flood is more
HOUR = 3600  # seconds
NOTHING_SAID = Profile()
OWN = AskedByKey(lambda key: Profile.objects.to_write().filter(user=key))
GUESTS = AskedByKey(lambda key: Profile.objects.guests().to_write().filter(pk=key))


class TooManyGuests(Exception):
    """One network address has begun so many guests that it looks like a machine. Nothing was written."""


@contextmanager
def writing(request, *, create=True, account_first=False):
    """`with writing(request) as profile:` one transaction in which this person's other writes wait.

    Makes the guest profile, or the account's, where there is none yet. With `create=False`, for what is about something
    that the person has, a visitor without a profile gets `Http404` before anything is locked or made. Where the account
    was deleted at this moment, the answer is 400 and nothing is written. In an answer that is given once
    (`careers.people.views.once`) the transaction ends with the answer, and a form that was sent before gets no further
    than here. What is raised inside takes everything back, also a guest that was begun: the visitor is again who they
    were. `account_first` locks the row of the account before its profile, for what needs both.
    """
    if not create and not request.profile:
        raise Http404
    with ExitStack() as stack:
        stack.enter_context(without_guest_if_it_fails(request))
        stack.enter_context(transaction.atomic())
        try:
            if account_first:
                User.objects.select_for_update().get(pk=request.user.pk)
            profile = profile_to_write(request, create=create)
        except (ObjectDoesNotExist, UpdateError) as gone:
            raise SessionInterrupted("The account was deleted in another window.") from gone
        sending = getattr(request, "sending", None)
        if sending:
            sending.begin(profile)
            stack.callback(sending.end)
        request.profile = profile
        note_visit(request, profile)  # where nobody had to read it before
        take_zone(request, profile)
        yield profile
        if sending:
            sending.open_writes.push(stack.pop_all())


@contextmanager
def without_guest_if_it_fails(request):
    """Neither the session nor the request leads to a guest whose row was taken back. Else the next page would ask for
    a session that is not there, and where a key is given again, one browser would show another's work.
    """
    before, session_key = request.profile, request.session.session_key
    request.begun = None
    try:
        yield
    except BaseException:
        if request.begun is not None:
            request.profile, request.begun = before, None
            request.session.take_back(GUEST, session_key)
        raise


def answering(request):
    """`with answering(request) as profile:` for a page that shows a form about something that the person has, and takes
    it: the profile to read, or for a POST the one of `writing(request, create=False)`.

    What is shown after a POST is a `TemplateResponse`, which is drawn when the transaction is over.
    """
    return writing(request, create=False) if request.method == "POST" else nullcontext(request.profile)


def in_one_write(view):
    """For a view that writes by itself, as those of the HR desk do. Whoever deletes their own account there is told
    nothing a second time.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with writing(request) as profile:
            response = view(request, *args, **kwargs)
            if not Profile.objects.filter(pk=profile.pk).exists():
                request.sending.forget()
            return response

    return page


def take_zone(request, profile):
    """The browser's time zone becomes the person's with their first write, until they choose: mails keep to it, too."""
    zone = browser_zone(request)
    if zone and not chosen_zone(profile):
        save_answers(profile=profile, answers={ZONE: zone}, now=timezone.now())


def profile_to_write(request, *, create):
    """Locked, or a sign-in elsewhere could claim and delete it before the caller has it."""
    if request.user.is_authenticated:
        return lock_own(request) or Profile.objects.to_write().get(pk=own_profile(request).pk)
    guest = lock_guest(request)
    if guest is None and not create:
        raise Http404
    return guest or hold_session(request) or begin_guest(request)


def lock_own(request):
    return OWN.row(request.user.pk)


def lock_guest(request):
    """The browser's guest, in its session from now on."""
    guest_pk = guest_key(request)
    guest = guest_pk and GUESTS.row(guest_pk)
    if guest and parked(request):
        request.session[GUEST] = guest.pk
        park(request, None)
    return guest


def hold_session(request):
    """Two first writes of one session at once make one guest: the second waits here, and finds what the first made."""
    key = request.session.session_key
    if key and Session.objects.select_for_update().filter(pk=key).exists():
        request.session.update(request.session.load())
        return lock_guest(request)
    return None


def begin_guest(request):
    count_guest(request)
    guest = Profile(time_zone=browser_zone(request))
    guest.note_answers(NOTHING_SAID, now=timezone.now())
    guest.save(force_insert=True)
    guest.has_removals, guest.is_new = False, True  # so nobody has to ask what hangs on it
    request.session[GUEST], request.begun = guest.pk, guest
    request.session.save_with_write()  # so that whoever waits for the session finds the guest in it
    return guest


def count_guest(request):
    if times_this_hour(request, "guests") > MOST_GUESTS:
        raise TooManyGuests


def times_this_hour(request, what):
    """How often `what` was asked from this network address, this time included. The cache has its hash only."""
    key = f"{what}:" + hashlib.sha256(ip_of(request).encode("utf-8", "surrogatepass")).hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        return 1
