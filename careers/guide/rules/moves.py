"""What a move is called, and whether its months hold."""

import re
from collections.abc import Set
from itertools import chain, count


def free_slug(slug: str, *, now: str, taken: Set[str]) -> str:
    """`slug`, or with the first free number: “a-to-b-2”. Whoever has a number `now` keeps it.

    >>> free_slug("a-to-b", now="", taken={"a-to-b"})
    'a-to-b-2'
    >>> free_slug("a-to-b", now="a-to-b-2", taken=set())
    'a-to-b-2'
    """
    if now not in taken and re.fullmatch(rf"{re.escape(slug)}(-[0-9]+)?", now):
        return now
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(name for name in chain([slug], numbered) if name not in taken)


def months_faults(fewest: int | None, most: int | None, *, is_sure: bool) -> dict[str, str]:
    """{field: what to do about it}, for months as an editor wrote them. Nothing written is no fault.

    >>> months_faults(30, 15, is_sure=True)
    {'months_from': 'The fewest months (30) are more than the most (15).'}
    """
    if fewest is None and most is None:
        return {"months_confidence": "Write the months as well, or leave this empty."} if is_sure else {}
    faults = {} if is_sure else {"months_confidence": "Say how sure the months are."}
    if fewest is None:
        faults["months_from"] = "Write the fewest months as well."
    elif most is None:
        faults["months_to"] = "Write the most months as well."
    elif fewest > most:
        faults["months_from"] = f"The fewest months ({fewest}) are more than the most ({most})."
    elif most == 0:
        faults["months_to"] = "Write 1 month or more, or leave the months empty."
    return faults
