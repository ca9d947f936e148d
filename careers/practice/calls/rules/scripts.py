"""Calls to play for two, read once from `scripts.toml` beside this file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("scripts.toml")


@dataclass(frozen=True)
class Script:
    """A call for two. Each part is one person's alone, in lines to read before the call."""

    key: str
    title: str
    work: str
    minutes: int
    scene: str
    caller: tuple[str, ...]
    caller_facts: tuple[str, ...]
    caller_turn: tuple[str, ...]
    agent: tuple[str, ...]
    agent_may: tuple[str, ...]
    agent_must_not: tuple[str, ...]


def read_scripts() -> dict[str, Script]:
    """{key: script}, in the order of the file."""
    found = {}
    for one in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["call"]:
        parts = (lines_of(one[name]) for name in PARTS)
        found[one["key"]] = Script(one["key"], one["title"], one["work"], one["minutes"], one["scene"], *parts)
    return found


PARTS = ("caller", "caller_facts", "caller_turn", "agent", "agent_may", "agent_must_not")


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


SCRIPTS = read_scripts()
