"""Which words are mended: those that nobody wrote on purpose."""

import json
import random
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from careers.search.rules import english
from careers.search.rules.english import is_english
from careers.search.rules.mending import begins_any, correct
from careers.search.rules.queries import read_searchable
from careers.search.rules.texts import affirmed, searchable

ENGLISH = english.WORDS.read_text().split()
FIXTURES = Path(__file__).parents[2] / "fixtures"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def named():
    """The words by which the guide calls its roles, skills and certifications, sorted."""
    rows = [row for name in ("roles", "skills", "certifications") for row in json.loads(text_of(name))]
    titles = [row["fields"].get("name") or row["fields"].get("title") or "" for row in rows]
    return sorted({word for title in titles for word in searchable(title).split()})


def text_of(name):
    return (FIXTURES / f"{name}.json").read_text(encoding="utf-8")


def slips(word):
    """Each of what one slip makes of it: a letter too few, too many, another, or two the wrong way round."""
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in LETTERS)
        yield from (word[:at] + letter + word[at + 1 :] for letter in LETTERS if at < len(word))
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def mended(word):
    return correct(read_searchable(word), named(), named()).whole


def test_the_list_is_sorted_and_as_the_index_reads_words():
    assert sorted(set(ENGLISH)) == ENGLISH
    assert [word for word in ENGLISH if searchable(word) != word] == []


def test_english_has_places_and_languages_and_no_slips():
    for word in (
        "probation",
        "interview",
        "bond",
        "disability",
        "hindi",
        "tagalog",
        "manila",
        "bengaluru",
        "aaron",
        ENGLISH[-1],
    ):
        assert is_english(word), word
    for word in ("custmer", "certifcation", "", "a", "zzzzzz", "probatio", "probationx"):
        assert not is_english(word), word


@given(st.sampled_from(ENGLISH))
def test_no_word_that_english_has_is_mended(word):
    assert mended(word) == word


@given(st.sampled_from(ENGLISH), st.integers(1, 40))
def test_nor_while_it_is_being_typed(word, length):
    """Half a plural is cut further: “hindi” may be the beginning of “hindies”."""
    query = read_searchable(word, typing=True)
    assert correct(query, named(), named()).terms[0].word == query.terms[0].word


def test_words_that_people_ask_never_become_one_that_only_looks_like_them():
    for asked, near in {
        "disability": "stability",
        "hindi": "india",
        "probation": "promotion",
        "bond": "beyond",
    }.items():
        assert correct(read_searchable(asked), [near], [near]).whole == asked


def test_a_slip_in_a_word_of_a_title_is_mended_unless_english_has_it():
    random.seed(12)
    words = [word for word in named() if len(word) > 4 and word.isalpha() and not affirmed(word)]
    asked = {slip for word in words for slip in random.sample(sorted(set(slips(word)) - {word}), 25)}
    slipped = [one for one in asked if searchable(one) == one and not is_english(one) and not begins_any(one, named())]
    assert len(slipped) > 1000
    assert [one for one in slipped if OSA.distance(mended(one), one) != 1] == []


def test_what_is_denied_is_mended_as_it_would_be_otherwise():
    known = sorted(["withoutexperience", "withoutnight", "experience", "night"])
    for asked, meant in {
        "no experiance": "withoutexperience",
        "no bond": "withoutbond",
        "no nihgt": "withoutnight",
    }.items():
        assert correct(read_searchable(asked), known, known).whole == meant
