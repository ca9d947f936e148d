"""What the pages of timed tests show: the skill that they are about, and a person's results in pictures."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils.timezone import get_current_timezone

from careers.guide.models.skills import Skill
from careers.guide.selectors.old_slugs import slug_today
from careers.lib.words import counted
from careers.practice.timed.models import TimedResult
from careers.practice.timed.rules.charts import Curve, curve_of
from careers.practice.timed.rules.levels import OPERATORS, SKILL
from careers.practice.timed.rules.measures import WORD

OF_TEXT = "Net words a minute"
OF_ENTRY = "Net keystrokes an hour"
# Of each kind: what its line draws, and the norm for data entry operators on it.
DRAWN = {
    TimedResult.Kind.TYPING: (OF_TEXT, lambda row: row.measures.net_wpm, -(-OPERATORS // (60 * WORD))),
    TimedResult.Kind.FORMS: (OF_ENTRY, lambda row: row.measures.net_kph, OPERATORS),
    TimedResult.Kind.NUMBERS: (OF_ENTRY, lambda row: row.measures.net_kph, None),
}


@dataclass(frozen=True)
class CurveShown:
    name: str
    measure: str
    norm: int | None
    curve: Curve


def typing_skill():
    """The page of the guide about typing, under whatever slug it has now; None where it is not published."""
    published = Skill.objects.published()
    found = published.filter(slug=SKILL).first()
    if found is None and (slug := slug_today(Skill, SKILL)):
        found = published.filter(slug=slug).first()
    return found


def curves_of(results):
    """A line for each kind of which there are two results or more. `results` are the newest first."""
    shown = []
    for kind, (measure, value, norm) in DRAWN.items():
        values = [value(row) for row in reversed(results) if row.kind == kind]
        if len(values) > 1:
            shown.append(CurveShown(kind.label, measure, norm, curve_of(values, norm=norm)))
    return shown


@dataclass(frozen=True)
class PracticeWeek:
    """Tests that ran to their end since Monday, beside the goal; None where there is no goal."""

    done: int
    goal: int | None
    has_any: bool

    @property
    def in_words(self):
        """“2 of 3 practice tests this week.”"""
        if self.goal:
            return f"{self.done} of {counted(self.goal, 'practice test')} this week."
        return f"{counted(self.done, 'practice test')} this week."


def practice_week(profile, today):
    """One query."""
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), get_current_timezone())
    counts = profile.timed_results.aggregate(all=Count("pk"), done=Count("pk", filter=Q(ended_at__gte=monday)))
    return PracticeWeek(counts["done"] or 0, profile.practice_goal, bool(counts["all"] or profile.practice_goal))


def own_results(profile):
    """All that are kept, the newest first. One query."""
    return list(profile.timed_results.for_list())
