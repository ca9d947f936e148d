"""The person behind a request: `request.profile`.

Reading makes nothing: a visitor without a profile is an `AnonymousProfile`, whose lists are all empty. The first write
makes a guest profile, tied to the session (`careers.people.views.writing`). An account that is signed in is its own
profile alone: what a guest did on the same browser waits beside it until they say whose it is
(`careers.personal_data.views.signing_in`).
"""

from functools import wraps

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.views.decorators.http import require_http_methods

from careers.accounts.models.sessions import GUEST
from careers.lib import zones
from careers.people.models.profiles import Profile
from careers.people.services.guests import note_presence, profile_of_user
from careers.people.views.once import once
from careers.people.views.time_zones import (
    YEAR,
    ZONE,
    ask_zone,
    browser_zone,
    chosen_zone,
    must_ask_zone,
    zone_chosen_now,
)
from careers.web.guest_cookie import park, parked
from careers.web.private import is_personal
from careers.web.site_url import site_url_of
from careers.web.ways_back import sign_in_url


class AnonymousProfile:
    """A reader who has not written anything: like a profile, empty, and never saved."""

    pk = None
    is_guest = True
    user = None

    @cached_property
    def answers(self):
        return Profile()

    def __getattr__(self, name):
        if name in LISTS:
            return LISTS[name].related_model.objects.none()
        return getattr(self.answers, name)

    def __bool__(self):
        return False


# What hangs on a profile, by its name there: this module knows none of those nouns.
LISTS = {relation.get_accessor_name(): relation for relation in Profile._meta.related_objects}


def person(request):
    """For every template: which roles are saved (keys), which certifications are tracked ({key: key of the plan}),
    whether a guest's work waits for an answer, whether this browser is known, where the portal is reached, whose
    account is signed in (None: nobody's), where the way to sign in leads, and the token for forms, empty for those who
    are not.

    Their pages are the same for everybody, so their forms carry no token (see `careers.people.views.same_origin`).
    """
    profile = getattr(request, "profile", AnonymousProfile())  # an answer may be needed before the middleware has run
    return {
        "saved_roles": SimpleLazyObject(lambda: set(profile.saved_roles.values_list("role_id", flat=True))),
        "tracked": SimpleLazyObject(
            lambda: dict(profile.certification_plans.exclude(certification=None).values_list("certification_id", "pk"))
        ),
        "guest_waits": SimpleLazyObject(lambda: guest_waits(request)),
        "is_personal": is_personal(request),
        "site_url": SimpleLazyObject(lambda: site_in_page(request)),
        "account": SimpleLazyObject(lambda: account_of(request)),
        "sign_in_url": SimpleLazyObject(lambda: sign_in_url(request)),
        "form_token": SimpleLazyObject(lambda: get_token(request) if is_personal(request) else ""),
    }


def site_in_page(request):
    """In a page that is the same for everybody one visitor's `Host` decides nothing: its addresses may be relative."""
    return settings.SITE_URL_SET or (site_url_of(request) if is_personal(request) else "")


def account_of(request):
    """None where nobody is signed in. A page for everybody looks for nobody."""
    user = getattr(request, "user", None) if is_personal(request) else None
    return user if user is not None and user.is_authenticated else None


def known_person(view):
    """`@own_page @known_person`: only for whom something is kept.

    Anybody else would choose for a person who is not there, while what they mean waits in an account. They are asked to
    sign in (`careers.personal_data.views.middleware`).
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        if not request.profile:
            raise Http404
        return view(request, *args, **kwargs)

    return page


def profile_to_read(request):
    """The request's profile, or a falsy AnonymousProfile."""
    if request.user.is_authenticated:
        try:
            profile = own_profile(request)
        except ObjectDoesNotExist:  # the account was deleted in another window
            profile = None
    else:
        profile = find_guest(request)
    if profile:
        note_visit(request, profile)
    return profile or AnonymousProfile()


def note_visit(request, profile):
    """That they are here today; what leads this browser to them lasts as long again."""
    if note_presence(profile=profile):
        request.session.modified = True
        if profile.is_guest and parked(request):
            park(request, parked(request))


def guest_key(request):
    """The key of this browser's guest: the session's, else of the one that waited beside an account."""
    kept = parked(request)
    return request.session.get(GUEST) or (kept and kept.guest)


def find_guest(request):
    kept = parked(request)
    if GUEST in request.session:
        return Profile.objects.guests().filter(pk=request.session[GUEST]).first()
    return kept and waiting_guest(request, kept)


def waiting_guest(request, kept):
    """None, and the cookie goes with this answer, where that guest was pruned, or is somebody's by now."""
    guest = Profile.objects.guests().filter(pk=kept.guest).first()
    if guest is None:
        park(request, None)
    return guest


def own_profile(request):
    """The profile of who is signed in."""
    return profile_of_user(user=request.user)


def parked_guest(request):
    """The guest whose work waits on this browser beside the account that is signed in; None where there is none."""
    kept = parked(request)
    if kept is None or not request.user.is_authenticated:
        return None
    return waiting_guest(request, kept)


def is_asked(request):
    """Whether this account has not said yet whose the waiting work is."""
    kept = parked(request)
    return kept is not None and kept.left_by != request.user.pk


def guest_waits(request):
    """Whether an own page says that a guest's work waits: until it is answered, and not beside the question itself."""
    on_own_page = request.path_info.startswith(reverse("me-dashboard"))
    is_question = request.path_info.startswith(reverse("data-guest"))
    return on_own_page and not is_question and is_asked(request) and parked_guest(request) is not None


def own_page(view):
    """A page or form under /me/, for this person only, in their time zone: `localdate()` is their day.

    Until their zone is known the browser is asked for it, so no page says a day that may be another where they are. Its
    form is done once, however often it is sent (`careers.people.views.once`). The middleware keeps what comes of it
    from all caches, and takes the time zone back.
    """
    answer = once(view)

    @wraps(view)
    def page(request, *args, **kwargs):
        request.is_own_page = True
        zone = chosen_zone(request.profile) or browser_zone(request)
        if not zone and must_ask_zone(request):
            return ask_zone(request)
        if zone:
            timezone.activate(zones.zone_of(zone, settings.TIME_ZONE))
        response = answer(request, *args, **kwargs)
        if zone and zone == zone_chosen_now(request):
            response.set_cookie(ZONE, zone, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        return response

    return require_http_methods(["GET", "HEAD", "POST"])(page)
