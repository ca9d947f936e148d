"""What one can do with a page at the desk beside its form: look, compare, ask, approve, publish, go back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse

from careers.desk.admin.words.remarks import HasRemarks
from careers.desk.rules.steps import PageStep, next_steps, other_steps
from careers.desk.selectors.change_sets import url_of_set, value_of
from careers.desk.selectors.differences import Words, content_differences, difference_of_clash
from careers.desk.selectors.errors import faults_in_form, gone_in_words
from careers.desk.selectors.states import clash_in_words, history_of, link_in_words, version_in_words, version_line
from careers.desk.services.drafts import (
    CHANGED,
    Clashes,
    archive_page,
    discard_draft,
    draft_of,
    editing,
    head_of,
    is_shown,
    publish_draft,
    resolve_clashes,
    restore_version,
)
from careers.desk.services.preview_links import close_links, links_of, make_link
from careers.desk.services.previews import ELSEWHERE, preview
from careers.desk.services.reviews import approve_draft, ask_for_review, give_second_look, send_back
from careers.guide.models.desk.drafts import Draft
from careers.guide.rules.snapshots import Side, merge_contents
from careers.guide.selectors.merging import three_sides
from careers.guide.selectors.snapshots import identities_of, names_unknown
from careers.guide.services.versions import current_version, versions_of
from careers.lib.texts import is_key
from careers.people.services.refusing import Refused
from careers.web.site_url import site_url_of

CORRECT = "correct"  # in the query of the form of a page: what readers see, beside a draft that waits
PUBLISHED = "“{page}” is published."
RESTORED = "The draft says what version {number} said. Readers see it once it is published."
CHOOSE_ALL = "Choose one side for each."
CHANGED_ONLINE = "What readers see has changed since you opened this page. Look at it again, then decide."


@dataclass(frozen=True)
class Act:
    """One thing to do with a page, after a page that says what it means."""

    title: str
    button: str
    does: str
    said: str
    by_publisher: bool = False
    asks: str = ""  # the label of a text that goes with it
    is_asked: bool = False  # whether that text must be there

    @property
    def label(self):
        return self.asks if self.is_asked else f"{self.asks} (may stay empty)"


ACTS = {
    "publish": Act(
        PageStep.PUBLISH, "Publish it now", "publish", PUBLISHED, by_publisher=True, asks="Note for the history"
    ),
    "discard": Act(PageStep.DISCARD, "Discard the draft", "discard", "The draft of “{page}” is discarded."),
    "archive": Act(PageStep.ARCHIVE, "Take it offline", "archive", "“{page}” is offline.", by_publisher=True),
    "review": Act(
        PageStep.ASK,
        "Ask for a review",
        "ask",
        "Asked for a review of “{page}”.",
        asks="What should be looked at",
    ),
    "approve": Act(PageStep.APPROVE, "Approve it", "approve", "“{page}” is approved.", by_publisher=True, asks="Note"),
    "send-back": Act(
        PageStep.SEND_BACK,
        "Send it back",
        "send_back",
        "“{page}” went back to its writer.",
        by_publisher=True,
        asks="What has to change",
        is_asked=True,
    ),
}


class ActsOnPages(HasRemarks):
    """For the admin of a page of the guide."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = {
            "<path:object_id>/do/<slug:act>/": ("act", self.act_view),
            "<path:object_id>/version/<int:number>/": ("version", self.version_view),
            "<path:object_id>/restore/<int:number>/": ("restore", self.restore_view),
            "<path:object_id>/second-look/<int:number>/": ("second_look", self.second_look_view),
            "<path:object_id>/clash/<int:base>/<int:mine>/<int:theirs>/": ("clash", self.clash_view),
            "<path:object_id>/preview/": ("preview", self.preview_view),
            "<path:object_id>/links/": ("links", self.links_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{name}_{short}")
            for route, (short, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def url(self, name, page, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[page.pk, *args])

    def clash_url(self, page, base, mine, theirs, *, publishing=False):
        url = self.url("clash", page, base.number, mine.number, theirs.number)
        return f"{url}?publishing=1" if publishing else url

    def links(self, request, opened):
        """{PageStep: URL} of what this person can do with the page now."""
        page, draft = opened.page, opened.draft
        may_publish, may_change = self.has_publish_permission(request), self.has_change_permission(request, page)
        state = draft.state if draft else None
        is_new, is_asked = not page.is_published, state == Draft.State.IN_REVIEW
        offered = {
            PageStep.PREVIEW: draft or is_new,
            PageStep.SHOW: may_change and (draft or is_new),
            PageStep.ASK: may_change and draft and state in (Draft.State.EDITING, Draft.State.SENT_BACK),
            PageStep.APPROVE: may_publish and is_asked and head_of(page, draft).by_id != request.user.pk,
            PageStep.SEND_BACK: may_publish and state in (Draft.State.IN_REVIEW, Draft.State.APPROVED),
            PageStep.PUBLISH: may_publish and (not draft.is_brought_in if draft else is_new),
            PageStep.PUT_INTO_SET: may_change and (draft or not is_shown(page)) and not (draft and draft.change_set_id),
            PageStep.DISCARD: may_change and draft and is_shown(page),
            PageStep.CORRECT: may_publish and draft and page.is_published,
            PageStep.ARCHIVE: may_publish and page.is_published,
        }
        urls = {act.title: self.url("act", page, slug) for slug, act in ACTS.items()} | {
            PageStep.PREVIEW: self.url("preview", page),
            PageStep.SHOW: self.url("links", page),
            PageStep.CORRECT: f"?{CORRECT}=1",
            PageStep.PUT_INTO_SET: f"{reverse('admin:careers_changeset_choose')}?page={value_of(page)}",
        }
        return {step: urls[step] for step, is_offered in offered.items() if is_offered}

    def steps(self, request, opened):
        """{"next": [(label, URL)], "groups": [(heading, [(label, URL)])]} of what one can do here.

        Whoever corrects what readers see finishes that first: all else is about the draft that waits.
        """
        if opened.is_correction:
            return {"next": [], "groups": []}
        draft, urls = opened.draft, self.links(request, opened)
        state, change_set = (draft.state, draft.change_set) if draft else ("", None)
        following = next_steps({*urls}, state, is_in_set=bool(change_set))
        of_set = [(f"Change set “{change_set}”", url_of_set(change_set))] if change_set else []
        groups = other_steps({*urls}, following).items()
        return {
            "next": [*((step, urls[step]) for step in following), *of_set],
            "groups": [(name, [(step, urls[step]) for step in steps]) for name, steps in groups],
        }

    def page_for(self, request, object_id, *, may="change"):
        """The page of an address of the desk, where this person may do with it what they want."""
        page = self.get_object(request, object_id) if is_key(object_id) else None
        if page is None:
            raise Http404
        allowed = {
            "view": self.has_view_or_change_permission(request, page),
            "change": self.has_change_permission(request, page),
            "publish": self.has_change_permission(request, page) and self.has_publish_permission(request),
            "delete": self.has_delete_permission(request, page),
        }
        if not allowed[may]:
            raise PermissionDenied
        return page

    def shown(self, request, template, page, title, **context):
        return render(
            request,
            f"careers/desk/{template}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "page": page,
                "title": title,
                "back": self.url("change", page),
                **context,
            },
        )

    def act_view(self, request, object_id, act):
        act = ACTS.get(act) or self.no_such_page()
        page = self.page_for(request, object_id, may="publish" if act.by_publisher else "change")
        draft, fault, faults = draft_of(page), "", []
        text = request.POST.get("text", "")
        if request.method == "POST":
            try:
                with editing():
                    getattr(self, f"do_{act.does}")(request, page, text=text, seen=request.POST.get("seen", ""))
                self.message_user(request, act.said.format(page=page), messages.SUCCESS)
                return redirect(self.url("change", page))
            except Refused as refusal:
                fault = str(refusal)
            except ValidationError as error:
                faults = faults_in_form(self.model, error, self.url("change", page))
            except Clashes:
                return redirect(self.clash_url(page, draft.base, draft.head, current_version(page), publishing=True))
        head = head_of(page, draft)
        base = draft.base.content if draft and draft.base else None
        return self.shown(
            request,
            "act",
            page,
            f"{act.title}: {page}",
            act=act,
            draft=draft,
            seen=current_version(page) if act.does == "archive" else head,  # a draft stays, whatever it says by now
            text=text,
            fault=fault,
            faults=faults,
            differences=content_differences(self.model, base, head.content) if base else [],
            impact=self.impact_of_act(page, head, act.does),
            remarks=self.open_remarks(page),
        )

    def no_such_page(self):
        raise Http404

    def impact_of_act(self, page, head, does):
        """The `Impact` of an act, for the page that asks before it; None where nothing is said."""
        return None

    def do_publish(self, request, page, *, text, seen):
        self.hold_to_seen(page, seen)
        written = publish_draft(page=page, by=request.user, note=text[:300])
        if written.gone:
            self.message_user(request, gone_in_words(written.gone), messages.WARNING)

    def do_discard(self, request, page, *, text, seen):
        if draft_of(page):  # a second click finds none
            self.hold_to_seen(page, seen)
            discard_draft(page=page, by=request.user)

    def do_archive(self, request, page, *, text, seen):
        if page.is_published:
            if current_version(page).number != seen_number(seen):
                raise Refused(CHANGED_ONLINE)
            archive_page(page=page, by=request.user)

    def do_ask(self, request, page, *, text, seen):
        ask_for_review(page=page, by=request.user, seen=seen_number(seen), note=text)

    def do_approve(self, request, page, *, text, seen):
        approve_draft(page=page, by=request.user, seen=seen_number(seen), note=text)

    def do_send_back(self, request, page, *, text, seen):
        send_back(page=page, by=request.user, seen=seen_number(seen), reasons=text)

    def hold_to_seen(self, page, seen):
        if head_of(page).number != seen_number(seen):
            raise Refused(CHANGED)

    def version_of(self, page, number):
        return versions_of(page).filter(number=number).select_related("by").first() or self.no_such_page()

    def history_view(self, request, object_id, extra_context=None):
        """In the place of Django's, which knows no rows and goes with who did it."""
        page = self.page_for(request, object_id, may="view")
        return self.shown(request, "history", page, f"History of {page}", moments=history_of(page))

    def version_view(self, request, object_id, number):
        """One version against another, by default against the one before it."""
        page = self.page_for(request, object_id, may="view")
        version = self.version_of(page, number)
        asked = request.GET.get("from", "")
        others = versions_of(page).exclude(number=number)
        older = others.filter(number=asked).first() if is_key(asked) else others.filter(number__lt=number).first()
        return self.shown(
            request,
            "version",
            page,
            f"{page}, version {number}",
            version=version,
            said=version_in_words(version),
            older=older,
            others=[(one.number, version_line(one)) for one in others.defer("content")],
            differences=content_differences(self.model, older.content, version.content) if older else [],
            history=self.url("history", page),
            may_restore=self.has_change_permission(request, page),
            restore=self.url("restore", page, number),
        )

    def restore_view(self, request, object_id, number):
        page = self.page_for(request, object_id)
        version, fault = self.version_of(page, number), ""
        if request.method == "POST":
            seen = seen_number(request.POST.get("seen", ""))
            try:
                with editing():
                    _, written = restore_version(version=version, page=page, by=request.user, seen=seen)
                self.message_user(request, RESTORED.format(number=number), messages.SUCCESS)
                if not written.is_whole:
                    said = gone_in_words(written.gone, written.taken, written.unknown)
                    self.message_user(request, said, messages.WARNING)
                return redirect(self.url("change", page))
            except Refused as refusal:
                fault = str(refusal)
        head = head_of(page)
        return self.shown(
            request,
            "restore",
            page,
            f"Restore version {number} of {page}",
            version=version,
            head=head,
            fault=fault,
            unknown=gone_in_words([], unknown=names_unknown(self.model, version.content)),
            history=self.url("history", page),
            differences=content_differences(self.model, head.content, version.content),
        )

    def second_look_view(self, request, object_id, number):
        page = self.page_for(request, object_id, may="publish")
        version = self.version_of(page, number)
        if request.method == "POST":
            try:
                give_second_look(version=version, page=page, by=request.user)
                self.message_user(request, "Thank you. Your look is in the history.", messages.SUCCESS)
            except Refused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            return redirect(self.url("change", page))
        older = versions_of(page).filter(number__lt=number, kind__in=version.SHOWN).first()
        return self.shown(
            request,
            "second_look",
            page,
            f"Look at what was published: {page}",
            version=version,
            said=version_in_words(version),
            is_own=version.by_id == request.user.pk,
            remarks=self.open_remarks(page),
            differences=content_differences(self.model, older.content, version.content) if older else [],
        )

    def clash_view(self, request, object_id, base, mine, theirs):
        """Both sides changed the same: what each says, side by side, and which of them counts."""
        page = self.page_for(request, object_id)
        versions = [self.version_of(page, number) for number in (base, mine, theirs)]
        is_publishing, fault, chosen = "publishing" in request.GET, "", {}
        contents = three_sides(page, *(one.content for one in versions))
        _, clashes = merge_contents(*contents, identities_of(self.model))
        if request.method == "POST":
            for number, clash in enumerate(clashes):
                if (side := request.POST.get(f"side-{number}")) in {*Side}:
                    chosen[clash.place] = Side(side)
            if len(chosen) == len(clashes):
                try:
                    with editing():
                        resolve_clashes(page, versions, chosen, by=request.user, is_publishing=is_publishing)
                    self.message_user(request, "Both are brought together in the draft.", messages.SUCCESS)
                    return redirect(self.url("change", page))
                except Refused as refusal:
                    fault = str(refusal)
            else:
                fault = CHOOSE_ALL
        words = Words(self.model, *contents)
        return self.shown(
            request,
            "clash",
            page,
            f"Two changes to {page}",
            clashes=[difference_of_clash(words, one, contents, chosen.get(one.place)) for one in clashes],
            fault=fault,
            said=clash_in_words(mine=versions[1], theirs=versions[2], is_publishing=is_publishing),
            sides=("Readers see", "The draft") if is_publishing else ("Theirs", "Yours"),
        )

    def preview_view(self, request, object_id):
        """The page as readers would have it: itself or, by `at`, another one that it changes."""
        page = self.page_for(request, object_id, may="view")
        bar = {
            "back": self.url("change", page),
            "preview": request.path,
            "elsewhere": {label: reverse(name) for label, name in ELSEWHERE.items()},
        }
        return preview(request, page, head_of(page), at=request.GET.get("at", ""), bar=bar)

    def links_view(self, request, object_id):
        """Links to the preview, for somebody without an account. A new one is shown once."""
        page, made = self.page_for(request, object_id), ""
        if request.method == "POST":
            with editing():
                if "_close" in request.POST:
                    close_links(page=page, by=request.user)
                    self.message_user(request, "Its links are closed: they show nothing any more.", messages.SUCCESS)
                    return redirect(self.url("links", page))
                token = make_link(page=page, by=request.user)
            made = site_url_of(request) + reverse("preview-read", args=[token])
        return self.shown(
            request, "links", page, f"Show {page} to somebody", made=made, lines=[*map(link_in_words, links_of(page))]
        )


def seen_number(text):
    return int(text) if is_key(text) else 0
