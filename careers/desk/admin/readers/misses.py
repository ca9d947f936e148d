from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse

from careers.desk.admin.readers.pages import new_pages, pages_for, searched_nouns
from careers.desk.selectors.misses import answered_misses, open_misses
from careers.desk.services.drafts import editing
from careers.desk.services.misses import add_alternate_title, add_search_word, put_back, take_off
from careers.guide.selectors.snapshots import page_model
from careers.lib.texts import is_blank, is_key, plain_line, query_text
from careers.lib.words import capital
from careers.people.services.refusing import Refused
from careers.search.models.misses import SearchMiss
from careers.web.query import page_number

GROUPS_AT_ONCE = 50
LONGEST_WORD = 80
GONE = "“{name}” is not on the list any more."
TAKEN_OFF = "“{name}” is off the list. It comes back when somebody looks for it again."
BROUGHT_BACK = "“{name}” is on the list again."
ADDED = "“{text}” is in the draft of “{page}”. Readers find it once the page is published."
WRITE = f"Write the word as readers type it, with at most {LONGEST_WORD} characters."
CHOOSE = "Choose a page that you may change."
ADDS = {"word": add_search_word, "title": add_alternate_title}


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin):
    """Searches without a result, by what they mean: to be answered by a page, or taken off the list."""

    fields = readonly_fields = ("words", "filters", "day", "count", "answered")

    def get_urls(self):
        views = {"answer": self.answer_view, "off": self.off_view}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"careers_searchmiss_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        is_off = request.GET.get("off") == "1"
        groups = Paginator(answered_misses() if is_off else open_misses(), GROUPS_AT_ONCE)
        context = {
            "title": "Searches that were dealt with" if is_off else "Searches without a result",
            "page": groups.get_page(page_number(request.GET.get("page", "")) or 1),
            "is_off": is_off,
            "query": "off=1&" if is_off else "",
        }
        return self.shown(request, "misses", context)

    def off_view(self, request):
        """Take a group off the list; or bring it back, which undoes that."""
        self.refuse_readers(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        is_back = "back" in request.POST
        group = group_called(request.POST.get("key", ""), answered_misses() if is_back else open_misses())
        if group is None:
            self.message_user(request, GONE.format(name=request.POST.get("key", "")[:80]), messages.INFO)
        elif is_back:
            put_back(group=group)
            self.note(request, group, BROUGHT_BACK.format(name=group.name))
        else:
            take_off(group=group)
            self.note(request, group, TAKEN_OFF.format(name=group.name))
        return redirect(f"{self.list_url()}?off=1" if is_back else self.list_url())

    def answer_view(self, request):
        """Look for a page, and add the words to its draft; or begin a page."""
        self.refuse_readers(request)
        asked = request.POST if request.method == "POST" else request.GET
        group = group_called(asked.get("key", ""), open_misses())
        if group is None or not group.spellings:
            self.message_user(request, GONE.format(name=asked.get("key", "")[:80]), messages.INFO)
            return redirect(self.list_url())
        text = plain_line(asked.get("text", group.name))
        fault = ""
        if request.method == "POST":
            try:
                return self.add(request, group, text)
            except Refused as refusal:
                fault = str(refusal)
        words = query_text(asked.get("q", ""))
        context = {
            "title": f"Answer “{group.name}”",
            "group": group,
            "text": text,
            "words": words,
            "found": pages_for(request, words),
            "new": new_pages(request, capital(text)),
            "fault": fault,
            "adds": ADDS,
        }
        return self.shown(request, "answer", context, status=400 if fault else 200)

    def add(self, request, group, text):
        """Raises `Refused` with a sentence."""
        if is_blank(text) or len(text) > LONGEST_WORD:
            raise Refused(WRITE)
        how, _, value = request.POST.get("add", "").partition(" ")
        page = self.page_of(request, value)
        if how not in ADDS or (how == "title" and not hasattr(page, "alternate_titles")):
            raise Refused(CHOOSE)
        with editing():
            ADDS[how](page=page, text=text, by=request.user)
        take_off(group=group)
        self.note(request, group, ADDED.format(text=text, page=page))
        return redirect(self.list_url())

    def page_of(self, request, value):
        label, _, key = value.partition(":")
        try:
            noun = page_model(label)
        except (LookupError, ValueError):
            raise Refused(CHOOSE) from None
        page = (
            noun.objects.filter(pk=key).first() if is_key(key) and noun in searched_nouns(request, "change") else None
        )
        if page is None:
            raise Refused(CHOOSE)
        return page

    def note(self, request, group, text):
        """Say it, and keep it in the log of the desk."""
        row = SearchMiss.objects.filter(words__in=group.spellings or [""]).first()
        if row:
            self.log_change(request, row, text)
        self.message_user(request, text, messages.SUCCESS)

    def list_url(self):
        return reverse("admin:careers_searchmiss_changelist")

    def shown(self, request, template, context, status=200):
        shared = {"opts": self.opts, "may_change": self.may_change(request), **self.admin_site.each_context(request)}
        return render(request, f"careers/desk/readers/{template}.html", {**shared, **context}, status=status)

    def refuse_readers(self, request):
        if not self.may_change(request):
            raise PermissionDenied

    def may_change(self, request):
        return request.user.has_perm("careers.change_searchmiss")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("careers.view_searchmiss")

    def has_delete_permission(self, request, obj=None):
        return False


def group_called(key, groups):
    """None where it is on the list no more."""
    return next((group for group in groups if group.key == key), None)
