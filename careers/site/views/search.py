from django.shortcuts import render

from careers.lib.texts import query_text
from careers.occupations.models import Collection
from careers.search.models.entries import SearchEntry
from careers.search.services.searching import MOST_SUGGESTIONS, find, find_nearest
from careers.site.views.misses import count_miss
from careers.web.public_pages import public_page

MOST_RESULTS = 50


@public_page("q")
def search_list(request):
    words = query_text(request.GET.get("q", ""))
    found = find(words)
    missed = bool(words) and (not found.entries or found.has_most_only)
    nearest = [] if found.entries else find_nearest(words)
    if missed:
        count_miss(request, words)
    context = {
        "words": words,
        "found": found,
        "entries": found.entries[:MOST_RESULTS],
        "for_what": for_what(words, found.entries),
        "nearest": nearest,
        "kinds": SearchEntry.Kind,
        "collection": Collection.objects.shown().first(),
    }
    response = render(request, "careers/site/search/list.html", context)
    response.must_run = missed or not found.is_fresh  # so that every miss is counted, and nothing out of date is kept
    return response


def for_what(words, entries):
    """The words behind the number of answers: “for “agent”, the best 50 are shown.”"""
    best = f", the best {MOST_RESULTS} are shown" if len(entries) > MOST_RESULTS else ""
    return f"for “{words}”{best}."


@public_page("q", "kind")
def search_suggest(request):
    words = query_text(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    is_understood = not kind or kind in SearchEntry.Kind
    found = find(words, kind=kind if is_understood else "", typing=True)
    response = render(request, "careers/site/search/_suggestions.html", {"entries": found.entries[:MOST_SUGGESTIONS]})
    response.must_run = not (found.is_fresh and is_understood)
    return response
