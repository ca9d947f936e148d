from django.shortcuts import render

from careers.guide.models.moves import Move
from careers.occupations.models import Occupation
from careers.site.views.destinations import destinations_of, small_print_codes
from careers.web.public_pages import public_page


@public_page()
def exit_list(request):
    moves = list(Move.objects.published().for_exits())
    named = Occupation.objects.shown().filter(code__in=small_print_codes(moves)).select_related("collection")
    occupations = {occupation.code: occupation for occupation in named}
    context = {
        "destinations": destinations_of(moves, occupations),
        "collection": next((occupation.collection for occupation in occupations.values()), None),
    }
    return render(request, "careers/site/exits/exits.html", context)
