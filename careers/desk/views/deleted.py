"""Pages that were deleted, and the way back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.desk.selectors.deleted import deleted_pages, deletions, last_version, last_words, name_of_deleted
from careers.desk.selectors.health import nouns_for
from careers.desk.services.copies import make_again
from careers.desk.services.drafts import editing
from careers.guide.selectors.snapshots import page_model
from careers.lib.words import in_a_sentence
from careers.people.services.refusing import Refused

ON_A_PAGE = 50
MADE = "“{page}” is a draft again. Readers see nothing of it yet, and its moves and saved copies did not come back."

NOT_IN_IT = "Not in it, as it was deleted, too:"


@require_safe
def deleted_list(request):
    nouns = nouns_for(request.user)
    if not nouns:
        raise PermissionDenied
    page = Paginator(deletions(nouns), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"title": "Deleted pages", "deleted": deleted_pages(page), "page": page}
    return render(request, "careers/desk/effects/deleted_list.html", {**admin.site.each_context(request), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def deleted_read(request, number):
    """The last words of one, and by POST a new draft of them."""
    nouns = nouns_for(request.user)
    if not nouns:
        raise PermissionDenied
    version, fault = last_version(number, nouns), ""
    if version is None:
        raise Http404
    may_add = request.user.has_perm(f"careers.add_{page_model(version.model)._meta.model_name}")
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        try:
            with editing():
                page, written = make_again(version=version, by=request.user)
        except Refused as refused:
            fault = str(refused)
        else:
            messages.success(request, MADE.format(page=page))
            if written.gone:
                messages.warning(request, f"{NOT_IN_IT} {in_a_sentence(written.gone)}.")
            return redirect(reverse(f"admin:careers_{page._meta.model_name}_change", args=[page.pk]))
    context = {
        "title": f"Deleted: {name_of_deleted(version)}",
        "words": last_words(version),
        "may_add": may_add,
        "fault": fault,
    }
    return render(request, "careers/desk/effects/deleted.html", {**admin.site.each_context(request), **context})
