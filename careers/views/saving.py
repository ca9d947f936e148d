"""The Save button of public pages, and the way back from it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from careers.actions.saving import Removed, save_role, unsave_role
from careers.models import Role
from careers.views.people import keep_private, writing
from careers.views.same_origin import from_our_page

REMOVED = "removed_roles"  # in the session: what was taken back, by the role's slug
MOST_REMOVED = 5  # can still come back
LONGEST_ADDRESS = 2000
SAVED = "Saved."
SAVED_BY_GUEST = "Saved. Kept on this browser only: an account keeps it safe."
REMOVED_TEXT = "Removed from your saved roles."


def ask_save(request, slug):
    role = get_object_or_404(Role.objects.published(), slug=slug)
    return {"question": f"Save {role.title}?", "verb": "Save", "back": came_from(request, role)}


def ask_unsave(request, slug):
    role = get_object_or_404(Role, slug=slug)
    question = f"Remove {role.title} from your saved roles?"
    return {"question": question, "verb": "Remove", "back": came_from(request, role)}


@from_our_page(ask_save)
def role_save(request, slug):
    if request.method != "POST":
        return redirect("role-detail", slug)
    role = get_object_or_404(Role.objects.published().for_detail(), slug=slug)
    with writing(request) as profile:
        save_role(profile=profile, role=role, now=timezone.now(), removed=take_removed(request, slug))
    return answer(request, role, SAVED_BY_GUEST if profile.is_guest else SAVED)


@from_our_page(ask_unsave)
def role_unsave(request, slug):
    if request.method != "POST":
        return redirect("role-detail", slug)
    role = get_object_or_404(Role, slug=slug)
    if request.profile:
        with writing(request) as profile:
            note_removed(request, slug, unsave_role(profile=profile, role=role))
    return answer(request, role, REMOVED_TEXT)


def answer(request, role, text):
    """To htmx the button as it is now, with the words beside it and the count; else the way back to the page."""
    if request.htmx:
        context = {"role": role, "text": text, "offers_account": text == SAVED_BY_GUEST}
        return keep_private(render(request, "careers/saved/_answer.html", context))
    messages.success(request, text)
    return keep_private(HttpResponseRedirect(f"{came_from(request, role)}#save-{role.slug}", status=303))


def came_from(request, role):
    """The page of ours on which the form stood; the role's own where nobody says, or what they say is not ours."""
    own = {request.get_host()}
    for address in (request.POST.get("back", ""), request.headers.get("Referer", "")):
        address = iri_to_uri(address).partition("#")[0]
        ours = url_has_allowed_host_and_scheme(address, own, require_https=request.is_secure())
        if ours and len(address) <= LONGEST_ADDRESS and not address.endswith(request.path):
            return address
    return reverse("role-detail", args=[role.slug])


def note_removed(request, slug, removed):
    """Until they sign out or take back some more, it can come back as it was."""
    if removed is not None:
        kept = {**request.session.get(REMOVED, {}), slug: removed}
        request.session[REMOVED] = dict(list(kept.items())[-MOST_REMOVED:])


def take_removed(request, slug):
    kept = request.session.get(REMOVED, {})
    if slug not in kept:
        return None
    request.session[REMOVED] = {other: removed for other, removed in kept.items() if other != slug}
    return Removed(*kept[slug])
