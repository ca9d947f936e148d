"""Bars of minutes a week, as what an SVG draws.

Lengths along the bars' axis are percent of the picture, so text keeps its size on every screen. The upright picture has
a fixed height in pixels, the lying one a fixed height for each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from careers.lib.days import day_in_words
from careers.lib.hours import in_hours
from careers.plans.study.rules.weeks import Week

TOP, FLOOR, FOOT = 40, 190, 222  # of the upright picture: room for figures, the ground line, the end
RIGHT = 88  # percent: the rest is for what the dotted line is called
ROW, HEAD = 32, 30  # of the lying one
FROM, LONGEST = 22, 50  # percent: names of weeks before, figures after


@dataclass(frozen=True)
class Bar:
    """`start` and `length` along the bar; across it, `middle` is where its name stands, `side` how far it goes."""

    begins: date
    figure: str
    in_words: str
    start: float
    length: float
    middle: float
    side: float
    is_running: bool

    @property
    def name(self) -> str:
        return day_in_words(self.begins, "short")

    @property
    def begins_text(self) -> str:
        """“23 November 2026, so far”."""
        return f"{day_in_words(self.begins)}{', so far' if self.is_running else ''}"

    @property
    def x(self) -> float:
        return round(self.middle - self.side, 2)

    @property
    def y(self) -> float:
        return self.middle - self.side

    @property
    def end(self) -> float:
        return round(self.start + self.length, 2)


@dataclass(frozen=True)
class WeekChart:
    """`need_at` is where the dotted line stands, `need` what it is called; both are None where nothing is needed."""

    bars: Sequence[Bar]
    height: int
    need: str | None = None
    need_at: float | None = None
    need_name_at: float | None = None
    thickness: float = 0


def highest_of(weeks: Sequence[Week], need: int | None) -> int:
    return max(60, need or 0, *(week.minutes for week in weeks))


def upright(weeks: Sequence[Week], need: int | None = None) -> WeekChart:
    scale = (FLOOR - TOP) / highest_of(weeks, need)
    slot = (RIGHT if need else 100) / len(weeks)
    bars = []
    for place, week in enumerate(weeks):
        height = round(week.minutes * scale, 1)
        middle = round(slot * (place + 0.5), 2)
        bars.append(bar(week, start=round(FLOOR - height, 1), length=height, middle=middle, side=round(slot * 0.3, 2)))
    need_at = round(FLOOR - need * scale, 1) if need else None
    return WeekChart(bars, FOOT, short(need) if need else None, need_at, thickness=round(slot * 0.6, 2))


def lying(weeks: Sequence[Week], need: int | None = None) -> WeekChart:
    """The need's name stands over its line, but never outside of the picture."""
    scale = LONGEST / highest_of(weeks, need)
    head = HEAD if need else 4
    bars = []
    for place, week in enumerate(weeks):
        middle = head + ROW * place + ROW / 2
        bars.append(bar(week, start=FROM, length=round(week.minutes * scale, 2), middle=middle, side=ROW / 2 - 5))
    need_at = round(FROM + need * scale, 2) if need else None
    name_at = min(70.0, max(30.0, need_at)) if need_at else None
    height = head + ROW * len(weeks)
    return WeekChart(bars, height, in_hours(need) if need else None, need_at, name_at, ROW - 10)


def bar(week: Week, *, start: float, length: float, middle: float, side: float) -> Bar:
    return Bar(week.begins, short(week.minutes), in_hours(week.minutes), start, length, middle, side, week.is_running)


def short(minutes: int) -> str:
    """As it fits over a bar.

    >>> short(0), short(45), short(120), short(200), short(7265)
    ('0', '45 min', '2 h', '3 h 20', '121 h')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min" if rest else "0"
    return f"{hours} h {rest}" if rest and hours < 100 else f"{hours} h"
