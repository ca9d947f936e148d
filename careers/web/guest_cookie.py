"""Where a guest's work waits while somebody is signed in: in a signed cookie of this browser, not in their session.

So it outlasts the session, however that ends, and nobody but this browser leads to it.
"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing

COOKIE = "guest_work"


class Parked(NamedTuple):
    guest: int  # the key of the guest's profile
    left_by: int = 0  # the key of the account that said "not mine"


def parked(request):
    """Return what this browser keeps beside an account; None if nothing, or if it cannot be read, and then it goes."""
    if not hasattr(request, "parked_guest"):
        request.parked_guest = read(request.COOKIES.get(COOKIE, ""))
        if request.parked_guest is None and COOKIE in request.COOKIES:
            park(request, None)
    return request.parked_guest


def read(value):
    try:
        return Parked(*signing.loads(value, salt=COOKIE, max_age=settings.SESSION_COOKIE_AGE))
    except (signing.BadSignature, TypeError):
        return None


def park(request, kept):
    """Keep it from this answer on, for as long again; None forgets it."""
    request.parked_guest, request.parks_anew = kept, True


def set_cookie(request, response):
    if not getattr(request, "parks_anew", False):
        return
    if request.parked_guest is None:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(request.parked_guest, salt=COOKIE),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_name_in_use(cookie):
    """Under what name a browser keeps it."""
    return f"{settings.COOKIE_PREFIX}{cookie}"
