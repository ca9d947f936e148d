"""What a person needs a week, and what they did, in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from careers.lib.days import day_seen_from
from careers.lib.hours import in_hours
from careers.lib.words import counted
from careers.plans.study.rules.weeks import MOST_A_WEEK, average, monday_of, need_a_day, need_a_week


@dataclass(frozen=True)
class Said:
    """A sentence with the figure that stands out in it. `wants_day` where a day to be ready by would help.

    `weekly`: the minutes a week that it speaks of, for the line in a chart; None where there are none to draw.
    """

    before: str
    figure: str = ""
    after: str = ""
    wants_day: bool = False
    weekly: int | None = None

    def __str__(self) -> str:
        return f"{self.before}{self.figure}{self.after}"


@dataclass(frozen=True)
class StudyAim:
    """The minutes left of a plan, None if not known, and the day to be ready by, if there is one."""

    left: int | None
    until: date | None
    has_open: bool = True
    is_exam: bool = False

    @property
    def is_live(self) -> bool:
        """Something is left to do, as far as anybody knows."""
        return self.has_open and self.left != 0

    def counts_on(self, today: date) -> bool:
        return bool(self.left) and self.until is not None and self.until > today


def need_in_words(aim: StudyAim, today: date) -> Said:
    """Say what one plan needs.

    >>> str(need_in_words(StudyAim(600, date(2026, 12, 13)), date(2026, 11, 22)))
    'You need 3 h 20 min a week to be ready by 13 December.'
    """
    if not aim.has_open:
        return Said("No step is open, so there are no hours left to plan.")
    if aim.left is None:
        return Said("The hours of your steps are not known, so nobody can say what you need a week.")
    if not aim.left:
        return Said("You have logged all the hours that your open steps are given. Give them more if they take longer.")
    if aim.until is None:
        after = " of your steps are left. With a day to be ready by, you see what that is a week."
        return Said("", f"About {in_hours(aim.left)}", after, wants_day=True)
    if aim.until <= today:
        return day_is_over(aim, aim.until, today)
    return need_until(aim.left, aim.until, today)


def day_is_over(aim: StudyAim, until: date, today: date) -> Said:
    left, name = in_hours(aim.left or 0), "your exam" if aim.is_exam else "the day to be ready by"
    when = "Today is" if until == today else f"{day_seen_from(today, until)} was"
    return Said(f"{when} {name}. ", f"About {left}", " of your steps are left.", wants_day=not aim.is_exam)


def need_until(left: int, until: date, today: date) -> Said:
    by, weekly, days = day_seen_from(today, until), need_a_week(left, today, until), (until - today).days
    if left * 7 > MOST_A_WEEK * days:
        most = in_hours(MOST_A_WEEK)
        after = f" are left until {by}: that is more than {most} a week. Choose a later day, or fewer steps."
        return Said("About ", in_hours(left), after, wants_day=True)
    if days < 7:
        daily = need_a_day(left, today, until)
        return Said("You need ", f"{in_hours(daily)} a day", f" to be ready by {by}.", weekly=weekly)
    return Said("You need ", f"{in_hours(weekly)} a week", f" to be ready by {by}.", weekly=weekly)


def need_of_all(aims: Iterable[StudyAim], today: date) -> Said | None:
    """Say what all plans of a person need together; None if no plan is open.

    Those without hours or without a day that is still to come are counted, and said to be left out.
    """
    live = [aim for aim in aims if aim.is_live]
    if len(live) == 1:
        return need_in_words(live[0], today)
    dated = [aim for aim in live if aim.counts_on(today)]
    if not dated:
        return (
            Said("No plan has both hours and a day to be ready by, so there is no need a week to show.")
            if live
            else None
        )
    weekly = sum(need_a_week(aim.left or 0, today, aim.until) for aim in dated if aim.until)
    others = left_out(len(live) - len(dated))
    plans = "one plan" if len(dated) == 1 else counted(len(dated), "plan")
    if weekly > MOST_A_WEEK:
        after = f" a week for {plans}: that is more than {in_hours(MOST_A_WEEK)}. A later day gives you room.{others}"
        return Said("You would need ", in_hours(weekly), after)
    return Said("You need ", f"{in_hours(weekly)} a week", f" for {plans} to be ready in time.{others}", weekly=weekly)


def left_out(number: int) -> str:
    if not number:
        return ""
    has, is_not = ("has", "it is not") if number == 1 else ("have", "they are not")
    return f" {number} more {has} no hours or no day to come, so {is_not} counted."


def done_in_words(minutes: Mapping[date, int], today: date) -> Said:
    """Say what was done. `minutes` are by the Monday of their week."""
    if not any(minutes.values()):
        return Said("No study time is logged yet.")
    if min(day for day, number in minutes.items() if number) >= monday_of(today):
        return Said("This week you did ", in_hours(minutes.get(monday_of(today), 0)), " so far.")
    return Said("In the last four weeks you did ", f"{in_hours(average(minutes, today))} a week", ".")


def streak_in_words(weeks: int) -> str:
    """
    >>> streak_in_words(4), streak_in_words(1), streak_in_words(0)
    ('4 weeks in a row with study', '1 week with study', 'No study in this week or the last')
    """
    if not weeks:
        return "No study in this week or the last"
    return f"{counted(weeks, 'week,weeks in a row')} with study"
