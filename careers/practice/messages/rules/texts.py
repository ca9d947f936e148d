"""The messages to answer and the calls to sum up, read once from `messages.toml` beside this file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("messages.toml")
MESSAGE, CALL = "message", "call"


@dataclass(frozen=True)
class Message:
    """`text` of a call is (who speaks, what they say) in turn; of a message one pair, of nobody."""

    key: str
    kind: str
    by: str
    title: str
    turns: tuple[tuple[str, str], ...]
    good: str
    good_because: tuple[str, ...]
    bad: str
    bad_because: tuple[str, ...]

    @property
    def is_call(self) -> bool:
        return self.kind == CALL


def unwrapped(text: str) -> str:
    r"""Lines are broken in the file to be read there.

    >>> unwrapped("One line\nand its end.\n")
    'One line and its end.'
    """
    return " ".join(text.split())


def turns_of(kind: str, text: str) -> tuple[tuple[str, str], ...]:
    r"""
    >>> turns_of("call", "Agent: Good\nmorning.\nCaller: Hello.")
    (('Agent', 'Good morning.'), ('Caller', 'Hello.'))
    """
    if kind != CALL:
        return (("", unwrapped(text)),)
    turns: list[tuple[str, str]] = []
    for line in text.strip().splitlines():
        speaker, colon, said = line.partition(": ")
        if colon and speaker in ("Agent", "Caller", "Customer"):
            turns.append((speaker, said))
        else:
            turns[-1] = (turns[-1][0], f"{turns[-1][1]} {line}")
    return tuple(turns)


def read_messages() -> dict[str, Message]:
    """{key: message}, in the order of the file."""
    found = {}
    for one in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["message"]:
        found[one["key"]] = Message(
            one["key"],
            one["kind"],
            one["by"],
            one["title"],
            turns_of(one["kind"], one["text"]),
            unwrapped(one["good"]),
            tuple(one["good_because"].strip().splitlines()),
            unwrapped(one["bad"]),
            tuple(one["bad_because"].strip().splitlines()),
        )
    return found


MESSAGES = read_messages()
