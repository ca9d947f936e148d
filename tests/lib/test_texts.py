"""Text as it is kept, and what nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.lib.texts import LEFT_OUT, MOST_JOINED, both_texts, is_blank, plain_line, plain_text, reads_alike

texts = st.text(st.sampled_from(list("ab é\r\n\t\u200b")), max_size=12)
INVISIBLE = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "soft hyphen": "\xad",
    "fillers of Hangul": "\u3164\u115f\u1160\uffa0",
    "an empty pattern of braille": "\u2800",
    "controls": "\x01\x7f\x85",
    "marks without a letter": "\u0301\u20dd\u093e",
    "tags": "\U000e0041\U000e007f",
    "directions": "\u202e\u2066\u2069\u200e\u061c",
    "variation selectors": "\ufe0f\U000e0100\u180b",
    "blanks": "\xa0\u3000\u2003\u1680\u2028",
    "invisible operators": "\u2061\u2064\u2065\u206f",
    "no characters at all": "\ufffe\uffff\U0010ffff",
    "music, hieroglyphs and objects that are not there": "\U0001d159\U0001d173\U00013441\ufffc",
}
VISIBLE = [
    "Asha",
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d💻",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🇮🇳",
    "é",
    "e\u0301",
    "日本",
    "ᄒ",
    "한",
    "-",
    "\ue000",
]


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_nothing_can_be_seen_of(text):
    assert is_blank(text)
    assert all(is_blank(char) for char in text)


@pytest.mark.parametrize("text", VISIBLE)
def test_scripts_and_emoji_are_seen_and_stay_as_they_are(text):
    assert not is_blank(text)
    assert plain_text(text) == plain_line(text) == text


@given(st.characters(categories=["L", "N", "P", "S"]))
def test_a_letter_number_or_sign_is_seen(char):
    assert not is_blank(char) or char in "\u115f\u1160\u3164\uffa0\u2800\U0001d159\U00013441\U00013442\ufffc"


@given(texts, texts)
def test_what_nobody_can_see_stays_so_together(one, other):
    assert is_blank(one + other) == (is_blank(one) and is_blank(other))


@given(texts)
def test_a_text_is_the_same_however_a_browser_sends_it(text):
    kept = plain_text(text)
    assert plain_text(kept) == plain_text(kept.replace("\n", "\r\n")) == kept
    assert "\r" not in kept
    assert reads_alike(kept) == reads_alike(text)


@given(texts)
def test_a_line_has_no_break_and_reads_the_same(text):
    line = plain_line(text)
    assert not {"\r", "\n"} & set(line)
    assert plain_line(line) == line
    assert reads_alike(line) == reads_alike(text)


def test_every_character_that_fonts_ignore_is_unseen():
    ignored = [0xAD, 0x34F, 0x61C, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xE0000, 0xE1000)]
    ignored += [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF]
    assert [unicodedata.name(chr(code), hex(code)) for code in ignored if not is_blank(chr(code))] == []


paragraphs = st.lists(st.sampled_from(["Bus 12", "Ask about shifts", "No nights", "a\nb"]), max_size=4).map("\n\n".join)


@given(paragraphs, paragraphs)
def test_texts_that_become_one_lose_no_paragraph_and_grow_no_more_when_joined_again(newer, older):
    once = both_texts(newer, older)
    assert once.startswith(newer)
    assert {*once.split("\n\n")} | {""} == {*newer.split("\n\n"), *older.split("\n\n"), ""}
    assert both_texts(once, older) == both_texts(once, newer) == once
    assert set(both_texts(older, once).split("\n\n")) == set(once.split("\n\n"))


def test_however_often_texts_become_one_there_is_an_end_and_the_newest_stays_whole():
    text = ""
    for number in range(30):
        text = both_texts(f"{number}" + "x" * 2000, text)
        assert text.startswith(f"{number}x")
        assert len(text) <= MOST_JOINED
    assert text.endswith(f"\n\n{LEFT_OUT}"), "whoever wrote it is told"
    assert text.count(LEFT_OUT) == 1
    assert set(text.split("\n\n")) - {LEFT_OUT} <= {f"{number}" + "x" * 2000 for number in range(30)}, (
        "none is cut in two"
    )
    assert both_texts(text, "0" + "x" * 2000) == text
