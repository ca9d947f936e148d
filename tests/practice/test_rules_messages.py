"""The texts that one practises with, and what is counted in an answer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.practice.calls.rules.scoring import CRITERIA, MOST, total, weakest
from careers.practice.calls.rules.scripts import PARTS, SCRIPTS
from careers.practice.messages.models import LONGEST_KEY
from careers.practice.messages.rules.checking import (
    FEWEST_WORDS,
    MOST_WORDS,
    length_fault,
    marked_text,
    reasons,
    word_count,
)
from careers.practice.messages.rules.texts import MESSAGES

KEY = re.compile(r"[a-z]+(-[a-z]+)*")


def sentences(text):
    return [sentence for sentence in re.split(r"(?<=[.!?:])\s+", text) if sentence]


def our_words():
    """Every text in which the portal itself speaks, by where it stands; customers and bad examples may ramble."""
    for message in MESSAGES.values():
        yield message.key, message.good
        for text in (*message.good_because, *message.bad_because):
            yield message.key, text
    for script in SCRIPTS.values():
        for name in PARTS:
            for text in getattr(script, name):
                yield f"{script.key}.{name}", text


def test_there_are_enough_and_each_is_whole():
    assert len(MESSAGES) >= 12
    assert sum(message.is_call for message in MESSAGES.values()) >= 3
    assert len(SCRIPTS) >= 4
    for key in (*MESSAGES, *SCRIPTS):
        assert KEY.fullmatch(key), key
        assert len(key) <= LONGEST_KEY
    for message in MESSAGES.values():
        assert all([message.title, message.by, message.good_because, message.bad_because]), message.key
        assert all(said for _, said in message.turns), message.key
        assert not message.is_call or len(message.turns) > 5
    assert all(getattr(script, name) for script in SCRIPTS.values() for name in PARTS)


def test_no_sentence_of_ours_is_long():
    long = [(where, one) for where, text in our_words() for one in sentences(text) if word_count(one) > 30]
    assert long == []


@pytest.mark.parametrize("key", MESSAGES)
def test_a_good_example_keeps_to_the_rules_that_an_answer_has(key):
    message = MESSAGES[key]
    assert length_fault(message.good) == ""
    assert reasons(marked_text(message.good, is_call=message.is_call)) == []


@given(st.text(max_size=300), st.booleans())
def test_marking_changes_no_letter(text, is_call):
    assert "".join(piece.text for piece in marked_text(text, is_call=is_call)) == text


@pytest.mark.parametrize(
    ("text", "is_call", "found"),
    [
        ("Calm down, KINDLY.", False, ["Calm down", "KINDLY"]),
        ("It’s policy, and there is nothing we can do.", False, ["It’s policy", "nothing we can do"]),
        ("I will write as soon as it is there.", False, []),
        ("I will write as soon as possible.", False, ["soon as possible"]),
        ("Relaxing sooner, unkindly.", False, []),
        ("He was rude, probably.", True, ["rude", "probably"]),
        ("He was rude, kindly.", False, ["kindly"]),
        ("Tell me your password", False, ["Tell me your password"]),
    ],
)
def test_words_to_avoid_are_found_whole_and_say_why(text, is_call, found):
    hits = reasons(marked_text(text, is_call=is_call))
    assert [written.removeprefix("as ") for written, _ in hits] == found
    assert all(why for _, why in hits)


def test_an_answer_has_a_length_in_words():
    assert "You wrote 2" in length_fault("No – sorry!")
    assert length_fault("word " * FEWEST_WORDS) == length_fault("word " * MOST_WORDS) == ""
    assert f"You wrote {MOST_WORDS + 1}" in length_fault("word " * (MOST_WORDS + 1))


def test_a_sheet_adds_up_and_says_what_to_work_on():
    full = dict.fromkeys(CRITERIA, 2)
    assert (total(full), weakest(full)) == (MOST, "")
    assert weakest({**full, "closing": 1}) == "Closing"
    assert (total({}), weakest({})) == (0, "")
