"""Which proficiency of the skill typing a result shows, and what the result means.

The descriptors of the guide name two speeds, and so does this rule:

- 3, able: 8,000 keystrokes an hour, net, with few mistakes: the norm of India's Staff Selection Commission (SSC) for
  data entry operators.
- 4, strong: 35 words a minute, net, with few mistakes, and not more of them towards the end: the SSC's norm for clerks.
  It is a norm for text, so only a typing test shows it.

Few mistakes are at most 5 in 100 words, or in 100 fields: so many the SSC allows in its test for data entry posts. “Not
more towards the end” leaves one mistake to chance, as the half in which one falls is not always certain. A test of one
minute says too little and shows nothing, nor do columns of numbers, for which there is no norm. Below 8,000, and for
the proficiency 5, the guide names no speed: then a result shows no proficiency, neither a high nor a low one.
"""

from dataclasses import dataclass

from careers.practice.timed.rules.measures import WORD, Measures

TYPING, FORMS, NUMBERS = "typing", "forms", "numbers"
SKILL = "typing"  # the slug of the skill
OPERATORS = 8_000  # keystrokes an hour
CLERKS = 35  # words a minute
MOST_MISTAKES = 5  # in 100 words or fields
SHORTEST = 3  # minutes of a test that shows anything
ABLE, STRONG = 3, 4


@dataclass(frozen=True)
class Meaning:
    """`proficiency` is what a result shows, None where it shows none; `reasons` say it in sentences."""

    proficiency: int | None
    reasons: tuple[str, ...]


def has_few_mistakes(measures: Measures, *, kind: str) -> bool:
    of = measures.characters if kind == TYPING else WORD * measures.compared
    return measures.errors * 100 * WORD <= MOST_MISTAKES * of


def meaning_of(measures: Measures, *, kind: str) -> Meaning:
    reasons = [speed_in_words(measures, kind=kind)]
    if kind == NUMBERS:
        return Meaning(None, (*reasons, "The norms are for text and forms. Columns of numbers are for practice."))
    if measures.minutes < SHORTEST:
        short = f"One minute is for practice. A test of {SHORTEST} minutes or more can show a level."
        return Meaning(None, (*reasons, short))
    if measures.net_kph < OPERATORS:
        return Meaning(None, (*reasons, "The guide names no speed for the levels below, so this shows no level."))
    if not has_few_mistakes(measures, kind=kind):
        of = "words" if kind == TYPING else "fields"
        many = f"There are more than {MOST_MISTAKES} mistakes in 100 {of}, so this shows no level yet."
        return Meaning(None, (*reasons, many))
    if kind == TYPING and is_for_clerks(measures):
        if keeps_up(measures):
            return Meaning(STRONG, tuple(reasons))
        more = "More of your mistakes are in the second half, so this shows level 3 and not 4."
        return Meaning(ABLE, (*reasons, more))
    return Meaning(ABLE, tuple(reasons))


def is_for_clerks(measures: Measures) -> bool:
    return measures.counted >= CLERKS * WORD * measures.minutes


def keeps_up(measures: Measures) -> bool:
    return 2 * measures.late_errors <= measures.errors + 1


def speed_in_words(measures: Measures, *, kind: str) -> str:
    """“8,400 keystrokes an hour reach SSC's norm for data entry operators (8,000).”"""
    speed = f"{measures.net_kph:,} net keystrokes an hour"
    if kind == TYPING and is_for_clerks(measures):
        return f"{measures.net_wpm} net words a minute reach the SSC norm for clerks ({CLERKS})."
    if measures.net_kph >= OPERATORS:
        return f"{speed} reach the SSC norm for data entry operators ({OPERATORS:,})."
    return f"{speed} are below the SSC norm for data entry operators ({OPERATORS:,})."
