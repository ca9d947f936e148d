from django.shortcuts import render

from careers.routes.map.selectors import career_map
from careers.web.public_pages import public_page


@public_page("around")
def route_map(request):
    shown = career_map(request.profile, around=request.GET.get("around", ""))
    response = render(request, "careers/routes/map/map.html", shown)
    response.must_run = bool(shown["unknown"])  # nonsense is not kept
    return response
