"""What a step of a profile is, how far a profile is, and what its next step gives the reader today.

The steps weigh the same: a step counts as soon as one of its questions is answered, as no question has to be. Which
steps there are, and what each knows, is in `careers.people.selectors.steps`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any


def never(profile: Any) -> bool:
    return False


@dataclass(frozen=True)
class ProfileStep:
    """`buys` is said while the step is open. It must be true of the portal as it is.

    `answers` are those of `Profile.ANSWERS` that it asks for; `has_more` tells of a profile whether any other of its
    questions is answered. `words` are a profile's answers as (question, answer) pairs, empty where none was given.
    `shared` is what a link that shows the step says of it.
    """

    key: str
    name: str
    buys: str
    shared: str
    words: Callable[[Any], list[tuple[str, str]]]
    answers: tuple[str, ...] = ()
    has_more: Callable[[Any], bool] = never

    @property
    def url_name(self) -> str:
        return f"profile-{self.key}"

    @property
    def section(self) -> str:
        """As it is kept, and as its template is called."""
        return self.key.replace("-", "_")

    def is_done(self, profile: Any) -> bool:
        return any(profile.has_answer(name) for name in self.answers) or self.has_more(profile)


ALL_DONE = "Every step has an answer. You can change any of them at any time."


@dataclass(frozen=True)
class MeterStep:
    key: str
    name: str
    url_name: str
    buys: str
    is_done: bool


@dataclass(frozen=True)
class Meter:
    steps: tuple[MeterStep, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def percent(self) -> int:
        """0 to 100, and 100 only when every step is done."""
        return 100 * self.done // len(self.steps)

    @property
    def next(self) -> MeterStep | None:
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def sentence(self) -> str:
        return self.next.buys if self.next else ALL_DONE


def profile_meter(steps: Iterable[ProfileStep], done: Collection[str]) -> Meter:
    """`done` holds the keys of the steps that have an answer; other words in it mean nothing."""
    return Meter(tuple(MeterStep(s.key, s.name, s.url_name, s.buys, s.key in done) for s in steps))
