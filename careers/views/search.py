from django.shortcuts import render
from django.utils import timezone

from careers.actions.searching import find, find_nearest, note_miss
from careers.forms.role_filters import clean_text
from careers.models import SearchEntry
from careers.views.public import public_page

MOST_RESULTS = 50
MOST_SUGGESTIONS = 8


@public_page
def search_list(request):
    words = clean_text(request.GET.get("q", ""))
    found = find(words)
    missed = bool(words) and not found.entries
    nearest = find_nearest(words) if missed else []
    if missed:
        note_miss(words, filters="", day=timezone.localdate())
    context = {
        "words": words,
        "found": found,
        "entries": found.entries[:MOST_RESULTS],
        "nearest": nearest,
        "kinds": SearchEntry.Kind,
    }
    response = render(request, "careers/search/list.html", context)
    response.must_run = missed  # so that every miss is counted
    return response


@public_page
def search_suggest(request):
    words = clean_text(request.GET.get("q", ""))
    return render(request, "careers/search/_suggestions.html", {"entries": find(words).entries[:MOST_SUGGESTIONS]})
