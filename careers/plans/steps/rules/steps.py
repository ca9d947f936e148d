"""The order of a plan's steps."""

from collections.abc import Sequence
from typing import Literal


def moved(order: Sequence[int], key: int, *, before: int | Literal[""]) -> list[int]:
    """The order once `key` stands before another; `before=""` is the end.

    Before itself, or before one that is not there: nothing moves.

    >>> moved([1, 2, 3], 3, before=1), moved([1, 2, 3], 1, before="")
    ([3, 1, 2], [2, 3, 1])
    """
    rest = [one for one in order if one != key]
    place = list(order).index(key)
    if before == "":
        place = len(rest)
    elif before in rest:
        place = rest.index(before)
    return [*rest[:place], key, *rest[place:]]
