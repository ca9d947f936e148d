"""Saved roles: the list, what stands beside each, and what came of it since."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering
from careers.saved.forms import SORTS, ArrangeForm, GroupForm, fault_of_choice, sort_of
from careers.saved.services import REMOVED, accept_changes, arrange, save_role, unsave_role
from careers.saved.views.buttons import note_removed, saved_or_removed, take_removed
from careers.web.public_pages import wants_fragment


@own_page
def saved_list(request):
    return saved_page(request)


@own_page
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
    rows = sorted(request.profile.saved_roles.for_list(), key=ORDERS[sort])
    groups = list(request.profile.saved_groups.all())
    removed, restored = request.GET.get("removed", ""), request.GET.get("restored", "")
    can_come_back = removed in request.session.get(REMOVED, {}) and saved_or_removed(request, removed)
    context = {
        "count": len(rows),
        "sections": [(group, [row for row in rows if row.group_id == group.pk]) for group in groups],
        "ungrouped": [row for row in rows if row.group_id is None],
        "sorts": SORTS,
        "sort": sort,
        "chosen": chosen,
        "fault": fault,
        "removed": can_come_back,
        "changed": can_come_back or restored in [row.role.slug for row in rows],
        "group_form": GroupForm(profile=request.profile),
    }
    return render(request, "careers/saved/list.html", context)


ORDERS = {
    "newest": lambda row: 0,  # as they come
    "name": lambda row: row.title.casefold(),
    "level": lambda row: (row.role.level, row.role.position, row.title.casefold()),
}


@own_page
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
def saved_remove(request, slug):
    with answering(request) as profile:
        role = own_role(request, slug)
        if request.method != "POST":
            return to_list(request)
        note_removed(request, slug, unsave_role(profile=profile, role=role))
    return to_list(request, removed=slug)


@own_page
def saved_restore(request, slug):
    with answering(request) as profile:
        role = own_role(request, slug)
        if request.method != "POST" or slug not in request.session.get(REMOVED, {}):
            return to_list(request, slug)
        save_role(profile=profile, role=role, now=timezone.now(), removed=take_removed(request, slug))
    return to_list(request, slug, restored=slug)


def own_role(request, slug):
    """A role that the person has saved, or removed just now; 404 for any other."""
    saved = saved_or_removed(request, slug)
    if not saved:
        raise Http404
    return saved.role


@own_page
def saved_seen(request, slug):
    """Only what stood on the page counts as seen: an edit made meanwhile is told of as a change again."""
    with answering(request) as profile:
        saved = own_saved(profile, slug)
        if request.method == "POST" and request.GET.get("facts") == saved.facts_digest:
            accept_changes(saved=saved, now=timezone.now())
    return to_list(request, slug)


def own_saved(profile, slug):
    return get_object_or_404(profile.saved_roles.for_list(), role__slug=slug)


def to_list(request, slug="", **happened):
    """Back to the list in the order in which it stood, at the row of a role; `removed=` or `restored=` a slug."""
    query = QueryDict(mutable=True)
    query.update({"sort": sort_of(request.GET), **happened})
    return redirect(f"{reverse('saved-list')}?{query.urlencode()}#{f'saved-{slug}' if slug else 'main'}")
