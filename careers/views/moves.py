from django.shortcuts import render

from careers.models import Move, Occupation
from careers.views.public import public_page
from careers.views.ways_out import codes_of, destinations_of


@public_page()
def exit_list(request):
    moves = list(Move.objects.published().for_exits())
    named = Occupation.objects.shown().filter(code__in=codes_of(moves)).select_related("collection")
    occupations = {occupation.code: occupation for occupation in named}
    context = {
        "destinations": destinations_of(moves, occupations),
        "collection": next((occupation.collection for occupation in occupations.values()), None),
    }
    return render(request, "careers/moves/exits.html", context)
