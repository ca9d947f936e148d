"""What the planner answers: the routes that it found, the first of them to be shown, or why there is none."""

from dataclasses import dataclass
from urllib.parse import urlencode

from careers.evidence.selectors.helps import HelpShown
from careers.guide.models.roles import Role
from careers.lib.words import counted, plural
from careers.routes.models import Goal
from careers.routes.rules.journeys import By
from careers.routes.selectors import route_words
from careers.routes.selectors.planner import RouteShown, Stop


@dataclass(frozen=True)
class DeadEnd:
    """Why no route leads there: whether any move leaves the start or reaches the target; and what is nearest."""

    leads_on: bool
    is_led_to: bool
    reachable: list[Stop]
    starts: list[Stop]


@dataclass(frozen=True)
class Routes:
    """The answer: those `found`, the one to show first; empty where there is none, and then why (`dead_end`).

    `is_own_start`: the person said that they are there; `is_own_target`: that they want to go there. `goal` is the one
    they have, along `goal_stops`.
    `is_gone`: the route that was asked for is none any more, and the best is shown. `best_via` names the best one.
    `help` is the certification that helps most towards the target, whether or not a move recommends it.
    """

    start: Stop
    target: Role
    by: By
    found: list[RouteShown]
    best_via: str
    is_own_start: bool
    is_own_target: bool
    goal: Goal | None
    goal_stops: tuple[int, ...]
    is_gone: bool
    has_levels: bool
    takes_as_there: bool
    dead_end: DeadEnd | None
    help: HelpShown | None

    @property
    def shown(self):
        return self.found[0] if self.found else None

    @property
    def others(self):
        """The other routes, each with what it asks for beside the one that is shown: “1 skill more than above”."""
        here = self.shown.totals
        if self.by == By.LEAST_NEW:
            return [(route, more_than_above(route.totals.levels, here.levels, "level")) for route in self.found[1:]]
        return [(route, more_than_above(route.totals.skills, here.skills, "skill")) for route in self.found[1:]]

    @property
    def is_goal(self):
        """Whether the route that is shown is the person's goal already."""
        return bool(self.found) and self.goal_stops == self.shown.route.stops

    @property
    def adopt_words(self):
        """Of the button that makes the shown route their goal."""
        return f"Make it my goal instead of {self.goal.role.public_name}" if self.goal else "Make it my goal"

    @property
    def query(self):
        """Of the address at which this answer is found again."""
        via = {} if self.shows_best or not self.found else {"via": self.shown.via}
        return urlencode({"from": self.start.slug, "to": self.target.slug, "by": self.by, **via}, safe=",")

    @property
    def is_proven(self):
        """Whether every route was weighed: a guide may have more than can be weighed in the time of a page."""
        return all(one.route.is_proven for one in self.found)

    @property
    def what_is_known(self):
        return route_words.known_in_words(self)

    @property
    def shows_best(self):
        return bool(self.found) and self.found[0].via == self.best_via


def more_than_above(number, here, noun):
    """
    >>> more_than_above(5, 4, "skill"), more_than_above(2, 4, "level"), more_than_above(4, 4, "level")
    ('1 skill more than above', '2 levels fewer than above', 'as many levels as above')
    """
    if number == here:
        return f"as many {plural(0, noun)} as above"
    apart = abs(number - here)
    return f"{counted(apart, noun)} {'more' if number > here else 'fewer'} than above"
