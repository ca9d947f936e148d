"""The log of the desk: what was done there, by whom. Nobody can change it: no address of the desk does.

What was done with pages, drafts and sheets are `DeskAction`s. What became of what readers asked for, and what was done
with accounts, Django's own log has; the latter is for superusers only, as it names people who are no colleagues.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, Value
from django.urls import reverse

from careers.accounts.models.users import User
from careers.desk.selectors.first_page import pages_named, url_of
from careers.desk.selectors.states import moment_here, name_of_user
from careers.guide.models.desk.drafts import DeskAction
from careers.lib.texts import is_key
from careers.search.models.misses import SearchMiss
from careers.site.models import PageVote

ON_A_PAGE = 50
READERS, ACCOUNTS = "readers", "accounts"
KINDS = {READERS: "Answered readers", ACCOUNTS: "Accounts"}
OF_READERS = (SearchMiss, PageVote)


@dataclass(frozen=True)
class Line:
    """One thing that was done, with what (and the noun of it), by whom, and where that is to be seen now."""

    at: datetime
    what: str
    name: str
    noun: str
    by: str
    note: str
    url: str = ""

    @property
    def when(self):
        return moment_here(self.at)


@dataclass(frozen=True)
class Log:
    """A page of it; what it can be asked for, as (value, label, whether that is asked for); the rest of its query."""

    page: Page
    lines: list[Line]
    people: list[tuple[str, str, bool]]
    kinds: list[tuple[str, str, bool]]
    name: str
    query: str
    is_narrowed: bool


def log_of(asked, *, with_accounts):
    """The `Log` that a query of the address asks for. Costs the same for any number of lines."""
    by, kind, name = (asked.get(key, "").strip() for key in ("by", "kind", "name"))
    actions, entries = DeskAction.objects.order_by(), entries_for(with_accounts=with_accounts).order_by()
    people = people_in(actions, entries)
    if kind in DeskAction.What.values:
        actions, entries = actions.filter(what=kind), entries.none()
    elif kind in KINDS:
        actions, of_readers = actions.none(), Q(content_type__in=types_of_readers())
        entries = entries.filter(of_readers if kind == READERS else ~of_readers)
    if is_key(by):
        actions, entries = actions.filter(by=by), entries.filter(user=by)
    if name:
        actions, entries = actions.filter(page_name__icontains=name), entries.filter(object_repr__icontains=name)
    page = Paginator(together(actions, entries), ON_A_PAGE).get_page(asked.get("page"))
    kinds = [*DeskAction.What.choices, *(one for one in KINDS.items() if with_accounts or one[0] == READERS)]
    query = asked.copy()
    query.pop("page", None)
    return Log(
        page=page,
        lines=lines_of(page),
        people=[(str(one.pk), str(one), str(one.pk) == by) for one in people],
        kinds=[(key, label, key == kind) for key, label in kinds],
        name=name,
        query=f"{query.urlencode()}&" if query else "",
        is_narrowed=bool(by or kind or name),
    )


def types_of_readers():
    return [one.pk for one in ContentType.objects.get_for_models(*OF_READERS).values()]


def entries_for(*, with_accounts):
    rows = LogEntry.objects.exclude(content_type=None)
    return rows if with_accounts else rows.filter(content_type__in=types_of_readers())


def people_in(actions, entries):
    """All who did something, by their names."""
    return User.objects.filter(Q(pk__in=actions.values("by")) | Q(pk__in=entries.values("user")))


def together(actions, entries):
    """(kind of row, key, moment) of both, the latest first."""
    done = actions.annotate(row=Value("action", CharField()), moment=F("at"))
    noted = entries.annotate(row=Value("entry", CharField()), moment=F("action_time"))
    both = [rows.values_list("row", "pk", "moment") for rows in (done, noted)]
    return both[0].union(both[1], all=True).order_by("-moment", "-pk")


def lines_of(page):
    keys = {"action": [], "entry": []}
    for kind, key, _ in page:
        keys[kind].append(key)
    actions = DeskAction.objects.select_related("by", "version").defer("version__content").in_bulk(keys["action"])
    entries = LogEntry.objects.select_related("user", "content_type").in_bulk(keys["entry"])
    pages = pages_named([one for one in actions.values() if one.model])
    found = {"action": {key: line_of_action(one, pages) for key, one in actions.items()}}
    found["entry"] = {key: line_of_entry(one) for key, one in entries.items()}
    return [found[kind][key] for kind, key, _ in page if key in found[kind]]


def line_of_action(action, pages):
    page = pages.get((action.model, action.page_pk))
    url = ""
    if page and action.version:
        options = page._meta
        name = f"admin:{options.app_label}_{options.model_name}_version"
        url = reverse(name, args=[page.pk, action.version.number])
    elif page:
        url = url_of(page)
    noun = str(page._meta.verbose_name) if page else ""
    by = name_of_user(action.by)
    return Line(action.at, action.get_what_display(), action.page_name, noun, by, action.note, url)


def line_of_entry(entry):
    said = entry.get_change_message() or ""
    what = {1: "Added", 2: "Changed", 3: "Deleted"}.get(entry.action_flag, "Changed")
    noun = str(entry.content_type.name) if entry.content_type else ""
    return Line(entry.action_time, what, entry.object_repr, noun, name_of_user(entry.user), said)
