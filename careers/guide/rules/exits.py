"""What editors wrote of a way out, parted: plain words first, counts and codes as small print."""

import re
from typing import NamedTuple

SENTENCES = re.compile(r"(?<=[.!?])\s+")
CODED = re.compile(r"(?P<title>[A-Z][^:()]*) \((?P<code>[0-9]{2}-[0-9]{4}\.[0-9]{2})\)")


class Piece(NamedTuple):
    """A stretch of text, with the code of the occupation that it names, if it names one."""

    text: str
    code: str = ""

    @property
    def whole(self) -> str:
        """“Tellers (43-3071.00)”."""
        return f"{self.text} ({self.code})" if self.code else self.text


def plain_words(text: str) -> str:
    """The sentences without a number.

    >>> plain_words("You lead people. 75 moves are known.")
    'You lead people.'
    """
    return " ".join(sentence for sentence in SENTENCES.split(text) if not has_number(sentence))


def small_print(text: str) -> list[Piece]:
    """The other sentences, cut where they name an occupation.

    >>> small_print("You ask. Related: Tellers (43-3071.00).")
    [Piece(text='Related: ', code=''), Piece(text='Tellers', code='43-3071.00'), Piece(text='.', code='')]
    """
    rest = " ".join(sentence for sentence in SENTENCES.split(text) if has_number(sentence))
    pieces, end = [], 0
    for found in CODED.finditer(rest):
        pieces += [Piece(rest[end : found.start("title")]), Piece(found["title"], found["code"])]
        end = found.end()
    return [piece for piece in [*pieces, Piece(rest[end:])] if piece.text]


def has_number(sentence: str) -> bool:
    return bool(re.search(r"[0-9]", sentence))
