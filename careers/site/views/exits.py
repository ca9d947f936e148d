from django.shortcuts import render

from careers.guide.models.moves import Move
from careers.guide.selectors.kept import KeptByRevision, keeping_what_is_drawn
from careers.occupations.models import Occupation
from careers.site.views.destinations import destinations_of, small_print_codes
from careers.web.public_pages import public_page


class WaysOut:
    """The ways out, as they are at one revision. `collection`: whose occupations they name, if any."""

    def __init__(self):
        moves = list(Move.objects.published().for_exits())
        named = Occupation.objects.shown().filter(code__in=small_print_codes(moves)).select_related("collection")
        occupations = {occupation.code: occupation for occupation in named}
        self.destinations = destinations_of(moves, occupations)
        self.collection = next((occupation.collection for occupation in occupations.values()), None)


ways_out = KeptByRevision(lambda: keeping_what_is_drawn(WaysOut()))


@public_page()
def exit_list(request):
    return render(request, "careers/site/exits/exits.html", {"ways_out": ways_out()})
