"""How far a plan is, as one honest number."""

from collections.abc import Iterable
from decimal import Decimal
from statistics import median

Piece = tuple[Decimal | None, bool]  # hours, and whether it is done


def percent_done(pieces: Iterable[Piece]) -> int:
    """Done hours of all hours, rounded down; a step without hours counts as the median of the others.

    100 when every step is done and never before; 0 only where nothing is done. No steps at all: 0.

    >>> percent_done([(Decimal(6), True), (None, False), (Decimal(2), False)])
    50
    """
    every = list(pieces)
    known = [hours for hours, _ in every if hours is not None]
    usual = median(known) if known else Decimal(1)
    total = sum((usual if hours is None else hours for hours, _ in every), Decimal())
    done = sum((usual if hours is None else hours for hours, is_done in every if is_done), Decimal())
    if every and all(is_done for _, is_done in every):
        return 100
    return min(99, max(1, int(100 * done / total))) if done else 0
