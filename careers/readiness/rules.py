"""Ready to apply: what somebody has of what a first role asks for, and the one thing to do next.

The rule of the next step: minutes of work come before weeks of it. First say what one can do, then make the CV, then
find the papers, then practise, then raise the skill that is nearest. Of equals the first in the list is next.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class LineKind(IntEnum):
    """Kinds of lines, in the order in which they are next."""

    RATE = 1  # a skill of which nothing is known
    CV = 2
    PAPER = 3
    PRACTISE = 4
    RAISE = 5  # a skill that is known to be too low


@dataclass(frozen=True)
class ReadyLine:
    """One thing to have. `short` is by how many levels it is missing; `detail` says more, where there is more. `key`
    is what is practised.
    """

    kind: LineKind
    name: str
    is_done: bool
    short: int = 0
    detail: str = ""
    key: str = ""


def next_line(lines: Iterable[ReadyLine]) -> ReadyLine | None:
    """The line to do next; None where nothing is open."""
    waiting = [line for line in lines if not line.is_done]
    return min(waiting, key=lambda line: (line.kind, line.short), default=None)


def progress(lines: Iterable[ReadyLine]) -> tuple[int, int]:
    """How many are done, and how many there are."""
    every = list(lines)
    return sum(line.is_done for line in every), len(every)


OWN_CV = re.compile(r"\b(cv|résumé|resume)\b", re.IGNORECASE)
LONGEST = 160  # characters of a paper's name


def named_papers(points: str) -> list[tuple[str, str]]:
    """The papers among lines of “term: meaning”, as such pairs, each term once. The CV is none: it has its own line.

    >>> named_papers("CV: One page.\\nPhotos: Two.\\nMark sheets: Originals.\\nPhotos: Three.")
    [('Photos', 'Two.'), ('Mark sheets', 'Originals.')]
    """
    found: dict[str, str] = {}
    for term, meaning in pairs_of(points):
        if term and not OWN_CV.search(term):
            found.setdefault(term[:LONGEST].rstrip(), meaning)
    return list(found.items())


EXPECTED = re.compile(r"\b(test|call)\b", re.IGNORECASE)


def named_tests(points: str) -> list[tuple[str, str]]:
    """The tests among lines of “term: meaning”, as such pairs.

    >>> named_tests("First talk: You speak.\\nTyping test: You copy a text.\\nMock call: Somebody plays a customer.")
    [('Typing test', 'You copy a text.'), ('Mock call', 'Somebody plays a customer.')]
    """
    return [(term, meaning) for term, meaning in pairs_of(points) if EXPECTED.search(term)]


def pairs_of(points: str) -> list[tuple[str, str]]:
    cut = (line.partition(":") for line in points.splitlines())
    return [(term.strip(), meaning.strip()) for term, _, meaning in cut]
