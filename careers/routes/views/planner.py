from django.shortcuts import render
from django.utils import timezone

from careers.guide.models.roles import Role
from careers.routes.forms import RouteForm
from careers.routes.selectors.guide_network import current_guide
from careers.routes.selectors.starts import start_of
from careers.web.public_pages import public_page
from careers.web.renamed import slugs_in_query

SLUGS = {"from": Role, "to": Role, "via": Role}


@public_page("from", "to", "by", "via", "find")
@slugs_in_query(**SLUGS)
def route_find(request):
    guide = current_guide()
    ends = {"start": start_of(request.profile), "target": request.profile.target_role_id}
    form = RouteForm(request.GET, places=guide.places, **ends)
    routes = None
    if form.is_complete:
        routes = guide.routes_for(
            profile=request.profile, today=timezone.localdate(), via=request.GET.get("via", ""), **form.wish
        )
    context = {"form": form, "routes": routes, "examples": [] if routes else guide.examples}
    response = render(request, "careers/routes/planner/find.html", context, status=404 if form.names_unknown else 200)
    response.must_run = bool(form.errors)  # nonsense is not kept
    return response
