"""Public pages as readers would have them if a draft were published now."""

from copy import copy
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone

from careers.desk.services.drafts import laid_over
from careers.guide.selectors.merging import known_part
from careers.guide.selectors.snapshots import fields_of
from careers.people.views.requests import AnonymousProfile
from careers.web.public_pages import without_question

ELSEWHERE = {"The first page": "home", "All roles": "role-list", "The map": "route-map"}  # where a change may show
MISSING = "Not written yet."
MAIN = '<main id="main" tabindex="-1">'
NOBODYS = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_HX_REQUEST")


def preview(request, page, version, *, at, bar):
    """The public page at `at` (a path, with a query), made by its own view for nobody, with the draft laid over.

    Where `at` is empty it is the page's own. `bar` is what its first line is made of. Raises Http404 for what is no
    public page. Nobody may keep it, and no search engine finds it.
    """
    content = with_placeholders(page, known_part(page, version.content))
    with laid_over(page, content, status=page.Status.PUBLISHED) as (working, _):
        path = at or working.get_absolute_url()
        response = answer_for_nobody(request, path)
        body = without_question(response.content).decode()
    line = render_to_string("careers/desk/_preview_bar.html", {"page": page, "version": version, "path": path, **bar})
    answer = HttpResponse(body.replace(MAIN, f"{MAIN}{line}", 1), status=response.status_code)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def with_placeholders(page, content):
    """Readers cannot have a page with empty parts; a preview shows where they are."""
    fields, columns = dict(content["fields"]), fields_of(page._meta.model)
    for name in page.NEEDED_TO_PUBLISH:
        if not fields.get(name):
            fields[name] = placeholder(columns[name])
    return {**content, "fields": fields}


def placeholder(column):
    if column.choices:
        return column.default
    is_text = column.get_internal_type() in ("CharField", "TextField")
    return MISSING if is_text else timezone.localdate().isoformat()


def answer_for_nobody(request, path):
    parts = urlsplit(path)
    if parts.scheme or parts.netloc:
        raise Http404
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise Http404 from None
    if not hasattr(match.func, "parameters"):
        raise Http404
    inner = copy(request)
    inner.META = {name: value for name, value in request.META.items() if name not in NOBODYS}
    inner.META |= {"PATH_INFO": parts.path, "QUERY_STRING": parts.query, "REQUEST_METHOD": "GET"}
    inner.method, inner.path, inner.path_info, inner.resolver_match = "GET", parts.path, parts.path, match
    inner.COOKIES, inner.GET, inner.POST = {}, QueryDict(parts.query), QueryDict()
    inner.user, inner.profile = AnonymousUser(), AnonymousProfile()
    inner.__dict__.pop("headers", None)
    inner.__dict__.pop("_messages", None)
    response = match.func(inner, *match.args, **match.kwargs)
    return response.render() if hasattr(response, "render") and not response.is_rendered else response
