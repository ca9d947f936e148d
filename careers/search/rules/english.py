"""The words that English has, with the names of places and languages. Where they come from: words/README.md."""

from bisect import bisect_left
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words") / "english.txt"


def is_english(word: str) -> bool:
    """Whether a word, which is `searchable`, is in the list. Costs some microseconds, the first time a millisecond."""
    lines, wanted = in_memory(), word.encode()
    found = bisect_left(range(len(lines)), wanted, key=lambda at: lines[start(lines, at) : lines.find(b"\n", at)])
    return lines.startswith(wanted + b"\n", found)


@cache
def in_memory() -> bytes:
    """The file as it is, sorted, a word a line: a set of its words would take ten times the memory."""
    return WORDS.read_bytes()


def start(lines: bytes, at: int) -> int:
    """Where the line begins in which `at` is."""
    return lines.rfind(b"\n", 0, at) + 1
