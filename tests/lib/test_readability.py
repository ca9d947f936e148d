"""How hard a text is to read: sentences, words, syllables and the grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.lib.readability import beginning, long_sentences, reading, sentences, syllables, words

WORDS = st.lists(
    st.sampled_from(["you", "call", "customers", "before", "noon", "e-mail", "24/7"]), min_size=1, max_size=40
)
PLAIN = WORDS.map(lambda some: " ".join(some).capitalize() + ".")
BY_SYLLABLES = {
    1: "team moved asked called roles there more free queue hour played types eyes once die friend sees",
    2: "table people client business every being movement careful create value colleague fluent training",
    3: "customer created area idea media serious previous official financial supplier processes employer anyone",
    4: "experience situation material society proficiency operation information supervisor appreciate",
    5: "communication certification editorial",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs US$1.50, e.g. in the U.S. market. You pay once.", 2),
        ("Mr. Rao pays on Jan. 3. See Art. 86. Then ask.", 3),
        ("It is 3.5 hours, i.e. a morning, approx. Four people work.", 1),
        ("Is it so? Yes! “It is.” (He said so.) And then …", 5),
        ("1. Take the exam\n2) Pass another one\n- Wait\n\n", 3),
        ("See https://a.example/b.c?d=e. Then ask.", 2),
        ("https://a.example/only", 0),
        ("iPhone users call. iPad users write.", 1),
        ("", 0),
    ],
)
def test_a_text_falls_into_the_sentences_that_a_reader_sees(text, expected):
    assert len(sentences(text)) == expected


@given(st.lists(PLAIN, max_size=8))
def test_sentences_side_by_side_are_the_same_as_one_a_line(some):
    assert sentences(" ".join(some)) == sentences("\n".join(some)) == some


@given(st.text(max_size=300))
def test_any_text_has_an_answer_and_no_word_is_lost(text):
    read = reading([text])
    assert read.syllables >= read.words >= read.sentences >= 0
    assert isinstance(read.grade, float)
    if "://" not in text and "www." not in text.lower():
        assert read.words <= len(words(text))


@pytest.mark.parametrize(("number", "some"), BY_SYLLABLES.items())
def test_syllables_of_ordinary_words(number, some):
    assert [word for word in some.split() if syllables(word) != number] == []


def test_letters_are_spoken_one_by_one_and_a_number_at_once():
    assert [syllables(word) for word in ("BPO", "KPIs", "2026", "e-mail", "Team")] == [3, 3, 1, 2, 1]


def test_the_grade_is_that_of_the_formula():
    read = reading(["The agent answers the call. Then she writes a short note."])
    assert (read.sentences, read.words, read.syllables) == (2, 11, 13)
    assert read.grade == pytest.approx(0.39 * 11 / 2 + 11.8 * 13 / 11 - 15.59)
    assert reading([]).grade == 0


@given(PLAIN, st.integers(1, 30))
def test_a_sentence_is_long_above_the_number_and_not_at_it(sentence, most):
    count = len(words(sentence))
    assert bool(long_sentences(sentence, above=most)) == (count > most)
    assert beginning(sentence).rstrip(" …") in sentence
