"""What a sheet would do, and where it stands, in words."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from careers.desk.selectors.differences import content_differences
from careers.desk.selectors.states import moment_here, name_of_user
from careers.desk.sheets.models import SheetImport
from careers.desk.sheets.selectors.columns import slugs_to_write
from careers.desk.sheets.selectors.standing import standings_of
from careers.guide.selectors.snapshots import page_model
from careers.lib.words import counted

State = SheetImport.State
ON_A_PAGE = 50
EMPTY = {"fields": {}, "many": {}, "rows": {}, "names": {}}


@dataclass
class PageReport:
    """A page of a sheet with what differs; of a new one all that it says."""

    name: str
    row: int
    word: str
    look: str
    differences: list
    is_new: bool
    has_changed_since: bool = False


def page_of_reports(sheet, number):
    """(the page of a list, its PageReports), new pages among the others, in the order of the sheet."""
    page = Paginator(sheet.pages.order_by("pk"), ON_A_PAGE).get_page(number)
    model, rows = page_model(sheet.model), list(page.object_list)
    known = standings_of(model, [one.page_pk for one in rows if one.page_pk], slugs_to_write(model))
    return page, [report_of(model, one, known.get(one.page_pk)) for one in rows]


def report_of(model, one, standing):
    is_new = one.page_pk is None
    before = standing.content if standing else {**EMPTY, "rows": {name: [] for name in one.content["rows"]}}
    differences = [
        difference
        for difference in content_differences(model, before, one.content)
        if not is_new or difference.after not in ("", "empty") or difference.lines
    ]
    word, look = ("New", "approved") if is_new else ("Changes", "in_review")
    is_other = not is_new and (standing is None or standing.digest != one.digest)
    return PageReport(one.name, one.row, word, look, differences, is_new, is_other)


def summary_of(sheet):
    """[(number, word)] of the pages of a sheet that was read."""
    return [
        (f"{sheet.new:,}", "new"),
        (f"{sheet.changed:,}", "would change"),
        (f"{sheet.unchanged:,}", "unchanged"),
        (f"{sheet.fault_count:,}", "wrong"),
    ]


def progress_of(sheet):
    """(share in percent or None where it is not known, sentence)."""
    if sheet.state == State.READING and sheet.total:
        return 100 * sheet.done // sheet.total, f"{sheet.done:,} of {counted(sheet.total, 'page')} compared."
    if sheet.state == State.TAKING and sheet.total:
        return 100 * sheet.done // sheet.total, f"{sheet.done:,} of {counted(sheet.total, 'draft')} written."
    sentences = {
        State.WAITING: "It waits for its turn to be read.",
        State.READING: "The file is being opened.",
        State.CONFIRMED: "It waits for its turn to be brought in.",
        State.TAKING: f"{counted(sheet.new + sheet.changed, 'draft')} being written.",
    }
    return None, sentences[State(sheet.state)]


def latest_sheets(model, now):
    """[(SheetImport, line about it)] of a noun, the latest first."""
    rows = SheetImport.objects.open_at(now).filter(model=model._meta.label_lower).select_related("by").defer("file")
    return [(one, line_of(one)) for one in rows]


def line_of(sheet):
    return f"{name_of_user(sheet.by)}, {moment_here(sheet.made_at)}; kept until {moment_here(sheet.until)}"


def waiting_sheets(user, now):
    """The sheets of this person that wait for their word, the latest first."""
    states = (State.READY, State.WRONG, State.UNREADABLE)
    return SheetImport.objects.open_at(now).filter(by=user, state__in=states).defer("file")
