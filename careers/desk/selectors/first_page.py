"""What there is to do next at the desk, for whoever looks."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.invitations import Invitation
from careers.desk.selectors.checks import CHECKS
from careers.desk.selectors.health import nouns_for
from careers.desk.selectors.links import LISTS, listed_links
from careers.desk.selectors.misses import most_missed
from careers.desk.selectors.states import moment_here, name_of_user
from careers.desk.selectors.votes import least_useful
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.selectors.snapshots import page_model
from careers.lib.days import day_in_words
from careers.lib.words import counted

MOST_SHOWN, MOST_ASKED, MOST_DONE = 10, 5, 6  # of one list
# In this order; any list is of the desk unless it says otherwise.
DESK, GUIDE, GROWTH, QUESTIONS, ACCOUNTS = JOBS = "Desk", "Guide", "Growth", "People’s questions", "Accounts"
DUE, OF_GROWTH = "due", ("ways", "skills")  # checks
State = Draft.State


@dataclass(frozen=True)
class Task:
    """A page to look at: what it is called, what kind of page it is, the form that it leads to, and a line about it."""

    name: str
    noun: str
    url: str
    line: str


@dataclass(frozen=True)
class TaskList:
    title: str
    tasks: list[Task] = field(default_factory=list)
    more: int = 0
    link: str = ""  # to the page with all of them
    link_text: str = ""
    job: str = DESK


def pages_named(rows):
    """{(label, key): page, or change set} of what rows with `model` and `page_pk` are about. One query for each."""
    keys = {}
    for row in rows:
        keys.setdefault(row.model, set()).add(row.page_pk)
    found = {}
    for label, some in keys.items():
        model = ChangeSet if label == ChangeSet._meta.label_lower else page_model(label)
        named = [one.name for one in model._meta.fields if one.many_to_one]  # what its name is made of
        pages = model._base_manager.select_related(*named).filter(pk__in=some)
        found |= {(label, page.pk): page for page in pages}
    return found


def url_of(page, name="change"):
    return reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_{name}", args=[page.pk])


def tasks_of(drafts, line):
    """Tasks of the first drafts, and how many more there are."""
    rows = list(drafts.select_related("head__by", "asked_by", "decided_by")[:MOST_SHOWN])
    pages = pages_named(rows)
    tasks = [
        Task(str(page), str(page._meta.verbose_name), url_of(page), line(row))
        for row in rows
        if (page := pages.get((row.model, row.page_pk)))
    ]
    return tasks, max(drafts.count() - len(rows), 0)


def drafts_for(user, *, may_publish):
    """[TaskList] of the drafts that wait for this person, the latest first."""
    drafts = Draft.objects.order_by("-changed_at")
    mine = drafts.filter(head__by=user)
    lists = [
        ("Sent back to you", mine.filter(state=State.SENT_BACK), reasons_of),
        ("Your drafts", mine.filter(state=State.EDITING), saved_line),
    ]
    if may_publish:
        asked = drafts.filter(state=State.IN_REVIEW).exclude(head__by=user)
        lists.insert(0, ("Waiting for your review", asked, asked_line))
        lists.append(("Approved, to be published", drafts.filter(state=State.APPROVED), saved_line))
    else:
        lists.append(("In review", mine.filter(state=State.IN_REVIEW), asked_line))
    others = drafts.exclude(head__by=user).filter(state__in=(State.EDITING, State.SENT_BACK))
    lists.append(("Drafts of others", others, saved_line))
    return [TaskList(title, *tasks_of(rows, line)) for title, rows, line in lists]


def second_looks(user):
    """TaskList of what was published before a second person had looked; what one published oneself is not in it."""
    looked = DeskAction.objects.filter(what=DeskAction.What.LOOKED).exclude(version=None).values("version")
    alone = DeskAction.objects.filter(what=DeskAction.What.PUBLISHED_ALONE, version__isnull=False)
    waiting = alone.exclude(version__in=looked).exclude(by=user)
    single = waiting.filter(change_set=None).select_related("version", "by").order_by("-at")
    rows = list(single[:MOST_SHOWN])
    pages = pages_named(rows)
    tasks = tasks_of_sets(waiting)
    for row in rows:
        if row.version and (page := pages.get((row.model, row.page_pk))):
            name = f"admin:{page._meta.app_label}_{page._meta.model_name}_second_look"
            url = reverse(name, args=[page.pk, row.version.number])
            line = f"published by {name_of_user(row.by)}, {moment_here(row.at)}"
            tasks.append(Task(str(page), str(page._meta.verbose_name), url, line))
    return TaskList(
        "Needs a second look",
        tasks,
        max(single.count() - len(rows), 0),
    )


def tasks_of_sets(waiting):
    """One Task for each of the latest sets of which pages wait for a second look."""
    sets = ChangeSet.objects.filter(actions__in=waiting).annotate(waiting=Count("actions")).order_by("-ended_at")
    return [
        Task(one.title, "change set", url_of(one), f"{counted(one.waiting, 'page')}, {moment_here(one.ended_at)}")
        for one in sets[:MOST_SHOWN]
    ]


def lately():
    """[(line, name, URL or none)] of what was done at the desk, the latest first."""
    rows = list(DeskAction.objects.select_related("by")[:MOST_DONE])
    pages = pages_named([row for row in rows if row.model])
    return [
        Task(
            row.page_name,
            row.get_what_display(),
            url_of(page) if (page := pages.get((row.model, row.page_pk))) else "",
            f"{name_of_user(row.by)}, {moment_here(row.at)}",
        )
        for row in rows
    ]


def saved_line(draft):
    return f"saved by {name_of_user(draft.head.by if draft.head else None)}, {moment_here(draft.changed_at)}"


def asked_line(draft):
    return f"asked by {name_of_user(draft.asked_by)}, {moment_here(draft.changed_at)}"


def reasons_of(draft):
    return f"{name_of_user(draft.decided_by)}: {draft.reasons}"


def by_job(lists):
    """[(job, its lists in which something waits)], as far as there are any; always of the desk."""
    busy = [one for one in lists if one.tasks]
    jobs = [(job, [one for one in busy if one.job == job]) for job in JOBS]
    return [(job, some) for job, some in jobs if some or job == DESK]


def nothing_waits(lists):
    """[(title, URL or none)] of the lists in which nothing waits."""
    return [(one.title, one.link) for one in lists if not one.tasks]


def guide_needs(user, today):
    """[TaskList] of what the guide itself wants looked at: facts that are due, each with its page, what people are
    about to sit first; else by kind, with the page that says all of it.
    """
    nouns = nouns_for(user)
    due = CHECKS[DUE].listed(nouns, today, first=MOST_ASKED)
    tasks = [Task(one.name, one.noun, one.url, one.why) for one in due.findings]
    facts = TaskList(
        "Due or stale facts",
        tasks,
        due.count - len(tasks),
        due.url,
        "All that is due",
        GUIDE,
    )
    kinds = {slug: check.listed(nouns, today, first=0) for slug, check in CHECKS.items() if slug != DUE}
    ways = [one for slug, one in kinds.items() if slug in OF_GROWTH]
    links = [listed_links(slug, first=0) for slug in LISTS]
    others = [*(one for slug, one in kinds.items() if slug not in OF_GROWTH), *links]
    url, text = reverse("admin:guide_health"), "Health of the guide"
    return [
        facts,
        TaskList("What the guide needs", tasks_of_kinds(others), 0, url, text, GUIDE),
        TaskList("Ways and skills", tasks_of_kinds(ways), 0, url, text, GROWTH),
    ]


def tasks_of_kinds(listed):
    return [Task(one.title, one.total, one.url, one.meaning) for one in listed if one.count]


def accounts_for(user):
    """[TaskList] for those who invite."""
    if not user.may_invite:
        return []
    number = len(Invitation.objects.open_to(user, now=timezone.now()))
    url = reverse("admin:careers_invitation_changelist")
    tasks = [Task("Open invitations", str(number), url, "Invited, and not here yet.")] if number else []
    return [TaskList("Invitations", tasks, link=url, link_text="Invite somebody", job=ACCOUNTS)]


def questions_for(user):
    """[TaskList] of what readers looked for in vain, and of pages that they found not useful."""
    lists = []
    if user.has_perm("careers.view_searchmiss"):
        groups, total = most_missed(MOST_ASKED)
        url = reverse("admin:careers_searchmiss_changelist")
        tasks = [Task(one.name, counted(one.times, "time"), url, f"last on {day_in_words(one.last)}") for one in groups]
        more = max(total - len(tasks), 0)
        lists.append(TaskList("Looked for in vain", tasks, more, url, "All of them", QUESTIONS))
    if user.has_perm("careers.view_pagevote"):
        pages, total = least_useful(MOST_ASKED)
        url = reverse("admin:careers_pagevote_changelist")
        tasks = [Task(one.name, "", one.edit_url or url, one.line) for one in pages]
        more = max(total - len(tasks), 0)
        lists.append(TaskList("Not useful to readers", tasks, more, url, "All votes", QUESTIONS))
    return lists
