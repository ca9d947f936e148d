"""What follows from an act, told before it is done; and what is refused because something else hangs on it."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from careers.desk.admin.acts import PUBLISHED, ActsOnPages
from careers.desk.rules.steps import PageStep
from careers.desk.selectors.differences import content_differences
from careers.desk.selectors.errors import error_line, gone_in_words
from careers.desk.selectors.keepers import uses_of
from careers.desk.services.copies import can_be_copied, copy_page, slug_of_copy
from careers.desk.services.corrections import correct_page
from careers.desk.services.drafts import Clashes, archive_page, delete_page, draft_of, editing, head_of
from careers.desk.services.impact import impact_of_archiving, impact_of_publishing
from careers.guide.models.publishing import GuideModel
from careers.guide.selectors.snapshots import hanging_rows
from careers.lib.texts import is_key
from careers.lib.words import counted

Status = GuideModel.Status
MOST_DELETED = 50  # at once: each is looked at
TOO_MANY = f"Choose {MOST_DELETED} pages at most: each is looked at before it is deleted."
CORRECTED = f"{PUBLISHED} A draft that waits has it, too."
CLASHES = "Somebody has published another change of the same meanwhile. What you wrote is in the history."
COPIED = "This is a copy of “{page}”. Readers see nothing of it yet. Compare it with its source and set the day."

NOTHING_ONLINE = "Nothing of it was online any more."
COPIED_BEFORE = "The copy of “{page}” was made already. This is it."


class TellsEffects(ActsOnPages):
    """For the admin of a page of the guide."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = {
            "<path:object_id>/impact/": ("impact", self.impact_view),
            "<path:object_id>/correction/<int:base>/<int:number>/": ("correction", self.correction_view),
            "<path:object_id>/copy/": ("copy", self.copy_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{name}_{short}")
            for route, (short, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def links(self, request, opened):
        page, found = opened.page, super().links(request, opened)
        if opened.draft or page.is_known:
            found[PageStep.IMPACT] = self.url("impact", page)
        if self.may_copy(request):
            found[PageStep.DUPLICATE] = self.url("copy", page)
        return found

    # What changes

    def impact_of_act(self, page, head, does):
        """For the page that asks before an act; None where nothing is to be said."""
        if does == "publish":
            return impact_of_publishing(page, head.content)
        return impact_of_archiving(page) if does == "archive" and page.is_published else None

    def impact_view(self, request, object_id):
        page = self.page_for(request, object_id, may="view")
        draft = draft_of(page)
        has_news = bool(draft) or not page.is_published
        return self.shown(
            request,
            "effects/impact",
            page,
            f"{PageStep.IMPACT}: {page}",
            has_news=has_news,
            impact=impact_of_publishing(page, head_of(page, draft).content) if has_news else None,
            is_online=page.is_published,
            impact_offline=impact_of_archiving(page) if page.is_published else None,
        )

    def correction_view(self, request, object_id, base, number):
        """A correction of what readers see, as somebody wrote it (`number`) of a published version (`base`)."""
        page = self.page_for(request, object_id, may="publish")
        if not page.is_published:
            raise Http404
        opened, written, fault = self.version_of(page, base), self.version_of(page, number), ""
        if request.method == "POST":
            try:
                with editing():
                    correct_page(page=page, content=written.content, opened=opened, by=request.user)
                self.message_user(request, CORRECTED.format(page=page), messages.SUCCESS)
                return redirect(self.url("change", page))
            except ValidationError as error:
                fault = error_line(self.model, error)
            except Clashes:
                fault = CLASHES
        return self.shown(
            request,
            "effects/correction",
            page,
            f"Correct what readers see: {page}",
            fault=fault,
            differences=content_differences(self.model, opened.content, written.content),
            impact=impact_of_publishing(page, written.content),
        )

    # Once more

    def may_copy(self, request):
        return self.has_add_permission(request) and can_be_copied(self.model)

    def copy_view(self, request, object_id):
        page = self.page_for(request, object_id, may="view")
        if not self.has_add_permission(request):
            raise PermissionDenied
        if not can_be_copied(self.model):
            raise Http404
        if request.method == "POST":
            with editing():
                copy = self.model._base_manager.filter(slug=request.POST.get("slug") or None).first()
                written = None
                if copy is None:
                    copy, written = copy_page(page=page, by=request.user)
            said = COPIED if written else COPIED_BEFORE
            self.message_user(request, said.format(page=page), messages.SUCCESS)
            if written and written.gone:
                self.message_user(request, gone_in_words(written.gone), messages.WARNING)
            return redirect(self.url("change", copy))
        return self.shown(
            request,
            "effects/copy",
            page,
            f"Duplicate {page}",
            slug=slug_of_copy(self.model, page.slug),  # a form that is sent twice makes one page
            leaves_titles="alternate_titles" in hanging_rows(self.model),
        )

    # Away with it

    @property
    def list_url(self):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def delete_view(self, request, object_id, extra_context=None):
        is_there = is_key(object_id) and self.get_object(request, object_id) is not None
        if request.method == "POST" and not is_there and self.has_delete_permission(request):
            self.message_user(request, "This page is deleted already.", messages.INFO)
            return redirect(self.list_url)
        return self.delete_pages(request, [self.page_for(request, object_id, may="delete")])

    @admin.action(description="Delete the selected pages", permissions=["delete"])
    def delete_selected(self, request, queryset):
        if queryset.count() > MOST_DELETED:
            self.message_user(request, TOO_MANY, messages.ERROR)
            return None
        return self.delete_pages(request, list(queryset), is_bulk=True)

    def delete_pages(self, request, pages, *, is_bulk=False):
        """All of them or none: one that is in use is refused, with what uses it and what to do instead."""
        done = redirect(self.list_url)
        if request.method == "POST" and "_archive" in request.POST:
            self.archive_pages(request, pages)
            return done
        if request.method == "POST" and "post" in request.POST and self.have_gone(request, pages):
            return done
        used = [(page, uses) for page in pages if (uses := uses_of(page))]
        context = {
            "title": "Delete pages" if is_bulk else f"Delete {pages[0]}",
            "opts": self.opts,
            "pages": pages,
            "used": used,
            "free": [self.going_with(page) for page in pages],
            "chosen": ACTION_CHECKBOX_NAME if is_bulk else "",
            "may_archive": self.has_publish_permission(request) and any(page.is_published for page, _ in used),
            "back": done.url if is_bulk else self.url("change", pages[0]),
        }
        return render(request, "careers/desk/effects/delete.html", {**self.admin_site.each_context(request), **context})

    def have_gone(self, request, pages):
        """Whether they are deleted. Somebody may save or name one while the page that asks is open, or just now."""
        try:
            with editing():
                if any(uses_of(page) for page in pages):
                    return False
                for page in pages:
                    delete_page(page=page, by=request.user)
        except (ProtectedError, RestrictedError):
            return False
        names = f"“{pages[0]}” is" if len(pages) == 1 else f"{counted(len(pages), 'page')} are"
        said = '{} deleted. <a href="{}">Deleted pages</a> can be made again.'
        self.message_user(request, format_html(said, names, reverse("admin:deleted_pages")), messages.SUCCESS)
        return True

    def archive_pages(self, request, pages):
        if not self.has_publish_permission(request):
            raise PermissionDenied
        with editing():
            online = list(self.model._base_manager.filter(pk__in=[page.pk for page in pages], status=Status.PUBLISHED))
            for page in online:
                archive_page(page=page, by=request.user)
        said = (
            f"{counted(len(online), 'page is,pages are')} offline now."
            if online
            else "Readers find none of it already."
        )
        self.message_user(request, said, messages.SUCCESS)

    def going_with(self, page):
        """“Team leader, 8 skills of roles”: a page and the rows that go with it."""
        found = [str(page)]
        for relation, (row, _) in hanging_rows(self.model).items():
            number = getattr(page, relation).count()
            if number:
                name = row._meta.verbose_name if number == 1 else row._meta.verbose_name_plural
                found.append(f"{number} {name}")
        return ", ".join(found)
