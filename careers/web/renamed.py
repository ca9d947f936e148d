"""Addresses that carry a slug which its page has no longer, in their path or in their query: they lead on, for good.

`or_renamed(Role)` goes around a view that finds a page by the `slug` of its path, `slugs_in_query(role=Role)` around
one that reads slugs of a query. What is sent by a form that was open meanwhile is done as if it were sent today.
"""

from functools import wraps
from itertools import islice

from django.http import Http404, HttpResponsePermanentRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse

from careers.guide.selectors.old_slugs import slug_today, slugs_today
from careers.web.query import is_slug

SAFE = ("GET", "HEAD")
MOST_SLUGS = 100  # that are looked up; no address of ours carries as many
BETWEEN = ","  # of several slugs in one value, as in the `via` of a route


def or_renamed(noun):
    """`@or_renamed(Role)` around a view that raises 404 for a slug that it does not know. Costs nothing for others."""

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except Http404:
                slug = slug_today(noun, kwargs["slug"])
                if slug is None:
                    raise
                renamed = {**kwargs, "slug": slug}
                if request.method not in SAFE:
                    return view(request, *args, **renamed)
                return moved_to(request, reverse(request.resolver_match.view_name, kwargs=renamed))

        page.noun_of_slug = noun
        return page

    return decorate


def slugs_in_query(**nouns):
    """`@slugs_in_query(role=Role)`: parameters of the query that carry slugs, each with the noun. One query where any
    is given.
    """

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            if request.method in SAFE:
                today = query_of_today(request.GET, nouns)
                if today is not request.GET:
                    return moved_to(request, request.path, today)
            return view(request, *args, **kwargs)

        page.nouns_of_query = nouns
        return page

    return decorate


def query_of_today(query, nouns):
    """The same QueryDict where it carries no old slug, else another one. `nouns` is {parameter: noun}."""
    values = ((noun, value) for name, noun in nouns.items() for value in query.getlist(name))
    slugs = dict.fromkeys((noun, slug) for noun, value in values for slug in value.split(BETWEEN) if is_slug(slug))
    asked = set(islice(slugs, MOST_SLUGS))
    renamed = slugs_today(asked) if asked else {}
    if not renamed:
        return query
    today = query.copy()
    for name, noun in nouns.items():
        if name in query:
            values = [value.split(BETWEEN) for value in query.getlist(name)]
            today.setlist(name, [BETWEEN.join(renamed.get((noun, one), one) for one in parts) for parts in values])
    return today


def paths_of_today(paths):
    """{path of a page of ours: what it is called now} of those that were renamed. One query for any number of them."""
    matches = {path: match for path in paths if (match := match_of(path)) and hasattr(match.func, "noun_of_slug")}
    asked = {path: (match.func.noun_of_slug, match.kwargs["slug"]) for path, match in matches.items()}
    renamed = slugs_today(set(asked.values())) if asked else {}
    return {
        path: reverse(matches[path].view_name, kwargs={**matches[path].kwargs, "slug": renamed[one]})
        for path, one in asked.items()
        if one in renamed
    }


def match_of(path):
    try:
        return resolve(path)
    except (Resolver404, UnicodeError):
        return None


def moved_to(request, path, query: QueryDict | None = None):
    """For good, and asked again each time: the page may get its old slug back."""
    asked = request.META.get("QUERY_STRING", "") if query is None else query.urlencode(safe=BETWEEN)
    response = HttpResponsePermanentRedirect(f"{path}?{asked}" if asked else path)
    response["Cache-Control"] = "private, no-cache"
    return response
