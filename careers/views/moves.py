from django.shortcuts import render

from careers.models import Move
from careers.views.public import public_page


@public_page()
def exit_list(request):
    destinations = {}
    for move in Move.objects.published().for_exits():
        destinations.setdefault(move.destination, []).append(move)
    return render(request, "careers/moves/exits.html", {"destinations": destinations})
