from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse

from careers.desk.selectors.votes import voted_pages, voted_paths
from careers.lib.texts import is_key
from careers.site.models import PageVote
from careers.web.query import page_number

PAGES_AT_ONCE = 50
DONE, BACK = "“{path}” is off the list until the next vote.", "“{path}” is on the list again."


@admin.register(PageVote)
class PageVoteAdmin(admin.ModelAdmin):
    """Votes of readers by page: to be read, and done with. Nobody writes one here, nor takes one away."""

    fields = readonly_fields = ("path", "is_useful", "comment", "day", "is_done")

    def get_urls(self):
        done = path("done/", self.admin_site.admin_view(self.done_view), name="careers_pagevote_done")
        return [done, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        is_done = request.GET.get("done") == "1"
        pages = Paginator(voted_paths(is_done=is_done), PAGES_AT_ONCE)
        page = pages.get_page(page_number(request.GET.get("page", "")) or 1)
        context = {
            **self.admin_site.each_context(request),
            "title": "Pages that readers voted on" if not is_done else "Votes that are done",
            "opts": self.opts,
            "page": page,
            "pages": voted_pages(page.object_list, is_done=is_done),
            "is_done": is_done,
            "query": "done=1&" if is_done else "",
            "may_change": self.may_change(request),
        }
        return render(request, "careers/desk/readers/votes.html", context)

    def done_view(self, request):
        """Take the votes on a page off the list, as far as they were shown; or back onto it."""
        if not self.may_change(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        is_done = "back" not in request.POST
        newest = request.POST.get("newest", "")
        votes = PageVote.objects.filter(path=request.POST.get("path", ""), is_done=not is_done)
        votes = votes.filter(pk__lte=int(newest)) if is_key(newest) else votes.none()
        if last := votes.order_by("-pk").first():
            number = votes.update(is_done=is_done)
            text = (DONE if is_done else BACK).format(path=last.path)
            self.log_change(request, last, f"{text} Votes: {number}.")
            self.message_user(request, text, messages.SUCCESS)
        to = reverse("admin:careers_pagevote_changelist")
        return redirect(to if is_done else f"{to}?done=1")

    def may_change(self, request):
        return request.user.has_perm("careers.change_pagevote")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("careers.view_pagevote")

    def has_delete_permission(self, request, obj=None):
        return False
