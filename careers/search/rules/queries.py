"""What somebody looks for: words, of which some say nothing and the last may be half a word."""

import re
from dataclasses import dataclass
from itertools import pairwise

from careers.search.rules.english import is_english
from careers.search.rules.texts import IT, SHORT, affirmed, denied, in_singular, names_technology, normalise, singular

MOST_WORDS = 8
MOST_READ = 24  # words of a sentence, of which some say nothing
MOST_LETTERS = 40
MOST_TEXT = 1000
# Words that people write around what they look for.
FILLER_TEXT = """
a an and any are as at be become becoming bpo by can career careers do excellent for from get getting have how i in is
job jobs like me my of on or role roles that the there to want what which who with without work working you
"""
# The same, as people ask in whole sentences, and in Hindi or Filipino written beside English.
ASKING_TEXT = """
about after also am asking been better between but cant could go good if it its long many may much not one our please
really she should so than their them then these they those too versus vs was were when where whether why will would
again all always another because come comes did does doing done each else ever every give gives got had happen happens
has he her here him his its know made make makes might mine more most must now only other our ours say says shall since
some somebody someone something still such take takes tell thing things till until very we while whom whose yet your
yours
bane chahiye hai hain hota ka kaise kare ke ki kya liye mein milega milti
ako ang mga ng paano pwede sa yung
"""
FILLERS = frozenset([*FILLER_TEXT.split(), *ASKING_TEXT.split()])
# What the guide is about says nothing either, in both of its names.
FIELD = {("call", "centre"), ("call", "centres"), ("contact", "centre"), ("contact", "centres")}
BEGUN_PLURAL = re.compile(r"ie?$")
# “It” is information technology where it is written in capitals among others that are not, or stands before these.
OF_IT_TEXT = "company companies department departments field firm firms industry job jobs line sector side support"
OF_IT = frozenset(OF_IT_TEXT.split())
ENDINGS = re.compile(r"(?:ing|ed|e)$")
LEAST_OF_STEM = 4


@dataclass(frozen=True)
class Term:
    """A word that is looked for: whole, or as the beginning of a word."""

    word: str
    begins: bool = True

    def times_in(self, text: str) -> int:
        """How many words of a text match it; the text is `blank_around` each of its words."""
        return text.count(self.sought)

    @property
    def sought(self) -> str:
        return f" {self.word}" if self.begins else f" {self.word} "


def blank_around(text: str) -> str:
    """The same with blanks on both sides of each word: looked through as one text, much faster than word by word."""
    return f" {'  '.join(text.split())} "


@dataclass(frozen=True)
class Query:
    """A reader's words: `whole` with every one, `terms` without the fillers if anything else is left."""

    whole: str
    terms: tuple[Term, ...]


def read_query(text: str, *, typing: bool = False) -> Query:
    """Read MOST_READ distinct words of MOST_LETTERS each, whatever was typed or pasted; MOST_WORDS that say something.

    While somebody is `typing` the last word may be a short beginning; else short words stand for themselves.
    """
    words = list(dict.fromkeys(word[:MOST_LETTERS] for word in normalise(text[:MOST_TEXT]).split()))[:MOST_READ]
    some = [word for word in words if word not in FILLERS]
    telling = (without_field(some) or some or words)[:MOST_WORDS]
    terms = [Term(word, begins=len(word) > SHORT or (typing and word == words[-1])) for word in telling]
    return Query(" ".join(words), tuple(terms))


def with_it(query: Query, text: str) -> Query:
    """The query that was read of `text`, with “IT” as a word that says something, where it is one among others."""
    words = query.whole.split()
    if "it" not in words or words == ["it"] or not names_it(text):
        return query
    others = [term for term in query.terms if term.word not in FILLERS]
    return Query(query.whole, (Term(IT), *others)[:MOST_WORDS])


def names_it(text: str) -> bool:
    """Whether “it” is information technology in what somebody wrote.

    >>> names_it("go to IT company"), names_it("bpo to it sector"), names_it("is it good"), names_it("IS IT GOOD")
    (True, True, False, False)
    """
    text = text[:MOST_TEXT]
    in_capitals = names_technology(text) and not text.isupper()
    return in_capitals or any(one == "it" and two in OF_IT for one, two in pairwise(normalise(text).split()))


def without_field(words: list[str]) -> list[str]:
    """The words without those that name the whole field.

    >>> without_field(["fake", "call", "centre"]), without_field(["mock", "call"])
    (['fake'], ['mock', 'call'])
    """
    named = {at + place for at, pair in enumerate(pairwise(words)) if pair in FIELD for place in (0, 1)}
    return [word for at, word in enumerate(words) if at not in named]


def loosened(query: Query) -> Query:
    """The same query with every word as a beginning."""
    return Query(query.whole, tuple(Term(term.word) for term in query.terms))


def stemmed(query: Query) -> Query:
    """The same query with every word without its ending, as the beginning of others: “releasing” finds “released”.

    >>> [term.word for term in stemmed(read_query("releasing stopped change")).terms]
    ['releas', 'stop', 'chang']
    """
    stems = [(term, stem(term.word)) for term in query.terms]
    terms = [Term(word, begins=term.begins or word != term.word) for term, word in stems]
    return Query(query.whole, tuple(dict.fromkeys(terms)))


def stem(word: str) -> str:
    """The word without its ending; as it is where it is denied, would be too short, or is no English."""
    cut = ENDINGS.sub("", word)
    if cut != word and not word.endswith("e") and cut[-1:] == cut[-2:-1] not in ("s", "l"):
        cut = cut[:-1]
    return cut if len(cut) >= LEAST_OF_STEM and is_english(word) else word


def read_searchable(text: str, *, typing: bool = False) -> Query:
    """As `read_query`, for texts that are kept `searchable`. The last word may be half of a plural that somebody is
    `typing`: “compani” and “companie” begin no “company”.
    """
    query = read_query(denied(text[:MOST_TEXT]), typing=typing)
    terms = [Term(singular(term.word), term.begins) for term in query.terms]
    if typing and terms and len(terms[-1].word) > SHORT:
        terms[-1] = Term(BEGUN_PLURAL.sub("", terms[-1].word), terms[-1].begins)
    return Query(in_singular(query.whole), tuple(dict.fromkeys(terms)))


def with_affirmed(query: Query) -> Query:
    """The same with what it denies as words of their own: a page about fees may say that there is none."""
    terms = [*query.terms, *(Term(word) for term in query.terms if (word := affirmed(term.word)))]
    return Query(query.whole, tuple(dict.fromkeys(terms)))


def rejoined(query: Query) -> list[Query]:
    """The same with two neighbouring words as one, each in turn: “work force” for “workforce”.

    The joined word is the first term. A filler may be half of it, and is none beside it.
    """
    words, found = query.whole.split(), []
    for at in range(min(len(words), MOST_WORDS) - 1):
        one, others = words[at] + words[at + 1], [*words[:at], *words[at + 2 :]]
        telling = [word for word in others if word not in FILLERS]
        whole = " ".join([*words[:at], one, *words[at + 2 :]])
        found.append(Query(whole, tuple(map(Term, dict.fromkeys([one, *telling])))))
    return found
