"""How long a move takes, in words: the same everywhere."""

from collections.abc import Iterable

from careers.lib.words import plural

Months = tuple[int, int]  # the fewest and the most that a source gives
NOT_KNOWN = "time not known"


def months_in_words(months: Months | None) -> str:
    """“18–48 months”, empty where not known.

    >>> months_in_words((12, 12)), months_in_words((0, 1)), months_in_words(None)
    ('12 months', '0–1 month', '')
    """
    if months is None:
        return ""
    least, longest = months
    number = str(least) if least == longest else f"{least}–{longest}"
    return f"{number} {plural(longest, 'month')}"


def sum_of(months: Iterable[Months]) -> Months:
    """
    >>> sum_of([(12, 24), (3, 6)])
    (15, 30)
    """
    known = list(months)
    return sum(least for least, _ in known), sum(longest for _, longest in known)
