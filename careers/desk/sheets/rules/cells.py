"""What stands in one cell of a sheet, on its way out and back.

A program that opens a sheet runs what begins like a formula, and in a CSV it makes numbers and days of texts that look
so (“4225.10” becomes 4225.1). Such a text is written with an apostrophe before it, which is taken off when the sheet
comes back: what was written is read, whatever it is.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal

from careers.lib.days import MONTHS

Cell = str | int | float | Decimal | date | datetime | time | bool | None

MARK = "'"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TYPED = 40  # characters; no program takes more for a number or a day
WORDS_OF_DAYS = {word for month in MONTHS for word in (month.lower(), month[:3].lower())} | {"e", "am", "pm", "sept"}
SIGNS_OF_NUMBERS = re.compile("[\\w\\s.,:/+\\-%$\u20ac\u00a3\u20b9()]*")
LETTERS = re.compile(r"[^\W\d_]+")
MOST_EXACT = 10**15  # a number above it has lost digits in a spreadsheet
YES, NO = "yes", "no"


def is_formula(text: str) -> bool:
    return text.startswith(FORMULA)


def is_typed(text: str) -> bool:
    """Whether a spreadsheet that reads this from a CSV keeps something else.

    >>> [is_typed(text) for text in ("007", "43-4051.00", "July 2026", "true", "15–20 agents", "Level 3")]
    [True, True, True, True, False, False]
    """
    if text.lower() in ("true", "false"):
        return True
    if len(text) > LONGEST_TYPED or not re.search(r"\d", text) or not SIGNS_OF_NUMBERS.fullmatch(text):
        return False
    return all(word.lower() in WORDS_OF_DAYS for word in LETTERS.findall(text))


def is_marked(text: str) -> bool:
    """Whether an apostrophe before this text is ours."""
    return is_formula(text) or is_typed(text) or (text.startswith(MARK) and is_marked(text[1:]))


def marked(text: str, *, in_csv: bool) -> str:
    """
    >>> marked("=1+1", in_csv=False), marked("007", in_csv=False), marked("007", in_csv=True)
    ("'=1+1", '007', "'007")
    """
    needs = is_marked(text) if in_csv else is_formula(text) or (text.startswith(MARK) and is_marked(text[1:]))
    return MARK + text if needs else text


def unmarked(text: str) -> str:
    """
    >>> unmarked("'=1+1"), unmarked("'007"), unmarked("'s nights")
    ('=1+1', '007', "'s nights")
    """
    return text[1:] if text.startswith(MARK) and is_marked(text[1:]) else text


def text_of(value: Cell) -> str:
    """The text of a cell: lines end as ours do, a whole number has no point, a day is year, month, day.

    >>> text_of(3.0), text_of(datetime(2026, 5, 12)), text_of(True), text_of(" a\\r\\nb "), text_of(None)
    ('3', '2026-05-12', 'yes', 'a\\nb', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, str):
        return unmarked(value.replace("\r\n", "\n").replace("\r", "\n").strip())
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < MOST_EXACT:
        return str(int(value))
    return str(value)
