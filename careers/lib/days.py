"""Days and moments in words: the same in sentences, on pages and in mails. No other module spells out a month."""

from datetime import date, datetime

MONTHS = [f"{date(2000, number, 1):%B}" for number in range(1, 13)]
FORMS = {
    "full": "{0.day} {0:%B %Y}",
    "weekday": "{0:%A}, {0.day} {0:%B %Y}",
    "paper": "{0:%a} {0.day} {0:%b %Y}",
    "short": "{0.day} {0:%b}",
    "of a year": "{0.day} {0:%B}",
    "month": "{0:%B %Y}",
    "month of a year": "{0:%B}",
    "short month": "{0:%b}",
}


def day_in_words(day: date, form: str = "full") -> str:
    """`form` is a key of `FORMS`.

    >>> [day_in_words(date(2026, 12, 5), form) for form in ("full", "weekday", "paper")]
    ['5 December 2026', 'Saturday, 5 December 2026', 'Sat 5 Dec 2026']
    >>> [day_in_words(date(2026, 12, 5), form) for form in ("short", "of a year", "month", "month of a year")]
    ['5 Dec', '5 December', 'December 2026', 'December']
    """
    return FORMS[form].format(day)


def day_seen_from(today: date, day: date) -> str:
    """With the year where it is another one.

    >>> day_seen_from(date(2027, 1, 1), date(2027, 3, 12)), day_seen_from(date(2026, 11, 22), date(2027, 3, 12))
    ('12 March', '12 March 2027')
    """
    return day_in_words(day, "of a year" if day.year == today.year else "full")


def weekday_seen_from(today: date, day: date) -> str:
    """With its weekday in this year, else with the year.

    >>> [weekday_seen_from(date(2026, 11, 22), day) for day in (date(2026, 12, 12), date(2027, 1, 2))]
    ['Saturday 12 December', '2 January 2027']
    """
    return f"{day:%A} {day_in_words(day, 'of a year')}" if day.year == today.year else day_in_words(day)


def moment_in_words(at: datetime, form: str = "full") -> str:
    """A day in that form, and the clock, in the zone that `at` has.

    >>> moment_in_words(datetime(2026, 12, 5, 9, 30)), moment_in_words(datetime(2026, 12, 5, 9, 30), "weekday")
    ('5 December 2026, 09:30', 'Saturday, 5 December 2026, 09:30')
    """
    return f"{day_in_words(at, form)}, {at:%H:%M}"
