"""Which answers are one person's, and how they stay with them."""

import re

from django.conf import settings
from django.utils.cache import patch_vary_headers

from careers.web.guest_cookie import COOKIE

# Where the header is all that is there, a cookie that only looks like one of ours makes somebody known, which costs no
# more than a page that is made anew.
KNOWN = re.compile(rf"(^|;\s*)(__Host-)?(sessionid|messages|{COOKIE})\s*=")


def is_known(cookies):
    """Return what `is_personal` says of a request, by its Cookie header alone."""
    return bool(cookies) and KNOWN.search(cookies) is not None


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
