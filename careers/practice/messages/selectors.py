"""Messages to answer beside what a person wrote to each."""

from dataclasses import dataclass

from careers.practice.messages.models import WrittenAnswer
from careers.practice.messages.rules.checking import TextPiece, marked_text, reasons, word_count
from careers.practice.messages.rules.checklist import checklist
from careers.practice.messages.rules.texts import MESSAGES, Message


@dataclass(frozen=True)
class MessageRow:
    """A message with the latest answer to it, None where there is none."""

    message: Message
    latest: WrittenAnswer | None
    count: int

    @property
    def ticked(self):
        """“3 of 5 ticked”."""
        known = checklist(is_call=self.message.is_call)
        return f"{len(set(known) & set(self.latest.ticks))} of {len(known)} ticked" if self.latest else ""


class MessageWork:
    """All messages and what a person wrote. One query."""

    def __init__(self, profile):
        self.by_message = {}
        for row in profile.written_answers.all():
            self.by_message.setdefault(row.message, []).append(row)

    @property
    def rows(self):
        return [self.row(message) for message in MESSAGES.values()]

    def row(self, message):
        rows = self.by_message.get(message.key, [])
        return MessageRow(message, rows[0] if rows else None, len(rows))

    def earlier(self, message):
        return self.by_message.get(message.key, [])[1:]

    @property
    def answered(self):
        """How many messages have an answer."""
        return len(self.by_message.keys() & MESSAGES.keys())

    @property
    def gone(self):
        """Answers to messages that are here no more."""
        return [row for key, rows in self.by_message.items() if key not in MESSAGES for row in rows]


@dataclass(frozen=True)
class Look:
    """An answer with its words counted, and those to avoid marked."""

    words: int
    pieces: list[TextPiece]

    @property
    def reasons(self):
        return reasons(self.pieces)


def look_at(written, message):
    return Look(word_count(written.text), marked_text(written.text, is_call=message.is_call))
