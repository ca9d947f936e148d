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


PAPERS = re.compile(r"[^.!?:]*\bpapers\b[^.!?:]*:([^.!?]+)", re.IGNORECASE)
OWN_CV = re.compile(r"\b(cv|résumé|resume)\b", re.IGNORECASE)
LONGEST = 160  # characters of a paper's name


def papers_in(text: str) -> list[str]:
    """The papers that a text of the guide lists, each once: after “papers …:”, with commas between. The CV is none.

    >>> papers_in("Go early. Bring the papers they ask for: your CV, a photo identity card, and letters from work.")
    ['A photo identity card', 'Letters from work']
    >>> papers_in("Bring papers.")
    []
    """
    found = PAPERS.search(text)
    listed = re.split(r",\s*(?:and\s+)?", found[1]) if found else []
    names = (" ".join(one.split()) for one in listed)
    return list(dict.fromkeys(name[0].upper() + name[1:LONGEST] for name in names if name and not OWN_CV.search(name)))


EXPECTED = re.compile(r"\b(test|call)\b", re.IGNORECASE)


def named_tests(points: str) -> list[tuple[str, str]]:
    """The tests among lines of “term: meaning”, as such pairs.

    >>> named_tests("First talk: You speak.\\nTyping test: You copy a text.\\nMock call: Somebody plays a customer.")
    [('Typing test', 'You copy a text.'), ('Mock call', 'Somebody plays a customer.')]
    """
    pairs = (line.partition(":") for line in points.splitlines())
    return [(term.strip(), meaning.strip()) for term, _, meaning in pairs if EXPECTED.search(term)]
