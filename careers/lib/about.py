"""Days that are known to the day, to the month or to the year only, and what may be said of them.

`day` is what is reckoned with: the first day that it can have been. So whatever is derived from it comes early rather
than late: a certificate counts as lapsed, and is reminded of, from the first day on which it may have lapsed.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careers.lib.days import MONTHS, day_in_words


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class About:
    """
    >>> str(About(date(2019, 5, 12))), str(About(date(2019, 5, 1), Precision.MONTH))
    ('12 May 2019', 'about May 2019')
    >>> About(date(2019, 1, 1), Precision.YEAR).on, About(date(2019, 5, 12)).on
    ('about 2019', 'on 12 May 2019')
    """

    day: date
    precision: Precision = Precision.DAY

    @property
    def is_exact(self) -> bool:
        return self.precision == Precision.DAY

    @property
    def last(self) -> date:
        """The last day that it can have been."""
        if self.precision == Precision.YEAR:
            return date(self.day.year, 12, 31)
        if self.precision == Precision.MONTH:
            return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
        return self.day

    @property
    def written(self) -> str:
        """As a person writes it into a form."""
        if self.precision == Precision.YEAR:
            return str(self.day.year)
        return day_in_words(self.day, "month" if self.precision == Precision.MONTH else "full")

    @property
    def on(self) -> str:
        return f"on {self}" if self.is_exact else str(self)

    @property
    def iso(self) -> str:
        """“2019”, “2019-05”, “2019-05-12”, as ISO 8601 has them."""
        return self.day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]]

    def __str__(self) -> str:
        return self.written if self.is_exact else f"about {self.written}"


def about(day: date, precision: str = Precision.DAY) -> About:
    """`day` and `precision` as two columns have them."""
    return About(day, Precision(precision))


def first_of(day: date, precision: Precision) -> About:
    """
    >>> first_of(date(2019, 5, 12), Precision.YEAR).day
    datetime.date(2019, 1, 1)
    """
    if precision == Precision.YEAR:
        return About(day.replace(month=1, day=1), precision)
    return About(day.replace(day=1) if precision == Precision.MONTH else day, precision)


def roughest(*every: About) -> Precision:
    """How well a day is known that is reckoned from all of these."""
    return max((one.precision for one in every), key=list(Precision).index)


WRITTEN = (
    (Precision.YEAR, re.compile(r"(?P<year>\d{4})")),
    (Precision.MONTH, re.compile(r"(?P<word>[a-z]{3,9})\.?,? (?P<year>\d{4})")),
    (Precision.MONTH, re.compile(r"(?P<month>\d{1,2}) ?[/.] ?(?P<year>\d{4})")),
    (Precision.MONTH, re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})")),
    (Precision.DAY, re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")),
    (Precision.DAY, re.compile(r"(?P<day>\d{1,2})\.? (?P<word>[a-z]{3,9})\.?,? (?P<year>\d{4})")),
    (Precision.DAY, re.compile(r"(?P<word>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")),
    (Precision.DAY, re.compile(r"(?P<day>\d{1,2}) ?[/.] ?(?P<month>\d{1,2}) ?[/.] ?(?P<year>\d{4})")),
)


def read(text: str) -> About | None:
    """Return the day, month or year that a person wrote; None if it is none.

    >>> [read(text).iso for text in ("2019-05-12", "12 May 2019", "sept 2019", "05/2019", "about 2019")]
    ['2019-05-12', '2019-05-12', '2019-09', '2019-05', '2019']
    >>> read("31 February 2019"), read("May"), read("Ma 2019")
    (None, None, None)
    """
    said = " ".join(text.lower().split()).removeprefix("about ")
    for precision, pattern in WRITTEN:
        found = pattern.fullmatch(said)
        if found and said.isascii():
            parts = found.groupdict()
            month = month_called(parts["word"]) if "word" in parts else int(parts.get("month", 1))
            try:
                return About(date(int(parts["year"]), month, int(parts.get("day", 1))), precision)
            except ValueError:
                return None
    return None


def month_called(word: str) -> int:
    """1 to 12; 0 where no month is called so. Three letters or more of its name are enough, and “sept”."""
    return next((number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(word)), 0)
