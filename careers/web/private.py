"""Which answers are one person's, and how they stay with them."""

from django.conf import settings
from django.utils.cache import patch_vary_headers

from careers.web.guest_cookie import COOKIE


def is_personal(request):
    """Whether the browser is known: by a session, a message that was not read, or a guest's work that waits."""
    return any(name in request.COOKIES for name in (settings.SESSION_COOKIE_NAME, "messages", COOKIE))


def keep_private(response):
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


def unlisted(response):
    """Kept nowhere, found by no search engine, and its address told to no other page."""
    keep_private(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
