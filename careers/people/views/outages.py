"""The answer while the database is away or busy: a public page as it is kept for everybody, or one plain sentence, and
what was typed comes back with it.

Nothing here asks the database, so a page says who is signed in only where that was known before.
"""

import sys
from threading import Lock

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import defaults

from careers.people.views.lost_forms import form_not_taken, known_account
from careers.runtime.outages import has_written, is_busy, is_outage
from careers.web.private import keep_private
from careers.web.public_pages import cached_page
from careers.web.ways_back import LONGEST_URL

RETRY_AFTER = 10  # seconds
ONE_BY_ONE = Lock()  # many are told at the same moment, and kept pages wait for each thread that writes meanwhile
NO_FORM = (MultiPartParserError, RawPostDataException, SuspiciousOperation, UnreadablePostError)


def server_error(request):
    """`handler500`: 503 where it is an outage. It is called while the error is handled, wherever it was raised."""
    error = sys.exc_info()[1]
    return out_of_order(request, error) if is_outage(error) else defaults.server_error(request)


def out_of_order(request, error):
    if hasattr(request, "session"):
        request.session.modified = False  # or keeping it would wait, and fail, again
    if copy := copy_of_page(request):
        return keep_private(copy)
    with ONE_BY_ONE:
        response = HttpResponse(sentence(request, error), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return keep_private(response)


def sentence(request, error):
    try:
        page = request.method == "POST" and form_not_taken(request, is_busy=is_busy(error), may_be_saved=has_written())
    except NO_FORM:
        page = None
    return page or render_to_string("503.html", {"url": where_to_try(request), **known_account(request)})


def copy_of_page(request):
    try:
        return cached_page(request) if request.method in ("GET", "HEAD") else None
    except DatabaseError:  # nobody knows of which revision it would have to be
        return None


def where_to_try(request):
    """The page that was asked for. What was sent to an address that only takes forms begins anew on the first page."""
    url = request.get_full_path()
    is_page = request.method in ("GET", "HEAD") and len(url) <= LONGEST_URL
    return url if is_page else reverse("home")
