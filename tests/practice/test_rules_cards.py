"""When cards come again, and by what a question is known."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from careers.practice.cards.rules.questions import LIKE, InterviewCard, cards_of, key_of, known_keys, likeness
from careers.practice.cards.rules.schedule import LONGEST, CardMemory, Recall, answered, due_after

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
answers = st.lists(st.tuples(st.sampled_from(Recall), st.integers(-3 * 24 * 60, 400 * 24 * 60)), max_size=12)


@given(answers)
def test_whatever_one_answers_and_whenever_a_card_comes_again_within_half_a_year(history):
    memory, now = CardMemory(), NOW
    for answer, minutes in history:
        now += timedelta(minutes=minutes)  # a clock may be set back
        memory = answered(memory, answer, now=now)
        assert memory.answered_at < memory.due_at <= memory.answered_at + timedelta(days=LONGEST)
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
    due = due_after(memory, now=now)
    assert list(due.values()) == sorted(due.values()), "the better one knew it, the later it comes"
    assert due == due_after(memory, now=now), "nothing is left to chance"


def test_one_that_was_not_known_comes_in_the_same_sitting_and_one_that_was_on_another_day():
    due = due_after(CardMemory(), now=NOW)
    assert due[Recall.AGAIN] <= due[Recall.HARD] <= NOW + timedelta(minutes=30)
    assert NOW + timedelta(days=1) <= due[Recall.GOOD] < due[Recall.EASY]


def test_a_card_that_is_known_waits_longer_each_time():
    memory, now, waits = CardMemory(), NOW, []
    for _ in range(4):
        memory = answered(memory, Recall.GOOD, now=now)
        waits.append(memory.due_at - now)
        now = memory.due_at
    assert waits == sorted(set(waits))


def cards(*questions):
    return cards_of([(question, "Say it.") for question in questions])


def test_a_question_that_stands_there_twice_is_one_card_and_an_empty_one_is_none():
    assert [card.key for card in cards("What is BPO?", "what is bpo", "")] == ["what-is-bpo"]


@given(st.text(max_size=400))
def test_any_question_has_a_key_that_an_address_can_hold(question):
    key = key_of(question)
    assert 0 < len(key) <= 80
    assert key.isascii()
    assert key == key_of(question)


def test_a_card_is_known_by_its_question_and_found_again_where_that_was_put_in_other_words():
    old = {"tell-me-about-a-mistake": "Tell me about a mistake", "what-is-bpo": "What is BPO?"}
    now = cards("Tell me about a mistake you made", "What is BPO?", "What pay do you expect?")
    assert known_keys(now, old) == {
        "what-is-bpo": "what-is-bpo",
        "tell-me-about-a-mistake-you-made": "tell-me-about-a-mistake",
    }


def test_another_question_is_not_taken_for_one_that_went():
    assert likeness("Tell me about yourself", "Tell me about a mistake") < LIKE
    assert known_keys(cards("Tell me about yourself"), {"m": "Tell me about a mistake"}) == {}
    two = {"a": "What is your weakness", "b": "What is your weakness."}
    assert len(known_keys(cards("What is your weakness?"), two)) == 1


def test_what_it_tests_and_for_which_work_stands_apart_from_how_to_answer():
    (card,) = cards_of([("Find the errors", "For data entry. It tests care. Compare field by field.")])
    assert card == InterviewCard("find-the-errors", "Find the errors", "Compare field by field.", "Care.", "Data entry")
