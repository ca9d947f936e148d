"""The order of a plan's steps."""

from collections.abc import Sequence
from typing import Literal


def moved(
    order: Sequence[int], key: int, *, up: bool | None = None, before: int | Literal[""] | None = None
) -> list[int]:
    """The order once `key` is one place up or down, or stands before another; `before=""` is the end.

    Before itself, before one that is not there, or beyond an end: nothing moves.

    >>> moved([1, 2, 3], 3, up=True), moved([1, 2, 3], 3, before=1), moved([1, 2, 3], 1, before="")
    ([1, 3, 2], [3, 1, 2], [2, 3, 1])
    """
    rest = [one for one in order if one != key]
    place = list(order).index(key)
    if up is not None:
        place = max(0, place - 1) if up else min(len(rest), place + 1)
    elif before == "":
        place = len(rest)
    elif before in rest:
        place = rest.index(before)
    return [*rest[:place], key, *rest[place:]]
