"""Numbers of things, money and answers in words, as pages, plans, shared pages and the résumé have them in common."""

import re
from collections.abc import Container, Iterable
from decimal import Decimal
from typing import Protocol

PREPOSITION = re.compile("( (?:of|for|at) )")
SIGNS = {"USD": "US$", "GBP": "£", "EUR": "€", "INR": "₹", "PHP": "₱"}


def plural(number: int, words: str) -> str:
    """The one of two `words`, with a comma between them, that goes with a number; of one, it or its plural.

    >>> plural(1, "role"), plural(0, "role"), plural(2, "it,them")
    ('role', 'roles', 'them')
    """
    one, _, many = words.partition(",")
    return one if number == 1 else many or plural_of(one)


def plural_of(words: str) -> str:
    """The noun is the last word before a preposition.

    >>> [plural_of(words) for words in ("day", "entry", "essential skill", "thing for the day of the exam")]
    ['days', 'entries', 'essential skills', 'things for the day of the exam']
    """
    noun, *rest = PREPOSITION.split(words, maxsplit=1)
    many = f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"
    return "".join([many, *rest])


def counted(number: int, words: str) -> str:
    """
    >>> counted(1, "role"), counted(2, "role"), counted(1200, "day"), counted(3, "person,people")
    ('1 role', '2 roles', '1,200 days', '3 people')
    """
    return f"{number:,} {plural(number, words)}"


def in_a_sentence(words: Iterable[str]) -> str:
    """
    >>> in_a_sentence(["Excel"]), in_a_sentence(["Excel", "English", "Coaching"])
    ('Excel', 'Excel, English and Coaching')
    """
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def years_in_words(years: int | None) -> str:
    """“1 year”, empty where nobody said."""
    return "" if years is None else counted(years, "year")


class Choice(Protocol):
    """A member of `TextChoices`."""

    @property
    def label(self) -> str: ...


def labels(choices: Iterable[Choice], values: Container[object]) -> str:
    """“Day, night”, in the order of the list."""
    return ", ".join(choice.label for choice in choices if choice in values).capitalize()


def capital(text: str) -> str:
    """With a capital at its beginning, and the rest as it is.

    >>> capital("an ISO certificate")
    'An ISO certificate'
    """
    return text[:1].upper() + text[1:]


def money(amount: Decimal, currency: str) -> str:
    """“US$422” or “CHF 1,200.50”: no decimals where there are none."""
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"{SIGNS[currency]}{number}" if currency in SIGNS else f"{currency} {number}"
