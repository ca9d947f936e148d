"""Interview questions as cards.

The guide keeps them as lines of a section, “question: how to answer”, which have no key of their own. So a card is
known by the words of its question, and what a person did with it stays with it however its answer is edited. Where the
question itself was put in other words, it is found by the likeness of the two.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from rapidfuzz import fuzz

LONGEST_KEY = 80
LIKE = 75  # of 100: below it, it is another question
FOR_ROLES = re.compile(r"For ([^.]{3,60}(?:support|entry|work|leader|jobs?|roles?))\.\s+")
TESTS = re.compile(r"It tests ([^.]+\.)\s*")


@dataclass(frozen=True)
class InterviewCard:
    """`tests` is what the question finds out, `whose` the work it is for; each empty where the guide says none."""

    key: str
    question: str
    answer: str
    tests: str = ""
    whose: str = ""


def cards_of(pairs: Iterable[tuple[str, str]]) -> list[InterviewCard]:
    """A card of each (question, how to answer), in that order; of a question that stands there twice the first."""
    cards: dict[str, InterviewCard] = {}
    for question, answer in pairs:
        key = key_of(question)
        if question and key not in cards:
            cards[key] = card_of_line(key, question, answer)
    return list(cards.values())


def card_of_line(key: str, question: str, answer: str) -> InterviewCard:
    """
    >>> card_of_line("bpo", "What is BPO?", "For data entry. It tests care. Name a case.")
    InterviewCard(key='bpo', question='What is BPO?', answer='Name a case.', tests='Care.', whose='Data entry')
    """
    whose, answer = parted(FOR_ROLES, answer)
    tests, answer = parted(TESTS, answer)
    return InterviewCard(key, question, answer, tests, whose)


def parted(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Cut a text after what the pattern finds at its beginning, which gets a capital."""
    found = pattern.match(text)
    if not found:
        return "", text
    return found[1][:1].upper() + found[1][1:], text[found.end() :]


def key_of(question: str) -> str:
    """Letters, digits and hyphens.

    >>> key_of("What is BPO?"), key_of("A customer’s wish"), key_of("प्रश्न")[:9]
    ('what-is-bpo', 'a-customers-wish', 'question-')
    """
    plain = unicodedata.normalize("NFKD", re.sub("['’‘]", "", question)).encode("ascii", "ignore").decode().lower()
    key = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if not key or len(key) > LONGEST_KEY:
        return f"{key[:50].rstrip('-') or 'question'}-{sha256(question.encode()).hexdigest()[:12]}"
    return key


def known_keys(cards: Iterable[InterviewCard], known: Mapping[str, str]) -> dict[str, str]:
    """{key of a card: the key under which the person knows it}. `known` is {key: question as they last saw it}.

    First by the key; then each that is left goes to the likest question that is left, if the two are alike enough.
    What was known and is asked no more is in none.
    """
    cards = list(cards)
    found = {card.key: card.key for card in cards if card.key in known}
    left = {key: question for key, question in known.items() if key not in found}
    pairs = [
        (likeness(card.question, question), card.key, key)
        for card in cards
        if card.key not in found
        for key, question in left.items()
    ]
    for degree, key, old in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if degree >= LIKE and key not in found and old not in found.values():
            found[key] = old
    return found


def likeness(one: str, other: str) -> float:
    return fuzz.ratio(one.casefold(), other.casefold())
