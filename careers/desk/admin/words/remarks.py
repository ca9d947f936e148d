"""The page on which people of HR say something about a page, and settle what was said."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse

from careers.desk.forms import RemarkForm
from careers.desk.selectors.remarks import WHOLE, Places, open_at, remarks_in_words, said_on
from careers.desk.services.drafts import head_of
from careers.desk.services.remarks import add_remark, remarks_on, reopen_remark, resolve_remark
from careers.guide.selectors.merging import known_part
from careers.lib.texts import is_key

ADDED = "Your remark is there for the person who writes the page."
RESOLVED, REOPENED = "Resolved. It stays below, and can be opened again.", "It is open again."


class HasRemarks:
    """For the admin of a page of the guide: who may look at it may remark on it."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_remarks"
        view = self.admin_site.admin_view(self.remarks_view)
        return [path("<path:object_id>/remarks/", view, name=name), *super().get_urls()]

    def remarks_view(self, request, object_id):
        """Shows what was said about a page, and takes something more; `at` is the place to say it about."""
        page = self.page_for(request, object_id, may="view")
        version = head_of(page)
        places = places_of(page, version)
        at = request.GET.get("at", WHOLE)
        form = RemarkForm(
            request.POST if "_add" in request.POST else None,
            places=places.choices(),
            initial={"place": at if at in places.named else WHOLE},
        )
        if request.method == "POST":
            if said := self.settle(request, page) or self.add(request, page, version, places, form):
                self.message_user(request, said, messages.SUCCESS)
                return redirect(self.remarks_url(page))
        change_url = self.url("change", page)
        found = said_on(page, places, remarks_on(page), change_url)
        return self.shown(request, "words/remarks", page, f"Remarks on {page}", form=form, remarks=found)

    def settle(self, request, page):
        """Do to a remark of this page what its button says; returns that in words, empty without a button."""
        for button, said in (("_resolve", RESOLVED), ("_reopen", REOPENED)):
            if key := request.POST.get(button):
                remark = remarks_on(page).filter(pk=key).first() if is_key(key) else None
                if remark is None:
                    raise Http404
                resolve_remark(remark=remark, by=request.user) if button == "_resolve" else reopen_remark(remark=remark)
                return said
        return ""

    def add(self, request, page, version, places, form):
        if not form.is_valid():
            return ""
        place = form.cleaned_data["place"]
        add_remark(
            page=page,
            version=version,
            place=place,
            place_name=places.named[place] if place else "",
            quote=form.cleaned_data["quote"] or places.words_at(place),
            text=form.cleaned_data["text"],
            by=request.user,
        )
        return ADDED

    def remarks_url(self, page):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_remarks", args=[page.pk])

    def remarks_context(self, page, version):
        """For the links of a form; `counts` are {place: open remarks there} of all places that one can remark on."""
        places = places_of(page, version)
        counts = open_at(places, remarks_on(page))
        number = remarks_on(page).filter(resolved_at=None).count()
        return {
            "url": self.remarks_url(page),
            "counts": {place: counts.get(place, 0) for place in places.named},
            "line": remarks_in_words(number),
        }

    def open_remarks(self, page):
        """[Said] of what is open, for a page on which somebody decides."""
        rows = remarks_on(page).filter(resolved_at=None)
        return said_on(page, places_of(page, head_of(page)), rows, self.url("change", page)) if rows else []


def places_of(page, version):
    return Places(page._meta.model, known_part(page, version.content))
