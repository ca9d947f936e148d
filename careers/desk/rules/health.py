"""When a fact of the guide is due to be looked at, how complete a page is, and how numbers of people are said."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from careers.lib.days import day_in_words
from careers.lib.words import capital, counted, in_a_sentence

STALE_AFTER = 365  # days since somebody compared a page with its source
FEWEST_TOLD = 5  # people; fewer could be recognised
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def stale_before(today: date) -> date:
    """A page that was checked before this day is due."""
    return today - timedelta(days=STALE_AFTER)


def latest_year(text: str) -> int | None:
    """
    >>> latest_year("July 2026"), latest_year("2024/2025"), latest_year("V15 exams, page undated")
    (2026, 2025, None)
    """
    return max(map(int, YEAR.findall(text)), default=None)


def fee_is_due(as_of: str, today: date) -> bool:
    """Fees are set for a year; one of an earlier year, or of none that is named, may be another by now."""
    year = latest_year(as_of)
    return year is None or year < today.year


def fee_reason(as_of: str) -> str:
    """
    >>> fee_reason("about 2024"), fee_reason("page undated")
    ('the fee is of 2024', 'the fee names no year')
    """
    year = latest_year(as_of)
    return "the fee names no year" if year is None else f"the fee is of {year}"


def due_reasons(*, checked_on: date | None, fee_as_of: str, validity_known: bool, today: date) -> list[str]:
    """Nothing where all is as new as it should be; `fee_as_of` is empty where there is no fee."""
    reasons = [fee_reason(fee_as_of)] if fee_as_of and fee_is_due(fee_as_of, today) else []
    if not validity_known:
        reasons.append("how long it is valid is not known")
    if checked_on and checked_on < stale_before(today):
        reasons.append(f"last checked on {day_in_words(checked_on)}")
    return reasons


def as_sentence(parts: Sequence[str]) -> str:
    """
    >>> as_sentence(["the fee is of 2024", "last checked on 1 May 2025"])
    'The fee is of 2024; last checked on 1 May 2025.'
    """
    text = "; ".join(parts)
    return f"{capital(text)}." if text else ""


class Completeness(NamedTuple):
    """Of how many parts of a page some are missing, by their names."""

    of: int
    missing: Sequence[str]

    @property
    def done(self) -> int:
        return self.of - len(self.missing)

    def __str__(self) -> str:
        """
        >>> str(Completeness(10, ["outlook"])), str(Completeness(4, []))
        ('9 of 10 complete. Missing: outlook.', '4 of 4 complete.')
        """
        said = f"{self.done} of {self.of} complete."
        return f"{said} Missing: {in_a_sentence(self.missing)}." if self.missing else said


def people_in_words(number: int) -> str:
    """
    >>> people_in_words(0), people_in_words(4), people_in_words(5)
    ('', 'fewer than 5 people', '5 people')
    """
    if number < 1:
        return ""
    return f"fewer than {FEWEST_TOLD} people" if number < FEWEST_TOLD else counted(number, "person,people")


def cell(value: object) -> str:
    """A cell of a sheet which no program takes for a formula.

    >>> cell("=1+1"), cell("Team leader"), cell(7)
    ("'=1+1", 'Team leader', '7')
    """
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text
