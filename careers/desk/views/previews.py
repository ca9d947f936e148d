"""What somebody sees of the desk without an account."""

import re

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.desk.services.drafts import draft_of, head_of, is_shown
from careers.desk.services.preview_links import page_of_link
from careers.desk.services.previews import ELSEWHERE, preview
from careers.guide.selectors.kept import KeptByRevision
from careers.web.private import unlisted

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
MOST_KEPT = 50  # pages; one that is looked at again does not lock the guide for it
kept_previews = KeptByRevision(dict)


@require_safe
def preview_read(request, token):
    """The draft of one page, or with `at` one of a few other pages that it changes."""
    page = page_of_link(token) if TOKEN.fullmatch(token) else None
    if page is None or (is_shown(page) and draft_of(page) is None):
        raise Http404
    places, at = {label: reverse(name) for label, name in ELSEWHERE.items()}, request.GET.get("at", "")
    if at and at not in places.values():
        raise Http404
    version, kept = head_of(page), kept_previews()
    body = kept.get((version.pk, at, token))
    if body is None:
        body = preview(request, page, version, at=at, bar={"preview": request.path, "elsewhere": places}).content
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[version.pk, at, token] = body
    return unlisted(HttpResponse(body))
