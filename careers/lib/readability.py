"""How hard a text is to read: its sentences, words and syllables, and the school grade that Flesch and Kincaid give it.

The formula is for English. A line is a sentence of its own, as lists have one thing a line; an address is no word.
Syllables are counted by rules, which miss some words; over a page that evens out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from careers.lib.words import SIGNS

LONG = 25  # words of a sentence, from which on an editor is told
QUOTES = "\"'“”‘’"
URL = re.compile(r"(?:https?://|\bwww\.)\S*[^\s.,;:!?)\]]")
NUMBERED = re.compile(r"^(?:[-*•–]|\(?\d{1,2}[.)])\s+")
END = re.compile(rf"[.!?…]+[{QUOTES})\]]*\s+(?=[{QUOTES}(\[]?[A-Z0-9{''.join(SIGNS.values())}])")
WORD = re.compile(r"[^\W_]+(?:[’'.,:/&‑-][^\W_]+)*")
NEVER_LAST = frozenset(
    (
        *("e.g", "i.e", "vs", "cf", "approx", "ca", "no", "nos", "art", "sec", "fig", "vol", "p", "pp"),
        *("mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "dept", "govt"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    )
)
INITIALS = re.compile(r"(?:[A-Z]\.)+")
SPOKEN_AS_LETTERS = re.compile(r"[A-Z]{2,5}s?")
VOWELS = re.compile("[aeiouy]+")
# Each group of vowels is a syllable, but for what nobody says and what is said apart.
SILENT = re.compile(
    "[^aeiouy]e$|[aeiou][yw]e$|[^r][gq]ue$|(?:[^aeiouysxzcgh]|[^sc]h)es$|[aeiou]yes$|(?:[^aeiouydt]|[aeiou]y)ed$"
    "|[^aeiouyl]e(?=(?:ly|ment|ments|ful|less|ness)$)"
)
SOUNDED = re.compile("[^aeiouylr][lr]e[ds]?$")  # ta-ble, a-cre
TOGETHER = re.compile("busin|^every|interest|several|evening")
APART = re.compile(
    "(?<![ctsg])ia|[ct]iat|(?<![cgtsxln])io|io(?!n|us)|iu|(?<![cthf])(?<!fr)ien|scien|iet|[^aeiou]iers?$"
    "|area|idea|creat|theat|react|eo(?!u|pl)|(?<![qg])ua|(?<![qg])ue(?=[ln])|[aeouy]ing|[aou]y(?=e(?!d$|s$|$)|a)"
    "|(?<=[a-z])yo"
)


@dataclass(frozen=True)
class Reading:
    """Of some texts together. `longest` is a sentence of theirs, empty where they have none."""

    sentences: int
    words: int
    syllables: int
    longest: str

    @property
    def grade(self) -> float:
        """The year of school after which one reads it with ease, by Flesch and Kincaid; 0 of nothing.

        >>> round(reading(["The cat sat on the mat."]).grade, 2)
        -1.45
        """
        if not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading(texts: Iterable[str]) -> Reading:
    counted = [(sentence, words(sentence)) for text in texts for sentence in sentences(text)]
    every = [word for _, some in counted for word in some]
    longest = max(counted, key=lambda one: len(one[1]), default=("", []))[0]
    return Reading(len(counted), len(every), sum(map(syllables, every)), longest)


def long_sentences(text: str, *, above: int = LONG) -> list[str]:
    """Those with more words than that."""
    return [sentence for sentence in sentences(text) if len(words(sentence)) > above]


def beginning(sentence: str, *, of: int = 6) -> str:
    """
    >>> beginning("You book, change and rescue journeys and stays."), beginning("You book.")
    ('You book, change and rescue journeys …', 'You book.')
    """
    some = sentence.split()
    return f"{' '.join(some[:of]).rstrip(',;:')} …" if len(some) > of else sentence


def sentences(text: str) -> list[str]:
    r"""
    >>> sentences("It costs US$1.50, e.g. in the U.S. market. You pay once: see https://a.example/b. Then ask.")
    ['It costs US$1.50, e.g. in the U.S. market.', 'You pay once: see .', 'Then ask.']
    >>> sentences("1. Take the exam again\n2. Pass another one")
    ['Take the exam again', 'Pass another one']
    """
    return [one for line in text.splitlines() for one in sentences_of_line(line) if words(one)]


def sentences_of_line(line: str) -> list[str]:
    line = NUMBERED.sub("", URL.sub("", line).strip(), count=1)
    found, begin = [], 0
    for end in END.finditer(line):
        if not is_abbreviation(line[begin : end.end()].split()[-1]):
            found.append(line[begin : end.end()].strip())
            begin = end.end()
    return [*found, line[begin:].strip()]


def is_abbreviation(word: str) -> bool:
    """Whether a full stop after it, before a capital or a number, is none that ends a sentence."""
    bare = word.lstrip(f"{QUOTES}([")
    return bare.rstrip(".").lower() in NEVER_LAST or bool(INITIALS.fullmatch(bare))


def words(text: str) -> list[str]:
    """
    >>> words("24/7 chat, e-mail & phone: the agent’s AHT is 3.5 min")
    ['24/7', 'chat', 'e-mail', 'phone', 'the', 'agent’s', 'AHT', 'is', '3.5', 'min']
    """
    return WORD.findall(text)


@lru_cache(maxsize=10_000)
def syllables(word: str) -> int:
    """At least one; a number is one, and of an abbreviation each letter.

    >>> [syllables(word) for word in ("team", "table", "people", "customer", "created", "e-mail", "BPO", "3.5")]
    [1, 2, 2, 3, 3, 2, 3, 1]
    """
    if SPOKEN_AS_LETTERS.fullmatch(word):
        return len(word.rstrip("s"))
    parts = re.findall("[a-z]+", re.sub("[’']", "", word.lower()))
    return max(1, sum(map(syllables_of_part, parts)))


def syllables_of_part(part: str) -> int:
    count = len(VOWELS.findall(part)) + len(APART.findall(part)) - bool(TOGETHER.search(part))
    if not SOUNDED.search(part):
        count -= len(SILENT.findall(part))
    return max(1, count)
