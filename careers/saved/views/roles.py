"""Saved roles: the list, what stands beside each, and what came of it since."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from careers.guide.models.roles import Role
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering
from careers.saved import services
from careers.saved.forms import SORTS, ArrangeForm, GroupForm, fault_of_choice, sort_of
from careers.saved.selectors import saved_list as saved_of
from careers.saved.services import arrange, removal_of, save_role, unsave_role
from careers.saved.views.buttons import removed_role, saved_or_removed
from careers.web.public_pages import wants_fragment
from careers.web.query import Pages
from careers.web.renamed import or_renamed, slugs_in_query

SAVED_A_PAGE = 60
SAVED_TOO = "{title} is on your list. It stays there as it is."


@own_page
@slugs_in_query(at=Role, removed=Role, restored=Role)
def saved_list(request):
    return saved_page(request)


@own_page
@slugs_in_query(role=Role)
def saved_compare(request):
    """On to the comparison; back to the list, with all that was chosen, where these cannot stand side by side."""
    asked = request.GET.getlist("role")
    slugs = [row.role.slug for row in request.profile.saved_roles.of_published_roles() if row.role.slug in asked]
    fault = fault_of_choice(slugs)
    if fault:
        return saved_page(request, chosen=slugs, fault=fault)
    query = QueryDict(mutable=True)
    query.setlist("role", slugs)
    return redirect(f"{reverse('role-compare')}?{query.urlencode()}")


def saved_page(request, *, chosen=(), fault=""):
    sort = sort_of(request.GET)
    rows = sorted(saved_of(request.profile), key=ORDERS[sort])
    groups = list(request.profile.saved_groups.all())
    removed, restored = request.GET.get("removed", ""), request.GET.get("restored", "")
    on_the_list = [row.role.slug for row in rows]
    can_come_back = None if removed in on_the_list else removed_role(request.profile, removed)
    pages = saved_pages(request, rows, groups, sort)
    shown = set(pages.page.object_list)
    sections = [(group, [row for row in rows if row.group_id == group.pk and row in shown]) for group in groups]
    filled = {row.group_id for row in rows}
    context = {
        "count": len(rows),
        "sections": [(group, some) for group, some in sections if some or group.pk not in filled],
        "ungrouped": [row for row in rows if row.group_id is None and row in shown],
        "page": pages.page,
        "pages": pages,
        "sorts": SORTS,
        "sort": sort,
        "chosen": chosen,
        "fault": fault,
        "removed": can_come_back,
        "changed": can_come_back or restored in on_the_list,
        "group_form": GroupForm(profile=request.profile),
    }
    return render(request, "careers/saved/list.html", context)


def saved_pages(request, rows, groups, sort):
    """Those in no group first, then group by group. Where no page is asked for, the one with the role `at`."""
    places = {None: 0} | {group.pk: place for place, group in enumerate(groups, start=1)}
    in_order = sorted(rows, key=lambda row: places.get(row.group_id, 0))
    slugs, at = [row.role.slug for row in in_order], request.GET.get("at", "")
    first = slugs.index(at) // SAVED_A_PAGE + 1 if at in slugs else 1
    return Pages(request, in_order, a_page=SAVED_A_PAGE, also={"sort": sort}, first=first)


ORDERS = {
    "newest": lambda row: 0,  # as they come
    "name": lambda row: row.title.casefold(),
    "level": lambda row: (row.role.level, row.role.position, row.title.casefold()),
}


@own_page
@or_renamed(Role)
def saved_edit(request, slug):
    in_place = wants_fragment(request)
    with answering(request) as profile:
        saved = own_saved(profile, slug)
        form = ArrangeForm(sent(request), profile=profile, saved=saved, in_place=in_place)
        if form.is_valid():
            arrange(saved=saved, **form.cleaned_data, now=timezone.now())
            return to_list(request, slug)
    template = "careers/saved/_edit.html" if in_place else "careers/saved/edit.html"
    return TemplateResponse(request, template, {"saved": saved, "form": form, "sort": sort_of(request.GET)})


@own_page
@or_renamed(Role)
def saved_remove(request, slug):
    with answering(request) as profile:
        role = saved_or_removed_else_404(request, slug).role
        if request.method != "POST":
            return to_list(request)
        unsave_role(profile=profile, role=role, now=timezone.now())
    return to_list(request, removed=slug)


@own_page
@or_renamed(Role)
def saved_restore(request, slug):
    with answering(request) as profile:
        found, now = saved_or_removed_else_404(request, slug), timezone.now()
        if request.method != "POST":
            return to_list(request, slug)
        if found.pk:
            if removal_of(profile, found.role, now=now):  # of a guest whose account had saved it, too
                messages.info(request, SAVED_TOO.format(title=found.title))
            return to_list(request, slug)
        save_role(profile=profile, role=found.role, now=now)
    return to_list(request, slug, restored=slug)


def saved_or_removed_else_404(request, slug):
    found = saved_or_removed(request, slug)
    if not found:
        raise Http404
    return found


@own_page
@or_renamed(Role)
def saved_accept_guide_change(request, slug):
    """Only what stood on the page counts as seen: an edit made meanwhile is told of as a change again."""
    with answering(request) as profile:
        saved = own_saved(profile, slug)
        if request.method == "POST" and request.GET.get("facts") == saved.facts_digest:
            services.accept_guide_change(saved=saved, now=timezone.now())
    return to_list(request, slug)


def own_saved(profile, slug):
    return get_object_or_404(profile.saved_roles.for_list(), role__slug=slug)


def to_list(request, slug="", **happened):
    """Back to the list in the order in which it stood, at the row of a role; `removed=` or `restored=` a slug."""
    query = QueryDict(mutable=True)
    query.update({"sort": sort_of(request.GET), **happened})
    if slug and request.profile.saved_roles.count() > SAVED_A_PAGE:
        query["at"] = slug
    return redirect(f"{reverse('saved-list')}?{query.urlencode()}#{f'saved-{slug}' if slug else 'main'}")
