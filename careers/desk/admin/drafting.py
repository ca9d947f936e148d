"""Django's own form of a page, on its draft."""

from dataclasses import dataclass, field
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from careers.desk.admin.acts import CORRECT, PUBLISHED, ActsOnPages
from careers.desk.admin.pickers import is_back
from careers.desk.admin.schedules import GivesPagesTimes
from careers.desk.admin.words.autosaves import AUTOSAVE, take_typed
from careers.desk.selectors.errors import error_line, faults_in_form, gone_in_words
from careers.desk.selectors.schedules import sentences_of_schedules
from careers.desk.selectors.states import standing_of
from careers.desk.services.autosaves import note_shown
from careers.desk.services.corrections import correct_page
from careers.desk.services.drafts import (
    Clashes,
    draft_of,
    editing,
    head_of,
    is_beside,
    is_shown,
    keep_aside,
    laid_over,
    publish_draft,
    read_here,
    save_draft,
    start_page,
)
from careers.desk.services.impact import impact_of_pages, impact_of_publishing
from careers.desk.services.typed_forms import Typing
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.versions import Version
from careers.guide.selectors.merging import known_part
from careers.guide.selectors.snapshots import names_unknown
from careers.guide.services.snapshots import Written
from careers.guide.services.versions import current_version, versions_of
from careers.lib.texts import is_key
from careers.people.admin.unchanged import NOTHING_CHANGED
from careers.people.services.refusing import Refused
from careers.web.writers import is_anothers, writer_of

TOO_OLD = "This form is not known any more. Nothing was saved. Open the page again."
DRAFT_IS_SAVED = "Saved as a draft. Readers still see what was published."
NEW_IS_SAVED = "Saved as a draft. Readers see nothing of it yet."
AS_READERS_SEE = "The page says what readers see again, so there is no draft of it any more."
MERGED = "Somebody else saved this page while you wrote. Their changes and yours are both in the draft."
CLASHED = "Somebody else changed the same as you. Nothing is lost: choose below what counts."
SAME_PUBLISHED = "Somebody else has published another change of the same meanwhile."
NOT_CORRECTED = "Not published. {why} What you wrote is version {number}, which you can restore as a draft."
SAVED_LOOK_FIRST = "It is saved as a draft. Look at what else changes, then publish it here."
NOT_PUBLISHED = "It is saved as a draft and not published."


@dataclass
class Opened:
    """The page that a request works on, as readers have it, and the version that its form shows."""

    page: object
    draft: Draft | None
    version: Version
    is_correction: bool
    is_saved: bool = False
    written: Written = field(default_factory=Written)


def linked(sentence, faults):
    """The sentence, then each fault, which leads to its place in the form where it has one."""
    said = [
        format_html('<a href="{}">{}: {}</a>', one.href, one.where, one.text) if one.href else one.text
        for one in faults
    ]
    return format_html_join(" ", "{}", ((one,) for one in (sentence, *said)))


class WorksOnDrafts(GivesPagesTimes, ActsOnPages):
    """For the admin of a page of the guide. Whatever is saved is a draft, until it is published."""

    change_form_template = "careers/desk/page_form.html"

    # The form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if is_anothers(request, request.user):
            context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Written by somebody else"}
            return render(request, "careers/desk/words/not_yours.html", context, status=403)
        page = self.get_object(request, object_id) if object_id and is_key(object_id) else None
        if page is None:
            return self.add_page(request, object_id, form_url, extra_context)
        if not self.has_view_or_change_permission(request, page):
            raise PermissionDenied
        if request.method == "POST":
            return self.take_form(request, page, form_url, extra_context)
        return self.show_form(request, page, form_url, extra_context)

    def add_page(self, request, object_id, form_url, extra_context):
        request.opened = None
        response = super().changeform_view(request, object_id, form_url, extra_context)
        page = getattr(request, "added_page", None)
        if page is None:
            return response
        with editing():
            draft = start_page(page=page, by=request.user, typing=Typing.sent(request.POST))
        if "_popup" in request.POST:
            return response
        return self.go_on(request, page, draft, NEW_IS_SAVED)

    def show_form(self, request, page, form_url, extra_context):
        draft, is_correction = draft_of(page), self.is_correction(request, page)
        version = current_version(page) if is_correction else head_of(page, draft)
        request.opened = Opened(page, draft, version, is_correction)
        if not note_shown(version):
            return self.show_form(request, page, form_url, extra_context)
        if not draft or is_correction or not is_beside(page, draft):
            return super().changeform_view(request, str(page.pk), form_url, extra_context)
        with laid_over(page, known_part(page, version.content)) as (_, written):
            request.opened.written = written
            written.unknown = names_unknown(self.model, version.content)
            if not written.is_whole:
                said = gone_in_words(written.gone, written.taken, written.unknown)
                self.message_user(request, said, messages.WARNING)
            response = super().changeform_view(request, str(page.pk), form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

    def take_form(self, request, page, form_url, extra_context):
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        number = request.POST.get("opened", "")
        version = versions_of(page).filter(number=number).first() if is_key(number) else None
        if AUTOSAVE in request.POST:
            request.opened = Opened(page, None, version, is_correction=False)
            return take_typed(self, request, page, version)
        if version is None:
            self.message_user(request, TOO_OLD, messages.ERROR)
            return redirect(request.path)
        with editing():
            opened = Opened(page, draft_of(page), version, self.is_correction(request, page))
            request.opened = opened
            with laid_over(page, known_part(page, version.content)) as (working, _):
                response = super().changeform_view(request, str(page.pk), form_url, extra_context)
                if hasattr(response, "render"):
                    response.render()
                content = read_here(working, before=version.content) if opened.is_saved else None
            if content is None:
                return response
            if not opened.is_correction:
                answer = self.keep(request, opened, content)
        if opened.is_correction:
            return self.correct(request, opened, content)
        return response if "_popup" in request.POST else answer()

    def keep(self, request, opened, content):
        """Save it as the draft. Returns what answers, to be called once the guide is no longer locked."""
        page, by = opened.page, request.user
        typing = Typing.sent(request.POST)
        saved = save_draft(page=page, content=content, opened=opened.version, by=by, typing=typing)
        if saved.aside:
            self.message_user(request, CLASHED, messages.WARNING)
            return partial(redirect, self.clash_url(page, saved.base, saved.aside, head_of(page)))
        self.decide_time(request, page, saved.draft, is_changed=saved.is_changed)
        if not saved.is_changed:
            text = NOTHING_CHANGED
        elif saved.draft is None:
            text = AS_READERS_SEE
        elif saved.is_merged:
            text = MERGED
        else:
            text = DRAFT_IS_SAVED if is_shown(page) else NEW_IS_SAVED
        return partial(self.go_on, request, page, saved.draft, text)

    def correct(self, request, opened, content):
        """Where it changes more than the page, what it changes is shown first."""
        page = opened.page
        if "_impact" in request.POST or changes_more(impact_of_publishing(page, content)):
            with editing():
                written = keep_aside(page=page, content=content, by=request.user)
            return redirect(self.url("correction", page, opened.version.number, written.number))
        try:
            with editing():
                correct_page(page=page, content=content, opened=opened.version, by=request.user)
        except (ValidationError, Clashes) as fault:
            why = SAME_PUBLISHED if isinstance(fault, Clashes) else error_line(self.model, fault)
            with editing():
                aside = keep_aside(page=page, content=content, by=request.user)
            self.message_user(request, NOT_CORRECTED.format(why=why, number=aside.number), messages.ERROR)
            return redirect(self.url("version", page, aside.number))
        self.message_user(request, f"{PUBLISHED.format(page=page)} The draft that waits has it, too.", messages.SUCCESS)
        return redirect(self.url("change", page))

    def go_on(self, request, page, draft, text):
        """Where one is after a save: on the same page, or where the button leads."""
        if "_publish" in request.POST and self.has_publish_permission(request):
            head = head_of(page, draft)
            if changes_more(impact_of_pages(publishing=[page])):
                self.message_user(request, SAVED_LOOK_FIRST, messages.INFO)
                return redirect(self.url("act", page, "publish"))
            try:
                with editing():
                    self.hold_to_seen(page, str(head.number))
                    publish_draft(page=page, by=request.user)
            except Refused as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
                return redirect(self.url("act", page, "publish"))
            except ValidationError as error:
                return self.stay(request, page, error)
            except Clashes:
                return redirect(self.clash_url(page, draft.base, draft.head, current_version(page), publishing=True))
            self.message_user(request, PUBLISHED.format(page=page), messages.SUCCESS)
        elif "_review" in request.POST and draft:
            return redirect(self.url("act", page, "review"))
        else:
            self.message_user(request, text, messages.INFO if text == NOTHING_CHANGED else messages.SUCCESS)
        if "_addanother" in request.POST:
            return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add"))
        return redirect(self.url("change", page))

    def stay(self, request, page, error):
        form = self.url("change", page)
        self.message_user(request, linked(NOT_PUBLISHED, faults_in_form(self.model, error, form)), messages.ERROR)
        return redirect(f"{form}#content-start")  # else one stays at the field where one was

    def is_correction(self, request, page):
        return CORRECT in request.GET and page.is_published and self.has_publish_permission(request)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and request.opened:
            request.opened.is_saved = True
        elif not change:
            request.added_page = form.instance

    def log_addition(self, request, obj, message):
        """The desk keeps its own log, which is not rolled back with the form."""

    def log_change(self, request, obj, message):
        """As `log_addition`."""

    def log_deletions(self, request, queryset):
        """As `log_addition`."""

    def response_change(self, request, obj):
        return super().response_change(request, obj) if "_popup" in request.POST else redirect(request.path)

    def response_add(self, request, obj, post_url_continue=None):
        return (
            super().response_add(request, obj, post_url_continue)
            if "_popup" in request.POST
            else redirect(request.path)
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        opened = getattr(request, "opened", None)
        context = {**context, **self.typing_context(request, opened)}
        if opened:
            context = {
                **context,
                "opened": opened,
                "standing": standing_of(opened.page, opened.draft),
                "may_publish": self.has_publish_permission(request),
                "may_change": self.has_change_permission(request, opened.page),
                "subtitle": str(opened.page),
                "steps": self.steps(request, opened),
                "times": sentences_of_schedules(opened.page),
                "schedule": self.schedule_on_form(request, opened),
                "remarks": self.remarks_context(opened.page, opened.version),
            }
            obj = opened.page  # the link to what readers see is the published page's, whatever its draft says
        else:
            context = {**context, "may_publish": self.has_publish_permission(request), "may_change": True}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def typing_context(self, request, opened):
        """Return what the script of the form is told: whose it is, whether it may save by itself, what it has saved."""
        saved = None
        if opened:
            saved = versions_of(opened.page).filter(by=request.user).exclude(form="").defer("content", "typed").first()
        return {
            "writer": writer_of(request.user),
            "typing": request.POST.get("typing", ""),
            "saves_itself": bool(opened and not opened.is_correction),
            "is_back": is_back(request.POST),
            "saved_form": f"{saved.form} {saved.sequence}" if saved else "",
        }


def changes_more(impact):
    """Whether readers find something else than the page itself; of one that is not complete nobody can say."""
    return impact is not None and bool(impact.groups or impact.cut or not impact.is_known)
