"""How text is read, of the guide and of whoever looks for something: alike, so that the same words meet."""

import re
import unicodedata
from itertools import pairwise

from careers.search.rules.english import is_english

# A word of so few letters begins too many others: "fee" is not "feedback".
SHORT = 3
# A word that is denied is another word than it was: "no degree" is no answer to "degree", nor the other way round.
WITHOUT, HAVING = "without", "having"
DENYING = frozenset({"no", "non", "not", "without", "never", "dont", "doesnt"})
NEEDED = frozenset({"needed", "required", "necessary", "mandatory", "compulsory"})
LITTLE_TEXT = """
a an any are at be bpo by do for from in is job jobs much my need of on require some the to want with work working your
"""
LITTLE = frozenset(LITTLE_TEXT.split())
CLAUSE = re.compile(r"[.!?;:,\n]+(?:\s+|$)")
# “It” in capitals is information technology; as one word, as the name of an industry reads.
CAPITAL_IT = re.compile(r"\bIT\b")
IT = "informationtechnology"
SAID = {IT: "IT"}
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


def denied(text: str) -> str:
    """A text normalised, with each word that it denies and what denies it as one word.

    >>> denied("No degree? Without any voice work; night is not needed.")
    'withoutdegree withoutvoice work withoutnight'
    """
    clauses = (parted_denials(normalise(clause).split()) for clause in CLAUSE.split(text))
    return " ".join(word for words in clauses for word in with_denials(words))


def parted_denials(words: list[str]) -> list[str]:
    """“nonvoice” as two words, where English knows no such one: “nonsense” stays."""
    parts = [["non", word[3:]] if word.startswith("non") and is_coined(word) else [word] for word in words]
    return [word for part in parts for word in part]


def is_coined(word: str) -> bool:
    return is_english(word[3:]) and not is_english(word)


def with_denials(words: list[str]) -> list[str]:
    """The `words` of one clause. “Degree is not needed” is “no degree”, too; what denies nothing stays as it is."""
    found: list[str] = []
    at = 0
    while at < len(words):
        meant = next((place for place in range(at + 1, len(words)) if words[place] not in LITTLE), len(words))
        if words[at] not in DENYING or meant == len(words) or words[meant] in DENYING:
            found.append(words[at])
            at += 1
        elif words[meant] in NEEDED and not LITTLE.issuperset(found):
            while found[-1] in LITTLE:
                found.pop()
            found.append(WITHOUT + found.pop())
            at = meant + 1
        else:
            found.append(WITHOUT + words[meant])
            at = meant + 1
            if at < len(words) and words[at] in NEEDED:
                at += 1
    return found


def affirmed(word: str) -> str:
    """The word that a denied one denies: “withoutnight” → “night”; empty for any other."""
    return word.removeprefix(WITHOUT) if word.startswith(WITHOUT) else ""


def as_said(text: str) -> str:
    """A text that was `denied`, for a reader: “withoutnight shift” → “no night shift”."""
    return " ".join(f"no {affirmed(word)}" if affirmed(word) else SAID.get(word, word) for word in text.split())


def searchable(text: str) -> str:
    """A text as the index of the guide has it, and whoever asks it."""
    return in_singular(denied(text))


def names_technology(text: str) -> bool:
    """Whether “IT” stands in it, in capitals."""
    return bool(CAPITAL_IT.search(text))


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
