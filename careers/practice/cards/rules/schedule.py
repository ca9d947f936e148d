"""When a card comes again: FSRS 6, with the weights that its authors give, as the library `fsrs` reckons it.

A card that was not known, or hardly, comes again within the hour, so that it is said once more in the same sitting.
After that it waits whole days, half a year at most, as an interview is nearer than the end of a study. Nothing is left
to chance: the same answers at the same times lead to the same day.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from fsrs import Card, Rating, Scheduler, State

SAME_SITTING = timedelta(minutes=10)
LONGEST = 180  # days
ENOUGH_NEW = 8  # cards that are begun in a day
A_CARD = 1  # the library asks for a number, and does nothing with it


class Recall(IntEnum):
    """How well it was said, by the person's own word."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True)
class CardMemory:
    """How well a card is known; of one that nobody has answered yet only the defaults."""

    state: int = State.Learning.value
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None


scheduler = Scheduler(
    learning_steps=(SAME_SITTING,),
    relearning_steps=(SAME_SITTING,),
    maximum_interval=LONGEST,
    enable_fuzzing=False,
)


def answered(memory: CardMemory, answer: Recall, *, now: datetime) -> CardMemory:
    """The memory after one more answer. A clock that was set back counts as the moment of the answer before."""
    now = max(now.astimezone(UTC), (memory.answered_at or now).astimezone(UTC))
    card, _ = scheduler.review_card(card_of(memory, now), Rating(answer), now)
    return CardMemory(card.state.value, card.step, card.stability, card.difficulty, card.due, now)


def card_of(memory: CardMemory, now: datetime) -> Card:
    answered_at = memory.answered_at.astimezone(UTC) if memory.answered_at else None
    return Card(
        A_CARD, State(memory.state), memory.step, memory.stability, memory.difficulty, memory.due_at or now, answered_at
    )


def due_after(memory: CardMemory, *, now: datetime) -> dict[Recall, datetime]:
    """When the card would come again, for each answer."""
    found = {answer: answered(memory, answer, now=now).due_at for answer in Recall}
    return {answer: due for answer, due in found.items() if due}


def wait_in_words(wait: timedelta) -> str:
    """
    >>> [wait_in_words(timedelta(minutes=minutes)) for minutes in (10, 15, 24 * 60, 8 * 24 * 60, 100 * 24 * 60)]
    ['today', 'today', '1 day', '8 days', '3 months']
    """
    if wait.days < 1:
        return "today"
    if wait.days < 60:
        return f"{wait.days} days" if wait.days > 1 else "1 day"
    return f"{wait.days // 30} months"
