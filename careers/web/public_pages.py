"""Pages that are the same for every reader.

A visitor without a session gets them whole and compressed from a memory of this process, keyed by the guide's revision,
so an edit shows at once. They are answered before anything else is looked at, with all that their first answer said;
they carry an ETag and may be kept by any proxy, which asks again before it serves them. While the database is away or
busy, what is kept is served as it is, also to people with a session.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache, wraps

import brotli
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from careers.guide.selectors.kept import known_revision
from careers.lib.memory import Memory
from careers.web.only_kept import NOT_KEPT, ONLY_KEPT
from careers.web.private import is_known, is_personal

SECONDS = 3600
LONGEST_TURN = 5  # seconds that a reader waits for another one's page; who makes it too makes both slower
LONGEST_PATH = 300  # of a page's address; none of ours is near it
CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_MODIFIED_SINCE")
OF_A_BODY = {"content-type", "content-length", "content-encoding"}
ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": lambda body: body,
}
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "": lambda body: body}
MAIN = b'<main id="main" tabindex="-1">'  # of base.html
USEFUL, SECTION_ENDS = b'<section class="useful ', b"</section>"  # of parts/page/_useful.html, which has none in it


@dataclass(frozen=True)
class PageKey:
    """Nothing is in it that a visitor can make up: neither the host nor its port, and no query that is not read."""

    revision: int
    path: str
    query: tuple[tuple[str, ...], ...]  # as `query_of` reads it
    is_fragment: bool
    is_secure: bool
    site: str


class KeptPage:
    """An answer to everybody: its headers, and its body in the encodings that were asked for so far."""

    def __init__(self, response, encoding):
        body = response.content
        self.tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'  # weak: it is the same page in any encoding
        self.bodies = {encoding: ENCODERS[encoding](body)}
        headers = {name: value for name, value in response.items() if name.lower() not in ("content-length", "etag")}
        self.headers = {**headers, "ETag": self.tag}
        self.headers_of_none = {name: value for name, value in self.headers.items() if name.lower() not in OF_A_BODY}

    def body(self, encoding):
        if encoding not in self.bodies:
            self.bodies[encoding] = ENCODERS[encoding](self.plain_body())
        return self.bodies[encoding]

    def plain_body(self):
        encoding, body = next(iter(self.bodies.items()))
        return DECODERS[encoding](body)

    @property
    def size(self):
        """In bytes. Its other encodings are counted ahead of need: as much again, each."""
        return 2_000 + 3 * len(next(iter(self.bodies.values())))


def memory(room):
    return Memory(room, seconds=SECONDS, size=lambda page: page.size)


# A visitor makes up what they look for, so what reads an address' query has a room of its own: no flood of searches
# pushes out the pages of the guide.
kept_by_path = memory(settings.KEPT_PAGES_BYTES * 3 // 4)
kept_by_query = memory(settings.KEPT_PAGES_BYTES // 4)


def forget_pages():
    for kept in (kept_by_path, kept_by_query):
        kept.clear()


def kept_pages(key):
    return kept_by_query if key.query else kept_by_path


def kept_pages_first(get_response):
    """The outermost middleware: who is not known gets a page that is kept before anything else is done.

    What others do to the answer of such a page they do once, when it is made. One page is made once, while who wants
    the same waits for it. The server asks for what is kept beforehand (`ONLY_KEPT`), so that nobody waits for those.
    """

    def answer(request):
        key = page_key(request) if may_be_kept(request) else None
        if key and (page := kept_pages(key).get(key)):
            return page_response(request, page)
        if ONLY_KEPT in request.META:
            return HttpResponse(status=NOT_KEPT)
        if key is None:
            return get_response(request)
        with kept_pages(key).turn(key, longest=LONGEST_TURN):
            if page := kept_pages(key).get(key):
                return page_response(request, page)
            return first_response(request, key)

    def first_response(request, key):
        response = get_response(request)
        if not getattr(response, "is_for_everybody", False) or response.cookies:
            return response
        page = KeptPage(response, chosen_encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        if not getattr(response, "must_run", False):
            kept_pages(key).keep(key, page)
        return page_response(request, page)

    return answer


def may_be_kept(request):
    """Whether it asks for a page that is the same for everybody, in a way that is answered with one."""
    if request.method not in ("GET", "HEAD") or is_known(request.META.get("HTTP_COOKIE", "")):
        return False
    if parameters_of(request.path_info) is None or (settings.SECURE_SSL_REDIRECT and not request.is_secure()):
        return False
    try:
        request.get_host()
        _ = request.GET
    except SuspiciousOperation:  # a wrong host, or too many parameters: refused where they always are
        return False
    return True


def page_key(request):
    """None where nobody knows which revision the guide has, or where it is about to change and this one only looks."""
    try:
        revision = known_revision(only_looks=ONLY_KEPT in request.META)
    except DatabaseError:
        return None
    if revision is None:
        return None
    query = query_of(request, parameters_of(request.path_info)) if request.META.get("QUERY_STRING") else ()
    fragment = asks_for_fragment(request.META)
    return PageKey(revision, request.path, query, fragment, request.is_secure(), settings.SITE_URL_SET)


def query_of(request, parameters):
    """Return what an address asks, said in one way: each parameter that it gives, with its values.

    Of a parameter that is read once the last counts, as Django reads it. What is empty says nothing.
    """
    given = []
    for name in parameters.once:
        if value := request.GET.get(name):
            given.append((name, value))
    for name in (*parameters.sets, *parameters.lists):
        values = [value for value in request.GET.getlist(name) if value]
        if values:
            given.append((name, *(sorted(set(values)) if name in parameters.sets else values)))
    return tuple(given)


@dataclass(frozen=True)
class Parameters:
    """Names in the query of a page: of one value each, of values in any order, and of values in order."""

    once: tuple[str, ...]
    sets: tuple[str, ...]
    lists: tuple[str, ...]


def public_page(*once, sets=(), lists=()):
    """`@public_page("sort", "page", sets=["level"])`: GET and HEAD only, kept for visitors without a session.

    These are all that the page reads of its query. Anything else in an address makes no page of its own. A view sets
    `must_run` on a response that is not to be kept: one that has to be made each time, or of an address that was not
    understood, so that nonsense cannot fill the memory.
    """
    parameters = Parameters(once, tuple(sets), tuple(lists))

    def decorate(view):
        @wraps(view)
        @require_safe
        def page(request, *args, **kwargs):
            request.page_query = query_of(request, parameters)
            request.is_public_page = True
            response = view(request, *args, **kwargs)
            if is_personal(request):
                response["Cache-Control"] = "private, no-cache"
            elif response.status_code == 200:
                response.is_for_everybody = True
                response["Cache-Control"] = "public, no-cache"
                patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Request"])
            return response

        # Nothing is ever posted here, so nobody's body has to be read and waited for to find its token.
        page.csrf_exempt = True
        page.parameters = parameters
        return page

    return decorate


def cached_page(request):
    """The page as everybody sees it, with a line that says so, for a person whose own cannot be made: an outage.

    None where the address is no public page, or nothing of it is kept. Raises the database's error where nobody knows
    which revision the guide has.
    """
    if parameters_of(request.path_info) is None:
        return None
    if (key := page_key(request)) and (page := kept_pages(key).get(key)):
        body = without_question(page.plain_body()).replace(MAIN, MAIN + as_everybody_sees_it(), 1)
        return HttpResponse(body, content_type=page.headers["Content-Type"])
    return None


def without_question(body):
    """The page without “Was this page useful?”: for a copy from which no answer could be sent."""
    before, begins, rest = body.partition(USEFUL)
    return before + rest.partition(SECTION_ENDS)[2] if begins else body


@lru_cache(maxsize=5000)
def parameters_by_path(path):
    try:
        return getattr(resolve(path).func, "parameters", None)
    except Resolver404:
        return None


def parameters_of(path):
    """Return what the public page at `path` reads of a query; None if there is no such page."""
    return parameters_by_path(path) if len(path) <= LONGEST_PATH else None


def as_everybody_sees_it():
    return render_to_string("parts/page/_as_everybody_sees_it.html").encode()


def page_response(request, page):
    if request.META.get("HTTP_IF_NONE_MATCH") == page.tag and not asks_for_more(request.META):
        response = HttpResponse(status=304, headers=page.headers_of_none)
        del response["Content-Type"]
        return response
    encoding = chosen_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.body(encoding)
    response = HttpResponse(body, headers=page.headers)
    response["Content-Length"] = str(len(body))
    if encoding:
        response["Content-Encoding"] = encoding
    if "HTTP_IF_NONE_MATCH" in request.META or asks_for_more(request.META):
        return get_conditional_response(request, etag=page.tag, response=response)
    return response


def asks_for_more(meta):
    return any(name in meta for name in CONDITIONS)


def asks_for_fragment(meta):
    """Whether htmx asks for a part of the page. Going back in the history asks for the whole."""
    return meta.get("HTTP_HX_REQUEST") == "true" and meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"


def wants_fragment(request):
    return asks_for_fragment(request.META)


@lru_cache(maxsize=500)
def chosen_encoding(accepted):
    """The best of our encodings that the browser takes: br, gzip, or none.

    A quality of 0 refuses; other qualities do not matter between these three.
    """
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, quality = offer.partition(";")
        offers[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offers.get(name)), "")
