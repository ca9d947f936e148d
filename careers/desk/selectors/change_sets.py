"""What there is to say of change sets: which there are, what is in one, and what may be put in."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from careers.desk.selectors.differences import content_differences
from careers.desk.selectors.first_page import MOST_SHOWN, Task, TaskList, pages_named, url_of
from careers.desk.selectors.states import moment_here, name_of_user
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.versions import Version
from careers.lib.words import counted

MOST_FOUND = 8  # pages of one noun
PUBLISHED = (DeskAction.What.PUBLISHED, DeskAction.What.PUBLISHED_ALONE)


@dataclass(frozen=True)
class InSet:
    """A page of a set: its form, where it stands, what changes, and whether somebody has to look at it still."""

    name: str
    noun: str
    url: str
    value: str  # names it in a form: “careers.role:12”
    state: str
    look: str = ""  # of the state
    line: str = ""
    differences: list = field(default_factory=list)
    is_new: bool = False
    look_url: str = ""


def url_of_set(change_set):
    return reverse("admin:careers_changeset_change", args=[change_set.pk])


def sets_in_order():
    """The open ones first, the latest first; with `pages` and `approved`, numbers of drafts."""
    drafts, approved = Count("drafts"), Count("drafts", filter=Q(drafts__state=Draft.State.APPROVED))
    sets = ChangeSet.objects.select_related("by").annotate(pages=drafts, approved=approved)
    return sets.order_by(F("ended_at").desc(nulls_first=True), "-started_at", "-pk")


def set_in_words(change_set):
    """“3 pages · 1 approved · started by editor@example.org, 29 November 2026, 20:21”, for one of `sets_in_order`."""
    started = f"started by {name_of_user(change_set.by)}, {moment_here(change_set.started_at)}"
    if change_set.state == ChangeSet.State.OPEN:
        return f"{counted(change_set.pages, 'page')} · {change_set.approved} approved · {started}"
    return f"{change_set.get_state_display()} on {moment_here(change_set.ended_at)} · {started}"


def open_sets():
    """TaskList of the sets that wait."""
    waiting = sets_in_order().filter(state=ChangeSet.State.OPEN)
    rows = list(waiting[:MOST_SHOWN])
    tasks = [Task(one.title, "", url_of_set(one), set_in_words(one)) for one in rows]
    more, url = max(waiting.count() - len(rows), 0), reverse("admin:careers_changeset_changelist")
    return TaskList("Change sets", tasks, more, url, "All change sets, and new ones")


def value_of(page):
    return f"{page._meta.label_lower}:{page.pk}"


def drafts_in(change_set):
    """The drafts of an open set, as `waiting_pages` takes them."""
    return change_set.drafts.select_related("base", "head__by", "decided_by").order_by("pk")


def waiting_pages(drafts):
    """[InSet] of drafts: what readers get of each."""
    pages, found = pages_named(drafts), []
    for draft in drafts:
        if page := pages.get((draft.model, draft.page_pk)):
            before, after = (one.content if one else None for one in (draft.base, draft.head))
            author = name_of_user(draft.head.by if draft.head else None)
            found.append(
                InSet(
                    **called(page),
                    state=draft.get_state_display(),
                    look=draft.state,
                    line=f"saved by {author}, {moment_here(draft.changed_at)}",
                    differences=content_differences(type(page), before, after) if before and after else [],
                    is_new=draft.base is None,
                )
            )
    return found


def called(page):
    return {
        "name": str(page),
        "noun": str(page._meta.verbose_name),
        "url": url_of(page),
        "value": value_of(page),
    }


def published_acts(change_set):
    """Actions by which a set published its pages; `was_seen` says whether somebody else had looked, before or since."""
    looked = DeskAction.objects.filter(what=DeskAction.What.LOOKED, version=OuterRef("version"))
    acts = change_set.actions.filter(what__in=PUBLISHED).select_related("version", "by").order_by("pk")
    return acts.annotate(was_seen=Exists(looked) | Q(what=DeskAction.What.PUBLISHED))


def published_pages(acts):
    """[InSet] of some of `published_acts`: what readers got of each."""
    pages, before, found = pages_named(acts), versions_before_acts(acts), []
    for act in acts:
        if page := pages.get((act.model, act.page_pk)):
            older, version = before.get(act.pk), act.version
            look = "second_look" if version and not act.was_seen else ""
            found.append(
                InSet(
                    **called(page),
                    state="Needs a second look" if look else "Looked at",
                    look="in_review" if look else "approved",
                    line=f"published by {name_of_user(act.by)}, {moment_here(act.at)}",
                    differences=content_differences(type(page), older.content, version.content) if older else [],
                    is_new=older is None,
                    look_url=page_url(page, look, version.number) if look else "",
                )
            )
    return found


def page_url(page, name, *args):
    return reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_{name}", args=[page.pk, *args])


def versions_before_acts(acts):
    """{key of an act: the version that readers had until then}. One query."""
    asked = Q(*((Q(model=act.model, page_pk=act.page_pk)) for act in acts), _connector=Q.OR)
    shown = Version.objects.filter(asked, kind__in=Version.OF_READERS).order_by("number") if acts else ()
    found, by_page = {}, {}
    for version in shown:
        by_page.setdefault((version.model, version.page_pk), []).append(version)
    for act in acts:
        for version in by_page.get((act.model, act.page_pk), ()):
            if act.version and version.number < act.version.number:
                found[act.pk] = version
    return found
