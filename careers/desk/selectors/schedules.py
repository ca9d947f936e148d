"""What is to happen at a moment, and what did not, for whoever looks. Moments are said in the portal's zone."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from careers.desk.selectors.change_sets import url_of_set
from careers.desk.selectors.first_page import MOST_SHOWN, Task, TaskList, pages_named, url_of
from careers.desk.selectors.states import name_of_user
from careers.guide.models.desk.drafts import Schedule
from careers.lib.days import moment_in_words
from careers.lib.zones import zone_in_words, zone_of

What = Schedule.What
GOES = {What.PUBLISH: "goes live", What.ARCHIVE: "goes offline"}
WAS_TO = {What.PUBLISH: "was to go live", What.ARCHIVE: "was to go offline"}
NAMES = {What.PUBLISH: "publish_later", What.ARCHIVE: "archive_later"}
ON_A_PAGE = 50


def zone_there(at=None):
    """“Manila time (GMT+8)”."""
    return zone_in_words(settings.TIME_ZONE, at or timezone.now())


def clock_there(at):
    """“3 December 2026, 09:00”."""
    return moment_in_words(at.astimezone(zone_of(settings.TIME_ZONE)))


def moment_there(at):
    """“3 December 2026, 09:00, Manila time (GMT+8)”."""
    return f"{clock_there(at)}, {zone_there(at)}"


@dataclass(frozen=True)
class Coming:
    """A page or a set, what is to happen to it and when, why it does not, and where one changes that."""

    name: str
    noun: str
    url: str
    line: str
    fault: str = ""
    change_url: str = ""


def sentence_of_schedule(schedule):
    """“It goes live on 3 December 2026, 09:00, Manila time (GMT+8), as ada@example.org decided.”"""
    by = f", as {name_of_user(schedule.by)} decided"
    verb = WAS_TO if schedule.fault else GOES
    said = f"It {verb[What(schedule.what)]} on {moment_there(schedule.at)}{by}."
    return f"{said} {schedule.fault}".strip()


def sentences_of_schedules(page):
    return [sentence_of_schedule(one) for one in Schedule.objects.of_page(page).select_related("by")]


def sentences_of_set(change_set):
    return [sentence_of_schedule(one) for one in Schedule.objects.filter(change_set=change_set).select_related("by")]


def coming_of(schedules, *, may_publish):
    """[Coming]. Of a page that is gone there is none."""
    rows = list(schedules)
    pages = pages_named([row for row in rows if row.model])
    found = []
    for row in rows:
        page = pages.get((row.model, row.page_pk))
        verb = (WAS_TO if row.fault else GOES)[What(row.what)]
        line = f"{verb} on {moment_there(row.at)}, decided by {name_of_user(row.by)}"
        if row.change_set:
            url = url_of_set(row.change_set)
            change = reverse("admin:careers_changeset_later", args=[row.change_set_id]) if may_publish else ""
            found.append(Coming(row.change_set.title, "change set", url, line, row.fault, change))
        elif page:
            change = url_of(page, NAMES[What(row.what)]) if may_publish else ""
            found.append(Coming(str(page), str(page._meta.verbose_name), url_of(page), line, row.fault, change))
    return found


def with_names(schedules):
    return schedules.select_related("by", "change_set")


def page_of_coming(number, *, may_publish):
    """(what was stopped as [Coming], one page of what is to come as a Django page of Coming)."""
    stopped = coming_of(with_names(Schedule.objects.stopped()), may_publish=may_publish)
    page = Paginator(with_names(Schedule.objects.running()), ON_A_PAGE).get_page(number)
    page.object_list = coming_of(page.object_list, may_publish=may_publish)
    return stopped, page


def schedules_for(user, *, may_publish):
    """[TaskList]: what was stopped, for who gave its time, or for all where that one is gone; and what comes next."""
    lists = []
    if may_publish:
        whose = Q(by=user) | Q(by=None) | Q(by__is_active=False)
        stopped = Schedule.objects.stopped().filter(whose)
        lists.append(listed("Scheduled, but stopped", stopped, may_publish=may_publish))
    running = Schedule.objects.running()
    return [*lists, listed("Scheduled", running, may_publish=may_publish)]


def listed(title, schedules, *, may_publish):
    first = coming_of(with_names(schedules)[:MOST_SHOWN], may_publish=may_publish)
    tasks = [Task(one.name, one.noun, one.change_url or one.url, one.fault or one.line) for one in first]
    more = max(schedules.count() - MOST_SHOWN, 0)
    return TaskList(title, tasks, more, reverse("admin:to_come"), "What is to come")
