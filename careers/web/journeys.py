"""The stops of `parts/pictures/_journey.html`."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    TARGET = "target"


@dataclass(frozen=True)
class JourneyStop:
    """`track` is of the line after it, `plate` what stands on it."""

    name: str
    url: str
    note: str
    state: State = State.AHEAD
    plate: str = ""
    track: str = ""

    @property
    def is_done(self):
        return self.state == State.DONE

    @property
    def is_target(self):
        return self.state == State.TARGET

    @property
    def remarks(self):
        """The words behind its name in a line: “, your target, 2 years”."""
        state = self.plate.lower() or ("done" if self.is_done else "")
        return "".join(f", {part}" for part in (state, self.note) if part)
