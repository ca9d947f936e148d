"""What a file would make of the pages of a noun: new, changed or unchanged, and all that is wrong. It writes nothing.

A column that is not there leaves its field as it is; an empty cell empties it. The rows of a page are replaced by those
of their sheet where the page is on that sheet.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from careers.desk.services.drafts import key_of_new_row
from careers.desk.sheets.rules.values import CellKind
from careers.desk.sheets.selectors.columns import (
    KEY,
    KEY_TITLE,
    WAS_TITLE,
    name_field,
    page_columns,
    row_columns,
    slugs_to_write,
    words_to_read,
)
from careers.desk.sheets.selectors.conditions import holds
from careers.desk.sheets.selectors.standing import AT_ONCE, standings_of
from careers.desk.sheets.services.checks import PageChecks, about_of, many_faults, page_saying, row_faults
from careers.desk.sheets.services.lines import Faults, Line, Reader
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import fields_of, hanging_rows, identities_of, name_references

NO_PAGE = "There is no page at “{slug}”."
NO_ADDRESS = "Every row needs the address of its page."
SAME_PAGE = "Row {row} is about the same page."
SAME_ROW = "Row {row} is about the same."
NEEDED = "A new page needs this, and the sheet has no such column."
NEEDED_ROW = "A new row needs this, and the sheet has no such column."
FOR_PUBLISHERS = "Readers know this page, so only a publisher changes its address."


@dataclass
class Entry:
    """A page that the file says something of: its own line, if it has one, and the lines of its rows."""

    line: Line
    slug: str
    page_pk: int | None
    is_listed: bool = True
    rows: dict[str, list[Line]] = field(default_factory=dict)


@dataclass
class Found:
    """A page as the file would have it; `digest` is that of what it says now, empty for a new one."""

    row: int
    page_pk: int | None
    name: str
    digest: str
    content: dict[str, Any]

    @property
    def is_new(self):
        return self.page_pk is None


class Reading:
    """One look at a file. Go over `pages()`, then `faults`, `unchanged` and `not_read` are known."""

    def __init__(self, model, book, cell_faults, *, may_change_slugs):
        self.model, self.may_change_slugs = model, may_change_slugs
        self.faults, self.unchanged, self.total = Faults(), 0, 0
        self.slugs, self.checks = slugs_to_write(model), PageChecks(model)
        self.by_slug = dict(model._base_manager.values_list("slug", "pk"))
        reader = Reader(model, words_to_read(model), self.faults)
        self.sheets = reader.sheets(book, cell_faults)
        self.not_read = sorted(set(reader.not_read))
        self.has_slugs = KEY in fields_of(model)
        self.entries = self.entries_of()
        self.total = len(self.entries)

    # Which page each line is about

    def entries_of(self):
        own = self.sheets.get(None)
        entries, by_slug, by_page = [], {}, {}
        for line in own.lines if own else ():
            entry = self.entry_of(line)
            if entry is None:
                continue
            other = by_page.get(entry.page_pk) if entry.page_pk else by_slug.get(entry.slug or None)
            if other:
                self.fault(line, KEY, SAME_PAGE.format(row=other.line.row))
                continue
            entries.append(entry)
            if entry.slug:
                by_slug.setdefault(entry.slug, entry)
            if entry.page_pk:
                by_page[entry.page_pk] = entry
        for relation in hanging_rows(self.model):
            if sheet := self.sheets.get(relation):
                for line in sheet.lines:
                    self.put_row(relation, line, entries, by_slug, by_page)
        return entries

    def entry_of(self, line):
        """None where it is not said which page it is."""
        slug = line.was or line.key
        if not slug and not self.has_slugs:
            return Entry(line, "", self.page_of_ends(line))
        if not line.key and self.has_slugs:
            self.fault(line, KEY, NO_ADDRESS)
            return None
        key = self.by_slug.get(slug)
        if line.was and key is None:
            self.faults.add(line.sheet, line.row, WAS_TITLE, NO_PAGE.format(slug=line.was))
            return None
        if key is None and not self.has_slugs:
            key = self.page_of_ends(line)
        return Entry(line, line.key, key)

    def page_of_ends(self, line):
        """The page of a noun whose address nobody writes: that with the same ends. None where it is new."""
        if line.wrong:
            return None
        page = page_saying(self.model, {"fields": line.values}, None)
        for (names, condition, _), taken in zip(self.checks.sets, self.checks.taken, strict=True):
            values = tuple(getattr(page, self.model._meta.get_field(name).attname) for name in names)
            if KEY not in names and None not in values and (condition is None or holds(condition, page)):
                if found := taken.get(values):
                    return min(found)
        return None

    def put_row(self, relation, line, entries, by_slug, by_page):
        entry = by_slug.get(line.key)
        if entry is None and (key := self.by_slug.get(line.key)):
            entry = by_page.get(key)
            if entry is None:
                entry = by_slug[line.key] = by_page[key] = Entry(
                    Line(line.sheet, line.row, line.key), line.key, key, False
                )
                entries.append(entry)
        if entry is None:
            title = self.sheets[relation].titles[KEY]
            self.faults.add(line.sheet, line.row, title, NO_PAGE.format(slug=line.key) if line.key else NO_ADDRESS)
            return
        entry.rows.setdefault(relation, [])
        if not line.says_nothing:
            entry.rows[relation].append(line)

    def fault(self, line, name, reason, relation=None):
        sheet, columns = self.sheets.get(relation), page_columns(self.model)
        titles = sheet.titles if sheet else {}
        title = titles.get(name) or (KEY_TITLE if name == KEY else columns[name].title if name in columns else "")
        if relation and name in row_columns(self.model, relation):
            title = titles.get(name) or row_columns(self.model, relation)[name].title
        self.faults.add(line.sheet, line.row, title, reason)

    # What each page would say

    def pages(self, progress=lambda done: None):
        """Yields lists of `Found`, those that are new or would change."""
        for start in range(0, len(self.entries), AT_ONCE):
            part = self.entries[start : start + AT_ONCE]
            known = standings_of(self.model, [one.page_pk for one in part if one.page_pk], self.slugs)
            found = [one for entry in part if (one := self.found_of(entry, known.get(entry.page_pk)))]
            name_references(self.model, [one.content for one in found])
            yield found
            progress(start + len(part))

    def found_of(self, entry, standing):
        base = standing.content if standing else self.new_content()
        values, many = dict(base["fields"]), dict(base["many"])
        for name, value in entry.line.values.items():
            (many if name in many else values)[name] = value
        if self.has_slugs and entry.is_listed:
            values[KEY] = entry.slug
        rows = {name: self.rows_of(name, entry, old) for name, old in base["rows"].items()}
        content = {"fields": values, "many": many, "rows": rows, "names": {**base["names"]}}
        if standing and content_digest(content) == content_digest(base):
            self.unchanged += not entry.line.wrong  # a wrong cell is left out, so the rest may be as it was
            return None
        page = page_saying(self.model, {"fields": self.sound(entry, values)}, entry.page_pk)
        self.check(entry, standing, page, many)
        name = str(values.get(name_field(self.model)) or entry.slug or (standing.page if standing else ""))[:200]
        return Found(entry.line.row, entry.page_pk, name, standing.digest if standing else "", content)

    def sound(self, entry, values):
        """Without what is known to be wrong."""
        return {name: value for name, value in values.items() if name not in entry.line.wrong}

    def new_content(self):
        columns = page_columns(self.model)
        return {
            "fields": {name: self.first_value(columns[name]) for name in fields_of(self.model)},
            "many": {name: [] for name, column in columns.items() if column.kind is CellKind.PAGES},
            "rows": {relation: [] for relation in hanging_rows(self.model)},
            "names": {},
        }

    def first_value(self, column):
        if column.may_be_empty:
            return column.empty
        return "" if column.kind in (CellKind.LINE, CellKind.TEXT) else None

    def check(self, entry, standing, page, many):
        skip = set(entry.line.wrong)
        if standing is None:
            for name, column in page_columns(self.model).items():
                if name != KEY and not column.may_be_empty and name not in entry.line.values and name not in skip:
                    self.fault(entry.line, name, NEEDED)
                    skip.add(name)
        faults = self.checks.faults(page, row=entry.line.row, skip=skip) | many_faults(page, many)
        for name, sentences in faults.items():
            for sentence in sentences:
                self.fault(entry.line, "" if name == NON_FIELD_ERRORS else name, sentence)
        if standing and standing.is_shown and entry.is_listed and self.has_slugs and not self.may_change_slugs:
            if standing.content["fields"][KEY] != entry.slug:
                self.fault(entry.line, KEY, FOR_PUBLISHERS)

    # Rows

    def rows_of(self, relation, entry, old):
        """Those of the sheet, under their keys where the page has rows about the same; the old ones elsewhere."""
        if relation not in entry.rows:
            return old
        by_about = {about_of(self.model, relation, row["fields"]): row for row in old}
        found, met = [], {}
        for line in entry.rows[relation]:
            about = about_of(self.model, relation, line.values)
            if line.wrong.isdisjoint(identities_of(self.model)[relation]) and about in met:
                self.fault(line, identities_of(self.model)[relation][0], SAME_ROW.format(row=met[about]), relation)
                continue
            met.setdefault(about, line.row)
            before = by_about.get(about)
            found.append(self.row_of(relation, line, before))
        return sorted(found, key=lambda row: row["pk"])

    def row_of(self, relation, line, before):
        columns, skip = row_columns(self.model, relation), set(line.wrong)
        if before is None:
            values = {name: self.first_value(column) for name, column in columns.items()} | line.values
            for name, column in columns.items():
                if not column.may_be_empty and name not in line.values and name not in skip:
                    self.fault(line, name, NEEDED_ROW, relation)
                    skip.add(name)
        else:
            values = before["fields"] | line.values
        if before is None or values != before["fields"]:
            for name, sentences in row_faults(self.model, relation, values, skip=skip).items():
                for sentence in sentences:
                    self.fault(line, "" if name == NON_FIELD_ERRORS else name, sentence, relation)
        return {"pk": before["pk"] if before else key_of_new_row(), "fields": values}
