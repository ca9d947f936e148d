"""Change sets at the desk. Editors make and fill them; who may publish every page of one publishes it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse

from careers.desk.admin.sets.acts import SET_ACTS, ActsOnSets
from careers.desk.admin.sets.pages import nouns_to_change, page_called, pages_to_put
from careers.desk.admin.sets.times import LATER, GivesSetsTimes
from careers.desk.selectors.change_sets import (
    drafts_in,
    published_acts,
    published_pages,
    set_in_words,
    sets_in_order,
    url_of_set,
    waiting_pages,
)
from careers.desk.selectors.first_page import url_of
from careers.desk.selectors.schedules import sentences_of_set
from careers.desk.services.drafts import draft_of, editing, is_shown
from careers.desk.services.sets.change_sets import put_page_in, start_set, take_page_out
from careers.desk.services.sets.undoing import pages_to_take_offline
from careers.guide.models.desk.change_sets import ChangeSet
from careers.lib.texts import is_key, plain_line, query_text
from careers.people.services.refusing import Refused
from careers.web.query import page_number

AT_ONCE = 50  # sets of the list, pages of a set
State = ChangeSet.State
STARTED = "The change set “{title}” is there. Put pages into it."
PUT = "“{page}” is in the change set “{title}”."
TAKEN = "“{page}” is out of the change set. Its draft stays, by itself."
NO_PAGE = "Choose a page that you may change."
NEXT = {SET_ACTS["publish"].title, SET_ACTS["look"].title}
NO_SET = "Choose a change set, or name a new one."


@admin.register(ChangeSet)
class ChangeSetAdmin(GivesSetsTimes, ActsOnSets, admin.ModelAdmin):
    fields = readonly_fields = ("title", "state", "by", "started_at", "ended_at")

    def get_urls(self):
        views = {
            "": ("changelist", self.changelist_view),
            "add/": ("add", self.add_view),
            "put/": ("choose", self.choose_view),
            "<int:number>/change/": ("change", self.set_view),
            "<int:number>/put/": ("put", self.put_view),
            "<int:number>/take/": ("take", self.take_view),
            "<int:number>/publish-later/": ("later", self.later_view),
            "<int:number>/do/<slug:act>/": ("act", self.act_view),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"careers_changeset_{name}")
            for route, (name, view) in views.items()
        ]

    # Who may

    def may_work(self, request):
        return bool(nouns_to_change(request.user))

    def has_module_permission(self, request):
        return self.may_work(request)

    def has_view_permission(self, request, obj=None):
        return self.may_work(request)

    def has_add_permission(self, request):
        return self.may_work(request)

    def has_change_permission(self, request, obj=None):
        return self.may_work(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def refuse_others(self, request):
        if not self.may_work(request):
            raise PermissionDenied

    def set_or_404(self, request, number):
        self.refuse_others(request)
        change_set = sets_in_order().filter(pk=number).first() if is_key(str(number)) else None
        if change_set is None:
            raise Http404
        return change_set

    # Pages

    def shown(self, request, template, title, *, status=200, **context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"careers/desk/sets/{template}.html", {**shared, **context}, status=status)

    def page_of(self, request, rows):
        return Paginator(rows, AT_ONCE).get_page(page_number(request.GET.get("p", "")) or 1)

    def changelist_view(self, request, extra_context=None):
        self.refuse_others(request)
        page = self.page_of(request, sets_in_order())
        sets = [(one, url_of_set(one), set_in_words(one)) for one in page.object_list]
        return self.shown(request, "list", "Change sets", page=page, sets=sets)

    def add_view(self, request, form_url="", extra_context=None):
        self.refuse_others(request)
        title, fault = plain_line(request.POST.get("title", ""))[:120], ""
        if request.method == "POST":
            try:
                with editing():
                    change_set = start_set(title=title, by=request.user)
                self.message_user(request, STARTED.format(title=title), messages.SUCCESS)
                return redirect(url_of_set(change_set))
            except Refused as refusal:
                fault = str(refusal)
        return self.shown(request, "add", "Start a change set", text=title, fault=fault, status=400 if fault else 200)

    def set_view(self, request, number):
        change_set = self.set_or_404(request, number)
        words = query_text(request.GET.get("q", ""))
        is_open = change_set.state == State.OPEN
        page = self.page_of(request, drafts_in(change_set) if is_open else published_acts(change_set))
        rows = list(page.object_list)
        return self.shown(
            request,
            "set",
            change_set.title,
            change_set=change_set,
            said=set_in_words(change_set),
            times=sentences_of_set(change_set),
            is_open=is_open,
            page=page,
            pages=waiting_pages(rows) if is_open else published_pages(rows),
            words=words,
            found=pages_to_put(request, change_set, words) if is_open else [],
            leaving=[(str(one), url_of(one)) for one in (pages_to_take_offline(change_set) if is_open else ())],
            **self.acts_for(request, change_set),
            query=f"q={words}&" if words else "",
        )

    def put_view(self, request, number):
        return self.move_page(request, number, put_page_in, PUT)

    def take_view(self, request, number):
        return self.move_page(request, number, take_page_out, TAKEN)

    def move_page(self, request, number, act, said):
        change_set = self.set_or_404(request, number)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page = page_called(request.user, request.POST.get("page", ""))
        if page is None:
            self.message_user(request, NO_PAGE, messages.ERROR)
            return redirect(url_of_set(change_set))
        try:
            with editing():
                act(change_set, page, by=request.user)
            self.message_user(request, said.format(page=page, title=change_set.title), messages.SUCCESS)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return redirect(url_of_set(change_set))

    def choose_view(self, request):
        """From the form of a page: into which set its draft goes, an open one or a new one."""
        self.refuse_others(request)
        page = page_called(request.user, request.GET.get("page", ""))
        if page is None:
            raise Http404
        fault, title = "", plain_line(request.POST.get("title", ""))[:120]
        if request.method == "POST":
            try:
                with editing():
                    change_set = self.chosen_set(request, title)
                    put_page_in(change_set, page, by=request.user)
                self.message_user(request, PUT.format(page=page, title=change_set.title), messages.SUCCESS)
                return redirect(url_of_set(change_set))
            except Refused as refusal:
                fault = str(refusal)
        waiting = sets_in_order().filter(state=State.OPEN)[:AT_ONCE]
        return self.shown(
            request,
            "choose",
            f"Put “{page}” into a change set",
            page=page,
            back=url_of(page),
            has_draft=not is_shown(page) or draft_of(page) is not None,
            sets=[(str(one.pk), one.title, set_in_words(one)) for one in waiting],
            chosen=request.POST.get("set", ""),
            text=title,
            fault=fault,
            status=400 if fault else 200,
        )

    def chosen_set(self, request, title):
        """The one that was chosen, or a new one, which a name alone is enough for.

        Raises `Refused`, and starts none then.
        """
        chosen = request.POST.get("set", "")
        if chosen == "new" or (title and not chosen):
            return start_set(title=title, by=request.user)
        change_set = ChangeSet.objects.filter(pk=chosen).first() if is_key(chosen) else None
        if change_set is None:
            raise Refused(NO_SET)
        return change_set

    def acts_for(self, request, change_set):
        """{"following": what comes next, "acts": what else this person can do with the set}, each [(label, URL)]."""
        acts = [
            (act.title, reverse("admin:careers_changeset_act", args=[change_set.pk, slug]))
            for slug, act in SET_ACTS.items()
            if self.is_offered(request, change_set, act)
        ]
        if self.is_offered(request, change_set, SET_ACTS["publish"]):
            acts.insert(1, (LATER, reverse("admin:careers_changeset_later", args=[change_set.pk])))
        following = [(label, url) for label, url in acts if label in NEXT]
        return {"following": following, "acts": [one for one in acts if one not in following]}
