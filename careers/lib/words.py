"""Answers and sums in words, as pages, plans, shared pages and the résumé have them in common."""

from collections.abc import Container, Iterable
from decimal import Decimal
from typing import Protocol

SIGNS = {"USD": "US$", "GBP": "£", "EUR": "€", "INR": "₹", "PHP": "₱"}


def years_in_words(years: int | None) -> str:
    """“1 year”, empty where nobody said."""
    return "" if years is None else f"{years} year{'' if years == 1 else 's'}"


class Choice(Protocol):
    """A member of `TextChoices`."""

    @property
    def label(self) -> str: ...


def labels(choices: Iterable[Choice], values: Container[object]) -> str:
    """“Day, night”, in the order of the list."""
    return ", ".join(choice.label for choice in choices if choice in values).capitalize()


def money(amount: Decimal, currency: str) -> str:
    """“US$422” or “CHF 1,200.50”: no decimals where there are none."""
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"{SIGNS[currency]}{number}" if currency in SIGNS else f"{currency} {number}"
