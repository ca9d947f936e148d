"""Text that somebody sent, as it is kept and as it is looked for.

Browsers send each line break as two characters, files and scripts as one. What is kept reads as it was written: only
line breaks are made one and the same, and what stands around a text goes.
"""

import re
import unicodedata

BREAKS = re.compile("\r\n|\r")
BREAKS_OF_A_LINE = re.compile("[\r\n]+")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what turns the writing direction of all that follows
# The same with marks of a direction, with blanks and joiners of no width and with what was meant for programs.
HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Of no script by themselves: controls, joiners, tags, blanks, half characters, and marks without a letter below them.
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"))
# Letters and signs by their category, which have nothing to see: fillers of Hangul, the empty pattern of braille, a
# musical notehead that is none, blanks among hieroglyphs, the place of an object that is not there.
EMPTY = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159\U00013441\U00013442\ufffc")
# Not given to anybody yet, and ignored by every font until they are.
TO_BE_IGNORED = ((0x2065, 0x2065), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))
LONGEST_QUERY = 200
MOST_JOINED = 20_000  # characters of two texts that became one; the longest that a form takes is a tenth of it
LEFT_OUT = "(Two texts became one here and were too long together. Part of the older one is left out.)"


def plain_text(text: str) -> str:
    r"""Lines that end as ours do.

    >>> plain_text("Answer calls.\r\n\r\nWrite notes.\r\n")
    'Answer calls.\n\nWrite notes.'
    """
    return BREAKS.sub("\n", text).strip()


def plain_line(text: str) -> str:
    r"""One line, where a line break is a blank.

    >>> plain_line("You look after\r\na team. ")
    'You look after a team.'
    """
    return BREAKS_OF_A_LINE.sub(" ", text).strip()


def reads_alike(text: str) -> str:
    r"""The same for texts that look the same on a page, which shows any blanks and line breaks as one blank.

    >>> reads_alike("It begins.\r\n\r\nIt ends. ") == reads_alike("It begins.\nIt ends.")
    True
    """
    return " ".join(text.split())


def both_texts(newer: str, older: str) -> str:
    r"""Both texts below each other, each paragraph once, so that to join the same text again changes nothing.

    The newer one stays whole; of the older one those paragraphs for which MOST_JOINED leaves room, and LEFT_OUT says
    below them where some had none.

    >>> both_texts("Bus 12", "Ask about shifts"), both_texts("Bus 12", "Ask about shifts\n\nBus 12")
    ('Bus 12\n\nAsk about shifts', 'Bus 12\n\nAsk about shifts')
    """
    text, said = newer, {reads_alike(part) for part in newer.split("\n\n")} | {"", LEFT_OUT}
    is_cut = LEFT_OUT in older
    for part in older.split("\n\n"):
        if reads_alike(part) in said:
            continue
        said.add(reads_alike(part))
        longer = f"{text}\n\n{part}" if text else part
        if len(longer) + len(LEFT_OUT) + 2 <= MOST_JOINED:
            text = longer
        else:
            is_cut = True
    return f"{text}\n\n{LEFT_OUT}" if is_cut and LEFT_OUT not in text else text


def query_text(text: str) -> str:
    r"""One line of at most LONGEST_QUERY characters without control characters, as a page shows it again.

    >>> query_text(" team\x00\r\nleader "), len(query_text("long " * 1000))
    ('team leader', 200)
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text[:2000]).split())[:LONGEST_QUERY]


def without_format(text: str) -> str:
    r"""Without characters that only say how others are shown. They come along when somebody pastes a number.

    >>> without_format("\u200e+91 98765\u200b 43210\ufeff")
    '+91 98765 43210'
    """
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def without_hidden(text: str) -> str:
    r"""Without signs that nobody sees, of which some turn the direction of text: they come along from other pages.

    Joiners between letters and between pictures stay, as these look otherwise without them.

    >>> without_hidden("Ans\u200bwer \u202ecalls\ufeff"), without_hidden("می\u200cخواهم") == "می\u200cخواهم"
    ('Answer calls', True)
    """
    return HIDDEN.sub("", text)


def is_blank(text: str) -> bool:
    r"""Whether there is nothing in it that a reader could see.

    >>> is_blank("\u200b\u2060"), is_blank("\u3164"), is_blank("\u0301"), is_blank("")
    (True, True, True, True)
    >>> is_blank("می\u200cخواهم"), is_blank("👩\u200d💻"), is_blank("?")
    (False, False, False)
    """
    return all(is_unseen(char) for char in set(text))  # somebody may send millions of one


def is_unseen(char: str) -> bool:
    code = ord(char)
    return (
        unicodedata.category(char) in UNSEEN
        or char in EMPTY
        or code & 0xFFFE == 0xFFFE
        or any(first <= code <= last for first, last in TO_BE_IGNORED)
    )


def is_key(text: str) -> bool:
    """Whether it may be the key of a row: a form names rows by theirs, and may say anything."""
    return text.isascii() and text.isdigit() and len(text) < 19
