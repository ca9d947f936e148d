"""Several pages of a list published or taken offline, after a page that says what that changes."""

import hashlib
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from careers.desk.admin.acts import PUBLISHED
from careers.desk.selectors.change_sets import InSet, called
from careers.desk.selectors.differences import content_differences
from careers.desk.selectors.errors import error_line
from careers.desk.selectors.states import drafts_by_page
from careers.desk.services.drafts import Clashes, archive_page, editing, publish_draft
from careers.desk.services.impact import impact_of_pages
from careers.guide.models.desk.drafts import Draft
from careers.lib.words import counted
from careers.people.services.refusing import Refused

MOST_AT_ONCE = 100  # pages: each is shown with what changes of it
TOO_MANY = f"Choose {MOST_AT_ONCE} pages at most, as what each changes is shown first. A change set takes more of them."
CHANGED = "One of them was saved again meanwhile. This is what they say now: look again, then press the button."


@dataclass(frozen=True)
class BulkAct:
    action: str
    title: str
    button: str
    nothing: str  # where there is nothing to do


PUBLISH = BulkAct("publish_selected", "Publish", "Publish them now", "All of these are published already.")
ARCHIVE = BulkAct("archive_selected", "Take offline", "Take them offline", "Readers find none of these already.")


class ActsOnMany:
    """For the admin of a page of the guide."""

    @admin.action(description="Publish the selected pages", permissions=["publish"])
    def publish_selected(self, request, queryset):
        return self.ask_or_do(request, queryset, PUBLISH)

    @admin.action(description="Take the selected pages offline", permissions=["publish"])
    def archive_selected(self, request, queryset):
        return self.ask_or_do(request, queryset, ARCHIVE)

    def ask_or_do(self, request, queryset, act):
        if queryset.count() > MOST_AT_ONCE:
            self.message_user(request, TOO_MANY, messages.ERROR)
            return None
        if "post" in request.POST:
            with editing():
                pages = list(queryset)
                if request.POST.get("seen") == what_they_say(pages, act):
                    self.do_to_all(request, pages, act)
                    return redirect(request.get_full_path())
        return self.ask(request, list(queryset), act)

    def do_to_all(self, request, pages, act):
        drafted = drafts_by_page(self.model, [page.pk for page in pages])
        for page in pages:
            if act is PUBLISH:
                self.publish_one(request, page, drafted)
            elif page.is_published:
                archive_page(page=page, by=request.user)
                self.message_user(request, f"“{page}” is offline.", messages.SUCCESS)

    def publish_one(self, request, page, drafted):
        if page.is_published and page.pk not in drafted:
            self.message_user(request, f"“{page}” was published already.", messages.INFO)
            return
        try:
            publish_draft(page=page, by=request.user)
        except ValidationError as error:
            self.message_user(request, f"“{page}” is not published. {error_line(self.model, error)}", messages.ERROR)
        except Refused as refusal:
            self.message_user(request, f"“{page}” is not published. {refusal}", messages.ERROR)
        except Clashes:
            text = f"“{page}” is not published: it was changed in two ways. Open it and publish it there."
            self.message_user(request, text, messages.ERROR)
        else:
            self.message_user(request, PUBLISHED.format(page=page), messages.SUCCESS)

    def ask(self, request, pages, act):
        is_publishing = act is PUBLISH
        drafted = drafts_by_page(self.model, [page.pk for page in pages]) if is_publishing else {}
        if is_publishing:
            touched = [page for page in pages if page.pk in drafted or not page.is_published]
        else:
            touched = [page for page in pages if page.is_published]
        if not touched:
            self.message_user(request, act.nothing, messages.INFO)
            return None
        noun = f"{self.opts.verbose_name},{self.opts.verbose_name_plural}"
        context = {
            "title": f"{act.title}: {counted(len(touched), noun)}",
            "opts": self.opts,
            "act": act,
            "is_publishing": is_publishing,
            "pages": [in_list(page, drafted.get(page.pk)) for page in touched],
            "keys": [page.pk for page in touched],
            "chosen": ACTION_CHECKBOX_NAME,
            "seen": what_they_say(touched, act),
            "fault": CHANGED if "post" in request.POST else "",
            "impact": impact_of_pages(**{"publishing" if is_publishing else "archiving": touched}),
            "back": request.get_full_path(),
        }
        return render(request, "careers/desk/effects/bulk.html", {**self.admin_site.each_context(request), **context})


def in_list(page, draft):
    """`InSet` of a page: what readers get of it."""
    before = draft.base.content if draft and draft.base else None
    return InSet(
        **called(page),
        state=draft.get_state_display() if draft else page.get_status_display(),
        look=draft.state if draft else page.status,
        differences=content_differences(type(page), before, draft.head.content) if before else [],
        is_new=not page.is_published,
    )


def what_they_say(pages, act):
    """Another text where one of them has got another status or, if they are published, its draft says something else.
    Taken offline they keep their drafts.
    """
    heads = Draft.objects.none()
    if pages and act is PUBLISH:
        heads = Draft.objects.filter(model=pages[0]._meta.label_lower, page_pk__in=[page.pk for page in pages])
    said = [*heads.order_by("page_pk").values_list("page_pk", "head__digest")]
    states = sorted((page.pk, page.status, str(page.updated_at)) for page in pages)
    return hashlib.sha256(repr((said, states)).encode()).hexdigest()[:32]
