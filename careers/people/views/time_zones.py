"""In which time zone a person is: what they chose, else what their browser says, else they are asked."""

from django.conf import settings
from django.shortcuts import render

from careers.lib import zones
from careers.web.ways_back import is_asked_by_us

ZONE = "time_zone"  # the name of the cookie, and of the answer
YEAR = 365 * 24 * 3600  # seconds, as in the script


def browser_zone(request):
    """The time zone that the browser says it is in (`static/js/time_zone.js`), or that was chosen on the page that asks
    for it; empty where it says none that is one.
    """
    for said in (request.COOKIES.get(ZONE, ""), zone_chosen_now(request)):
        if zones.is_zone(said):
            return said
    return ""


def zone_chosen_now(request):
    """By the form of our own page; a link of another site chooses for nobody."""
    return request.GET.get(ZONE, "") if request.method in ("GET", "HEAD") and is_asked_by_us(request) else ""


def chosen_zone(profile):
    """Empty where nobody has chosen one; who chose the portal's own has."""
    return profile.time_zone or (settings.TIME_ZONE if profile.answered(ZONE) else "")


def must_ask_zone(request):
    """Not who has written nothing: their pages say no day. Not what belongs to a page that is there already."""
    is_document = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return request.method in ("GET", "HEAD") and bool(request.profile) and is_document and not request.htmx


def ask_zone(request):
    """The script of this page answers and comes back by itself; without scripts the person chooses."""
    query = [(name, value) for name, values in request.GET.lists() if name != ZONE for value in values]
    context = {"zones": zones.zone_groups(), "usual": settings.TIME_ZONE, "query": query, "messages": ()}
    return render(request, "careers/dashboard/zone.html", context)
