"""The guide's steps of a certification as a person saw them, and what changed in them since."""

from collections.abc import Iterable
from decimal import Decimal


def as_seen(steps: Iterable[tuple[str, Decimal | None]]) -> list[dict[str, str | None]]:
    """A snapshot as JSON of steps as (title, hours).

    >>> as_seen([("Book the exam", None), ("Read", Decimal("4.0"))])
    [{'title': 'Book the exam', 'hours': None}, {'title': 'Read', 'hours': '4.0'}]
    """
    return [{"title": title, "hours": None if hours is None else str(hours)} for title, hours in steps]
