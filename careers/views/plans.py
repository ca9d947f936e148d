from django.shortcuts import render

from careers.actions.routing import Lines
from careers.forms.plans import PlanForm
from careers.views.public import public_page


@public_page("from", "to", "by", "via")
def path_plan(request):
    lines = Lines()
    form = PlanForm(request.GET, roles=lines.roles, profile=request.profile)
    routes = None
    if form.is_complete:
        routes = lines.plans_for(profile=request.profile, via=request.GET.get("via", ""), **form.wish)
    context = {"form": form, "routes": routes, "examples": [] if routes else lines.examples()}
    response = render(request, "careers/paths/plan.html", context, status=404 if form.names_unknown else 200)
    response.must_run = bool(form.errors)  # nonsense is not kept
    return response
