"""Pages that are the same for every reader.

A visitor without a session gets them whole and compressed from the cache, keyed by the guide's revision and the build
of the code, so an edit or a release shows at once. They carry an ETag and may be kept by any proxy, which asks again
before it serves them. While the database is away or busy, what is kept is served as it is, also to people with a
session.
"""

import gzip
import hashlib
from functools import wraps

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.connection import ConnectionProxy
from django.views.decorators.http import require_safe

from careers.guide.selectors import known_revision
from careers.web.private import is_personal

KEPT_FOR = 3600
pages = ConnectionProxy(caches, "pages")
ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": lambda body: body,
}
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "": lambda body: body}
MAIN = b'<main id="main" tabindex="-1">'  # of base.html


def public_page(*parameters):
    """`@public_page("level", "page")`: GET and HEAD only, kept for visitors without a session.

    `parameters` are all that the page reads of its query. Anything else in an address makes no page of its own, so
    nonsense cannot fill the cache. A view that has to run each time sets `must_run` on its response.
    """

    def decorate(view):
        @wraps(view)
        @require_safe
        def page(request, *args, **kwargs):
            request.page_parameters = parameters
            if is_personal(request):
                response = view(request, *args, **kwargs)
                response["Cache-Control"] = "private, no-cache"
                return response
            return anonymous_page(request, parameters, lambda: view(request, *args, **kwargs))

        # Nothing is ever posted here, so nobody's body has to be read and waited for to find its token.
        page.csrf_exempt = True
        page.parameters = parameters
        return page

    return decorate


def anonymous_page(request, parameters, render):
    encoding = chosen_encoding(request.headers.get("Accept-Encoding", ""))
    key = page_key(request, parameters, encoding)
    kept = pages.get(key)
    if kept is None:
        response = render()
        if response.status_code != 200:
            return response
        body = response.content
        kept = (ENCODERS[encoding](body), hashlib.sha256(body).hexdigest()[:24], response["Content-Type"])
        if not getattr(response, "must_run", False):
            pages.set(key, kept, KEPT_FOR)
    return page_response(request, kept, encoding)


def cached_page(request):
    """The page as everybody sees it, with a line that says so, for a person whose own cannot be made: an outage.

    None where the address is no public page, or nothing of it is kept.
    """
    parameters = parameters_of(request.path_info)
    if parameters is None or not hasattr(request, "htmx"):
        return None
    for encoding, decode in DECODERS.items():
        if kept := pages.get(page_key(request, parameters, encoding)):
            body, _, content_type = kept
            return HttpResponse(decode(body).replace(MAIN, MAIN + as_everybody_sees_it(), 1), content_type=content_type)
    return None


def parameters_of(path):
    try:
        return getattr(resolve(path).func, "parameters", None)
    except Resolver404:
        return None


def as_everybody_sees_it():
    return render_to_string("parts/_as_everybody_sees_it.html").encode()


def page_response(request, kept, encoding):
    body, digest, content_type = kept
    response = HttpResponse(body, content_type=content_type)
    if encoding:
        response["Content-Encoding"] = encoding
    # Weak: the same page in another encoding is the same page.
    response["ETag"] = etag = f'W/"{digest}"'
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Request"])
    return get_conditional_response(request, etag=etag, response=response)


def page_key(request, parameters, encoding):
    """Nothing is in it that a visitor can make up: neither the host nor its port, and no query that is not read."""
    parts = (
        settings.BUILD,
        known_revision(),
        settings.SITE_URL_SET,
        request.path,
        [(name, request.GET.getlist(name)) for name in parameters],
        wants_fragment(request),
        encoding,
    )
    return "page:" + hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def wants_fragment(request):
    """Whether htmx asks for a part of the page. Going back in the history asks for the whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def chosen_encoding(accepted):
    """The best of our encodings that the browser takes: br, gzip, or none.

    A quality of 0 refuses; other qualities do not matter between these three.
    """
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, quality = offer.partition(";")
        offers[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offers.get(name)), "")
