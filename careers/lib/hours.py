"""Hours of study, of which some are often not known, in words: the same everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Hours:
    """`known` is their sum; `is_at_least` where more comes to it that nobody knows. False where none is known."""

    known: Decimal
    is_at_least: bool = False

    def __bool__(self) -> bool:
        return self.known > 0

    def __str__(self) -> str:
        """
        >>> str(Hours(Decimal("159.6"))), str(Hours(Decimal("0.4"), is_at_least=True)), str(Hours(Decimal()))
        ('about 160 h', 'at least 24 min', 'hours not known')
        """
        if not self:
            return "hours not known"
        number = Decimal(round(self.known)) or self.known
        return f"{'at least' if self.is_at_least else 'about'} {hours_in_words(number)}"


def sum_hours(parts: Iterable[Decimal | None]) -> Hours:
    """
    >>> str(sum_hours([Decimal(30), None])), str(sum_hours([None]))
    ('at least 30 h', 'hours not known')
    """
    every = list(parts)
    return Hours(sum((part for part in every if part is not None), Decimal()), None in every)


def hours_in_words(number: Decimal) -> str:
    """
    >>> hours_in_words(Decimal("2.3")), hours_in_words(Decimal("0.5")), hours_in_words(Decimal(8))
    ('2 h 18 min', '30 min', '8 h')
    """
    whole, minutes = divmod(round(number * 60), 60)
    return " ".join(part for part in (f"{whole} h" if whole else "", f"{minutes} min" if minutes else "") if part)


def in_hours(minutes: int) -> str:
    """
    >>> in_hours(200), in_hours(45), in_hours(120), in_hours(0)
    ('3 h 20 min', '45 min', '2 h', '0 min')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part) or "0 min"
