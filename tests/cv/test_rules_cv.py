"""The order of a CV's parts, its longest part, and the names of its files."""

import re

from hypothesis import given
from hypothesis import strategies as st

from careers.cv.rules import PARTS, CVEntry, CVPart, file_name, in_order, longest, too_long_in_words

keys = st.lists(st.sampled_from([*PARTS, "photo"]))
texts = st.text(max_size=300)
entries = st.builds(CVEntry, texts, texts, texts, texts)
parts = st.builds(CVPart, st.sampled_from(list(PARTS)), st.lists(entries, max_size=4).map(tuple), st.integers(1, 2))


@given(keys, st.booleans())
def test_each_part_that_was_chosen_stands_once_and_no_other(chosen, has_worked):
    found = in_order(chosen, has_worked=has_worked)
    assert sorted(found) == sorted(set(chosen) & set(PARTS))
    assert found == in_order(reversed(chosen), has_worked=has_worked)


def test_who_has_not_worked_begins_with_what_they_learned():
    assert in_order(PARTS, has_worked=True)[:3] == ["summary", "work", "education"]
    assert in_order(PARTS, has_worked=False)[:2] == ["summary", "education"]


@given(st.lists(parts, max_size=6))
def test_no_part_is_longer_than_the_longest(some):
    found = longest(some)
    assert (found is None) == (not some)
    assert all(part.lines <= found.lines for part in some)


@given(entries)
def test_more_text_takes_no_fewer_lines(entry):
    longer = CVEntry(entry.head, entry.beside, entry.when, f"{entry.text}\nOne more.")
    assert longer.lines >= entry.lines


@given(st.text(max_size=10_000), st.sampled_from(["pdf", "json"]))
def test_a_files_name_is_plain_whatever_the_person_is_called(name, ending):
    assert re.fullmatch(rf"cv(-[a-z0-9]+)*\.{ending}", file_name(name, ending))
    assert len(file_name(name, ending)) < 80


def test_one_page_is_not_too_long_and_two_name_the_longest_part():
    some = [CVPart("skills", (CVEntry("Typing"),)), CVPart("work", (CVEntry("Clerk", text="a\nb"),))]
    assert too_long_in_words(1, some) == ""
    said = "It prints on 2 pages, and a CV has one. The longest part is “Work”. Shorten it, or leave out a part."
    assert too_long_in_words(2, some) == said
    assert too_long_in_words(3, []) == "It prints on 3 pages, and a CV has one."
