"""Days to keep in mind: exams, steps that fall due, days to be ready by, certificates that lapse."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    EXAM = "exam"
    DUE = "due"
    TARGET = "target"
    LAPSE = "lapse"


PLACES = list(Kind)


@dataclass(frozen=True)
class Event:
    """`name` is what it is about in fewer words than `title`, where there are fewer. `about` names the plan of a step,
    else it is empty. `row` is what it is made from: a plan, a step, a certificate.

    `is_overdue`: its day, or its moment, is over and nothing came of it yet.
    """

    day: date
    kind: Kind
    title: str
    url: str
    is_overdue: bool = False
    about: str = ""
    row: object = None
    name: str = ""

    @property
    def order(self) -> tuple[date, int, str]:
        return self.day, PLACES.index(self.kind), self.title
