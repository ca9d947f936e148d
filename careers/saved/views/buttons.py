"""The Save button of public pages, and the way back from it."""

from django.contrib import messages
from django.core.validators import slug_re
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from careers.guide.models.roles import Role
from careers.guide.selectors.kept import published_page
from careers.people.views.same_origin import from_our_page
from careers.people.views.writing import writing
from careers.saved.models import SavedRole
from careers.saved.services import ROLES, as_it_was, save_role, unsave_role
from careers.search.views import or_archived
from careers.web.private import keep_private
from careers.web.renamed import or_renamed
from careers.web.ways_back import page_of_form

SAVED = "Saved."
SAVED_BY_GUEST = "Saved. Kept on this browser only: an account keeps it safe."
REMOVED_TEXT = "Removed from your saved roles."


def ask_save(request, slug):
    role = get_object_or_404(Role.objects.published(), slug=slug)
    return {"question": f"Save {role.title}?", "verb": "Save", "back": came_from(request, role)}


def ask_unsave(request, slug):
    saved = saved_or_published(request, slug)
    question = f"Remove {saved.title} from your saved roles?"
    return {"question": question, "verb": "Remove", "back": came_from(request, saved.role)}


@or_renamed(Role)
@or_archived(Role)
@from_our_page(ask_save)
def role_save(request, slug):
    role = published_page(Role, slug)
    if role is None:
        raise Http404
    with writing(request) as profile:
        save_role(profile=profile, role=role, now=timezone.now())
    return button_response(request, SavedRole(role=role), SAVED_BY_GUEST if profile.is_guest else SAVED)


@or_renamed(Role)
@or_archived(Role)
@from_our_page(ask_unsave)
def role_unsave(request, slug):
    saved = saved_or_published(request, slug)
    if request.profile:
        with writing(request) as profile:
            unsave_role(profile=profile, role=saved.role, now=timezone.now())
    return button_response(request, saved, REMOVED_TEXT)


def saved_or_published(request, slug):
    """The role that this address takes back, as a saved role. Every other slug is not found, whatever it names."""
    saved = request.profile.saved_roles.for_list().filter(role__slug=slug).first()
    role = None if saved else Role.objects.published().for_detail().filter(slug=slug).first()
    found = saved or (SavedRole(role=role) if role else removed_role(request.profile, slug))
    if not found:
        raise Http404
    return found


def saved_or_removed(request, slug):
    """A role as the person has saved it, or had until they removed it just now: a second click finds it still.

    None for any other.
    """
    saved = request.profile.saved_roles.for_list().filter(role__slug=slug).first()
    return saved or removed_role(request.profile, slug)


def removed_role(profile, slug):
    """A role that can come back to their list, as it was saved; None for any other slug, or for what is none."""
    if not slug_re.match(slug):
        return None
    keys = Role.objects.filter(slug=slug).values("pk")
    removal = profile.removals.fresh_at(timezone.now()).filter(kind=ROLES, key__in=keys).first()
    role = removal and Role.objects.for_detail().filter(pk=removal.key).first()
    return role and SavedRole(role=role, **as_it_was(profile, removal.was))


def button_response(request, saved, text):
    """To htmx the button as it is now, with the words beside it and the count; else the way back to the page."""
    if request.htmx:
        context = {"saved": saved, "text": text, "offers_account": text == SAVED_BY_GUEST}
        return keep_private(render(request, "careers/saved/_answer.html", context))
    messages.success(request, text)
    url = came_from(request, saved.role)
    return keep_private(HttpResponseRedirect(f"{url}#save-{saved.role.slug}", status=303))


def came_from(request, role):
    return page_of_form(request, otherwise=reverse("role-detail", args=[role.slug]))
