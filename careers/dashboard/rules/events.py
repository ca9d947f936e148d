"""Days to keep in mind: exams, steps that fall due, days to be ready by, certificates that lapse."""

from dataclasses import dataclass
from datetime import date

from careers.lib.about import About, Precision
from careers.plans.rules.dates import Kind

PLACES = list(Kind)


@dataclass(frozen=True)
class Event:
    """`name` is what it is about in fewer words than `title`, where there are fewer. `about` names the plan of a step,
    else it is empty. `row` is what it is made from: a plan, a step, a certificate.

    `is_overdue`: its day, or its moment, is over and nothing came of it yet. `when` is what may be said of its day.
    """

    day: date
    kind: Kind
    title: str
    url: str
    is_overdue: bool = False
    about: str = ""
    row: object = None
    name: str = ""
    precision: Precision = Precision.DAY

    @property
    def when(self) -> About:
        return About(self.day, self.precision)

    @property
    def order(self) -> tuple[date, int, str]:
        return self.day, PLACES.index(self.kind), self.title

    @property
    def title_in_full(self) -> str:
        """“Read the handbook (Yellow Belt)”."""
        return f"{self.title} ({self.about})" if self.about else self.title

    @property
    def overdue_mark(self) -> str:
        """The words behind its day in a list."""
        return ", overdue" if self.is_overdue else ""

    @property
    def over_mark(self) -> str:
        """The same on paper. A lapse says it by its title."""
        return ", over" if self.is_overdue and self.kind != Kind.LAPSE else ""

    @property
    def about_mark(self) -> str:
        """The words behind its title: “, Yellow Belt”."""
        return f", {self.about}" if self.about else ""
