"""The lines of a file: which sheet is which, which column, and what each cell says. Nothing is asked of pages yet."""

from dataclasses import dataclass, field
from typing import Any

from careers.desk.sheets.rules.opening import CSV
from careers.desk.sheets.rules.values import Wrong, plain_word, read_value
from careers.desk.sheets.rules.workbooks import ALLOWED
from careers.desk.sheets.selectors.columns import (
    KEY,
    KEY_TITLE,
    NEVER_READ,
    WAS,
    WAS_TITLE,
    page_columns,
    row_columns,
    sheet_titles,
    title_of,
)
from careers.guide.selectors.snapshots import fields_of, hanging_rows, identities_of
from careers.lib.words import in_a_sentence

MOST_REMEMBERED = 60  # characters of a cell
MOST_FAULTS = 500  # that are told; all are counted
NO_SHEET = "There is no sheet of this name. For {nouns} there are: {titles}."
TWO_SHEETS = "There are two sheets for this. Leave one of them out."
NO_COLUMN = "There is no such column. There are: {titles}."
TWO_COLUMNS = "This column is there twice."
NO_KEY = "A column “{title}” is missing. It says which page a row is about."
NO_ABOUT = "A column “{title}” is missing. It says what a row is about."
NO_HEADING = "This cell stands under no heading."
NO_ROWS = "There is nothing in this sheet."


class Faults:
    """All that is wrong, each with its sheet, row and column as the file has them."""

    def __init__(self):
        self.first, self.count = [], 0

    def add(self, sheet, row, column, reason):
        self.count += 1
        if len(self.first) < MOST_FAULTS:
            self.first.append([sheet, row, column, reason])


@dataclass
class Line:
    """A row of a sheet: {name of a column: value} of the cells that say something, and the columns that are wrong."""

    sheet: str
    row: int
    key: str
    was: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    flaws: dict[str, str] = field(default_factory=dict)
    says_nothing: bool = False  # but which page it is about


def line_at(title, shown, row, head, flawed):
    """An empty line with the cells in it that hold no value."""
    flaws = {name: flawed[title, row, number] for number, name in head if (title, row, number) in flawed}
    return Line(shown, row, "", wrong=set(flaws), flaws=flaws)


@dataclass
class SheetLines:
    """`titles` are {name: heading} of the columns that the sheet has."""

    title: str
    titles: dict[str, str]
    lines: list[Line]


class Reader:
    def __init__(self, model, words, faults):
        self.model, self.words, self.faults = model, words, faults
        self.not_read, self.known = [], {}

    def sheets(self, book, cell_faults):
        """{None for the pages, or the relation: SheetLines}."""
        flawed = {(sheet, row, column): reason for sheet, row, column, reason in cell_faults}
        found = {}
        for title, table in book.items():
            if plain_word(title) == plain_word(ALLOWED):
                continue
            place = self.place_of(title, alone=len(book) == 1)
            shown = title or title_of(self.model)
            if place == "":
                self.faults.add(shown, 1, "", self.no_sheet())
            elif place in found:
                self.faults.add(shown, 1, "", TWO_SHEETS)
            elif table and any(table[0]):
                found[place] = self.lines_of(place, title, shown, table, flawed)
            else:
                self.faults.add(shown, 1, "", NO_ROWS)
        return found

    def place_of(self, title, *, alone):
        """None for the pages' own sheet, a relation, or "" for none."""
        word = plain_word(title.replace("-", " "))
        names = {plain_word(name): relation for relation, name in sheet_titles(self.model).items()}
        names |= {plain_word(relation): relation for relation in sheet_titles(self.model)}
        if word in names:
            return names[word]
        is_own = word in {plain_word(title_of(self.model)), plain_word(str(self.model._meta.verbose_name))}
        return None if is_own or alone or title == CSV else ""

    def no_sheet(self):
        titles = [title_of(self.model), *sheet_titles(self.model).values(), ALLOWED]
        return NO_SHEET.format(nouns=title_of(self.model).lower(), titles=in_a_sentence(titles))

    def columns_for(self, place):
        """({plain_word heading: name}, {name: SheetColumn}) of a sheet; KEY is the column that says which page."""
        columns = page_columns(self.model) if place is None else row_columns(self.model, place)
        known = {plain_word(column.title): name for name, column in columns.items()}
        for name in columns:
            known.setdefault(plain_word(name), name)
        if place is None:
            return known | {plain_word(WAS_TITLE): WAS} | {name: name for name in NEVER_READ}, columns
        back = hanging_rows(self.model)[place][1]
        return known | dict.fromkeys((plain_word(back), plain_word(str(self.model._meta.verbose_name))), KEY), columns

    def lines_of(self, place, title, shown, table, flawed):
        known, columns = self.columns_for(place)
        head, titles = [], {}
        for number, heading in enumerate(table[0], start=1):
            name = known.get(plain_word(heading)) if heading else None
            if heading and name is None:
                self.faults.add(shown, 1, heading, NO_COLUMN.format(titles=self.listed(place, columns)))
            elif name in NEVER_READ:
                self.not_read.append(heading)
            elif name in titles:
                self.faults.add(shown, 1, heading, TWO_COLUMNS)
            elif name:
                titles[name] = heading
                head.append((number, name))
        if KEY not in titles and (place is not None or KEY in fields_of(self.model)):
            self.faults.add(shown, 1, "", NO_KEY.format(title=self.key_title(place)))
            return SheetLines(shown, titles, [])
        missing = [name for name in identities_of(self.model).get(place, ()) if name not in titles]
        if missing:
            self.faults.add(shown, 1, "", NO_ABOUT.format(title=columns[missing[0]].title))
            return SheetLines(shown, titles, [])
        headed = {number for number, heading in enumerate(table[0], start=1) if heading}
        lines = []
        for row, cells in enumerate(table[1:], start=2):
            if any(cells):
                self.note_stray(shown, row, cells, headed)
                lines.append(self.line_of(place, line_at(title, shown, row, head, flawed), cells, head, titles))
        return SheetLines(shown, titles, lines)

    def key_title(self, place):
        return KEY_TITLE if place is None else str(self.model._meta.verbose_name).capitalize()

    def listed(self, place, columns):
        own = [self.key_title(place)] if place is not None else []
        return in_a_sentence([*own, *(column.title for column in columns.values())])

    def note_stray(self, shown, row, cells, headed):
        for number, text in enumerate(cells, start=1):
            if text and number not in headed:
                self.faults.add(shown, row, f"number {number}", NO_HEADING)

    def line_of(self, place, line, cells, head, titles):
        """A line of rows that names its page only says that the page has none."""
        columns = page_columns(self.model) if place is None else row_columns(self.model, place)
        texts = {name: cells[number - 1] if number <= len(cells) else "" for number, name in head}
        for name, reason in line.flaws.items():
            self.faults.add(line.sheet, line.row, titles[name], reason)
        line.key, line.was = texts.pop(KEY, ""), texts.pop(WAS, "")
        line.says_nothing = place is not None and not any(texts.values())
        for name, text in texts.items():
            if name not in line.flaws and not line.says_nothing:
                try:
                    line.values[name] = self.value_of(columns[name], text)
                except Wrong as wrong:
                    line.wrong.add(name)
                    self.faults.add(line.sheet, line.row, titles[name], str(wrong))
        return line

    def value_of(self, column, text):
        """Many cells say what another one has said. Raises `Wrong`."""
        if len(text) > MOST_REMEMBERED:
            return read_value(column, text, self.words)
        key = column.kind, column.name, column.noun, text
        if key not in self.known:
            self.known[key] = read_value(column, text, self.words)
        value = self.known[key]
        return list(value) if isinstance(value, list) else value
