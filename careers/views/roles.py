import re

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from careers.actions.fits import role_fit
from careers.actions.searching import find, find_nearest
from careers.forms.comparison import MOST_COMPARED, MOST_IN_WORDS, CompareForm
from careers.forms.role_filters import PARAMETERS, RoleFilters, facet_labels
from careers.models import Occupation, Role
from careers.planning.comparison import skill_matrix
from careers.views.archived import or_archived
from careers.views.misses import count_miss
from careers.views.public import public_page, wants_fragment
from careers.views.role_browser import RoleBrowser

ROLES_A_PAGE = 24


@public_page(*PARAMETERS)
def role_list(request):
    roles = list(Role.objects.published().for_facets())
    filters = RoleFilters.read(request.GET, facet_labels(roles))
    found = find(filters.words, kind="role") if filters.words else None
    browser = RoleBrowser(roles, filters, found)
    nearest = []
    if not browser.roles:
        nearest = browser.nearest(find_nearest(filters.words, kind="role"))
        count_miss(request, filters.words, filters.in_words())
    page = Paginator(browser.roles, ROLES_A_PAGE).get_page(filters.page)
    template = "careers/roles/_browser.html" if wants_fragment(request) else "careers/roles/list.html"
    response = render(request, template, {"browser": browser, "filters": filters, "page": page, "nearest": nearest})
    # So that every miss is counted, and no answer of an old index is kept.
    response.must_run = not browser.roles or (found is not None and not found.is_fresh)
    return response


@public_page()
@or_archived(Role)
def role_detail(request, slug):
    role = get_object_or_404(Role.objects.published().for_page(), slug=slug)
    fit = role_fit(profile=request.profile, role=role) if request.profile else None
    context = {"role": role, "fit": fit, "occupation": Occupation.objects.shown().counted_as(role)}
    return render(request, "careers/roles/detail.html", context)


@public_page("role")
def role_compare(request):
    slugs = list(dict.fromkeys(slug for slug in request.GET.getlist("role") if is_slug(slug)))
    found = {
        role.slug: role for role in Role.objects.published().for_detail().with_next_roles().filter(slug__in=slugs[:50])
    }
    roles = [found[slug] for slug in slugs if slug in found][:MOST_COMPARED]
    asked = [{row.skill: (row.proficiency, row.is_essential) for row in role.role_skills.all()} for role in roles]
    context = {
        "roles": roles,
        "skill_rows": [(skill, zip(roles, cells, strict=True)) for skill, cells in skill_matrix(asked)],
        "missing": len(slugs) - len(found),
        "too_many": len(found) > MOST_COMPARED,
        "most": MOST_IN_WORDS,
        "form": CompareForm(roles=Role.objects.published().for_rows(), initial={"role": [role.slug for role in roles]}),
    }
    return render(request, "careers/roles/compare.html", context)


def is_slug(text):
    return bool(re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", text))
