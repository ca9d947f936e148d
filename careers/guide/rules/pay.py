"""Pay on a scale that begins at nothing, so that a length shows an amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NICE = [Decimal(step) for step in ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")]


@dataclass(frozen=True)
class Spread:
    """The pay that one in ten, one in four, half, three in four and nine in ten do not exceed; None where not known.

    Known amounts rise. `low` and `high` are known together, and so are `lower` and `upper`; both need a median.
    """

    low: Decimal | None = None
    lower: Decimal | None = None
    median: Decimal | None = None
    upper: Decimal | None = None
    high: Decimal | None = None

    @property
    def known(self) -> list[Decimal]:
        return [one for one in (self.low, self.lower, self.median, self.upper, self.high) if one is not None]


@dataclass(frozen=True)
class Bar:
    """Where the amounts stand, in percent of the scale with one decimal; a part is None where it is not known."""

    median: float
    ends: tuple[float, float] | None
    quarters: tuple[float, float] | None


def scale_end(spreads: Iterable[Spread]) -> Decimal:
    """The round amount at which a scale for all of them ends: a nice multiple of a power of ten, none
    below the highest. 1 where nothing is known.

    >>> scale_end([Spread(median=Decimal(44770), low=Decimal(31750), high=Decimal(63590))])
    Decimal('80000')
    """
    most = max((amount for spread in spreads for amount in spread.known), default=Decimal(1))
    power = Decimal(10) ** most.adjusted()
    if most < 1:
        return Decimal(1)
    end = next(nice * power for nice in NICE if nice * power >= most)
    return end.quantize(Decimal(1)) if end == end.to_integral_value() else end


def bar_of(spread: Spread, end: Decimal) -> Bar | None:
    """None where there is no median, of which the picture is made."""
    if spread.median is None:
        return None
    ends = (spread.low, spread.high) if spread.low is not None and spread.high is not None else None
    quarters = (spread.lower, spread.upper) if spread.lower is not None and spread.upper is not None else None
    return Bar(place(spread.median, end), ends and span(ends, end), quarters and span(quarters, end))


def span(amounts: tuple[Decimal, Decimal], end: Decimal) -> tuple[float, float]:
    """Where it begins, and how long it is."""
    begin, stop = (place(amount, end) for amount in amounts)
    return begin, round(stop - begin, 1)


def place(amount: Decimal, end: Decimal) -> float:
    return round(float(amount * 100 / end), 1)
