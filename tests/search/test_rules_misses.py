"""Which searches without a result mean the same."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process

from careers.search.rules.misses import Asked, grouped

DAY = date(2026, 11, 1)


def keys(*words):
    return [group.spellings for group in grouped(Asked(one, "", 1, DAY) for one in words)]


@pytest.mark.parametrize(
    "words",
    [
        ("welder", "welders", "weldr"),
        ("night welder", "welders night"),
        ("jobs for welders", "welder"),
        ("blockchain agent", "blockchian agents"),
        ("no degree", "without degrees"),
        ("organise", "organize"),
    ],
)
def test_the_same_in_other_words_is_one_group(words):
    assert [set(group) for group in keys(*words)] == [set(words)]


@pytest.mark.parametrize(
    "words", [("night shift", "light shift"), ("degree", "no degree"), ("abc", "abd"), ("welder", "wielder")]
)
def test_what_means_something_else_stays_apart(words):
    assert len(keys(*words)) == len(words)


def test_a_group_has_what_was_asked_in_all_and_its_commonest_spelling_for_a_name():
    rows = [
        Asked("weldr", "", 1, date(2026, 11, 9)),
        Asked("welders", "Level: Entry", 2, DAY),
        Asked("welders", "", 2, DAY),
        Asked("welder", "", 3, DAY),
        Asked("", "Level: Entry", 4, DAY),
    ]
    words, filters = grouped(rows)
    assert (words.name, words.times, words.last) == ("welders", 8, date(2026, 11, 9))
    assert words.spellings == ("welders", "welder", "weldr")
    assert words.filters == ("Level: Entry",)
    assert (filters.name, filters.spellings, filters.times) == ("Level: Entry", (), 4)


WORDS = st.text(alphabet="abdelrw ", max_size=14).map(str.strip)


@given(st.lists(st.builds(Asked, WORDS, st.sampled_from(["", "x"]), st.integers(1, 9), st.just(DAY)), max_size=12))
def test_no_search_is_lost_and_none_counted_twice(rows):
    groups = grouped(rows)
    assert sum(group.times for group in groups) == sum(row.times for row in rows)
    assert len({group.key for group in groups}) == len(groups)
    spelled = [word for group in groups for word in group.spellings]
    assert sorted(spelled) == sorted({row.words for row in rows if row.words})
    assert grouped(reversed(rows)) == groups


def test_a_flood_of_nonsense_is_compared_with_little(monkeypatch):
    """A thousand searches of sixteen words that nobody knows: each with all others took the desk many seconds."""
    chance, compared = random.Random(5), []
    asked = [
        Asked(" ".join("".join(chance.choices("bcdfghjklmnpqrtvwxz", k=4)) for _ in range(16)), "", 1, DAY)
        for _ in range(1000)
    ]
    real, look = [Asked("blockchain", "", 9, DAY), Asked("blockchian", "", 8, DAY)], process.extractOne

    def counted(word, known, **how):
        compared.append(len(known))
        return look(word, known, **how)

    monkeypatch.setattr(process, "extractOne", counted)
    groups = grouped([*asked, *real])
    assert sum(compared) < 5_000_000
    assert set(groups[0].spellings) == {"blockchain", "blockchian"}
