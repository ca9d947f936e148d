from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render

from careers.guide.models.roles import Role
from careers.occupations.forms import UNKNOWN, OccupationRouteForm, OccupationSearch
from careers.occupations.models import Collection
from careers.occupations.selectors.routes import example_routes, plan_detours, plan_routes, read_end
from careers.occupations.selectors.search import find_occupations
from careers.web.public_pages import public_page
from careers.web.query import is_page

OCCUPATIONS_A_PAGE = 40
TITLES_AT_ONCE = 8
WHICH_START = "Which one do you mean to start from?"
WHICH_TARGET = "Which one do you mean to reach?"


def shown_collection():
    """The catalogue, while HR shows it."""
    return get_object_or_404(Collection.objects.shown())


@public_page("q", "zone", "page")
def occupation_list(request):
    collection = shown_collection()
    asked = OccupationSearch.read(request.GET)
    found = find_occupations(asked.words, collection=collection) if asked.words else None
    occupations = found.occupations if found else asked.narrow(collection.occupations.for_list())
    context = {
        "collection": collection,
        "asked": asked,
        "found": found,
        "page": Paginator(occupations, OCCUPATIONS_A_PAGE).get_page(asked.page),
        "zones": zone_links(collection),
        "of_guide": guide_occupations(collection) if asked == OccupationSearch() else [],
    }
    response = render(request, "careers/occupations/list.html", context)
    is_understood = is_page(request, context["page"]) and request.GET.get("zone", "") == asked.zone
    response.must_run = not is_understood  # nonsense is not kept
    return response


@public_page()
def occupation_detail(request, code):
    collection = shown_collection()
    occupation = get_object_or_404(collection.occupations.for_detail(), code=code)
    context = {
        "collection": collection,
        "occupation": occupation,
        "zone": collection.zone_text(occupation.job_zone),
        "roles": Role.objects.published().for_rows().filter(onet_code=code),
        "titles": occupation.other_titles[:TITLES_AT_ONCE],
        "more_titles": occupation.other_titles[TITLES_AT_ONCE:],
        "neighbours": occupation.neighbourhood(),
    }
    return render(request, "careers/occupations/detail.html", context)


@public_page("from", "to", "by")
def occupation_route(request):
    collection = shown_collection()
    form = OccupationRouteForm(request.GET)
    start, target = (read_end(text, collection=collection) for text in (form.start, form.target))
    form.show({"from": start, "to": target})
    codes = [end.place.code for end in (start, target) if end.place]
    is_complete = len(set(codes)) == 2
    routes = plan_routes(*codes, aim=form.aim) if is_complete else []
    context = {
        "collection": collection,
        "form": form,
        "start": start.place,
        "target": target.place,
        "choices": [("from", WHICH_START, start.choices), ("to", WHICH_TARGET, target.choices)],
        "routes": routes,
        "detours": plan_detours(*codes) if is_complete and not routes else None,
        "examples": [] if is_complete else example_routes(),
        "own": own_occupation(request.profile, collection),
    }
    return render(request, "careers/occupations/route.html", context)


def guide_occupations(collection):
    """(occupation, roles) of what the roles of the guide are counted as."""
    roles = {}
    for role in Role.objects.published().for_rows().exclude(onet_code=""):
        roles.setdefault(role.onet_code, []).append(role)
    return [(one, roles[one.code]) for one in collection.occupations.for_list().filter(code__in=roles)]


def zone_links(collection):
    """(value, words, count) of every job zone that has occupations, and of those without one."""
    counts = collection.occupations.order_by("job_zone").values_list("job_zone").annotate(Count("pk"))
    links = [(str(zone or UNKNOWN), collection.zone_text(zone), count) for zone, count in counts]
    return sorted(links, key=lambda link: (link[0] == UNKNOWN, link[0]))


def own_occupation(profile, collection):
    """The occupation that the guide counts the reader's own role as, if it says."""
    role = profile.current_role
    if not role or not role.is_known or not role.onet_code:
        return None
    return collection.occupations.for_list().filter(code=role.onet_code).first()
