from django.shortcuts import render

from careers.guide.models.roles import Role
from careers.lib.texts import query_text
from careers.routes.map.selectors import career_map
from careers.web.public_pages import public_page
from careers.web.renamed import slugs_in_query


@public_page("around", "find")
@slugs_in_query(around=Role)
def route_map(request):
    words = query_text(request.GET.get("find", ""))
    shown = career_map(request.profile, around=request.GET.get("around", ""), words=words)
    response = render(request, "careers/routes/map/map.html", shown)
    response.must_run = bool(shown["unknown"])  # nonsense is not kept
    return response
