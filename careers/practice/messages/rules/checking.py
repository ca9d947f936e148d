"""What can be counted in an answer: its words, and words that are better left out.

Nobody is graded by it. Whether an answer is kind, clear and true no list of words can tell; the checklist asks the
person that. Each word to avoid says why, so that the person can judge for themselves.
"""

import re
from dataclasses import dataclass

FEWEST_WORDS, MOST_WORDS = 5, 200
MOST_LETTERS = 3000
WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class ToAvoid:
    """A phrase, as a pattern of plain words, and why it is better left out."""

    pattern: str
    why: str


ORDERS = "It tells somebody how to feel. Say what you will do instead."
BLAMES = "It puts the fault on the customer. Ask, or say what you see."
PUSHES_AWAY = "It ends the talk. Say what is possible, and who decides."
EMPTY = "It could stand under any letter. Name the thing itself."
NO_DAY = "It is no day. Say by when."
OLD = "It is the English of old letters. Write it as you would say it."
OPINION = "It is an opinion. Write what was said or done."
NEVER_ASK = "Nobody may ask for it."

IN_MESSAGES = (
    ToAvoid(r"calm down|(?:please )?be patient|have patience|relax|no need to (?:shout|worry|panic)", ORDERS),
    ToAvoid(r"you (?:must have|should have|failed to|did not even|never)|your (?:fault|mistake|problem)", BLAMES),
    ToAvoid(r"as (?:i|we) (?:already )?(?:said|told you)|obviously", BLAMES),
    ToAvoid(r"(?:it is|its|it's|our|company) policy|not my (?:job|department|problem)", PUSHES_AWAY),
    ToAvoid(r"nothing (?:i|we) can do|(?:can't|cannot|can not) help you|no idea|i (?:don't|do not) know", PUSHES_AWAY),
    ToAvoid(r"(?:sorry for )?(?:the|any) inconvenience(?: caused)?|valued customer|your feedback is important", EMPTY),
    ToAvoid(r"(?:very )?soon(?! as)|as soon as possible|asap|shortly|at the earliest|in due (?:time|course)", NO_DAY),
    ToAvoid(r"kindly|do the needful|revert back|as per|please note that|herewith|dear sir or madam", OLD),
    ToAvoid(r"(?:send|tell|give) (?:me|us) (?:your|the) (?:user name, your )?(?:password|pin|otp|code|cvv)", NEVER_ASK),
)
IN_SUMMARIES = (
    ToAvoid(r"rude|angry|stupid|lazy|annoying|confused|crazy|happy|unhappy|excuse|lied|lying", OPINION),
    ToAvoid(r"complain(?:s|ed|ing)?|pretends|probably|maybe|i (?:think|guess|believe)|it seems", OPINION),
    ToAvoid(r"(?:very )?soon(?! as)|as soon as possible|asap|shortly|some time|next week or so", NO_DAY),
)


@dataclass(frozen=True)
class TextPiece:
    """A piece of an answer; `why` is empty where nothing is to be said of it."""

    text: str
    why: str = ""


def word_count(text: str) -> int:
    """Words have a letter or a digit in them.

    >>> word_count("I am sorry – it is 5 o'clock.")
    7
    """
    return sum(1 for word in text.split() if WORD.search(word))


def length_fault(text: str) -> str:
    """Why it is too short or too long, in a sentence; empty where it is neither."""
    count = word_count(text)
    if count < FEWEST_WORDS:
        return f"Write at least {FEWEST_WORDS} words. You wrote {count}."
    if count > MOST_WORDS:
        return f"Write at most {MOST_WORDS} words. You wrote {count}. A customer reads short answers."
    return ""


def marked_text(text: str, *, is_call: bool) -> list[TextPiece]:
    """The whole text in pieces, those to avoid with their reason. Their texts together are `text`.

    >>> [piece.text for piece in marked_text("Please CALM DOWN, sir.", is_call=False)]
    ['Please ', 'CALM DOWN', ', sir.']
    """
    pieces, at = [], 0
    for start, end, why in found_in(text, IN_SUMMARIES if is_call else IN_MESSAGES):
        if start >= at:
            pieces += [TextPiece(text[at:start]), TextPiece(text[start:end], why)]
            at = end
    return [piece for piece in [*pieces, TextPiece(text[at:])] if piece.text]


def found_in(text: str, avoided: tuple[ToAvoid, ...]) -> list[tuple[int, int, str]]:
    """(start, end, why) of each, in order; of two that overlap the longer one is first."""
    plain = text.replace("’", "'")  # as long as before
    found = [
        (match.start(), match.end(), one.why)
        for one in avoided
        for match in re.finditer(rf"\b(?:{one.pattern})\b", plain, re.IGNORECASE)
    ]
    return sorted(found, key=lambda hit: (hit[0], -hit[1]))


def reasons(pieces: list[TextPiece]) -> list[tuple[str, str]]:
    """(what was written, why it is better left out), each once."""
    return list({piece.text.casefold(): (piece.text, piece.why) for piece in pieces if piece.why}.values())
