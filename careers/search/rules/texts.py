"""How text is read, of the guide and of whoever looks for something: alike, so that the same words meet."""

import re
import unicodedata
from itertools import pairwise

# A word of so few letters begins too many others: "fee" is not "feedback".
SHORT = 3
HYPHENATED = re.compile(r"\w+(?:[-‐‑]\w+)+")
AMERICAN = re.compile(r"iz(?=(?:e|es|ed|er|ers|ing|ation|ations)?$)")


def normalise(text: str) -> str:
    """Lower-case letters and digits of any script, without accents, in one spelling, parted by single blanks.

    >>> normalise("Café  “CRM”/E-mail Center")
    'cafe crm e mail centre'
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(char if char.isalnum() else between(char) for char in decomposed)
    return " ".join(british(word) for word in kept.split())


def between(char: str) -> str:
    """Return what replaces a character that is no letter or digit: nothing for accents, apostrophes and marks that
    nobody sees, such as a soft hyphen, or a blank. U+200B is one, though nobody sees it.
    """
    category = unicodedata.category(char)
    return "" if char in "'’" or category.startswith("M") or (category == "Cf" and char != "\u200b") else " "


def british(word: str) -> str:
    """One spelling for both sides of the ocean, whichever a reader or an editor uses."""
    return AMERICAN.sub("is", word).replace("center", "centre")


def singular(word: str) -> str:
    """One form for one and for many, of a normalised English word: “managers” → “manager”, “queries” → “query”.

    What it gives need not be a word, as both sides are read in the same way.
    """
    if len(word) < SHORT or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "nuses", "tuses", "puses", "cuses", "ruses")):
        return word[:-2]
    return word[:-1]


def in_singular(text: str) -> str:
    """A normalised text with every word as `singular` has it."""
    return " ".join(map(singular, text.split()))


def hyphenated(text: str) -> list[str]:
    """The words of a text that have a hyphen, normalised and as one: “up-selling” is found by “upselling”, too."""
    return [joined(normalise(word)) for word in HYPHENATED.findall(text)]


def neighbours(name: str) -> list[str]:
    """Each two neighbouring words of a normalised name as one, so that "teamlead" finds "senior team lead"."""
    words = name.split()
    return [first + second for first, second in pairwise(words)]


def joined(text: str) -> str:
    """A normalised text as one word, so that "dataentry" finds "data entry"."""
    return text.replace(" ", "")
