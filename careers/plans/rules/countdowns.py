"""How long it is to the day of a plan that counts, in words."""

from dataclasses import dataclass
from datetime import date

from careers.evidence.rules.renewal import has_lapsed
from careers.lib.about import About, Precision
from careers.lib.days import weekday_seen_from
from careers.lib.words import counted
from careers.plans.rules.status import Status
from careers.plans.rules.urgency import Call, PlanStanding

IN_YEARS = 24  # months from which on years say enough


@dataclass(frozen=True)
class Countdown:
    """`figure` stands large (“20 days”), empty where nothing counts down; `text` completes it."""

    figure: str
    text: str


def countdown_of(one: PlanStanding, *, today: date) -> Countdown | None:
    """To the day that gives the plan its place in the list; None where it has no day."""
    if one.status == Status.PASSED:
        return countdown_of_lapse(today, one.expires) if one.expires else None
    if one.status == Status.BOOKED and one.exam_on:
        if one.exam_is_over:
            return Countdown("", f"The exam was on {weekday_seen_from(today, one.exam_on)}.")
        if one.call(today) == Call.PREPARE or one.day()[0] == one.exam_on != one.due_on:
            return Countdown(days_left(one.exam_on, today), f"to the exam, {weekday_seen_from(today, one.exam_on)}")
    if one.is_live and one.due_on and one.due_on == one.day()[0]:
        return countdown_of_step(today, one.due_on)
    if one.is_live and one.target_on:
        if one.target_on < today:
            return Countdown("", f"You wanted to be ready by {weekday_seen_from(today, one.target_on)}.")
        return Countdown(days_left(one.target_on, today), f"to be ready by {weekday_seen_from(today, one.target_on)}")
    return None


def countdown_of_step(today: date, due_on: date) -> Countdown:
    if due_on < today:
        return Countdown("", f"A step was due on {weekday_seen_from(today, due_on)}.")
    return Countdown(days_left(due_on, today), f"until a step is due, {weekday_seen_from(today, due_on)}")


def countdown_of_lapse(today: date, expires: About) -> Countdown:
    if not expires.is_exact:
        return countdown_about(today, expires)
    day = weekday_seen_from(today, expires.day)
    if has_lapsed(today, expires.last):
        return Countdown(days(today, expires.day), f"since it lapsed, {day}")
    if expires.day == today:
        return Countdown("Today", f"is its last valid day, {day}")
    return Countdown(days_left(expires.day, today), f"until it lapses, {day}")


def countdown_about(today: date, expires: About) -> Countdown:
    """
    >>> from careers.lib.about import Precision
    >>> countdown_about(date(2026, 11, 22), About(date(2027, 1, 1), Precision.MONTH))
    Countdown(figure='About 2 months', text='until it lapses, about January 2027')
    >>> countdown_about(date(2026, 11, 22), About(date(2027, 1, 1), Precision.YEAR))
    Countdown(figure='', text='It lapses about 2027, next year.')
    """
    number, unit = apart(expires, today)
    if number < 2:
        return Countdown("", f"It {lapse_in_words(today, expires)}.")
    when = f"since it lapsed, {expires}" if has_lapsed(today, expires.last) else f"until it lapses, {expires}"
    return Countdown(f"About {counted(number, unit)}", when)


def may_lapse(expires: About) -> str:
    """Of a month or a year that has begun and is not over."""
    return f"It lapses in {expires.written} or has lapsed already"


def lapse_in_words(today: date, expires: About) -> str:
    """
    >>> from careers.lib.about import Precision
    >>> lapse_in_words(date(2026, 11, 22), About(date(2027, 1, 12)))
    'lapses on 12 January 2027, in 51 days'
    >>> lapse_in_words(date(2026, 11, 22), About(date(2027, 1, 1), Precision.MONTH))
    'lapses about January 2027, in about 2 months'
    >>> lapse_in_words(date(2027, 1, 3), About(date(2027, 1, 1), Precision.MONTH))
    'lapses in January 2027 or has lapsed already'
    """
    if expires.is_exact:
        verb = "lapsed" if has_lapsed(today, expires.last) else "lapses"
        return f"{verb} on {weekday_seen_from(today, expires.day)}, {in_days(expires.day, today)}"
    if is_in(expires, today):
        return lapse_on(today, expires)
    return f"{lapse_on(today, expires)}, {about_when(expires, today)}"


def lapse_on(today: date, expires: About) -> str:
    """
    >>> from careers.lib.about import Precision
    >>> [lapse_on(date(2026, 11, 22), About(date(year, 1, 1), Precision.YEAR)) for year in (2022, 2026, 2029)]
    ['lapsed about 2022', 'lapses in 2026 or has lapsed already', 'lapses about 2029']
    """
    if not expires.is_exact and is_in(expires, today):
        return may_lapse(expires).removeprefix("It ")
    return f"{'lapsed' if has_lapsed(today, expires.last) else 'lapses'} {expires.on}"


def is_in(expires: About, today: date) -> bool:
    """Whether the day, the month or the year has begun and is not over."""
    return expires.day <= today <= expires.last


def apart(expires: About, today: date) -> tuple[int, str]:
    """How far a month or a year is from now, ahead or back, in no finer measure than it is known.

    >>> from careers.lib.about import Precision
    >>> known = (Precision.MONTH, Precision.YEAR)
    >>> [apart(About(date(2028, 10, 1), precision), date(2026, 11, 22)) for precision in known]
    [(23, 'month'), (2, 'year')]
    """
    years = expires.day.year - today.year
    months = abs(12 * years + expires.day.month - today.month)
    if expires.precision == Precision.YEAR:
        return abs(years), "year"
    return (months, "month") if months < IN_YEARS else ((months + 6) // 12, "year")


def about_when(expires: About, today: date) -> str:
    """
    >>> from careers.lib.about import Precision
    >>> [about_when(About(date(2026, month, 1), Precision.MONTH), date(2026, 10, 22)) for month in (8, 9, 11, 12)]
    ['about 2 months ago', 'last month', 'next month', 'in about 2 months']
    """
    number, unit = apart(expires, today)
    is_over = has_lapsed(today, expires.last)
    if number < 2:
        return f"{'last' if is_over else 'next'} {unit}"
    return f"about {counted(number, unit)} ago" if is_over else f"in about {counted(number, unit)}"


def days(later: date, earlier: date) -> str:
    return counted((later - earlier).days, "day")


def days_left(day: date, today: date) -> str:
    return "Today" if day == today else days(day, today)


def in_days(day: date, today: date) -> str:
    """
    >>> [in_days(date(2026, 11, day), date(2026, 11, 22)) for day in (20, 21, 22, 23, 24)]
    ['2 days ago', 'yesterday', 'today', 'tomorrow', 'in 2 days']
    """
    number = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if number in near:
        return near[number]
    return f"in {counted(number, 'day')}" if number > 0 else f"{counted(-number, 'day')} ago"


def due_in_words(day: date, today: date) -> str:
    """
    >>> due_in_words(date(2026, 11, 23), date(2026, 11, 22)), due_in_words(date(2026, 11, 20), date(2026, 11, 22))
    ('due tomorrow', 'was due 2 days ago')
    """
    return f"{'was due' if day < today else 'due'} {in_days(day, today)}"
