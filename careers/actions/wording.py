"""Answers in words that the profile, the pages somebody shares and the résumé have in common."""


def years_in_words(years):
    """“1 year”, empty where nobody said."""
    return "" if years is None else f"{years} year{'' if years == 1 else 's'}"


def labels(choices, values):
    """“Day, night”, in the order of the list."""
    return ", ".join(choice.label for choice in choices if choice in values).capitalize()
