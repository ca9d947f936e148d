"""What was said about a page, at the places where it was said."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from careers.desk.selectors.differences import EMPTY, Words
from careers.desk.selectors.first_page import MOST_SHOWN, Task, TaskList, pages_named
from careers.desk.selectors.states import moment_here, name_of_user
from careers.guide.models.desk.drafts import Draft, Remark
from careers.guide.selectors.snapshots import fields_of, hanging_rows, many_of
from careers.lib.words import capital, counted

WHOLE = ""  # the place of what is about all of a page
WHOLE_PAGE = "The whole page"
LONGEST_QUOTE, LONGEST_LINE = 500, 80  # characters


@dataclass(frozen=True)
class Said:
    """A remark as a page shows it: where it is now, the address of that place on the form, and who settled it."""

    remark: Remark
    where: str
    url: str  # empty where the place is gone
    line: str
    settled: str


class Places:
    """The places of a page as `version` has it: {place: what it is called}, in the order of the form's parts."""

    def __init__(self, model, content):
        self.model, self.content, self.words = model, content, Words(model, content)
        columns = {**fields_of(model), **many_of(model)}
        there = {**content["fields"], **content["many"]}
        self.fields = {name: capital(str(column.verbose_name)) for name, column in columns.items() if name in there}
        self.rows = {
            f"{relation}/{entry['pk']}": capital(self.words.row(relation, entry))
            for relation in hanging_rows(model)
            for entry in content["rows"].get(relation, ())
        }
        self.named = {WHOLE: WHOLE_PAGE, **self.fields, **self.rows}

    def choices(self):
        return [(WHOLE, WHOLE_PAGE), ("Fields", [*self.fields.items()]), ("Rows", [*self.rows.items()])]

    def words_at(self, place):
        """Say what stands there; nothing of the whole page."""
        name, _, key = place.partition("/")
        if place == WHOLE:
            return ""
        if key:
            entry = next(row for row in self.content["rows"][name] if str(row["pk"]) == key)
            text = self.words.whole_row(name, entry)
        elif name in many_of(self.model):
            text = ", ".join(self.words.at((name,), one) for one in self.content["many"][name])
        else:
            text = self.words.at((name,), self.content["fields"][name])
        return "" if text == EMPTY else text[:LONGEST_QUOTE]

    def found(self, remark):
        """The place of a remark today, None where it is gone. A row that was published since has another key."""
        if remark.place in self.named:
            return remark.place
        relation = remark.place.partition("/")[0]
        again = (one for one, name in self.rows.items() if name == remark.place_name and one.startswith(f"{relation}/"))
        return next(again, None)


def said_on(page, places, remarks, change_url):
    """[Said], what is open first."""
    rows = remarks.select_related("by", "resolved_by")
    found = [said(places, remark, change_url) for remark in rows]
    return sorted(found, key=lambda one: one.remark.resolved_at is not None)


def said(places, remark, change_url):
    place = places.found(remark)
    relation, _, key = (place or "").partition("/")
    anchor = f"#{relation}-group" if key else f"#id_{relation}" if relation else ""
    where = remark.place_name or WHOLE_PAGE
    settled = ""
    if remark.resolved_at:
        settled = f"Resolved by {name_of_user(remark.resolved_by)}, {moment_here(remark.resolved_at)}"
    return Said(
        remark,
        where if place is not None else f"{where} (no longer there)",
        f"{change_url}{anchor}" if place is not None else "",
        f"{name_of_user(remark.by)}, {moment_here(remark.at)}",
        settled,
    )


def open_at(places, remarks):
    """{place of today: how many remarks are open there}."""
    rows = remarks.filter(resolved_at=None)
    return Counter(place for remark in rows if (place := places.found(remark)) is not None)


def remarks_for(user):
    """TaskList of what others said about this person's drafts and nobody has settled."""
    mine = {(draft.model, draft.page_pk) for draft in Draft.objects.filter(head__by=user).order_by()}
    mine |= {(draft.model, draft.page_pk) for draft in Draft.objects.filter(asked_by=user).order_by()}
    waiting = Remark.objects.filter(resolved_at=None, page_pk__in={key for _, key in mine}).exclude(by=user)
    rows = [row for row in waiting.select_related("by").order_by("-at") if (row.model, row.page_pk) in mine]
    first = rows[:MOST_SHOWN]
    pages = pages_named(first)
    tasks = []
    for row in first:
        if page := pages.get((row.model, row.page_pk)):
            url = reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_remarks", args=[page.pk])
            line = f"{name_of_user(row.by)}: {shortened(row.text)}"
            tasks.append(Task(str(page), row.place_name or WHOLE_PAGE, url, line))
    return TaskList("Remarks for you", tasks, len(rows) - len(first))


def shortened(text):
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def remarks_in_words(number):
    return counted(number, "open remark") if number else "Remarks"
