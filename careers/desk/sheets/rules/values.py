"""What a cell says about one field of a page: a number, a day, a choice, another page. Nothing unknown is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from typing import Any

from careers.desk.sheets.rules.cells import NO, YES, Cell
from careers.lib.days import MONTHS
from careers.lib.texts import plain_line, plain_text, without_hidden

Value = Any  # as JSON has it: text, number, truth, None, or a list of keys
Keys = Mapping[str, int]  # of pages, by what a cell may call them

YESES, NOES = {"yes", "y", "true", "1", "x", "ja", "oui", "✓"}, {"no", "n", "false", "0", "nein", "non", "-"}
FIRST_DAY = date(1899, 12, 30)  # of spreadsheets, which count from it
DAYS = range(20_000, 80_000)  # 1954 to 2119
BETWEEN_PAGES = re.compile(r"[\n;,]")
MOST_LISTED = 12  # words in a sentence
NOT_EMPTY = "This cannot be empty."


class CellKind(Enum):
    LINE = auto()
    TEXT = auto()
    NUMBER = auto()
    DECIMAL = auto()
    DAY = auto()
    YES_NO = auto()
    CHOICE = auto()
    PAGE = auto()
    PAGES = auto()


class Wrong(Exception):
    """A cell says something that cannot be. The text says why, to an editor."""


@dataclass(frozen=True)
class SheetColumn:
    """A field as a column. `empty` is what an empty cell means, where `may_be_empty`; `noun` what it refers to. What
    nobody sees in a cell is left out where it `is_read` as words, and else judged as it is: in an address it leads
    elsewhere.
    """

    name: str
    title: str
    kind: CellKind
    empty: Value = ""
    may_be_empty: bool = True
    choices: tuple[tuple[Value, str], ...] = ()
    places: int = 0
    noun: str = ""
    is_read: bool = False
    words: dict[str, Value] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for value, label in self.choices:
            for word in (str(value), label, f"{value} {label}"):
                self.words.setdefault(plain_word(word), value)


def plain_word(text: str) -> str:
    """
    >>> plain_word(" Senior  Manager"), plain_word("non_voice")
    ('senior manager', 'non voice')
    """
    return " ".join(text.replace("_", " ").lower().split())


def read_value(column: SheetColumn, text: str, pages: Mapping[str, Keys]) -> Value:
    """The value of a cell, as a content has it. `pages` are {noun: {plain_word word: key}}. Raises `Wrong`."""
    if text == "":
        if not column.may_be_empty:
            raise Wrong(NOT_EMPTY)
        return list(column.empty) if column.kind is CellKind.PAGES else column.empty
    text = without_hidden(text) if column.is_read else text
    match column.kind:
        case CellKind.LINE:
            return plain_line(text)
        case CellKind.TEXT:
            return plain_text(text)
        case CellKind.NUMBER:
            return number_of(text)
        case CellKind.DECIMAL:
            return decimal_of(text, column.places)
        case CellKind.DAY:
            return day_of(text).isoformat()
        case CellKind.YES_NO:
            return truth_of(text)
        case CellKind.CHOICE:
            return choice_of(column, text)
        case CellKind.PAGE:
            return page_of(text, pages[column.noun])
    return pages_of(text, pages[column.noun])


def number_of(text: str) -> int:
    """
    >>> number_of("12"), number_of("12.0")
    (12, 12)
    """
    found = re.fullmatch(r"(-?\d{1,15})(?:[.,]0+)?", text)
    if not found or not text.isascii():
        raise Wrong(f"“{short(text)}” is no whole number.")
    return int(found[1])


def decimal_of(text: str, places: int) -> str:
    """
    >>> decimal_of("422", 2), decimal_of("422,5", 2), decimal_of("40.0", 1)
    ('422.00', '422.50', '40.0')
    """
    plain = text.replace(",", ".") if re.fullmatch(r"-?\d+,\d{1,2}", text) else text
    try:
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", plain) or not plain.isascii():
            raise InvalidOperation
        number = Decimal(plain)
        rounded = number.quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        raise Wrong(f"“{short(text)}” is no number. Write it as 1234.50.") from None
    if rounded != number:
        raise Wrong(f"“{short(text)}” has more than {places} places after the point.")
    return str(rounded)


def day_of(text: str) -> date:
    """A day as programs write it. One that could be two days is refused.

    >>> [str(day_of(text)) for text in ("2026-05-12", "46154", "12 May 2026", "25/12/2026", "12.05.2026")]
    ['2026-05-12', '2026-05-12', '2026-05-12', '2026-12-25', '2026-05-12']
    """
    numbers = parts_of_day(text)
    if numbers:
        try:
            return date(*numbers)
        except ValueError:
            pass
    elif re.fullmatch(r"\d{5}", text) and text.isascii() and int(text) in DAYS:
        return FIRST_DAY + timedelta(days=int(text))
    raise Wrong(f"“{short(text)}” is no day. Write it as 2026-05-31.")


def parts_of_day(text: str) -> tuple[int, int, int] | None:
    """(year, month, day), which need not be a day that there is."""
    if not text.isascii():
        return None
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?", text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", text):
        months = {name: number for number, month in enumerate(MONTHS, 1) for name in (month.lower(), month[:3].lower())}
        return int(found[3]), months.get(found[2].lower(), 0), int(found[1])
    if found := re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})", text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        if one != other and max(one, other) <= 12:
            raise Wrong(f"“{text}” can be two days. Write it as 2026-05-31.")
        return (year, other, one) if other <= 12 else (year, one, other)
    return None


def truth_of(text: str) -> bool:
    word = plain_word(text)
    if word in YESES:
        return True
    if word in NOES:
        return False
    raise Wrong(f"“{short(text)}” is neither {YES} nor {NO}.")


def choice_of(column: SheetColumn, text: str) -> Value:
    word = plain_word(text)
    if word not in column.words:
        labels = ", ".join(label for value, label in column.choices if value != "")
        raise Wrong(f"“{short(text)}” is none of {labels}.")
    return column.words[word]


def page_of(text: str, keys: Keys) -> int:
    key = keys.get(text) or keys.get(plain_word(text))
    if key is None:
        raise Wrong(f"There is no “{short(text)}”.")
    return key


def pages_of(text: str, keys: Keys) -> list[int]:
    """Keys in their order, each once. A name that has a comma in it is taken whole where it stands on its own line."""
    found: list[int] = []
    unknown: list[str] = []
    for line in text.split("\n"):
        whole = keys.get(plain_word(line))
        for part in [line] if whole else BETWEEN_PAGES.split(line):
            if word := part.strip():
                try:
                    found.append(page_of(word, keys))
                except Wrong:
                    unknown.append(f"“{short(word)}”")
    if unknown:
        raise Wrong(f"There is no {', no '.join(unknown[:MOST_LISTED])}.")
    return sorted(set(found))


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def cell_of(column: SheetColumn, value: Value, slugs: Mapping[str, Mapping[int, str]]) -> Cell:
    """How a value is written. `slugs` are {noun: {key: slug}}; what is gone has none."""
    if column.kind is CellKind.PAGES:
        return ", ".join(sorted(slugs[column.noun][key] for key in value or () if key in slugs[column.noun]))
    if value is None or value == "":
        return None
    match column.kind:
        case CellKind.PAGE:
            return slugs[column.noun].get(value)
        case CellKind.YES_NO:
            return YES if value else NO
        case CellKind.CHOICE:
            return dict(column.choices).get(value, str(value))
        case CellKind.DAY:
            return date.fromisoformat(value)
        case CellKind.DECIMAL:
            return Decimal(value)
        case CellKind.NUMBER:
            return int(value)
    return str(value)
