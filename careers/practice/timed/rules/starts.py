"""A test that has begun: what is to be typed, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from careers.practice.timed.rules import passages, records
from careers.practice.timed.rules.keystrokes import (
    Impossible,
    changes_of,
    check_times,
    texts_typed,
)
from careers.practice.timed.rules.levels import FORMS, NUMBERS, TYPING
from careers.practice.timed.rules.measures import Measures, measure_fields, measure_text

KINDS = (TYPING, FORMS, NUMBERS)
MINUTES = (1, 3, 5)


@dataclass(frozen=True)
class Start:
    """`texts` are names of passages or, of data entry, the number of the records; `at` is milliseconds since 1970."""

    key: UUID
    kind: str
    minutes: int
    texts: tuple[str, ...]
    at: int

    @property
    def is_of_text(self) -> bool:
        return self.kind == TYPING

    @cached_property
    def passages(self) -> list[str]:
        return [passages.PASSAGES[name] for name in self.texts]

    @cached_property
    def records(self) -> list[records.Record]:
        make = records.forms if self.kind == FORMS else records.columns
        return make(int(self.texts[0]), minutes=self.minutes)

    @cached_property
    def given(self) -> list[str]:
        """The text of each field."""
        return [passages.text_of(self.texts)] if self.is_of_text else records.values_of(self.records)

    def measure(self, typed: Sequence[str]) -> Measures:
        if self.is_of_text:
            return measure_text(typed[0], self.given[0], minutes=self.minutes)
        return measure_fields(typed, self.given, minutes=self.minutes)


@dataclass(frozen=True)
class Finish:
    """A test that somebody typed to its end. `began_at` is as `Start.at`."""

    start: Start
    measures: Measures
    began_at: int

    @property
    def ended_at(self) -> int:
        return self.began_at + self.start.minutes * 60_000


def finish(start: Start, *, log: str, typed: Sequence[str], now: int) -> Finish:
    """Make the test again from its log. Raises `Impossible` where nobody can have typed it like that."""
    fields = len(start.given)
    changes = changes_of(log, fields=fields)
    check_times(changes, minutes=start.minutes, since_start=now - start.at)
    if texts_typed(changes, fields=fields) != list(typed):
        raise Impossible("The log of the keys does not give the text that was sent.")
    return Finish(start, start.measure(typed), start.at + changes[0].moment)
