from django.http import Http404
from django.shortcuts import render

from careers.guide.models.moves import Move
from careers.guide.models.publishing import MOST_ON_A_PAGE
from careers.guide.selectors.kept import KeptByRevision, keeping_what_is_drawn
from careers.occupations.models import Occupation
from careers.site.views.destinations import destinations_of, small_print_codes
from careers.site.views.lists import A_PAGE
from careers.web.public_pages import public_page
from careers.web.query import Pages


class WaysOut:
    """The ways out, as they are at one revision. `collection`: whose occupations they name, if any."""

    def __init__(self):
        moves = list(Move.objects.published().for_exits())
        named = Occupation.objects.shown().filter(code__in=small_print_codes(moves)).select_related("collection")
        occupations = {occupation.code: occupation for occupation in named}
        self.every = destinations_of(moves, occupations)
        self.destinations = [one.only(one.ways[:MOST_ON_A_PAGE]) for one in self.every]
        self.collection = next((occupation.collection for occupation in occupations.values()), None)


ways_out = KeptByRevision(lambda: keeping_what_is_drawn(WaysOut()))


@public_page()
def exit_list(request):
    return render(request, "careers/site/exits/exits.html", {"ways_out": ways_out()})


@public_page("page")
def exit_read(request, anchor):
    """All roles from which one destination is reached, where the list of all destinations has only the first ones."""
    found = next((one for one in ways_out().every if one.anchor == anchor), None)
    if found is None:
        raise Http404
    pages = Pages(request, found.ways, a_page=A_PAGE)
    context = {"destination": found.only(pages.page.object_list), "page": pages.page, "pages": pages}
    response = render(request, "careers/site/exits/exit.html", context)
    response.must_run = not pages.is_understood
    return response
