"""How far a profile is, and what its next step gives the reader today.

Five steps weigh the same: a step counts as soon as one of its questions is answered, as no question has to be.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """`buys` is said while the step is open. It must be true of the portal as it is."""

    key: str
    name: str
    url_name: str
    buys: str


STEPS = (
    Step(
        "about",
        "About you",
        "profile-about",
        "Say what you finished at school, and role pages tell you where a degree stands in the way.",
    ),
    Step(
        "working-life",
        "Working life",
        "profile-working-life",
        "Say which shifts and work you accept, and role pages tell you where a role asks for others.",
    ),
    Step(
        "skills",
        "Skills",
        "profile-skills",
        "Rate a few skills, and every role page shows what you have and what is missing.",
    ),
    Step(
        "certificates",
        "Certificates",
        "profile-certificates",
        "Add a certificate, and the skills it credits count on every role page.",
    ),
    Step(
        "target",
        "Your target",
        "profile-target",
        "Choose a role to reach, and “My plan” shows which of its skills you still need.",
    ),
)
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


def profile_meter(done: Collection[str]) -> Meter:
    """`done` holds the keys of the steps that have an answer; other words in it mean nothing."""
    return Meter(tuple(MeterStep(s.key, s.name, s.url_name, s.buys, s.key in done) for s in STEPS))


def step_after(key: str) -> Step | None:
    keys = [step.key for step in STEPS]
    following = keys.index(key) + 1
    return STEPS[following] if following < len(STEPS) else None
