"""Which guests this browser began of late: a cookie for each, so that none of them takes another's place.

Two first forms that are sent at once, from two tabs, begin a guest and a session each, and the browser keeps the cookie
of the session that is answered last. By these cookies the work of both is found (`careers.personal_data.views.tabs`).
"""

from django.conf import settings
from django.core import signing

PREFIX = "guest_begun_"  # and the key of the guest's profile
SECONDS = 3600
MOST = 10  # that are looked at; nobody has as many tabs that begin at once


def begun_here(request):
    """{key of a guest: name of its cookie}, of those that this browser began within the last hour."""
    names = [name for name in request.COOKIES if name.startswith(PREFIX)]
    read_keys = ((read(request.COOKIES[name]), name) for name in names[:MOST])
    return {key: name for key, name in read_keys if key is not None}


def read(value):
    try:
        return signing.loads(value, salt=PREFIX, max_age=SECONDS)
    except signing.BadSignature:
        return None


def note_begun(response, guest_pk):
    response.set_cookie(
        f"{PREFIX}{guest_pk}",
        signing.dumps(guest_pk, salt=PREFIX),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_begun(response, name):
    response.delete_cookie(name, samesite="Lax")
