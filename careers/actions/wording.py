"""Answers and sums in words, as pages, plans, shared pages and the résumé have them in common."""

SIGNS = {"USD": "US$", "GBP": "£", "EUR": "€", "INR": "₹", "PHP": "₱"}


def years_in_words(years):
    """“1 year”, empty where nobody said."""
    return "" if years is None else f"{years} year{'' if years == 1 else 's'}"


def labels(choices, values):
    """“Day, night”, in the order of the list."""
    return ", ".join(choice.label for choice in choices if choice in values).capitalize()


def money(amount, currency):
    """“US$422” or “CHF 1,200.50”: no decimals where there are none."""
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"{SIGNS[currency]}{number}" if currency in SIGNS else f"{currency} {number}"
